"""Closing days of a municipality's own: how they are written, and that no period ends on one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuimaru.core.japan.calendars import is_open_day
from yuimaru.core.japan.closing_days import (
    MOST_DAYS,
    ClosingDay,
    ClosingDayProblem,
    ClosingDays,
    closing_days,
)
from yuimaru.core.kata.models import Period
from yuimaru.core.kata.times import moved
from yuimaru.core.kata.workflow import due_date

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
OWN = st.lists(
    st.builds(
        lambda day, yearly: ClosingDay(day.month, day.day, None if yearly else day.year, "記念日"),
        DAYS,
        st.booleans(),
    ),
    max_size=30,
).map(lambda days: ClosingDays(tuple(days)))
CALENDARS = st.sampled_from(["opening", "calendar"])


def test_lines_in_both_ways_of_writing_come_to_the_same() -> None:
    found = closing_days("2026年12月28日 庁舎の点検\n\n 11-3　市制記念日 \n")
    assert found == closing_days(str(found))
    assert str(found) == "11-03 市制記念日\n2026-12-28 庁舎の点検"
    assert closing_days("") == ClosingDays()


def test_a_yearly_day_counts_in_every_year_and_another_once() -> None:
    found = closing_days("11-04 市制記念日\n2026-12-28 庁舎の点検\n02-29 うるう日")
    assert [date(year, 11, 4) in found for year in (1990, 2026, 2060)] == [True] * 3
    assert (date(2026, 12, 28) in found, date(2027, 12, 28) in found) == (True, False)
    assert date(2028, 2, 29) in found
    assert "2026-12-28" not in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("市制記念日", "closing_day"),
        ("11-04", "closing_day"),
        ("13-04 市制記念日", "closing_day"),
        ("2026-02-29 うるう日", "closing_day"),
        ("11-04 " + "あ" * 41, "closing_day"),
        ("11-04 市制記念日\n11月4日 文化祭", "twice"),
        ("\n".join(f"{2000 + year}-11-04 記念日" for year in range(MOST_DAYS + 1)), "too_many"),
    ],
)
def test_what_is_no_closing_day_is_refused_in_words(text: str, code: str) -> None:
    with pytest.raises(ClosingDayProblem) as refused:
        closing_days(text)
    assert refused.value.code == code
    assert refused.value.ja.endswith("。")
    assert refused.value.en.endswith(".")


@given(start=DAYS, days=st.integers(0, 60), calendar=CALENDARS, own=OWN)
def test_no_period_ends_on_a_closed_day(start: date, days: int, calendar: str, own: ClosingDays) -> None:
    last = due_date(Period.model_validate({"days": days, "calendar": calendar}), start, {}, own)
    assert last not in own
    assert is_open_day(last, own)
    assert last >= start + timedelta(days=days) or days == 0


@given(start=DAYS, days=st.integers(0, 30), stood=st.integers(0, 30), calendar=CALENDARS, own=OWN)
def test_nor_does_one_whose_clock_stood_still(
    start: date, days: int, stood: int, calendar: str, own: ClosingDays
) -> None:
    period = Period.model_validate({"days": days, "calendar": calendar})
    last = due_date(period, start, {}, own)
    later = moved(period, last, start, start + timedelta(days=stood), own)
    assert later is not None
    assert later >= last
    assert is_open_day(later, own)
