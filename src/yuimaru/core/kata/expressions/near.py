"""「もしかして」: the nearest of the known names, found in bounded time."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

LONGEST = 60  # characters of a name worth comparing
MOST_NAMES = 2_000


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one resembles most; None when nothing comes close."""
    if len(name) > LONGEST:
        return None
    close = get_close_matches(name, islice(known, MOST_NAMES), n=1, cutoff=0.5)
    return close[0] if close else None


def suggestion(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The sentence that offers the nearest name, in Japanese and English; empty when there is none."""
    close = near(name, known)
    return (
        ("", "") if close is None else (f"もしかして「{close}」のことですか。", f" Did you mean “{close}”?")
    )
