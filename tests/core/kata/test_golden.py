"""Agreement with others: 5,000 expressions answered by feelin, and the cases of the DMN TCK that are ours too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yuimaru.core.kata.expressions import (
    DATE,
    NUMBER,
    TEXT,
    YESNO,
    ExpressionError,
    Facts,
    Value,
    cell_to_feel,
    check,
    compile_cell,
    compile_expression,
    list_of,
    parse,
    parse_cell,
    record,
    to_feel,
)
from yuimaru.core.kata.expressions.values import KINDS, equal
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import compile_table

GOLDEN = Path(__file__).parent / "golden"
KNOWN = {
    **dict.fromkeys(("年齢", "人数", "所得", "上限額"), NUMBER),
    **dict.fromkeys(("事由", "区分"), TEXT),
    **dict.fromkeys(("同居", "公務員"), YESNO),
    **dict.fromkeys(("生年月日", "転入日", "今日"), DATE),
    "児童": list_of(record(円=NUMBER, 名前=TEXT)),
    "振込先": record(番号=NUMBER, 名義=TEXT),
}
ACCURACY = Decimal("1e-8")  # of the numbers that the TCK gives rounded


def lines(name: str) -> Iterator[Any]:
    with (GOLDEN / name).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line, parse_float=Decimal)


def value(written: Any) -> Value:
    """A value as the golden files write it."""
    if isinstance(written, dict):
        if written.keys() == {"date"}:
            return date.fromisoformat(written["date"])
        if written.keys() == {"number"}:
            return Decimal(written["number"])
        return {name: value(each) for name, each in written.items()}
    return [value(each) for each in written] if isinstance(written, list) else written


def facts_of(written: Any) -> Facts:
    """The facts of a golden file by name."""
    return {name: value(each) for name, each in written.items()}


def same(found: Value, wanted: Value) -> bool:
    """Of one kind and equal; lists member by member, where unknown is unknown."""
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if KINDS.get(type(found)) != KINDS.get(type(wanted)):
        return False
    return found is wanted or equal(found, wanted) is True


def test_feelin_agrees_on_every_expression() -> None:
    asked = [each for each in lines("feelin.jsonl") if "ours" in each]
    differing = [
        each for each in asked if not same(compile_expression(each["ours"])(facts_of(each["facts"])), value(each["answer"]))
    ]  # fmt: skip
    assert differing == []
    assert len(asked) >= 5_000


def test_feelin_agrees_on_every_cell_that_tests_a_known_value() -> None:
    asked = [each for each in lines("feelin.jsonl") if "cell" in each and each["value"] is not None]
    differing = [
        each for each in asked if compile_cell(each["cell"])(value(each["value"]), {}) is not each["answer"]
    ]
    assert differing == []
    assert len(asked) >= 600


def test_an_unknown_value_is_unknown_to_a_cell_where_feelin_guesses() -> None:
    """feelin says false, and so true under `not`; an open question must not grant anything."""
    asked = [each for each in lines("feelin.jsonl") if "cell" in each and each["value"] is None]
    ours = [compile_cell(each["cell"])(None, {}) for each in asked]
    assert all(found is None or found is each["answer"] for found, each in zip(ours, asked, strict=True))
    assert ours.count(None) == 120


def test_the_golden_file_is_as_large_as_promised_and_says_more_than_null() -> None:
    answers = [each["answer"] for each in lines("feelin.jsonl")]
    assert len(answers) >= 5_000
    assert sum(answer is None for answer in answers) < len(answers) / 2
    assert min(answers.count(True), answers.count(False)) > 500


def test_our_spelling_becomes_the_canonical_feel_that_was_asked() -> None:
    for each in lines("feelin.jsonl"):
        if "ours" in each:
            assert to_feel(parse(each["ours"])) == each["feel"]
        else:
            assert cell_to_feel(parse_cell(each["cell"])) == each["feel"]


def test_the_static_check_finds_nothing_wrong_in_what_feelin_could_answer() -> None:
    for each in lines("feelin.jsonl"):
        if "ours" in each:
            assert check(each["ours"], KNOWN) == [], each["ours"]


@pytest.mark.parametrize("fact", list(lines("tck.jsonl")), ids=lambda fact: fact["from"])
def test_the_tck_agrees(fact: dict[str, Any]) -> None:
    if "refused" in fact:
        with pytest.raises(ExpressionError) as caught:
            compile_expression(fact["expression"])
        assert caught.value.problem.code == fact["refused"]
        return
    found, wanted = compile_expression(fact["expression"])(facts_of(fact["facts"])), value(fact["expected"])
    if isinstance(wanted, Decimal) and isinstance(found, (int, Decimal)):
        assert abs(found - wanted) < ACCURACY
    else:
        assert same(found, wanted)


@pytest.mark.parametrize("fact", list(lines("tck_tables.jsonl")), ids=lambda fact: fact["from"])
def test_the_tables_of_the_tck_agree(fact: dict[str, Any]) -> None:
    table = compile_table(Decision.model_validate(fact["table"]))
    found, wanted = table.decide(facts_of(fact["facts"])).outputs, fact["expected"]
    if wanted is None or found is None:
        assert found is wanted
    else:
        assert found.keys() == wanted.keys()
        assert all(same(found[name], value(wanted[name])) for name in found)


def test_the_tables_of_the_tck_cover_every_hit_policy_but_the_greatest() -> None:
    hits = {fact["table"]["hit"] for fact in lines("tck_tables.jsonl")}
    assert hits == {"U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C#"}


def test_every_case_of_the_tck_is_either_agreed_with_or_listed_with_its_reason() -> None:
    left_out = json.loads((GOLDEN / "tck_out_of_scope.json").read_text("utf-8"))
    reasons = re.findall(r"^\| ([a-z][^|]+?) \| \d", (GOLDEN / "README.md").read_text("utf-8"), re.MULTILINE)
    kinds = {"function …" if kind.startswith("function ") else kind for kind in left_out}
    assert kinds <= set(reasons)
    agreed = sum(1 for name in ("tck.jsonl", "tck_tables.jsonl") for _ in lines(name))
    assert sum(map(len, left_out.values())) + agreed == 3_495
