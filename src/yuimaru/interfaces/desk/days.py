"""Reading a day that somebody typed into one field."""

from __future__ import annotations

import unicodedata
from datetime import date


def read_day(typed: str) -> date | None:
    """A day typed as eight digits, with or without anything between them; None when it is none."""
    digits = "".join(
        sign for sign in unicodedata.normalize("NFKC", typed) if sign.isascii() and sign.isdigit()
    )
    try:
        return date.fromisoformat(digits) if len(digits) == 8 else date.fromisoformat(typed)
    except ValueError:
        return None
