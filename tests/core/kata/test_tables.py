"""Decision tables: they decide what their cells say, and a gap or an overlap is found and named."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.japan.partial_dates import read_date
from yuimaru.core.kata.expressions import (
    DATE,
    WHOLE,
    YESNO,
    Facts,
    Type,
    Value,
    choice,
    compile_cell,
    list_of,
    record,
)
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import (
    TableError,
    check_table,
    compile_chain,
    compile_table,
    decided,
    explain,
    gaps_and_overlaps,
)

KNOWN = {
    "今日": DATE,
    "児童": list_of(record(生年月日=DATE, 何番目=Type("number", whole=True, low=1, high=15))),
    "上限": WHOLE,
}
ALLOWANCE = [
    ("r1", "[0..3)", "[1..2]", 15000),
    ("r2", "[0..3)", ">= 3", 30000),
    ("r3", "[3..18]", "[1..2]", 10000),
    ("r4", "[3..18]", ">= 3", 30000),
    ("r5", "> 18", "-", 0),
]
FAMILY: Facts = {
    "今日": date(2026, 11, 25),
    "児童": [
        {"生年月日": date(2025, 1, 1), "何番目": 3},
        {"生年月日": date(2010, 1, 1), "何番目": 1},
    ],
}


def allowance(*changes: tuple[str, str, str, int]) -> Decision:
    """The child allowance table with some rows replaced by id."""
    rows = {row[0]: row for row in (*ALLOWANCE, *changes)}
    return Decision.model_validate(
        {
            "id": "月額",
            "title": "児童手当の月額",
            "each": "児童",
            "inputs": [{"id": "年齢", "is": "年度年齢(生年月日, 今日)"}, {"id": "何番目"}],
            "outputs": [{"id": "円", "type": "int", "aggregate": "sum"}, {"id": "根拠"}],
            "rows": [
                {
                    "id": name,
                    "if": [age, order],
                    "then": [yen, "第6条"],
                    "ground": f"第6条（{name}）",
                    "note": name,
                }
                for name, age, order, yen in rows.values()
            ],
        }
    )


def table(
    inputs: list[str], rows: list[list[Any]], outputs: int | list[dict[str, Any]] = 1, **more: Any
) -> Decision:
    """A small table: each row is its cells followed by its outputs, numbers unless said otherwise."""
    if isinstance(outputs, int):
        outputs = [{"id": f"結果{n}" if n else "結果", "type": "int"} for n in range(outputs)]
    return Decision.model_validate(
        {
            "id": "表",
            "title": "表",
            "inputs": [{"id": name} for name in inputs],
            "outputs": outputs,
            "rows": [
                {"id": f"r{n}", "if": row[: len(inputs)], "then": row[len(inputs) :]}
                for n, row in enumerate(rows, start=1)
            ],
            **more,
        }
    )


def test_a_table_for_each_member_adds_up_and_keeps_its_reasons() -> None:
    found = decided(compile_table(allowance()), FAMILY)
    assert found.outputs == {"円": 40000, "根拠": ["第6条"]}
    assert found.rows == ["r2", "r3"]
    assert found.grounds == ["第6条（r2）", "第6条（r3）"]
    assert [each.outputs for each in found.per_member] == [
        {"円": 30000, "根拠": "第6条"},
        {"円": 10000, "根拠": "第6条"},
    ]


def test_one_undecided_member_leaves_the_whole_undecided() -> None:
    members = [*FAMILY["児童"], {"生年月日": None, "何番目": 2}]  # type: ignore[misc]
    found = decided(compile_table(allowance()), {**FAMILY, "児童": members})
    assert found.outputs is None
    assert found.per_member[2].rows == []
    assert decided(compile_table(allowance()), {"今日": FAMILY["今日"]}).outputs is None
    assert decided(compile_table(allowance()), {**FAMILY, "児童": []}).outputs == {"円": 0, "根拠": []}


def test_a_table_that_does_not_apply_says_nothing() -> None:
    compiled = compile_table(table(["a"], [["-", 1]], when="公務員 = false"))
    assert decided(compiled, {"公務員": True}).outputs is None
    assert decided(compiled, {"公務員": False}).outputs == {"結果": 1}


def test_the_allowance_has_no_gap_and_no_overlap() -> None:
    assert gaps_and_overlaps(allowance(), KNOWN) == []
    assert check_table(allowance(), KNOWN) == []


def test_an_injected_gap_is_found_and_named() -> None:
    (gap,) = gaps_and_overlaps(allowance(("r3", "[4..18]", "[1..2]", 10000)), KNOWN)
    assert gap.kind == "gap"
    assert gap.message_ja == "「年齢」が3、「何番目」が2以下のときに、当てはまる行がありません。"
    assert gap.message_en == "No row applies when “年齢” is 3 and “何番目” is at most 2."


def test_an_injected_overlap_is_found_and_named() -> None:
    (overlap,) = gaps_and_overlaps(allowance(("r2", "[0..4)", ">= 3", 30000)), KNOWN)
    assert (overlap.kind, overlap.rows) == ("overlap", ("r2", "r4"))
    assert (
        overlap.message_ja
        == "「年齢」が3、「何番目」が3以上のときに、行「r2」「r4」が両方とも当てはまります。"
    )


@pytest.mark.parametrize(
    ("of", "cells", "words"),
    [
        (choice("出生", "転入", "その他"), ['"出生"'], "「転入」か「その他」"),
        (Type("text"), ['"出生"', '"転入"'], "「出生」「転入」以外"),
        (YESNO, ["true"], "いいえ"),
        (Type("number", low=0), ["[0..37.5)", "> 37.5"], "37.5"),
        (Type("number"), ["< 1", "[2..3]"], "1以上2未満、または3を超える値"),
        (Type("number", whole=True, low=0, high=120), ["[0..14]", ">= 65"], "15以上64以下"),
        (DATE, ['< date("2026-04-01")'], "令和8年4月1日以後"),
        (DATE, ['< date("2026-04-01")', '> date("2026-04-30")'], "令和8年4月1日から令和8年4月30日まで"),
        (Type("number", whole=True, low=0), ["< 9000000"], "9,000,000以上"),
    ],
)
def test_gaps_are_named_in_words(of: Type, cells: list[str], words: str) -> None:
    (gap,) = gaps_and_overlaps(table(["x"], [[cell, 1] for cell in cells]), {"x": of})
    assert gap.region_ja == f"「x」が{words}"


def test_whole_numbers_have_no_gap_between_neighbours_but_fractions_do() -> None:
    decision = table(["熱"], [["<= 37", 1], [">= 38", 2]])
    assert gaps_and_overlaps(decision, {"熱": WHOLE}) == []
    assert [each.region_ja for each in gaps_and_overlaps(decision)] == ["「熱」が37を超え38未満"]


def test_rows_that_nothing_reaches_are_named() -> None:
    decision = table(["年齢"], [["< 20", 1], ["< 10", 2], ["> 200", 3], ["-", 4]], hit="F")
    found = gaps_and_overlaps(decision, {"年齢": Type("number", whole=True, low=0, high=120)})
    assert [(each.kind, each.rows) for each in found] == [("unreachable", ("r2",)), ("unreachable", ("r3",))]
    assert "先にある行「r1」" in found[0].message_ja


def test_cells_that_depend_on_other_items_are_proved_with_their_values_or_not_at_all() -> None:
    decision = table(["所得"], [["< 上限", 1], ["> 上限", 2]])
    known = {"所得": Type("number", whole=True, low=0), "上限": WHOLE}
    assert [each.kind for each in gaps_and_overlaps(decision, known)] == ["unchecked"]
    (gap,) = gaps_and_overlaps(decision, known, {"上限": 200})
    assert gap.region_ja == "「所得」が200"
    compiled = compile_table(decision)
    assert compiled.decide({"所得": 100, "上限": 200}).rows == ("r1",)
    assert compiled.decide({"所得": 100, "上限": 100}).rows == ()


def test_unique_tables_refuse_two_rows_and_name_them() -> None:
    compiled = compile_table(table(["a"], [["> 0", 1], ["> 1", 2]]))
    assert compiled.decide({"a": 1}).outputs == {"結果": 1}
    with pytest.raises(TableError) as caught:
        compiled.decide({"a": 2})
    assert "行「r1」「r2」" in caught.value.problems[0].message_ja


def test_first_hit_and_collect() -> None:
    rows: list[list[Any]] = [["> 0", "-", 100], ["-", True, 20], ["> 1", "-", 3]]
    first = compile_table(table(["a", "b"], rows, hit="F"))
    collect = compile_table(table(["a", "b"], rows, hit="C+"))
    assert first.decide({"a": 2, "b": True}) == (("r1",), {"結果": 100})
    assert collect.decide({"a": 2, "b": True}) == (("r1", "r2", "r3"), {"結果": 123})
    assert collect.decide({"a": 0, "b": False}) == ((), None)


RANKED = [{"id": "重さ", "values": ["高", "中", "低"]}]


@pytest.mark.parametrize(
    ("hit", "outputs", "expected", "rows"),
    [
        ("P", RANKED, {"重さ": "高"}, ("r2",)),
        ("O", RANKED, {"重さ": ["高", "中", "低", "低"]}, ("r2", "r3", "r1", "r4")),
        ("R", [{"id": "重さ"}], {"重さ": ["低", "高", "中", "低"]}, ("r1", "r2", "r3", "r4")),
        ("C", [{"id": "重さ"}], {"重さ": ["低", "高", "中", "低"]}, ("r1", "r2", "r3", "r4")),
        ("C#", [{"id": "重さ"}], {"重さ": 4}, ("r1", "r2", "r3", "r4")),
        ("C+", [{"id": "重さ"}], {"重さ": ["低", "高", "中"]}, ("r1", "r2", "r3", "r4")),
    ],
)
def test_hit_policies_of_texts(
    hit: str, outputs: list[dict[str, Any]], expected: dict[str, Any], rows: tuple[str, ...]
) -> None:
    cells = [["> 0", "低"], ["> 1", "高"], ["-", "中"], ["> 0", "低"]]
    compiled = compile_table(table(["a"], cells, hit=hit, outputs=outputs))
    assert compiled.decide({"a": 2}) == (rows, expected)


@pytest.mark.parametrize(("hit", "expected"), [("C+", 600), ("C<", 100), ("C>", 300), ("C#", 3)])
def test_collected_numbers(hit: str, expected: int) -> None:
    compiled = compile_table(table(["a"], [["> 0", 200], ["> 1", 100], ["-", 300]], hit=hit))
    assert compiled.decide({"a": 2}).outputs == {"結果": expected}
    assert compiled.decide({"a": 2}).rows == ("r1", "r2", "r3")


def test_the_least_and_greatest_of_dates() -> None:
    cells = [["> 0", "2026-04-01"], ["-", "2026-03-31"]]
    for hit, expected in (("C<", date(2026, 3, 31)), ("C>", date(2026, 4, 1))):
        decision = table(["a"], cells, hit=hit, outputs=[{"id": "日", "type": "date"}])
        assert compile_table(decision).decide({"a": 1}).outputs == {"日": expected}


def test_any_tables_must_agree() -> None:
    compiled = compile_table(table(["a", "b"], [["> 0", "-", 1], ["-", True, 1], ["> 5", "-", 2]], hit="A"))
    assert compiled.decide({"a": 1, "b": True}) == (("r1", "r2"), {"結果": 1})
    with pytest.raises(TableError) as caught:
        compiled.decide({"a": 6, "b": True})
    assert caught.value.problems[0].code == "not_alike"
    found = gaps_and_overlaps(compiled.decision, {"a": WHOLE, "b": YESNO})
    assert [(each.kind, each.rows) for each in found] == [
        ("gap", ()),
        ("overlap", ("r1", "r3")),
        ("overlap", ("r2", "r3")),
    ]


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        ([{"id": "重さ"}], "no_order"),
        ([{"id": "重さ", "values": ["高", "底"]}], "unlisted_output"),
        ([{"id": "重さ", "type": "int", "values": ["高"]}], "output_type"),
    ],
)
def test_ranked_tables_need_the_order_of_their_values(outputs: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(TableError) as caught:
        compile_table(table(["a"], [["-", 1 if "type" in outputs[0] else "低"]], hit="P", outputs=outputs))
    assert caught.value.problems[0].code == code
    assert code != "unlisted_output" or "行「r1」" in caught.value.problems[0].message_ja


def test_a_chain_decides_tables_after_those_that_they_read() -> None:
    first = table(["a"], [["> 0", 10], ["<= 0", 0]]).model_copy(update={"id": "上"})
    second = table(["上の額"], [["> 5", "=上.結果 * 2"], ["-", 0]], hit="F").model_copy(update={"id": "下"})
    inputs = [second.inputs[0].model_copy(update={"expression": "上.結果"})]
    chain = compile_chain([second.model_copy(update={"inputs": inputs}), first])
    found = chain.decide({"a": 1})
    assert list(found) == ["上", "下"]
    assert found["下"].outputs == {"結果": 20}


def test_tables_that_wait_for_each_other_are_named() -> None:
    one = table(["x"], [["-", "=乙.結果"]]).model_copy(update={"id": "甲"})
    other = table(["x"], [["甲.結果", 1]]).model_copy(update={"id": "乙"})
    with pytest.raises(TableError) as caught:
        compile_chain([one, other])
    (problem,) = caught.value.problems
    assert problem.code == "circle"
    assert "「甲」→「乙」" in problem.message_ja


def test_a_missing_answer_is_a_case_like_any_other() -> None:
    optional = Type("number", whole=True, low=0, optional=True)
    decision = table(["年齢", "同居"], [["< 18", "-", 1], [">= 18", True, 2], [">= 18", False, 3]])
    (gap,) = gaps_and_overlaps(decision, {"年齢": optional, "同居": YESNO})
    assert gap.message_ja == "「年齢」が未回答のときに、当てはまる行がありません。"
    assert gap.message_en == "No row applies when “年齢” is not answered."
    assert gaps_and_overlaps(decision, {"年齢": WHOLE, "同居": YESNO}) == []


def test_a_cell_that_speaks_of_missing_answers_makes_them_a_case() -> None:
    known = {"事由": choice("出生", "転入")}
    assert gaps_and_overlaps(table(["事由"], [["null", 1], ['"出生", "転入"', 2]]), known) == []
    (overlap,) = gaps_and_overlaps(table(["事由"], [["null", 1], ["-", 2]]), known)
    assert (overlap.kind, overlap.region_ja) == ("overlap", "「事由」が未回答")
    (gap,) = gaps_and_overlaps(table(["事由"], [["null", 1], ['"出生"', 2]]), known)
    assert gap.region_ja == "「事由」が「転入」"
    (gap,) = gaps_and_overlaps(table(["事由"], [['"出生"', 2], ["!= null", 1]], hit="F"), known)
    assert gap.region_ja == "「事由」が未回答"
    (gap,) = gaps_and_overlaps(
        table(["a", "事由"], [["> 3", "null", 1], ["<= 3", "-", 2]]), {**known, "a": WHOLE}
    )
    assert gap.region_ja == "「a」が4以上、「事由」が回答あり"


def test_a_date_known_in_part_is_asked_of_the_cells() -> None:
    compiled = compile_table(
        table(["生年月日"], [['< date("1946-01-01")', 1], ['>= date("1946-01-01")', 2], ["null", 3]])
    )
    assert compiled.decide({"生年月日": read_date("昭和20年不詳")}).rows == ("r1",)
    assert compiled.decide({"生年月日": read_date("昭和21年1月不詳")}).rows == ("r2",)
    late = table(["生年月日"], [['< date("1945-07-01")', 1], ['>= date("1945-07-01")', 2]])
    assert compile_table(late).decide({"生年月日": read_date("昭和20年不詳")}) == ((), None)
    (because,) = explain(compiled, {"生年月日": read_date("昭和20年不詳")})
    assert because.conditions[0].value == "昭和20年月日不詳"


def test_outputs_may_be_formulas_over_facts_and_inputs() -> None:
    decision = table(["人数"], [["> 0", "=人数 * 単価", "=floor(人数 / 2)"]], outputs=2)
    assert compile_table(decision).decide({"人数": 3, "単価": 500}).outputs == {"結果": 1500, "結果1": 1}


@pytest.mark.parametrize(
    ("formula", "is_whole"),
    [
        ("=人数 / 2", False),
        ("=floor(人数 / 2)", True),
        ("=切り捨て(人数 / 3, -3)", True),
        ("=切り上げ(人数 / 3, 0)", True),
        ("=四捨五入(人数 / 3, 1)", False),
        ("=四捨五入(人数 / 3, 人数)", False),
        ("=min(人数, floor(人数 / 2))", True),
        ("=min(人数, 人数 / 2)", False),
        ("=abs(0 - 人数)", True),
    ],
)
def test_a_whole_output_takes_what_is_rounded_to_ones(formula: str, is_whole: bool) -> None:
    problems = check_table(table(["人数"], [["> 0", formula]]), {"人数": WHOLE})
    assert [each.code for each in problems] == ([] if is_whole else ["not_whole"])


def test_results_do_not_share_their_outputs() -> None:
    compiled = compile_table(table(["a"], [["-", 1]]))
    first = compiled.decide({}).outputs
    assert first is not None
    first["結果"] = 99
    assert compiled.decide({}).outputs == {"結果": 1}


@pytest.mark.parametrize(
    ("row", "code", "column", "position"),
    [
        (["1-3", "-", 1], "dashed_range", "a", 1),
        (["-", "1,000", 1], "thousands", "b", 2),
        (["-", None, 1], "empty_cell", "b", 1),
        (["-", "", 1], "empty_cell", "b", 1),
        (["[1..3", "-", 1], "incomplete", "a", 6),
        (["-", "-", "千円"], "output_type", "結果", 1),
        (["-", "-", True], "output_type", "結果", 1),
        (["-", "-", "=1 +"], "incomplete", "結果", 4),
        (["-", "-"], "output_count", None, None),
    ],
)
def test_wrong_cells_are_named(row: list[Any], code: str, column: str | None, position: int | None) -> None:
    with pytest.raises(TableError) as caught:
        compile_table(table(["a", "b"], [["-", "-", 0], row]))
    first = caught.value.problems[0]
    assert (first.code, first.row, first.column, first.position) == (code, "r2", column, position)
    assert "行「r2」" in first.message_ja


def test_types_of_cells_are_checked() -> None:
    decision = table(["年齢", "事由"], [['"若い"', '"転居"', 1], ["< 知らない", "-", 2]])
    found = check_table(decision, {"年齢": WHOLE, "事由": choice("出生", "転入")})
    assert [(each.row, each.column, each.code) for each in found] == [
        ("r1", "年齢", "different_types"),
        ("r1", "事由", "unknown_option"),
        ("r2", "年齢", "unknown_name"),
    ]


def test_the_explanation_shows_the_conditions_in_words() -> None:
    member = FAMILY["児童"][0]  # type: ignore[index]
    (because,) = explain(compile_table(allowance()), {**FAMILY, **member})  # type: ignore[dict-item]
    assert because.row == "r2"
    assert [(each.label, each.value, each.test) for each in because.conditions] == [
        ("年齢", "2", "0以上3未満"),
        ("何番目", "3", "3以上"),
    ]


CELLS = [
    "-", "< 2", "<= 2", "> 2", ">= 3", "[1..3]", "(1..3)", "2", "1, 3", "not(2)", "not([1..2])", "!= 2", "null",
    "not(null)", "!= null", "1.5", "true", "not(true)", '"a"', '"a", "b"', 'not("a")', '< "b"', '"a", 1',
    'not("a", 1)', 'date("2026-04-01")', '>= date("2026-04-01")', "[1, 2]",
]  # fmt: skip
VALUES: list[Value] = [
    None, 0, 1, 2, 3, 4, True, False, "a", "b", "", "c", date(2026, 4, 1), date(2026, 3, 31), [], [1], {},
    read_date("2026-03-XX"), read_date("2026-04-XX"), read_date("2026-XX-XX"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_looking_up_a_row_equals_asking_its_cell(value: Value) -> None:
    compiled = compile_table(table(["x"], [[cell, 1] for cell in CELLS], hit="C+"))
    rows = compiled.matching({"x": value})
    for number, cell in enumerate(CELLS):
        assert bool(rows >> number & 1) == (compile_cell(cell)(value, {}) is True), cell


NUMBER_CELLS = st.sampled_from(["-", "< 2", "[1..2]", "(0..3)", "> 2", "not(2)", "0", "1, 3", ">= 1"])
CHOICE_CELLS = st.sampled_from(["-", '"a"', '"b"', 'not("a")', '"a", "c"'])
YESNO_CELLS = st.sampled_from(["-", "true", "false"])
PEOPLE = list(product(range(-1, 5), "abc", (True, False)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NUMBER_CELLS, CHOICE_CELLS, YESNO_CELLS), min_size=1, max_size=6))
def test_the_proof_agrees_with_trying_everything(cells: list[tuple[str, str, str]]) -> None:
    decision = table(["n", "c", "y"], [[*row, 1] for row in cells])
    known = {"n": Type("number", whole=True, low=-1, high=4), "c": choice("a", "b", "c"), "y": YESNO}
    compiled = compile_table(decision)
    found = gaps_and_overlaps(decision, known)
    hits = [compiled.matching({"n": n, "c": c, "y": y}).bit_count() for n, c, y in PEOPLE]
    assert any(each.kind == "gap" for each in found) == (0 in hits)
    assert any(each.kind == "overlap" for each in found) == (max(hits) > 1)


def test_a_large_table_is_proved_and_a_larger_one_refused() -> None:
    def ladder(rows: int) -> Decision:
        return table(["x", "y", "z"], [[f"[{n}..{n + 1})", "-", "-", 1] for n in range(rows)])

    known = {name: Type("number", low=0, high=500) for name in "xyz"}
    assert [each.region_ja for each in gaps_and_overlaps(ladder(500), known)] == ["「x」が500"]
    with pytest.raises(TableError) as caught:
        compile_table(ladder(1700))
    assert (
        caught.value.problems[0].message_ja
        == "表が大きすぎます。条件のセルは5,000個までですが、5,100個あります。"
    )
