"""The drawing of a workflow: nothing lies on anything else, every arrow arrives, every text has room, for any workflow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from tests.core.kata import automatic, sample
from tests.core.kata.plans import package as plan_package
from tests.core.kata.plans import plans

from yuimaru.core.kata.bpmn import to_bpmn
from yuimaru.core.kata.bpmn.diagram import METRICS
from yuimaru.core.kata.diagram import Layout, Placed, broken, chart, lay_out, width
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import canonical, load
from yuimaru.core.kata.picture import narrow_picture, rows, wide_picture
from yuimaru.core.kata.program import Program, UnknownName

KATAS = sorted(path.parent for path in (Path(__file__).parents[3] / "katas").glob("*/kata.yaml"))
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
SVG = "{http://www.w3.org/2000/svg}"


def program(of: Package) -> Program:
    return Program(canonical(of))


def all_programs() -> Iterator[Program]:
    """The library's kata that have a workflow, and the made-up ones with every kind of step."""
    for folder in KATAS:
        ready = Program(load(folder).canonical)
        if ready.kata.workflow is not None:
            yield ready
    yield program(automatic.telling())
    yield program(automatic.calling())


PROGRAMS = {each.kata.kata: each for each in all_programs()}


def box(placed: Placed) -> tuple[float, float, float, float]:
    low, side = placed.middle.along - placed.size.along / 2, placed.middle.across - placed.size.across / 2
    return low, side, low + placed.size.along, side + placed.size.across


def cut(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes have more than an edge in common."""
    return (
        one[0] < other[2] - 0.1
        and other[0] < one[2] - 0.1
        and one[1] < other[3] - 0.1
        and other[1] < one[3] - 0.1
    )


def well_laid_out(layout: Layout) -> None:
    boxes = {name: box(placed) for name, placed in layout.nodes.items()}
    for name, one in boxes.items():
        assert not any(cut(one, other) for each, other in boxes.items() if each != name), name
        low, high = layout.lanes[layout.nodes[name].node.lane]
        assert low <= one[1], name
        assert one[3] <= high, name
    for (source, target), points in layout.arrows.items():
        assert (points[0], points[-1]) == (layout.nodes[source].exit, layout.nodes[target].entry)
        for start, stop in pairwise(points):
            assert start.along == stop.along or start.across == stop.across, "arrows run straight"
            piece = (
                min(start.along, stop.along) - 0.2,
                min(start.across, stop.across) - 0.2,
                max(start.along, stop.along) + 0.2,
                max(start.across, stop.across) + 0.2,
            )
            crossed = [
                name for name, one in boxes.items() if cut(piece, one) and name not in (source, target)
            ]
            assert crossed == [], f"{source} → {target}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_workflows_of_the_library_are_well_laid_out(name: str) -> None:
    well_laid_out(lay_out(chart(PROGRAMS[name]), METRICS))


@settings(max_examples=40)
@given(plans())
def test_any_workflow_is_well_laid_out_and_exported(steps: list[dict[str, Any]]) -> None:
    ready = program(plan_package(steps))
    well_laid_out(lay_out(chart(ready), METRICS))
    sound_bpmn(ready)
    sound_svg(wide_picture(ready))
    sound_svg(narrow_picture(ready))


def test_a_node_on_another_is_noticed() -> None:
    layout = lay_out(chart(PROGRAMS["risai-shoumei"]), METRICS)
    first, second = list(layout.nodes)[:2]
    moved = layout.nodes | {second: Placed(layout.nodes[second].node, *_place(layout.nodes[first]))}
    with pytest.raises(AssertionError):
        well_laid_out(Layout(moved, layout.arrows, layout.lanes, layout.size))


def _place(placed: Placed) -> tuple[Any, Any]:
    return placed.middle, placed.size


def sound_bpmn(ready: Program) -> Element:
    """Read the XML as a modeler does: references resolve, everything is drawn, and every flow touches its ends."""
    root = ElementTree.fromstring(to_bpmn(ready))  # noqa: S314
    process = root.find(f"{BPMN}process")
    assert process is not None
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z]\w*", each or "", re.ASCII) for each in ids)
    flows = process.findall(f"{BPMN}sequenceFlow")
    kinds = ("startEvent", "endEvent", "userTask", "serviceTask", "callActivity", "exclusiveGateway",
             "parallelGateway", "complexGateway", "boundaryEvent")  # fmt: skip
    nodes = {each.get("id", "") for kind in kinds for each in process.findall(f"{BPMN}{kind}")}
    lanes = [each.text for each in process.iter(f"{BPMN}flowNodeRef")]
    assert sorted(lanes, key=str) == sorted(nodes), "every node stands in one lane"
    shapes = {each.get("bpmnElement"): each for each in root.iter(f"{DI}BPMNShape")}
    assert nodes <= shapes.keys()
    edges = {each.get("bpmnElement"): each.findall(WAY) for each in root.iter(f"{DI}BPMNEdge")}
    assert edges.keys() == {each.get("id") for each in flows}
    for flow in flows:
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        assert {source, target} <= nodes
        points = edges[flow.get("id")]
        assert touches(shapes[source], points[0]), flow.attrib
        assert touches(shapes[target], points[-1]), flow.attrib
    left = {flow.get("sourceRef") for flow in flows}
    ends = {each.get("id") for each in process.findall(f"{BPMN}endEvent")}
    assert left == nodes - ends, "only ends lead nowhere"
    assert nodes - {flow.get("targetRef") for flow in flows} == {
        each.get("id")
        for kind in ("startEvent", "boundaryEvent")
        for each in process.findall(f"{BPMN}{kind}")
    }
    return process


def touches(shape: Element, point: Element) -> bool:
    bounds = shape.find(f"{DC}Bounds")
    assert bounds is not None
    x, y, broad, high = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    px, py = float(point.get("x", "")), float(point.get("y", ""))
    return x - 1 <= px <= x + broad + 1 and y - 1 <= py <= y + high + 1


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_workflows_of_the_library_are_exported(name: str) -> None:
    process = sound_bpmn(PROGRAMS[name])
    workflow = PROGRAMS[name].kata.workflow
    assert workflow is not None
    named = {each.get("name") for each in process.iter()}
    assert {step.title for step in workflow.steps if step.end != "withdrawn"} <= named


def test_every_kind_of_step_has_its_element(tmp_path: Path) -> None:
    telling, calling = sound_bpmn(program(automatic.telling())), sound_bpmn(program(automatic.calling()))
    assert [each.get("name") for each in telling.findall(f"{BPMN}serviceTask")] == ["お知らせの送信"]
    assert [each.get("calledElement") for each in calling.findall(f"{BPMN}callActivity")] == ["telling"]
    plot = sound_bpmn(sample.ready(tmp_path))
    conditions = [each.text for each in plot.iter(f"{BPMN}conditionExpression")]
    assert '決定.操作 = "承認" and (料金.円 <= 5000)' in conditions


def test_due_dates_members_and_first_answers_are_exported() -> None:
    steps: list[dict[str, Any]] = [
        {"id": "待つ", "title": "待つ", "by": "担当", "due": {"days": 7, "calendar": "calendar"}, "overdue": "進む",
         "actions": [{"id": "進む", "to": "照会"}]},
        {"id": "照会", "title": "照会", "parallel": ["甲", "乙"], "join": "any", "actions": [{"id": "先へ", "to": "皆"}]},
        {"id": "甲", "title": "甲", "by": "担当", "actions": [{"id": "戻る", "to": "照会"}]},
        {"id": "乙", "title": "乙", "by": "担当", "actions": [{"id": "戻る", "to": "照会"}]},
        {"id": "皆", "title": "皆", "parallel": ["一人"], "each": "家族", "actions": [{"id": "先へ", "to": "終わり"}]},
        {"id": "一人", "title": "一人", "by": "担当", "actions": [{"id": "戻る", "to": "皆"}]},
        {"id": "終わり", "title": "終わり", "end": "done", "nature": "fact"},
    ]  # fmt: skip
    process = sound_bpmn(program(plan_package(steps)))
    assert [each.text for each in process.iter(f"{BPMN}timeDuration")] == ["P7D"]
    assert [each.text for each in process.iter(f"{BPMN}loopCardinality")] == ["count(家族)"]
    assert len(process.findall(f"{BPMN}complexGateway")) == 1
    assert len(process.findall(f"{BPMN}parallelGateway")) == 3


def sound_svg(text: str) -> Element:
    """Only classes and attributes, named and described, and every text within its picture."""
    assert not re.search(r"style=|<style|<script|\son\w+=|href", text)
    picture = ElementTree.fromstring(text)  # noqa: S314
    assert picture.get("role") == "img"
    named = (picture.get("aria-labelledby") or "").split()
    assert [picture.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named  # type: ignore[union-attr]
    _, _, broad, high = map(float, (picture.get("viewBox") or "").split())
    for each in picture.iter(f"{SVG}text"):
        x, y, size = (float(each.get(name, "")) for name in ("x", "y", "font-size"))
        long = width(each.text or "", size)
        left = x if each.get("text-anchor") == "start" else x - long / 2
        assert left >= 0, each.text
        assert left + long <= broad, each.text
        assert size <= y <= high, each.text
    return picture


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_pictures_of_the_library_hold_all_their_words(name: str, lang: str) -> None:
    ready = PROGRAMS[name]
    for text in (wide_picture(ready, lang=lang), narrow_picture(ready, lang=lang)):
        picture = sound_svg(text)
        said = "".join(each.text or "" for each in picture.iter(f"{SVG}text")).replace(" ", "")
        for row in rows(ready, lang=lang):
            assert f"{row.number}{row.title}".replace(" ", "") in said


def test_where_a_case_stands_is_said_in_words_too() -> None:
    ready = PROGRAMS["risai-shoumei"]
    for draw in (wide_picture, narrow_picture):
        assert "いまここ" not in draw(ready)
        assert draw(ready, now=frozenset({"調査"})).count("いまここ") == 1
    assert [row.step for row in rows(ready, now=frozenset({"調査"})) if row.is_now] == ["調査"]


def test_the_table_says_who_until_when_and_what_follows() -> None:
    found = {row.step: row for row in rows(PROGRAMS["risai-shoumei"])}
    first = found["受付"]
    assert (first.number, first.who, first.deadline) == ("①", "罹災証明の担当", "3開庁日以内")
    assert {way.title for way in first.ways} >= {"調査に回す（条件あり）", "本人に補正を求める"}
    assert found["補正"].deadline == "14日以内"
    assert all(row.ways or row.is_end for row in found.values())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("住家被害の調査", ["住家被害", "の調査"]),
        ("形式審査（郵送）", ["形式審査", "（郵送）"]),
        ("あああああ、い", ["ああああ", "あ、い"]),
        ("Send it back", ["Send it", "back"]),
        ("② Examination", ["② Examination"]),
        ("短い", ["短い"]),
        ("", [""]),
    ],
)
def test_lines_are_even_and_no_mark_stands_alone(text: str, lines: list[str]) -> None:
    assert broken(text, 10, 50) == lines


def test_what_has_no_workflow_is_not_drawn() -> None:
    with pytest.raises(UnknownName):
        chart(Program(load(next(path for path in KATAS if path.name == "kansen-selfcheck")).canonical))
