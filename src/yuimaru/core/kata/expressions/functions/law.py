"""Ages, years and periods as the law counts them; each function names its source.

A date known in part (不詳) gives a result only where every day it may be gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from yuimaru.core.japan import ages, calendars
from yuimaru.core.japan.partial_dates import PartialDate, first, last
from yuimaru.core.kata.expressions.functions.function import Function, Implementation
from yuimaru.core.kata.expressions.types import DATE, NUMBER, WHOLE, YESNO, Type
from yuimaru.core.kata.expressions.values import Value, whole

MOST_DAYS = 36_600  # a hundred years; opening days are counted one by one
MOST_OPEN_DAYS = 3_660  # also how many days a municipality may name as closed or open
MOST_MONTHS = 1_200

_AGE = Type("number", whole=True, low=0)
_DATES = Type("list", of=DATE)


def _counted(count: Callable[..., Any], *, steady: bool = True) -> Implementation:
    """A function of dates that is None where the law counts nothing.

    A `steady` one only grows (or only falls) with each date: when the first and the last day that a date may be
    give the same, so do all between. Any other is unknown for a date known in part.
    """

    def on_days(*values: Value) -> Value:
        try:
            return count(*values)  # type: ignore[no-any-return]
        except (ValueError, OverflowError):
            return None

    def run(*values: Value) -> Value:
        if not any(type(each) is PartialDate for each in values):
            return on_days(*values)
        if not steady:
            return None
        ends = [(first(each), last(each)) if type(each) is PartialDate else (each,) for each in values]
        found = {on_days(*each) for each in product(*ends)}
        return found.pop() if len(found) == 1 else None

    return run


def _limited(days: Value, most: int, least: int = 0) -> int:
    """A whole number of days within bounds; ValueError for any other."""
    number = whole(days)
    if number is None or not least <= number <= most:
        raise ValueError(days)
    return number


def _own_days(days: Sequence[Value]) -> frozenset[date]:
    """The days that a municipality itself closes or opens; ValueError when they are no days or too many."""
    if len(days) > MOST_OPEN_DAYS or any(type(day) is not date for day in days):
        raise ValueError(days)
    return frozenset(days)  # type: ignore[arg-type]


def _days_after(start: date, days: Value) -> date:
    return calendars.add_days(start, _limited(days, MOST_DAYS, -MOST_DAYS))


def _months_after(start: date, months: Value, each: int = 1) -> date:
    return calendars.add_months(start, _limited(months, MOST_MONTHS // each) * each)


def _open_days_after(
    start: date, days: Value, closed: Sequence[Value] = (), opened: Sequence[Value] = ()
) -> date:
    count = _limited(days, MOST_OPEN_DAYS)
    return calendars.add_open_days(start, count, _own_days(closed), _own_days(opened))


def _end_of_period(
    start: date, days: Value, closed: Sequence[Value] = (), opened: Sequence[Value] = ()
) -> date:
    return _open_day_from(_days_after(start, _limited(days, MOST_DAYS)), closed, opened)


def _open_day_from(day: date, closed: Sequence[Value] = (), opened: Sequence[Value] = ()) -> date:
    return calendars.next_open_day(day, _own_days(closed), _own_days(opened))


def _is_open(day: date, closed: Sequence[Value] = (), opened: Sequence[Value] = ()) -> bool:
    return calendars.is_open_day(day, _own_days(closed), _own_days(opened))


def _open_days_between(
    start: date, end: date, closed: Sequence[Value] = (), opened: Sequence[Value] = ()
) -> int:
    if abs((end - start).days) > MOST_DAYS:
        raise ValueError("too far apart")
    return calendars.open_days_between(start, end, _own_days(closed), _own_days(opened))


def _day_of_age(birth: date, years: Value) -> date:
    return ages.day_of_age(birth, _limited(years, 200, 1))


_AGES = "年齢計算ニ関する法律（明治35年法律第50号）、民法第143条"
_YEAR = "地方自治法第208条第1項"
_DAYS = "民法第140条"
_MONTHS = "民法第140条、第143条"
_OPEN = "地方自治法第4条の2"
_LAST = "民法第140条、第142条、地方自治法第4条の2第4項"

_BORN_BY_YEAR_END = (
    "(years and months duration({0}, date((if {1}.month >= 4 then {1}.year + 1 else {1}.year), 4, 1)).years)"
)
_LATER = (
    '(if {1} < 0 then {0} - duration("P" + string(-{1}) + "D") else {0} + duration("P" + string({1}) + "D"))'
)

LAW = (
    Function(
        ("満年齢",), (DATE, DATE), _AGE, _counted(ages.age), law=_AGES,
        feel='(years and months duration({0}, {1} + duration("P1D")).years)',
    ),
    Function(
        ("年度年齢",), (DATE, DATE), _AGE, _counted(ages.school_year_age), law=f"{_AGES}、児童手当法第3条第1項",
        feel=_BORN_BY_YEAR_END,
    ),
    Function(("年齢到達日",), (DATE, NUMBER), DATE, _counted(_day_of_age), law=_AGES),
    Function(
        ("年度",), (DATE,), WHOLE, _counted(ages.fiscal_year), law=_YEAR,
        feel="(if {0}.month >= 4 then {0}.year else {0}.year - 1)",
    ),
    Function(
        ("年度末",), (DATE,), DATE, _counted(ages.fiscal_year_end), law=_YEAR,
        feel="date((if {0}.month >= 4 then {0}.year + 1 else {0}.year), 3, 31)",
    ),
    Function(("日数後",), (DATE, NUMBER), DATE, _counted(_days_after), law=_DAYS,
             feel=_LATER),
    Function(("月数後",), (DATE, NUMBER), DATE, _counted(_months_after), law=_MONTHS),
    Function(("年数後",), (DATE, NUMBER), DATE, _counted(partial(_months_after, each=12)), law=_MONTHS),
    Function(("期間末日",), (DATE, NUMBER, _DATES, _DATES), DATE, _counted(_end_of_period), 2, law=_LAST),
    Function(("開庁日後",), (DATE, NUMBER, _DATES, _DATES), DATE, _counted(_open_days_after), 2,
             law=f"{_DAYS}、{_OPEN}"),
    Function(("翌開庁日",), (DATE, _DATES, _DATES), DATE, _counted(_open_day_from), 2,
             law="民法第142条、地方自治法第4条の2第4項"),
    Function(("開庁日",), (DATE, _DATES, _DATES), YESNO, _counted(_is_open, steady=False), 2, law=_OPEN),
    Function(("日数",), (DATE, DATE), WHOLE, _counted(lambda start, end: (end - start).days), law=_DAYS,
             feel="({1} - {0}).days"),
    Function(("開庁日数",), (DATE, DATE, _DATES, _DATES), WHOLE, _counted(_open_days_between), 2,
             law=f"{_DAYS}、{_OPEN}"),
    Function(("年",), (DATE,), WHOLE, _counted(lambda day: day.year), feel="{0}.year"),
    # Not steady in general, but a date known in part spans one month or most of one year.
    Function(("月",), (DATE,), Type("number", whole=True, low=1, high=12), _counted(lambda day: day.month),
             feel="{0}.month"),
    Function(("日",), (DATE,), Type("number", whole=True, low=1, high=31), _counted(lambda day: day.day),
             feel="{0}.day"),
)  # fmt: skip
