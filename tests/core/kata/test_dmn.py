"""DMN export: what the standard's schema asks for, and that another engine decides alike from the file alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.core.kata.dmn_tables import KNOWN, people, tables

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import Decided, TableError, compile_chain, to_dmn

GOLDEN = Path(__file__).parent / "golden"
MODEL = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DI = "{https://www.omg.org/spec/DMN/20191111/DMNDI/}"

# What DMN13.xsd and DMNDI13.xsd say of the elements that are written: children in their order with how many there
# may be (? 0–1, + 1 or more, * any), and the attributes that must stand there.
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "definitions": (("inputData*", "decision*", "DMNDI?"), ("name", "namespace")),
    "inputData": (("description?", "variable?"), ("name",)),
    "decision": (("description?", "variable?", "informationRequirement*", "decisionTable?"), ("name",)),
    "variable": ((), ("name",)),
    "informationRequirement": (("requiredDecision?", "requiredInput?"), ()),
    "requiredDecision": ((), ("href",)),
    "requiredInput": ((), ("href",)),
    "decisionTable": (("input+", "output+", "annotation*", "rule*"), ()),
    "input": (("inputExpression", "inputValues?"), ()),
    "output": (("outputValues?",), ()),
    "annotation": ((), ()),
    "rule": (("inputEntry*", "outputEntry+", "annotationEntry*"), ()),
    "inputExpression": (("text",), ()),
    "inputValues": (("text",), ()),
    "outputValues": (("text",), ()),
    "inputEntry": (("text",), ()),
    "outputEntry": (("text",), ()),
    "annotationEntry": (("text",), ()),
    "text": ((), ()),
    "description": ((), ()),
    "DMNDI": (("DMNDiagram*",), ()),
    "DMNDiagram": (("DMNShape*", "DMNEdge*"), ()),
    "DMNShape": (("Bounds",), ("dmnElementRef",)),
    "DMNEdge": (("waypoint*",), ("dmnElementRef",)),
    "Bounds": ((), ("x", "y", "width", "height")),
    "waypoint": ((), ("x", "y")),
}


@pytest.fixture(scope="module")
def document() -> str:
    return to_dmn(tables(), KNOWN, name="試し")


@pytest.fixture(scope="module")
def root(document: str) -> ElementTree.Element:
    return ElementTree.fromstring(document)  # noqa: S314 (our own)


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def misshapen(element: ElementTree.Element) -> Iterator[str]:
    children, attributes = SHAPES[local(element)]
    for attribute in attributes:
        if attribute not in element.attrib:
            yield f"{local(element)} has no {attribute}"
    found = [local(child) for child in element]
    place = 0
    for wanted in children:
        count = 0
        while place < len(found) and found[place] == wanted.rstrip("?*+"):
            place, count = place + 1, count + 1
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(wanted[-1], (1, 1))
        if count < least or (most is not None and count > most):
            yield f"{local(element)} has {count} {wanted}"
    if place < len(found):
        yield f"{local(element)}: {found[place]} is out of order"
    for child in element:
        yield from misshapen(child)


def test_the_document_has_the_shape_of_the_schema(root: ElementTree.Element) -> None:
    assert list(misshapen(root)) == []


def test_ids_are_distinct_and_every_reference_leads_somewhere(root: ElementTree.Element) -> None:
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    references = [each.get("href", "#").removeprefix("#") for each in root.iter() if each.get("href")]
    references += [each.get("dmnElementRef", "") for each in root.iter() if each.get("dmnElementRef")]
    assert set(references) <= set(ids)
    assert len(references) > 50


def test_every_rule_has_a_cell_for_every_column(root: ElementTree.Element) -> None:
    for table in root.iter(f"{MODEL}decisionTable"):
        for part, entry in (("input", "inputEntry"), ("output", "outputEntry"), ("annotation", "annotationEntry")):  # fmt: skip
            columns = len(table.findall(MODEL + part))
            assert {len(rule.findall(MODEL + entry)) for rule in table.findall(f"{MODEL}rule")} == {columns}


def test_every_table_and_input_is_drawn_and_no_two_boxes_touch(root: ElementTree.Element) -> None:
    shapes = {each.get("dmnElementRef"): each[0].attrib for each in root.iter(f"{DI}DMNShape")}
    drawn = {each.get("id") for each in root if local(each) in ("decision", "inputData")}
    assert shapes.keys() == drawn
    corners = [(int(each["x"]), int(each["y"])) for each in shapes.values()]
    assert all(
        abs(x - other_x) >= 200 or abs(y - other_y) >= 100
        for place, (x, y) in enumerate(corners)
        for other_x, other_y in corners[:place]
    )


def test_each_hit_policy_has_its_name_in_the_standard(root: ElementTree.Element) -> None:
    found = {(each.get("hitPolicy"), each.get("aggregation")) for each in root.iter(f"{MODEL}decisionTable")}
    assert found == {
        *((name, None) for name in ("UNIQUE", "FIRST", "ANY", "PRIORITY", "OUTPUT ORDER", "RULE ORDER")),
        *(("COLLECT", how) for how in (None, "SUM", "MIN", "MAX", "COUNT")),
    }


def test_the_file_that_the_other_engine_read_is_what_is_written_today(document: str) -> None:
    """When this fails on purpose: write the file anew, and ask dmn-moddle and feelin again (tools/golden)."""
    assert document == (GOLDEN / "tables.dmn").read_text("utf-8")


def test_another_engine_decides_the_same_from_the_file() -> None:
    chain = compile_chain(tables())
    lines = (GOLDEN / "dmn.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line, parse_float=Decimal) for line in lines]
    assert [each["facts"] for each in asked] == json.loads(json.dumps(people(300)), parse_float=Decimal)
    for each in asked:
        facts = {name: _value(value) for name, value in each["facts"].items()}
        found = {name: _as_dmn(result) for name, result in chain.decide(facts).items()}
        assert found == each["answers"]


def _value(written: Any) -> Value:
    return date.fromisoformat(written["date"]) if isinstance(written, dict) else written


def _as_dmn(result: Decided) -> Any:
    """A result as DMN gives it: one output bare, several as a group, several rows as a list of these."""
    outputs = result.outputs
    if outputs is None:
        return None
    plain = {name: each.isoformat() if isinstance(each, date) else each for name, each in outputs.items()}
    if len(plain) == 1:
        return next(iter(plain.values()))
    if result.hit_policy in ("R", "O", "C"):
        return [dict(zip(plain, row, strict=True)) for row in zip(*plain.values(), strict=True)]
    return plain


def table(**parts: Any) -> Decision:
    return Decision.model_validate({
        "id": "表", "title": "表", "hit": "F", "inputs": [{"id": "a"}], "outputs": [{"id": "値", "type": "date"}],
        "rows": [{"id": "r1", "if": ["-"], "then": ["2026-04-01"]}], **parts,
    })  # fmt: skip


def test_what_feel_has_no_words_for_becomes_an_input() -> None:
    rows = [{"id": "r1", "if": ["-"], "then": ["=開庁日後(転入日, 10)"]}]
    root = ElementTree.fromstring(to_dmn([table(rows=rows)]))  # noqa: S314
    inputs = {
        each.get("name"): each.findtext(f"{MODEL}description") for each in root.iter(f"{MODEL}inputData")
    }
    assert inputs == {"a": None, "開庁日後_1": "開庁日後(転入日, 10)"}


def test_a_date_known_in_part_cannot_be_written_and_is_named() -> None:
    rows = [{"id": "r1", "if": ['< date("1945-XX-XX")'], "then": ["2026-04-01"]}]
    with pytest.raises(TableError) as caught:
        to_dmn([table(rows=rows)])
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.column) == ("no_feel", "r1", "a")


def test_characters_that_xml_forbids_are_left_out() -> None:
    written = to_dmn([table(title="表\x00\x1b題")], name="名\ud800前")
    assert "表題" in written
    assert ElementTree.fromstring(written).get("name") == "名前"  # noqa: S314
