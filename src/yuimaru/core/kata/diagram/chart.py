"""What is drawn of a workflow: its steps, the acts that lead from one to the next, and the lanes they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from yuimaru.core.kata.models import Action, Workflow, WorkStep
from yuimaru.core.kata.program import JAPANESE, Program, UnknownName
from yuimaru.core.kata.ways import Ways, reach
from yuimaru.core.kata.workflow import APPLICANT

MACHINE = "自動処理"  # the lane of steps at which nobody acts
NodeKind = Literal["start", "step", "act", "timer", "split", "join", "end"]

_WORDS = {
    "ja": {"timer": "期限を過ぎたとき", "if": "{}（条件あり）", MACHINE: "自動処理", APPLICANT: "申請者"},
    "en": {"timer": "When overdue", "if": "{} (conditional)", MACHINE: "Automatic", APPLICANT: "Applicant"},
}


@dataclass(frozen=True, slots=True)
class Lane:
    """Who acts: a role of the kata, the applicant, or nobody."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is drawn; `act` and `timer` are the words on the way from one step to the next."""

    id: str
    kind: NodeKind
    lane: str
    text: str
    step: str
    action: Action | None = None


@dataclass(slots=True)
class Chart:
    """The nodes in the order of the way through them, their arrows, and the lanes from the first to the last."""

    lanes: list[Lane] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[tuple[str, str]] = field(default_factory=list)

    def after(self, name: str) -> list[str]:
        """Where the arrows from a node lead."""
        return [target for source, target in self.arrows if source == name]

    def before(self, name: str) -> list[str]:
        """Where the arrows to a node come from."""
        return [source for source, target in self.arrows if target == name]

    def is_choice(self, node: Node) -> bool:
        """Whether one of several acts leads on from a node."""
        acts = [name for name in self.after(node.id) if self.nodes[name].kind == "act"]
        return node.kind in ("step", "join") and len(acts) > 1

    def has_timer(self, node: Node) -> bool:
        """Whether something is done by itself when the due date of a step has passed."""
        return any(self.nodes[name].kind == "timer" for name in self.after(node.id))


def chart(program: Program, lang: str = JAPANESE) -> Chart:
    """What is drawn of the workflow of a kata; raises UnknownName when it has none."""
    workflow = program.kata.workflow
    if workflow is None:
        raise UnknownName(f"{program.kata.kata} has no workflow")
    return _Drafting(program, workflow, lang).drafted()


def in_order(actions: list[Action]) -> list[Action]:
    """The main action first, else as they are written."""
    return sorted(actions, key=lambda action: action.weight != "main")


@dataclass(slots=True)
class _Drafting:
    """One chart in the making."""

    program: Program
    workflow: Workflow
    lang: str
    chart: Chart = field(default_factory=Chart)

    @property
    def words(self) -> dict[str, str]:
        return _WORDS.get(self.lang, _WORDS["en"])

    def drafted(self) -> Chart:
        ways = Ways(self.workflow)
        reached = reach(ways.after, [self.workflow.start])
        order = [name for name in _way(ways, self.workflow.start) if name in reached]
        lanes: dict[str, str] = {}
        for name in order:
            lanes[name] = self._lane_of(ways, name, lanes)
        self._node("start", "start", lanes[self.workflow.start], "", self.workflow.start)
        self._arrow("start", self._entry(ways, "", self.workflow.start))
        for name in order:
            self._step(ways, ways.steps[name], lanes[name])
        used = dict.fromkeys(node.lane for node in self.chart.nodes.values())
        ordered = sorted(used, key=lambda lane: (lane == MACHINE, lane != APPLICANT))
        self.chart.lanes = [Lane(lane, self._lane_title(lane)) for lane in ordered]
        return self.chart

    def _lane_of(self, ways: Ways, name: str, lanes: dict[str, str]) -> str:
        step = ways.steps[name]
        if step.by is not None:
            return step.by
        if step.is_automatic:
            return MACHINE
        before = [each for each in lanes if name in ways.after[each]]
        heads = [ways.steps[head].by for head in step.parallel if ways.steps[head].by]
        return lanes[before[0]] if before else next((head for head in heads if head), MACHINE)

    def _step(self, ways: Ways, step: WorkStep, lane: str) -> None:
        title = self.program.text(f"workflow.{step.id}.title", step.title, self.lang)
        last = f"step:{step.id}"
        if step.end is not None:
            self._node(f"end:{step.id}", "end", lane, title, step.id)
            return
        if step.parallel:
            last = f"join:{step.id}"
            self._node(f"split:{step.id}", "split", lane, title, step.id)
            self._node(last, "join", lane, title, step.id)
            for head in step.parallel:
                self._arrow(f"split:{step.id}", f"step:{head}")
        else:
            self._node(last, "step", lane, title, step.id)
        for number, action in enumerate(in_order(step.actions)):
            name = f"act:{step.id}.{number}"
            self._node(name, "act", lane, self._act_title(step, action), step.id, action)
            self._arrow(last, name)
            self._arrow(name, self._entry(ways, step.id, action.to))
        overdue = next((action for action in step.actions if action.id == step.overdue), None)
        if overdue is not None:
            name = f"timer:{step.id}"
            self._node(name, "timer", lane, self.words["timer"], step.id, overdue)
            self._arrow(last, name)
            self._arrow(name, self._entry(ways, step.id, overdue.to))

    def _entry(self, ways: Ways, source: str, target: str) -> str:
        """The node that an arrow to a step leads to: from within its branches that is where they come together."""
        step = ways.steps[target]
        if step.end is not None:
            return f"end:{target}"
        if not step.parallel:
            return f"step:{target}"
        inside = any(source in branch for branch in ways.branches[target])
        return f"join:{target}" if inside else f"split:{target}"

    def _act_title(self, step: WorkStep, action: Action) -> str:
        path = f"workflow.{step.id}.actions.{action.id}.title"
        title = self.program.text(path, action.title or action.id, self.lang)
        return self.words["if"].format(title) if action.when is not None else title

    def _lane_title(self, lane: str) -> str:
        role = next((role for role in self.program.kata.roles if role.id == lane), None)
        if role is None:
            return self.words[lane]
        return self.program.text(f"roles.{lane}.title", role.title, self.lang)

    def _node(
        self, name: str, kind: NodeKind, lane: str, text: str, step: str, action: Action | None = None
    ) -> None:
        self.chart.nodes[name] = Node(name, kind, lane, text, step, action)

    def _arrow(self, source: str, target: str) -> None:
        self.chart.arrows.append((source, target))


def _way(ways: Ways, start: str) -> list[str]:
    """The steps as one comes by them, the main actions first."""
    found: list[str] = []
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found or name not in ways.steps:
            continue
        found.append(name)
        step = ways.steps[name]
        following = [*step.parallel, *(action.to for action in in_order(step.actions))]
        waiting += reversed(following)
    return found
