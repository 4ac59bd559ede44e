"""What is ranked, and what a ranking gives."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from yuimaru.core.text.tokens import tokens

_LONGEST_WORD = 255  # characters; what is longer is no word that anybody asks with


class Item(NamedTuple):
    """A key of the caller's, what the item is about (a title, a question), and what it says."""

    key: str
    about: str
    text: str


class Cut(NamedTuple):
    """How often an item has each word: in what it is about, and in what it says."""

    about: Counter[str]
    says: Counter[str]


class Hit(NamedTuple):
    """A found item: its score among all items (higher is nearer) and how near its meaning is.

    `likeness` is the cosine to the question, None while the item's vectors are missing.
    """

    key: str
    score: float
    likeness: float | None


def cut(item: Item) -> Cut:
    """Count the words of an item."""
    return Cut(*(Counter(_words(text)) for text in (item.about, item.text)))


def _words(text: str) -> list[str]:
    return [form for form in tokens(text) if len(form) <= _LONGEST_WORD]
