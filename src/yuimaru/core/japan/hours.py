"""Opening hours as municipalities write them, 「平日 午前8時30分〜午後5時15分」, and whether an office is open at a moment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from yuimaru.core.japan.calendars import NOTHING, ONE_DAY, is_open_day, next_open_day

_MOMENT = r"(午前|午後)?\s*(\d{1,2})(?:時(?:(\d{1,2})分|(半))?|:(\d{2}))"
_HOURS = re.compile(
    rf"(?:平日|開庁日|月曜日?(?:から|〜|~|-)金曜日?(?:まで)?)[\s、,(]*{_MOMENT}\s*(?:〜|~|から|-|–|ー)\s*{_MOMENT}(?:まで)?\)?"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an office is open, and when that changes: it closes at `changes`, or opens then."""

    is_open: bool
    changes: datetime


def opening(at: datetime, hours: str, extra_closed: Container[date] = NOTHING) -> Opening | None:
    """Whether an office with these hours on opening days is open at a local time; None where they cannot be read.

    Hours that say more than one stretch of opening days are not guessed at.
    """
    stretch = _stretch(hours)
    if stretch is None:
        return None
    opens, closes = stretch
    today = at.date()
    if is_open_day(today, extra_closed):
        if at.time() < opens:
            return Opening(False, _on(at, today, opens))
        if at.time() < closes:
            return Opening(True, _on(at, today, closes))
    return Opening(False, _on(at, next_open_day(today + ONE_DAY, extra_closed), opens))


def _on(at: datetime, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, at.tzinfo)


@lru_cache(maxsize=1024)
def _stretch(hours: str) -> tuple[time, time] | None:
    found = _HOURS.fullmatch(unicodedata.normalize("NFKC", hours).strip())
    if found is None:
        return None
    opens, closes = _clock(*found.groups()[:5]), _clock(*found.groups()[5:])
    return (opens, closes) if opens and closes and opens < closes else None


def _clock(
    half: str | None, hour: str, minute: str | None, is_half: str | None, after_colon: str | None
) -> time | None:
    hours = int(hour) + (12 if half == "午後" and int(hour) < 12 else 0)
    minutes = 30 if is_half else int(minute or after_colon or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
