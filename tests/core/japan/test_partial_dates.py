"""Dates of registers of which a part is not known (不詳), and the ways in which dates are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.japan.partial_dates import PartialDate, read_date

DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31))
PARTIAL = st.builds(
    lambda day, year: read_date(f"{day:%Y}-XX-XX" if year else f"{day:%Y-%m}-XX"), DAYS, st.booleans()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("S20.8.15", date(1945, 8, 15)),
        ("2026/4/1", date(2026, 4, 1)),
        (" 昭和 20年 8月 15日 ", date(1945, 8, 15)),
        ("1945-08-XX", PartialDate(date(1945, 8, 1), date(1945, 8, 31))),
        ("昭和20年8月不詳", PartialDate(date(1945, 8, 1), date(1945, 8, 31))),
        ("昭和20年不詳", PartialDate(date(1945, 1, 1), date(1945, 12, 31))),
        ("昭和64年月日不詳", PartialDate(date(1989, 1, 1), date(1989, 1, 7))),
        ("平成元年不詳", PartialDate(date(1989, 1, 8), date(1989, 12, 31))),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: date | PartialDate) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "不詳", "8.4.1", "平成31年5月1日", "2026-02-30", "2026-13-XX", "昭和65年不詳", "20年不詳", "０"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_date(text)


def test_a_partial_date_is_written_so_that_it_can_be_read_again() -> None:
    for text in ("1945-08-XX", "1945-XX-XX", "1989-01-XX", "1989-XX-XX", "昭和64年不詳", "平成元年1月不詳"):
        partial = read_date(text)
        assert isinstance(partial, PartialDate)
        assert read_date(partial.isoformat()) == partial
        assert read_date(partial.written()) == partial
    assert read_date("昭和20年8月不詳").isoformat() == "1945-08-XX"
    partial = read_date("昭和20年8月不詳")
    assert isinstance(partial, PartialDate)
    assert partial.written("en") == "some day from 1 August 1945 to 31 August 1945"


@settings(max_examples=200, deadline=None)
@given(PARTIAL, DAYS)
def test_comparing_says_only_what_holds_for_every_day_that_it_may_be(partial: PartialDate, day: date) -> None:
    may_be = [
        partial.earliest + timedelta(days=n) for n in range((partial.latest - partial.earliest).days + 1)
    ]
    for found, verdicts in (
        (partial < day, {each < day for each in may_be}),
        (partial <= day, {each <= day for each in may_be}),
        (partial > day, {each > day for each in may_be}),
        (partial >= day, {each >= day for each in may_be}),
        (day < partial, {day < each for each in may_be}),
    ):
        assert found == (verdicts.pop() if len(verdicts) == 1 else None)
    assert partial.overlaps(day) == (day in may_be)
