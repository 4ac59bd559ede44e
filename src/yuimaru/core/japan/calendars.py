"""Opening days (開庁日) and how periods are counted: the first day does not count (民法第140条)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

ONE_DAY = timedelta(days=1)
NOTHING: frozenset[date] = frozenset()


def is_open_day(
    day: date, extra_closed: Container[date] = NOTHING, extra_open: Container[date] = NOTHING
) -> bool:
    """Whether offices are open (地方自治法第4条の2): no weekend, 祝日, 12月29日〜1月3日, nor a closed day of their own.

    Days on which a municipality opens nevertheless (`extra_open`) count as open.
    """
    return day in extra_open or (day not in extra_closed and not _closed_everywhere(day))


def add_days(start: date, days: int) -> date:
    """The last day of a period of calendar days (暦日) after `start`, which itself is not counted."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The last day of a period of months after `start`, which itself is not counted (民法第140条, 第143条第2項).

    It ends on the eve of the day that corresponds to its first day; where the month has none, with the month.
    """
    begins = start + ONE_DAY
    year, month = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    if begins.day > monthrange(year, month + 1)[1]:
        return date(year, month + 1, monthrange(year, month + 1)[1])
    return date(year, month + 1, begins.day) - ONE_DAY


def add_open_days(
    start: date, days: int, extra_closed: Container[date] = NOTHING, extra_open: Container[date] = NOTHING
) -> date:
    """The last day of a period of opening days (開庁日) after `start`, which itself is not counted."""
    if days < 0:
        raise ValueError("a period is not negative")
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_open_day(day, extra_closed, extra_open)
    return day


def next_open_day(
    day: date, extra_closed: Container[date] = NOTHING, extra_open: Container[date] = NOTHING
) -> date:
    """The day itself when offices are open, else the first opening day after it.

    民法第142条; for periods set by law towards a municipality 地方自治法第4条の2第4項.
    """
    while not is_open_day(day, extra_closed, extra_open):
        day += ONE_DAY
    return day


def open_days_between(
    start: date, end: date, extra_closed: Container[date] = NOTHING, extra_open: Container[date] = NOTHING
) -> int:
    """How many opening days lie after `start` up to `end`, as until a deadline; negative when it is past."""
    if end < start:
        return -open_days_between(end, start, extra_closed, extra_open)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_open_day(day, extra_closed, extra_open) for day in days)


@lru_cache(maxsize=20_000)
def _closed_everywhere(day: date) -> bool:
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return year_end or day.weekday() >= 5 or bool(jpholiday.is_holiday(day))
