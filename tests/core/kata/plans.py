"""Made-up workflows for the tests of movement: sound ones of any shape, and slips made in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from yuimaru.core.kata.models import Package

Draw = Any


@dataclass
class _Plan:
    """Steps that are put together from the end: every part is given the step behind it."""

    draw: Draw
    steps: list[dict[str, Any]] = field(default_factory=list)

    def name(self) -> str:
        return f"工程{len(self.steps)}"

    def part(self, then: str, depth: int, *, in_each: bool = False) -> str:
        """Some steps that lead to `then`; gives the first, where somebody acts."""
        first = then
        for _ in range(self.draw(st.integers(1, 2))):
            if depth and self.draw(st.booleans()):
                first = self.fork(first, depth - 1, in_each=in_each)
            first = self.work(first)
        return first

    def work(self, then: str) -> str:
        name = self.name()
        step: dict[str, Any] = {"id": name, "title": name, "by": "担当"}
        step["actions"] = [{"id": "進む", "to": then}]
        if self.draw(st.booleans()):
            step["actions"].append({"id": "やり直す", "to": name})
        self.steps.append(step)
        return name

    def fork(self, then: str, depth: int, *, in_each: bool) -> str:
        name = self.name()
        step: dict[str, Any] = {"id": name, "title": name, "actions": [{"id": "そろった", "to": then}]}
        self.steps.append(step)
        for_each = not in_each and self.draw(st.booleans())
        if for_each:
            step["each"] = "家族"
        count = 1 if for_each else self.draw(st.integers(2, 3))
        step["join"] = self.draw(st.sampled_from(["all", "any"]))
        step["parallel"] = [self.part(name, depth, in_each=in_each or for_each) for _ in range(count)]
        return name


@st.composite
def plans(draw: Draw) -> list[dict[str, Any]]:
    """The steps of a sound workflow, the first of them first."""
    plan = _Plan(draw)
    plan.steps.append({"id": "終わり", "title": "終わり", "end": "done", "nature": "fact"})
    start = plan.part("終わり", 2)
    return sorted(plan.steps, key=lambda step: step["id"] != start)


@st.composite
def slips(draw: Draw) -> list[dict[str, Any]]:
    """A workflow in which one arrow leads to a step that it did not lead to."""
    steps = draw(plans())
    names = [step["id"] for step in steps]
    arrows = [action for step in steps for action in step.get("actions", [])]
    draw(st.sampled_from(arrows))["to"] = draw(st.sampled_from(names))
    return list(steps)


def package(steps: list[dict[str, Any]]) -> Package:
    """A kata with these steps and one group, whose members branches are opened for."""
    item = {"id": "氏名", "type": "name", "label": "氏名"}
    group = {"id": "家族", "title": "家族", "min": 0}
    form = {
        "id": "届",
        "title": "届",
        "steps": [{"id": "人", "title": "人", "repeat": group, "items": [item]}],
    }
    return Package.model_validate(
        {
            "kata": {
                "kata": "made-up",
                "version": "1.0.0",
                "title": "届",
                "summary": "届です。",
                "facts": {"deadline": "なし", "fee": "なし", "minutes": 1, "result": "なし"},
                "roles": [{"id": "担当", "title": "担当"}],
                "forms": [form],
                "workflow": {"start": steps[0]["id"], "steps": steps},
            }
        }
    )
