"""The steps of a workflow in words: who does them, until when, what can be done there and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.core.kata.diagram import Chart, Node, chart
from yuimaru.core.kata.models import Period, WorkStep
from yuimaru.core.kata.program import JAPANESE, Program

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_JA = {
    "opening": "{}開庁日以内",
    "calendar": "{}日以内",
    "set": "決めた日数",
    "accepted": "終わり（認定・受理）",
    "rejected": "終わり（却下）",
    "withdrawn": "終わり（取下げ）",
    "done": "終わり",
    "all": "同時に進め、すべてそろったら先へ",
    "any": "同時に進め、どれか1つで先へ",
    "each": "1人ずつ進め、すべてそろったら先へ",
}
_EN = {
    "opening": "within {} opening days",
    "calendar": "within {} days",
    "set": "a number of",
    "accepted": "End (accepted)",
    "rejected": "End (rejected)",
    "withdrawn": "End (withdrawn)",
    "done": "End",
    "all": "Side by side, on when all are back",
    "any": "Side by side, on when one is back",
    "each": "For each member, on when all are back",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a step: the words of the act, and the step that follows."""

    title: str
    to: str


@dataclass(frozen=True, slots=True)
class Row:
    """One step, numbered as in the picture."""

    step: str
    number: str
    title: str
    who: str
    deadline: str
    ways: list[Way]
    is_end: bool
    is_now: bool


def rows(
    program: Program, *, now: frozenset[str] = frozenset(), lang: str = JAPANESE, drawn: Chart | None = None
) -> list[Row]:
    """The steps in the order in which a case comes by them; `now` are those that wait. Raises UnknownName."""
    drawn = drawn or chart(program, lang)
    lanes = {lane.id: lane.title for lane in drawn.lanes}
    main = [node for node in drawn.nodes.values() if node.kind in ("step", "split", "end")]
    numbers = {node.step: number_of(place) for place, node in enumerate(main)}
    return [_row(program, drawn, node, lanes, numbers, now, lang) for node in main]


def number_of(place: int) -> str:
    """The number of a step, by its place counted from 0."""
    return _CIRCLED[place] if place < len(_CIRCLED) else f"({place + 1})"


def _row(
    program: Program,
    drawn: Chart,
    node: Node,
    lanes: dict[str, str],
    numbers: dict[str, str],
    now: frozenset[str],
    lang: str,
) -> Row:
    step = program.work_step(node.step)
    words = _JA if lang == JAPANESE else _EN
    return Row(
        step=step.id,
        number=numbers[step.id],
        title=node.text,
        who=_who(step, lanes[node.lane], words),
        deadline=deadline(program, step.due, lang) if step.due else "",
        ways=_ways(drawn, node, numbers),
        is_end=step.end is not None,
        is_now=step.id in now,
    )


def deadline(program: Program, due: Period, lang: str = JAPANESE) -> str:
    """A period in words; where its length is an expression, the municipality's setting or that it is worked out."""
    words = _JA if lang == JAPANESE else _EN
    days = due.days if isinstance(due.days, int) else program.params.get(due.days, words["set"])
    return (
        words[due.calendar]
        .format(days)
        .replace("決めた日数開庁日", "決めた開庁日数")
        .replace("決めた日数日", "決めた日数")
    )


def _who(step: WorkStep, lane: str, words: dict[str, str]) -> str:
    if step.end is not None:
        return words[step.end]
    if step.parallel:
        return words["each" if step.each else step.join]
    return lane


def _ways(drawn: Chart, node: Node, numbers: dict[str, str]) -> list[Way]:
    """The acts of a step with where they lead; of a step that divides the way first its branches."""
    found = []
    for name in drawn.after(node.id):
        if drawn.nodes[name].kind == "step":
            found.append(_way(drawn, "", name, numbers))
    source = node.id.replace("split:", "join:")
    for name in drawn.after(source):
        if drawn.nodes[name].kind in ("act", "timer"):
            found += [_way(drawn, drawn.nodes[name].text, target, numbers) for target in drawn.after(name)]
    return found


def _way(drawn: Chart, title: str, target: str, numbers: dict[str, str]) -> Way:
    node = drawn.nodes[target]
    return Way(title, f"{numbers[node.step]} {node.text}")
