"""The expression language: what its page promises, where its errors point, and that nothing makes it fall over."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.kata.expressions import (
    DATE,
    NUMBER,
    TEXT,
    WHOLE,
    YESNO,
    ExpressionError,
    Facts,
    Type,
    Value,
    check,
    check_cell,
    choice,
    compile_cell,
    compile_expression,
    infer,
    list_of,
    names,
    parse,
    paths,
    record,
)

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "expressions.md"
FACTS: Facts = {
    "年齢": 17,
    "事由": "転入",
    "同居": True,
    "未回答": None,
    "生年月日": date(2008, 4, 1),
    "今日": date(2026, 3, 31),
    "児童": [{"円": 10000}, {"円": 30000}],
}
KNOWN = {
    "年齢": Type("number", whole=True, low=0),
    "事由": choice("出生", "転入", "その他"),
    "公務員": YESNO,
    "生年月日": DATE,
    "今日": DATE,
    "備考": TEXT,
    "児童": list_of(record(円=WHOLE, 名前=TEXT)),
    "振込先": record(名義=TEXT),
}


def evaluate(text: str, facts: Facts = FACTS) -> Value:
    return compile_expression(text)(facts)


def refusal(text: str) -> tuple[str, int]:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text)
    return caught.value.problem.code, caught.value.problem.position


def page_examples(columns: int) -> list[tuple[str, ...]]:
    """The rows of the page's tables that begin with code, with as many code columns as wanted."""
    rows = (re.findall(r"`([^`]+)` \|", line) for line in PAGE.read_text("utf-8").splitlines())
    return [tuple(row) for row in rows if len(row) == columns]


@pytest.mark.parametrize(("text", "expected"), page_examples(2))
def test_every_expression_on_the_page_gives_the_value_beside_it(text: str, expected: str) -> None:
    assert evaluate(text) == json.loads(expected, parse_float=Decimal)


@pytest.mark.parametrize(("cell", "value", "expected"), page_examples(3))
def test_every_cell_on_the_page_holds_as_it_says(cell: str, value: str, expected: str) -> None:
    assert compile_cell(cell)(json.loads(value), {}) is json.loads(expected)


def test_the_page_has_examples_of_both_kinds() -> None:
    assert len(page_examples(2)) >= 30
    assert len(page_examples(3)) >= 9


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "null", None, True),
        ("false", "false", False, False),
        ("false", "null", False, None),
        ("null", "null", None, None),
        ("true", "1", None, True),
        ("false", '"x"', False, None),
    ],
)
def test_and_or_follow_three_valued_logic_in_both_orders(
    left: str, right: str, both: bool | None, either: bool | None
) -> None:
    assert evaluate(f"{left} and {right}") is evaluate(f"{right} and {left}") is both
    assert evaluate(f"{left} or {right}") is evaluate(f"{right} or {left}") is either


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1 = "1"', None),
        ("true = 1", None),
        ('date("2026-01-01") = "2026-01-01"', None),
        ("true < false", None),
        ("5 between null and 3", None),
        ("null in [1, 2]", False),
        ('"a" in [1, "a"]', True),
        ("2 in (1..2]", True),
        ("1 in (1..2]", False),
        ("2 in [1..2)", False),
        ("[1, 2] = [1, 2]", True),
        ("[1] = [1, 2]", False),
        ("-(-3)", 3),
        ("2 - 3 - 4", -5),
        ("2 + 3 * 4", 14),
        ("1 / 3 * 3 = 1", False),
        ('"お" + "申し出"', "お申し出"),
        ('"a" + 1', None),
        ("sum([])", None),
        ("sum(1, null)", None),
        ("count([])", 0),
        ("max(1, 3, 2)", 3),
        ('max(1, "a")', None),
        ('min(date("2026-01-02"), date("2026-01-01")) = date("2026-01-01")', True),
        ("切り捨て(-1.5)", -2),
        ("切り上げ(1.01, 1)", Decimal("1.1")),
        ("四捨五入(2.5)", 3),
        ("満年齢(今日, 生年月日)", None),
        ("日数後(今日, 0.5)", None),
        ("日数後(今日, 99999999999)", None),
        ("開庁日後(今日, -1)", None),
        ("児童.年齢 = [null, null]", True),
        ("年齢.円", None),
        ("知らない名前", None),
        ('"“全角ＡＢ”"', "“全角ＡＢ”"),
        (r'"改\"行\n"', '改"行\n'),
    ],
)
def test_values(text: str, expected: Value) -> None:
    value = evaluate(text)
    assert value == expected
    assert type(value) is type(expected)


def test_money_stays_exact() -> None:
    assert evaluate("0.1 * 3") == Decimal("0.3")
    assert evaluate("9007199254740993 + 1") == 9007199254740994
    assert type(evaluate("6 / 2")) is int


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("年齢 < < 3", "misplaced", 6),
        ("年齢 <", "incomplete", 5),
        ("", "incomplete", 1),
        ('"閉じない', "open_text", 1),
        ("年齢 = “17”", "unexpected_character", 6),
        ("年齢 @ 3", "unexpected_character", 4),
        ("1 < 2 < 3", "misplaced", 7),
        ("年齢 in [3..1]", "range_order", 7),
        ('年齢 in [1.."a"]', "range_order", 7),
        ("年齢 in (2..2)", "range_order", 7),
        ("年齢 in [1..今日]", "range_literal", 11),
        ("年齢 in [今日..3]", "range_literal", 8),
        ('date("2026-02-29")', "bad_date", 6),
        ("date(今日)", "bad_date", 1),
        ("for x in y", "not_in_language", 1),
        ("消す(1)", "unknown_function", 1),
        ("満年齢(今日)", "argument_count", 1),
        ("()", "misplaced", 2),
        ("年齢.(", "misplaced", 4),
        (r'"\x"', "bad_escape", 2),
        ("1" * 35, "too_many_digits", 1),
    ],
)
def test_errors_name_the_character(text: str, code: str, position: int) -> None:
    assert refusal(text) == (code, position)


def test_errors_speak_japanese_and_english() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("年齢 ＜ ＜ 3")
    assert caught.value.problem.message_ja == "6文字目：「<」はここに書けません。"
    assert caught.value.problem.message_en == "Character 6: “<” cannot stand here."


def test_a_problem_says_where_in_a_workbook_it_stands() -> None:
    (found,) = check("公務院 = true", KNOWN)
    placed = found.in_sheet("月額", "C5")
    assert (placed.sheet, placed.cell, placed.position) == ("月額", "C5", 1)
    assert placed.message_ja == (
        "シート「月額」のセルC5の1文字目：「公務院」という項目はありません。もしかして「公務員」のことですか。"
    )
    assert placed.message_en.startswith("Sheet “月額”, cell C5: Character 1: There is no item “公務院”.")


def test_places_are_counted_in_the_text_as_typed() -> None:
    # Two half-width characters become one full-width one: places must not shift.
    assert refusal("ｶﾞｸ ＜ ＜")[1] == 7
    assert names("ｶﾞｸ < 3") == {"ガク"}


@pytest.mark.parametrize(
    "text",
    [
        "1" + "+1" * 5000,
        "(" * 1900,
        "[" * 41 + "]" * 41,
        "not(" * 45 + "true" + ")" * 45,
        "-" * 1500 + "1",
        "if true then " * 60 + "1",
        "1" + " + 1" * 400,
        "x" + ".x" * 400,
    ],
)
def test_oversized_text_is_refused_at_once(text: str) -> None:
    started = process_time()
    assert refusal(text)[0] in {"too_long", "too_deep", "too_many_words"}
    assert process_time() - started < 0.1


def test_the_largest_allowed_text_runs_within_the_stack() -> None:
    chain = "1" + " + 1" * 149
    assert check(chain, {}) == []
    assert evaluate(chain) == 150
    nested = "(" * 40 + "1" + ")" * 40
    assert evaluate(nested) == 1


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='年齢子. ()[]<>=!"-+*/,..0123４≦ andortrueifthenlsb\\', max_size=60))
def test_any_text_either_runs_or_is_refused_within_its_length(text: str) -> None:
    for problem in check(text, KNOWN):
        assert 1 <= problem.position <= len(text) + 1
    with suppress(ExpressionError):
        compile_expression(text)(FACTS)


def test_names_and_paths() -> None:
    text = 'if 月額.円 > 0 then sum(児童.円) else 満年齢(生年月日, 今日) + (年齢 in ("a", 上限) and not(x = [y]))'
    assert names(text) == {"月額", "児童", "生年月日", "今日", "年齢", "上限", "x", "y"}
    assert {"月額.円", "児童.円"} <= paths(text)


@pytest.mark.parametrize(
    ("text", "code", "position", "part"),
    [
        ("公務院 = false", "unknown_name", 1, "「公務員」のことですか。"),
        ('事由 = "転人"', "unknown_option", 6, "「転入」のことですか。"),
        ('事由 in ("出生", "死亡届")', "unknown_option", 14, "「死亡届」という選択肢はありません。"),
        ("振込先.名儀", "unknown_name", 1, "「名義」のことですか。"),
        ("年齢 = 事由", "different_types", 1, "数と文字は比べられません。"),
        ("公務員 and 年齢", "wrong_type", 9, "はい・いいえが必要"),
        ('年齢 + "円"', "wrong_type", 1, "文字が必要"),
        ("今日 - 生年月日", "wrong_type", 1, "日数後"),
        ("公務員 < true", "wrong_type", 1, "大小はありません"),
        ("満年齢(年齢, 今日)", "wrong_type", 5, "日付が必要"),
        ("年齢 in [1..2] and 公務員", "parenthesise", 1, "かっこで囲んで"),
        ("公務員 or 年齢 between 1 and 2", "parenthesise", 8, "かっこで囲んで"),
        ("満年令(生年月日, 今日)", "unknown_function", 1, "「満年齢」のことですか。"),
        ("転入", "unknown_name", 1, '"転入" と書きます。'),
        ("年齢.円", "unknown_name", 1, "数の中に「円」はありません。"),
    ],
)
def test_the_static_check_names_the_mistake(text: str, code: str, position: int, part: str) -> None:
    (found,) = check(text, KNOWN)
    assert (found.code, found.position) == (code, position)
    assert part in found.message_ja


def test_the_static_check_reports_every_mistake_and_the_wanted_type() -> None:
    assert [each.code for each in check("公務院 and 事由 = 1", KNOWN)] == ["unknown_name", "different_types"]
    assert [each.code for each in check("年齢 + 1", KNOWN, YESNO)] == ["wrong_type"]
    assert check('(年齢 in [0..18)) and (事由 in ("出生")) and sum(児童.円) > 0', KNOWN, YESNO) == []


def test_cells_are_checked_against_their_column() -> None:
    assert check_cell('"出生", "転入"', KNOWN["事由"], KNOWN) == []
    assert [each.code for each in check_cell('"転居"', KNOWN["事由"], KNOWN)] == ["unknown_option"]
    assert [each.code for each in check_cell("< 3", KNOWN["事由"], KNOWN)] == ["different_types"]
    assert [each.code for each in check_cell("出生", KNOWN["事由"], KNOWN)] == ["unknown_name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年度年齢(生年月日, 今日)", Type("number", whole=True, low=0)),
        ("sum(児童.円)", WHOLE),
        ("年齢 / 2", NUMBER),
        ("if 公務員 then 1 else 2", WHOLE),
        ("児童.円", list_of(WHOLE)),
        ("空(備考)", YESNO),
    ],
)
def test_types_are_inferred(text: str, expected: Type) -> None:
    assert infer(text, KNOWN) == expected


@pytest.mark.parametrize(
    ("cell", "code", "position"),
    [
        ("1,000", "thousands", 2),
        ("1-3", "dashed_range", 1),
        ("not()", "misplaced", 5),
        ("< ", "incomplete", 3),
        ("[1..3", "incomplete", 6),
    ],
)
def test_mistyped_cells_are_explained(cell: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_cell(cell)
    assert (caught.value.problem.code, caught.value.problem.position) == (code, position)


@pytest.mark.parametrize("dash", ["-", "－", "ー", "−", " - "])
def test_any_dash_means_any_value(dash: str) -> None:
    assert compile_cell(dash)(None, {}) is True


def test_a_cell_may_read_the_facts() -> None:
    test = compile_cell("< 上限")
    assert test(100, {"上限": 200}) is True
    assert test(100, {"上限": None}) is None
