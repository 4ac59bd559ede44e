"""Dates in and out: every day survives the way there and back, wrong parts are named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuimaru.core.japan.eras import ERA_NAMES, DateProblem, era_of, format_date, parse_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (("令和", "8", "11", "25"), date(2026, 11, 25)),
        (("令和", "元", "5", "1"), date(2019, 5, 1)),
        (("平成", "31", "4", "30"), date(2019, 4, 30)),
        (("平成", "１", "１", "８"), date(1989, 1, 8)),
        (("昭和", "64", "1", "7"), date(1989, 1, 7)),
        (("昭和", "元", "12", "25"), date(1926, 12, 25)),
        (("大正", "15", "12", "24"), date(1926, 12, 24)),
        (("大正", "1", "7", "30"), date(1912, 7, 30)),
        (("明治", "45", "7", "29"), date(1912, 7, 29)),
        (("明治", "6", "1", "1"), date(1873, 1, 1)),
        (("西暦", "２０２４", " 2 ", "29"), date(2024, 2, 29)),
    ],
)
def test_dates_are_read(written: tuple[str, str, str, str], day: date) -> None:
    assert parse_date(*written) == day


@pytest.mark.parametrize(
    ("written", "part", "ja"),
    [
        (("令和", "8", "11", "31"), "day", "11月は30日までです。日を確かめてください。"),
        (("令和", "8", "2", "29"), "day", "令和8年2月は28日までです。日を確かめてください。"),
        (("西暦", "2026", "13", "1"), "month", "月は1から12までです。月を確かめてください。"),
        (("西暦", "26", "1", "1"), "year", "西暦は4けたで入力してください。"),
        (("西暦", "", "1", "1"), "year", "年を入力してください。"),
        (("令和", "8", "", "1"), "month", "月を入力してください。"),
        (("令和", "8", "1", "x"), "day", "日を数字で入力してください。"),
        (("令和", "0", "1", "1"), "year", "令和の年を確かめてください。"),
        (("平成", "31", "5", "1"), "year", "平成は31年4月30日までです。令和元年5月1日ではありませんか。"),
        (
            ("令和", "元", "4", "30"),
            "year",
            "令和は令和元年5月1日からです。平成31年4月30日ではありませんか。",
        ),
        (("明治", "5", "12", "31"), "year", "明治6年1月1日より前の日付は入力できません。"),
        (("慶応", "4", "1", "1"), "year", "元号か西暦を選んでください。"),
    ],
)
def test_the_wrong_part_is_named(written: tuple[str, str, str, str], part: str, ja: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(*written)
    assert (caught.value.part, caught.value.ja) == (part, ja)
    assert caught.value.en.isascii()


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2026, 11, 25), "令和8年11月25日(水)", "25 November 2026 (Wed)"),
        (date(2019, 5, 1), "令和元年5月1日(水)", "1 May 2019 (Wed)"),
        (date(1872, 12, 31), "1872年12月31日(火)", "31 December 1872 (Tue)"),
    ],
)
def test_dates_are_written(day: date, ja: str, en: str) -> None:
    assert format_date(day) == ja
    assert format_date(day, "en") == en
    assert format_date(day, weekday=False) == ja[:-3]


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_survives_its_era(day: date) -> None:
    era = era_of(day)
    assert era is not None
    year = str(day.year - era.first_year + 1)
    assert parse_date(era.name, year, str(day.month), str(day.day)) == day
    assert format_date(day, weekday=False).startswith(era.name)


TYPED = st.text(alphabet="0123456789０９元年-. ", max_size=5)


@given(st.sampled_from(ERA_NAMES), TYPED, TYPED, TYPED)
def test_any_text_is_a_date_or_a_named_problem(era: str, year: str, month: str, day: str) -> None:
    try:
        found = parse_date(era, year, month, day)
    except DateProblem as problem:
        assert problem.ja.endswith(("。", "か。"))  # noqa: PT017 - both outcomes are right
    else:
        assert isinstance(found, date)
