"""Ages by law: the new age counts from the day before the birthday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuimaru.core.japan.ages import age, day_of_age, fiscal_year, fiscal_year_end, school_year_age

BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 4, 1), date(2026, 3, 30), 17),
        (date(2008, 4, 1), date(2026, 3, 31), 18),
        (date(2008, 4, 2), date(2026, 3, 31), 17),
        (date(2008, 4, 2), date(2026, 4, 1), 18),
        (date(2004, 2, 29), date(2026, 2, 27), 21),
        (date(2004, 2, 29), date(2026, 2, 28), 22),
        (date(2004, 2, 29), date(2024, 2, 28), 20),
        (date(2026, 1, 1), date(2026, 12, 30), 0),
        (date(2026, 1, 1), date(2026, 12, 31), 1),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
    ],
)
def test_age(birth: date, on: date, years: int) -> None:
    assert age(birth, on) == years


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 4, 1), date(2026, 3, 31), 18),  # 早生まれ: last day of the allowance
        (date(2008, 4, 1), date(2026, 4, 1), 19),
        (date(2008, 4, 2), date(2026, 4, 1), 18),
        (date(2008, 4, 2), date(2027, 3, 31), 18),
        (date(2023, 6, 1), date(2026, 11, 25), 3),
        (date(2026, 4, 2), date(2026, 4, 2), 0),
        (date(2026, 4, 1), date(2026, 4, 1), 1),
    ],
)
def test_age_of_the_fiscal_year(birth: date, on: date, years: int) -> None:
    assert school_year_age(birth, on) == years


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="not born"):
        age(date(2026, 5, 2), date(2026, 5, 1))
    with pytest.raises(ValueError, match="not born"):
        school_year_age(date(2026, 5, 2), date(2026, 5, 1))


def test_fiscal_years() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026
    assert fiscal_year_end(date(2026, 3, 31)) == date(2026, 3, 31)
    assert fiscal_year_end(date(2026, 4, 1)) == date(2027, 3, 31)
    with pytest.raises(OverflowError):
        fiscal_year_end(date(9999, 4, 1))


@given(BIRTHS, st.integers(min_value=0, max_value=40_000))
def test_age_grows_by_one_on_the_day_before_a_birthday_and_never_else(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    tomorrow = on + timedelta(days=1)
    day_after = on + timedelta(days=2)
    leap_eve = (birth.month, birth.day) == (2, 29) and (day_after.month, day_after.day) == (3, 1)
    is_eve = (day_after.month, day_after.day) == (birth.month, birth.day)
    grown = age(birth, tomorrow) - age(birth, on)
    assert grown in (0, 1)
    if grown:
        assert is_eve or leap_eve


@given(BIRTHS, st.integers(min_value=1, max_value=120))
def test_the_day_of_an_age_is_the_first_on_which_it_is_reached(birth: date, years: int) -> None:
    day = day_of_age(birth, years)
    assert age(birth, day) == years
    assert day == birth or age(birth, day - timedelta(days=1)) == years - 1


def test_no_age_is_attained_at_birth() -> None:
    with pytest.raises(ValueError, match="one year"):
        day_of_age(date(2026, 4, 1), 0)
