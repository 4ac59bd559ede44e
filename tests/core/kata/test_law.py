"""Functions that count as the law counts: each names its source, and holds for the cases that people argue about."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from yuimaru.core.kata.expressions import (
    FUNCTIONS,
    LIST,
    Facts,
    Value,
    check,
    compile_cell,
    compile_expression,
)
from yuimaru.core.kata.expressions.functions.law import LAW

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "expressions.md").read_text("utf-8")
FACTS: Facts = {
    "休み": [date(2026, 11, 27)],
    "開く": [date(2026, 11, 28)],
}


def evaluate(text: str) -> Value:
    return compile_expression(text)(FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 年齢計算ニ関する法律: the age is attained on the eve of the birthday.
        ('満年齢(date("2008-04-01"), date("2026-03-31"))', 18),
        ('満年齢(date("2008-04-01"), date("2026-03-30"))', 17),
        ('満年齢(date("2004-02-29"), date("2026-02-28"))', 22),
        ('満年齢(date("2026-04-02"), date("2026-04-01"))', None),
        ('年度年齢(date("2008-04-01"), date("2025-04-01"))', 18),  # 早生まれ: the class of those born in 2007
        ('年度年齢(date("2008-04-02"), date("2025-04-01"))', 17),
        ('年齢到達日(date("1961-04-01"), 65)', date(2026, 3, 31)),
        ('年齢到達日(date("2008-02-29"), 18)', date(2026, 2, 28)),
        ('年齢到達日(date("2008-02-29"), 0)', None),
        # 民法第140条: the first day does not count. 第142条: a period does not end on a closed day.
        ('日数後(date("2026-11-10"), 15)', date(2026, 11, 25)),
        ('期間末日(date("2026-11-13"), 10)', date(2026, 11, 24)),  # the 23rd is 勤労感謝の日
        ('期間末日(date("2026-11-13"), 14, 休み)', date(2026, 11, 30)),
        ('期間末日(date("2026-12-15"), 14)', date(2027, 1, 4)),
        ('期間末日(date("2026-11-13"), 15, [], 開く)', date(2026, 11, 28)),
        # 民法第143条第2項: by the calendar; where no day corresponds, the last of the month.
        ('月数後(date("2026-01-30"), 1)', date(2026, 2, 28)),
        ('月数後(date("2026-03-31"), 3)', date(2026, 6, 30)),
        ('年数後(date("2024-02-28"), 1)', date(2025, 2, 28)),
        ('月数後(date("2026-01-30"), -1)', None),
        ('月数後(date("2026-01-30"), 99999)', None),
        # 地方自治法第4条の2: closed days, and those of the municipality itself.
        ('開庁日(date("2026-11-27"))', True),
        ('開庁日(date("2026-11-27"), 休み)', False),
        ('開庁日(date("2026-11-28"), 休み, 開く)', True),
        ('翌開庁日(date("2026-11-27"), 休み)', date(2026, 11, 30)),
        ('開庁日後(date("2026-11-26"), 1, 休み, 開く)', date(2026, 11, 28)),
        ('開庁日数(date("2026-11-20"), date("2026-11-27"))', 4),
        ('開庁日後(date("2026-11-26"), 1, ["明日"])', None),
        ('開庁日数(date("0001-01-01"), date("2026-11-27"))', None),
        ('日数(date("2026-11-20"), date("2026-11-27"))', 7),
        # 地方自治法第208条
        ('年度(date("2027-03-31"))', 2026),
        ('年度末(date("2027-04-01"))', date(2028, 3, 31)),
        ('年(date("令和8年4月1日")) + 月(date("令和8年4月1日")) + 日(date("令和8年4月1日"))', 2031),
    ],
)  # fmt: skip
def test_periods_and_ages(text: str, expected: Value) -> None:
    assert evaluate(text) == expected
    assert [each.code for each in check(text, {"休み": LIST, "開く": LIST})] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('満年齢(日付("昭和20年不詳"), date("2026-06-01"))', None),  # 80 or 81
        ('満年齢(日付("昭和20年不詳"), date("2026-12-31"))', None),  # whoever was born on 1 January is 82
        ('満年齢(日付("昭和20年不詳"), date("2026-12-30"))', 81),
        ('満年齢(日付("昭和20年1月不詳"), date("2026-06-01"))', 81),
        ('日付("昭和20年不詳") < date("1946-01-01")', True),
        ('日付("昭和20年不詳") < date("1945-06-01")', None),
        ('日付("昭和20年不詳") = date("1946-01-01")', False),
        ('日付("昭和20年不詳") = date("1945-01-01")', None),
        ('日付("昭和20年不詳") != date("1945-01-01")', None),
        ('日付("昭和20年不詳") in [date("1945-01-01")..date("1945-12-31")]', True),
        ('日付("昭和20年不詳") in [date("1945-02-01")..date("1945-12-31")]', None),
        ('日付("昭和20年不詳") in [date("1946-02-01")..date("1946-12-31")]', False),
        ('日付("昭和20年不詳") between date("1944-01-01") and date("1950-01-01")', True),
        ('年(日付("昭和20年不詳"))', 1945),
        ('月(日付("昭和20年1月不詳"))', 1),
        ('日(日付("昭和20年1月不詳"))', None),
        ('年度(日付("昭和20年不詳"))', None),
        ('年度(日付("昭和20年1月不詳"))', 1944),
        ('開庁日(日付("令和8年11月不詳"))', None),
        ('最小(日付("昭和20年不詳"), date("2026-01-01"))', None),
    ],
)
def test_a_date_known_in_part_decides_only_what_every_day_would(text: str, expected: Value) -> None:
    assert evaluate(text) is expected or evaluate(text) == expected


def test_cells_ask_a_date_known_in_part() -> None:
    partial = evaluate('日付("昭和20年不詳")')
    assert compile_cell('< date("1946-01-01")')(partial, {}) is True
    assert compile_cell('not(< date("1946-01-01"))')(partial, {}) is False
    assert compile_cell('date("1945-01-01")')(partial, {}) is None


def test_each_function_of_the_law_names_its_source_here_and_on_the_page() -> None:
    calendar_parts = {"年", "月", "日"}
    for function in LAW:
        if function.names[0] not in calendar_parts:
            assert "法" in function.law
            assert "条" in function.law
            assert re.search(f"`{function.names[0]}\\([^|]+\\|[^|]+\\| {function.law} \\|", PAGE)


def test_every_function_stands_on_the_page() -> None:
    assert [name for name in FUNCTIONS if f"`{name}`" not in PAGE and f"`{name}(" not in PAGE] == []
