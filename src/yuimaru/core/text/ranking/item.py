"""What is ranked, and what a ranking gives."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """A key of the caller's, what the item is about (a title, a question), and what it says."""

    key: str
    about: str
    text: str


class Hit(NamedTuple):
    """A found item: its score among all items (higher is nearer) and how near its meaning is.

    `likeness` is the cosine to the question, None while the item's vectors are missing.
    """

    key: str
    score: float
    likeness: float | None
