"""Copies of the whole installation: one file for the data, one for the keys, checked before anybody relies on them.

Installation-wide, so it opens no scope and belongs to no organisation; what it reads, it reads as bytes and counts.
"""
