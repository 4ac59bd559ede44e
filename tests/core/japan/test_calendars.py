"""Opening days and periods as the Civil Code counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.japan.calendars import (
    add_days,
    add_months,
    add_open_days,
    is_open_day,
    next_open_day,
    open_days_between,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 23), False),  # 勤労感謝の日
        (date(2026, 5, 6), False),  # 振替休日
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_opening_days(day: date, is_open: bool) -> None:
    assert is_open_day(day) is is_open


def test_a_municipality_may_close_on_days_of_its_own() -> None:
    festival = frozenset({date(2026, 11, 25)})
    assert not is_open_day(date(2026, 11, 25), festival)
    assert next_open_day(date(2026, 11, 25), festival) == date(2026, 11, 26)
    assert add_open_days(date(2026, 11, 24), 1, festival) == date(2026, 11, 26)


def test_the_first_day_does_not_count() -> None:
    assert add_days(date(2026, 11, 10), 14) == date(2026, 11, 24)
    assert add_open_days(date(2026, 11, 20), 2) == date(2026, 11, 25)  # a weekend and a holiday between
    assert add_open_days(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert add_open_days(date(2026, 11, 22), 0) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="not negative"):
        add_open_days(date(2026, 11, 22), -1)


def test_a_period_that_ends_on_a_closed_day_ends_on_the_next_open_one() -> None:
    assert next_open_day(date(2026, 12, 29)) == date(2027, 1, 4)
    assert next_open_day(date(2026, 11, 25)) == date(2026, 11, 25)


def test_what_remains_until_a_deadline() -> None:
    assert open_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert open_days_between(date(2026, 11, 25), date(2026, 11, 20)) == -2
    assert open_days_between(date(2026, 11, 25), date(2026, 11, 25)) == 0


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(min_value=1, max_value=40))
def test_counting_back_gives_what_was_added(start: date, days: int) -> None:
    end = add_open_days(start, days)
    assert is_open_day(end)
    assert open_days_between(start, end) == days
    assert open_days_between(start, end - timedelta(days=1)) == days - 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 31), 1, date(2026, 4, 30)),  # begins on 1 April
        (date(2026, 4, 10), 1, date(2026, 5, 10)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),  # no 31 February
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2024, 2, 28), 12, date(2025, 2, 28)),  # begins on 29 February
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_end_on_the_eve_of_the_corresponding_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_municipality_may_close_and_open_on_days_of_its_own() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    assert not is_open_day(friday, {friday})
    assert is_open_day(saturday, frozenset(), {saturday})
    assert add_open_days(date(2026, 11, 26), 1, {friday}, {saturday}) == saturday
    assert next_open_day(friday, {friday}) == date(2026, 11, 30)
    assert open_days_between(date(2026, 11, 26), date(2026, 11, 30), {friday}, {saturday}) == 2
