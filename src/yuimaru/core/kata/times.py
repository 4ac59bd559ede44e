"""The four words for time, never mixed: 標準処理期間, 処理期限 (of a step), 届出期間, 目標."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from yuimaru.core.japan.calendars import add_open_days, next_open_day, open_days_between
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.models import Period
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.workflow import NONE_CLOSED, due_date


@dataclass(frozen=True, slots=True)
class Times:
    """The last days that belong to a whole case; a step has its own due date."""

    standard_period: date | None  # how long the work usually takes (行政手続法第6条)
    filing_period: date | None  # until when it had to be sent
    target: date | None  # what the municipality wants to reach itself
    filed_late: bool


def times(
    program: Program, submitted: date, facts: Facts, extra_closed: Container[date] = NONE_CLOSED
) -> Times:
    """The last days of a case that was sent on a day, before any clock stood still; raises PeriodError."""
    kata = program.kata
    filing = _filing(kata.filing_period, facts, extra_closed)
    return Times(
        standard_period=_after(kata.standard_period, submitted, facts, extra_closed),
        filing_period=filing,
        target=_after(kata.target, submitted, facts, extra_closed),
        filed_late=filing is not None and submitted > filing,
    )


def moved(
    period: Period | None,
    last: date | None,
    stopped: date,
    resumed: date,
    extra_closed: Container[date] = NONE_CLOSED,
) -> date | None:
    """The last day of a period whose clock stood still: moved by as many days of its own calendar."""
    if last is None or period is None:
        return last
    if period.calendar == "opening":
        return add_open_days(last, open_days_between(stopped, resumed, extra_closed), extra_closed)
    return next_open_day(last + (resumed - stopped), extra_closed)


def _after(period: Period | None, start: date, facts: Facts, extra_closed: Container[date]) -> date | None:
    return due_date(period, start, facts, extra_closed) if period is not None else None


def _filing(period: Period | None, facts: Facts, extra_closed: Container[date]) -> date | None:
    """The filing period runs from a date that the applicant gave; without it there is no last day."""
    start = facts.get(period.after) if period is not None and period.after is not None else None
    return due_date(period, start, facts, extra_closed) if period and isinstance(start, date) else None
