"""Decisions about questions on plain values: what counts as asked once, what asks for the same, what a FAQ holds."""
