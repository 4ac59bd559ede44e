"""Opening days and periods as the Civil Code counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.japan.calendars import (
    add_days,
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
