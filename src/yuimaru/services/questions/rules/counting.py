"""When the same words count as asked again, and how long they are kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

SLOT = 10  # minutes: a page fetched again within them was reloaded, fetched ahead or scanned, not asked
KEPT_DAYS, LONGEST_DAYS = (
    400,
    1_100,
)  # days by default: a year and the weeks to compare it in; at most three years

SMALLEST_TOLD = 3  # questions in a month

_AT_THE_END = re.compile(r"[\s?？!！。．.、,]+$")


class InvalidDays(ValueError):
    """Questions cannot be kept for so many days."""


def slot_of(at: datetime) -> int:
    """The part of the day, counted from local midnight; `at` in local time."""
    return (at.hour * 60 + at.minute) // SLOT


def same(words: str) -> str:
    """Words as they are compared: width, case, spaces and the sign at the end make no difference."""
    return _AT_THE_END.sub("", " ".join(unicodedata.normalize("NFKC", words).casefold().split()))


def last_day_kept(today: date, days: int) -> date:
    """The first day whose questions are still kept."""
    return today - timedelta(days=days)


def require_days(days: int) -> None:
    """Refuse a time for which questions must not be kept; 0 keeps none."""
    if not 0 <= days <= LONGEST_DAYS:
        raise InvalidDays(days)


def told(times: int) -> str:
    """A number as it leaves the house: one or two questions could be somebody's, so they are told as fewer than three."""
    return "3未満" if 0 < times < SMALLEST_TOLD else str(times)
