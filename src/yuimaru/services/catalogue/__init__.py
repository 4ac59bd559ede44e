"""Kata as municipalities share them: published once, adopted with parameters, pinned by the hash of what runs."""
