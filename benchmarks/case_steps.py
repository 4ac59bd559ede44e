"""The movement of cases: how many acts one core carries out on a case with branches, without a database."""

from __future__ import annotations

from itertools import cycle
from time import process_time
from typing import Any

from benchmarks.figures import Figure
from yuimaru.core.kata import movement, workflow
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.program import Program, program

CASES = 1_000
ANSWERS: dict[str, Any] = {"世帯": [{"氏名": "青葉 陽菜"}, {"氏名": "青葉 湊"}, {"氏名": "青葉 凪"}]}


def measure_steps() -> Figure:
    """Acts per CPU second: reading the acts so far, the open actions and the way on."""
    ready = program(canonical(inquiry()))
    started = process_time()
    acts = sum(
        _carry_through(ready, even) for even, _ in zip(cycle((True, False)), range(CASES), strict=False)
    )
    speed = acts / (process_time() - started)
    return Figure("case_steps_per_second", round(speed), "1/s", target=1_000, goal=1_000)


def _carry_through(ready: Program, grants: bool) -> int:
    """Bring one case to its end as the services do: its acts are read again before every movement."""
    done: list[workflow.Act] = []
    marking = movement.begin(ready, ANSWERS).marking
    while marking.open:
        token = min(marking.open)
        offered = workflow.actions(ready, token.step, workflow.case_facts(ready, ANSWERS, done))
        action = offered[0 if grants else -1].id
        done.append(workflow.Act(token.step, action, branch=token.branch))
        moved = movement.move(ready, marking, token, action, workflow.case_facts(ready, ANSWERS, done))
        marking = moved.marking
    return len(done)


def inquiry() -> Package:
    """A case that asks two sections at once and then about each member of the household."""
    work = {"title": "工程", "by": "担当"}
    group = {"id": "世帯", "title": "世帯"}
    items = [{"id": "氏名", "type": "name", "label": "氏名"}]
    steps = [
        {"id": "審査", **work, "actions": [{"id": "照会する", "to": "照会"}]},
        {
            "id": "照会",
            "title": "照会",
            "parallel": ["税", "福祉"],
            "actions": [{"id": "回答", "to": "確認"}],
        },
        {"id": "税", **work, "actions": [{"id": "答える", "to": "照会"}]},
        {"id": "福祉", **work, "actions": [{"id": "答える", "to": "照会"}]},
        {
            "id": "確認",
            "title": "確認",
            "parallel": ["調査"],
            "each": "世帯",
            "actions": [{"id": "一致", "to": "決裁"}],
        },
        {"id": "調査", **work, "actions": [{"id": "一致", "to": "確認"}]},
        {
            "id": "決裁",
            **work,
            "not_by": "審査",
            "decides": True,
            "actions": [
                {"id": "承認", "to": "認定", "when": '福祉.操作 = "答える" and 税.操作 = "答える"'},
                {"id": "却下", "to": "不認定"},
            ],
        },
        {"id": "認定", "title": "認定", "end": "accepted", "nature": "disposition"},
        {"id": "不認定", "title": "不認定", "end": "rejected", "nature": "disposition"},
    ]
    kata = {
        "kata": "inquiry",
        "version": "1.0.0",
        "title": "照会のある手続",
        "summary": "照会のある手続です。",
        "facts": {"deadline": "なし", "fee": "なし", "minutes": 1, "result": "なし"},
        "roles": [{"id": "担当", "title": "担当"}],
        "forms": [
            {
                "id": "届",
                "title": "届",
                "steps": [{"id": "人", "title": "人", "repeat": group, "items": items}],
            }
        ],
        "workflow": {"start": "審査", "steps": steps},
    }
    return Package.model_validate({"kata": kata})
