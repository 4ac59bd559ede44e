"""A case as a state machine: no act loses a token, every marking can end, and the check knows which plans are sound."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.kata.plans import package, plans, slips

from yuimaru.core.kata import movement, workflow
from yuimaru.core.kata.check import check
from yuimaru.core.kata.movement import Dropped, Entered, Marking, Token
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.program import Program

ENOUGH = 400  # markings that are looked at in one plan


def program_of(steps: list[dict[str, Any]]) -> Program:
    return Program(canonical(package(steps)))


def mistakes(steps: list[dict[str, Any]]) -> list[str]:
    return [problem.code for problem in check(package(steps)) if problem.severity == "error"]


def members(count: int) -> dict[str, Any]:
    return {"家族": [{"氏名": None}] * count}


def ways(program: Program, count: int) -> dict[Marking, set[Marking]]:
    """Every marking that acts can lead to, up to a bound, with those that follow on it."""
    begun = movement.begin(program, members(count)).marking
    found: dict[Marking, set[Marking]] = {}
    waiting = [begun]
    while waiting and len(found) < ENOUGH:
        marking = waiting.pop()
        if marking in found:
            continue
        found[marking] = {
            movement.move(program, marking, token, action.id, members(count)).marking
            for token in marking.open
            for action in program.work_step(token.step).actions
        }
        waiting += found[marking]
    return found


def can_end(program: Program, marking: Marking, count: int) -> bool:
    """Whether going forward everywhere ends the case; the first action of every made-up step goes forward."""
    for _ in range(2_000):
        if marking.end is not None:
            return True
        token = min(marking.open)
        action = program.work_step(token.step).actions[0].id
        marking = movement.move(program, marking, token, action, members(count)).marking
    return False


@given(plans())
@settings(max_examples=60, deadline=None)
def test_the_check_passes_every_sound_plan(steps: list[dict[str, Any]]) -> None:
    assert mistakes(steps) == []


@given(st.one_of(plans(), slips()), st.integers(0, 2))
@settings(max_examples=120, deadline=None)
def test_in_what_passes_the_check_no_token_is_lost_and_every_marking_can_end(
    steps: list[dict[str, Any]], count: int
) -> None:
    if mistakes(steps):
        return
    program = program_of(steps)
    found = ways(program, count)
    for marking in found:
        assert bool(marking.open) != (marking.end is not None)
    if len(found) < ENOUGH:  # the whole of it was seen: from everywhere a way leads to an end
        ending = {marking for marking in found if marking.end is not None}
        while more := {each for each in found if each not in ending and found[each] & ending}:
            ending |= more
        assert ending == found.keys()


@given(plans(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_going_forward_ends_every_sound_plan(steps: list[dict[str, Any]], count: int) -> None:
    program = program_of(steps)
    assert can_end(program, movement.begin(program, members(count)).marking, count)


@given(plans(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_effects_tell_the_whole_change_of_the_marking(steps: list[dict[str, Any]], chance: Any) -> None:
    program = program_of(steps)
    moved = movement.begin(program, members(2))
    before: frozenset[Token] = frozenset()
    for _ in range(30):
        opened = {
            each.token
            for each in moved.effects
            if isinstance(each, Entered)
            and not program.work_step(each.token.step).parallel
            and not program.work_step(each.token.step).end
        }
        dropped = {each.token for each in moved.effects if isinstance(each, Dropped)}
        assert dropped <= before
        assert moved.marking.open == (before - dropped) | opened
        if moved.marking.end is not None:
            break
        token = chance.choice(sorted(moved.marking.open))
        action = chance.choice(program.work_step(token.step).actions).id
        before = moved.marking.open - {token}
        moved = movement.move(program, moved.marking, token, action, members(2))


def inquiry(**changed: Any) -> list[dict[str, Any]]:
    """An examination that asks two sections at once."""
    work = {"title": "工程", "by": "担当"}
    return [
        {"id": "審査", **work, "actions": [{"id": "照会する", "to": "照会"}]},
        {
            "id": "照会",
            "title": "照会",
            "parallel": ["税", "福祉"],
            "actions": [{"id": "そろった", "to": "決定"}],
            **changed,
        },
        {"id": "税", **work, "actions": [{"id": "答える", "to": "照会"}]},
        {"id": "福祉", **work, "actions": [{"id": "答える", "to": "照会"}]},
        {"id": "決定", **work, "actions": [{"id": "決める", "to": "済"}, {"id": "戻す", "to": "審査"}]},
        {"id": "済", "title": "済", "end": "done", "nature": "fact"},
    ]


def test_all_branches_must_come_back() -> None:
    program = program_of(inquiry())
    moved = movement.begin(program, {})
    moved = movement.move(program, moved.marking, Token("審査"), "照会する", {})
    assert moved.entered == ["照会", "税", "福祉"]
    assert moved.marking.place == "照会"
    tax, welfare = Token("税", (("照会", 0),)), Token("福祉", (("照会", 1),))
    moved = movement.move(program, moved.marking, welfare, "答える", {})
    assert moved.marking == Marking(frozenset({tax}))
    moved = movement.move(program, moved.marking, tax, "答える", {})
    assert (moved.marking.place, moved.entered) == ("決定", ["決定"])


def test_one_branch_is_enough_and_drops_the_others() -> None:
    program = program_of(inquiry(join="any"))
    begun = movement.move(program, movement.begin(program, {}).marking, Token("審査"), "照会する", {})
    tax, welfare = Token("税", (("照会", 0),)), Token("福祉", (("照会", 1),))
    moved = movement.move(program, begun.marking, tax, "答える", {})
    assert moved.marking == Marking(frozenset({Token("決定")}))
    assert Dropped(welfare) in moved.effects
    with pytest.raises(workflow.UnknownAction):
        movement.move(program, moved.marking, welfare, "答える", {})


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_branch_for_each_member(count: int) -> None:
    program = program_of(inquiry(parallel=["税"], each="家族")[:3] + inquiry()[4:])
    marking = movement.begin(program, members(count)).marking
    marking = movement.move(program, marking, Token("審査"), "照会する", members(count)).marking
    assert len(marking.open) == max(count, 1)
    for number in range(count):
        marking = movement.move(
            program, marking, Token("税", (("照会", number),)), "答える", members(count)
        ).marking
    assert marking.place == "決定"


def test_the_acts_for_each_member_are_a_list_in_their_order() -> None:
    program = program_of(inquiry(parallel=["税"], each="家族")[:3] + inquiry()[4:])
    acts = [workflow.Act("税", "答える", note, branch=(("照会", n),)) for n, note in ((1, "b"), (0, "a"))]
    known = workflow.case_facts(program, {}, acts)
    assert known["税"] == [{"操作": "答える", "理由": "a"}, {"操作": "答える", "理由": "b"}]


def arrow(steps: list[dict[str, Any]], step: str, to: str) -> list[dict[str, Any]]:
    next(each for each in steps if each["id"] == step)["actions"][0]["to"] = to
    return steps


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (arrow(inquiry(), "税", "済"), "end_in_branch"),
        (arrow(inquiry(), "税", "決定"), "into_branch"),
        (arrow(inquiry(), "税", "税"), "join_never"),
        (arrow(inquiry(), "税", "福祉"), "branches_meet"),
        (arrow(inquiry(), "審査", "税"), "into_branch"),
        (arrow(inquiry(), "照会", "税"), "fork_loop"),
        (inquiry(parallel=["税", "済"]), "branch_head"),
        (inquiry(parallel=["税", "法務"]), "unknown_name"),
        (inquiry(parallel=["税"]), "branches"),
        (inquiry(parallel=["税"], each="児童"), "unknown_name"),
        (inquiry(by="担当"), "fork_work"),
        (inquiry(actions=[{"id": "そろった", "to": "決定", "when": "空(家族)"}]), "join_stuck"),
        (inquiry(parallel=[], join="any", by="担当"), "parallel"),
    ],
)
def test_the_check_names_what_is_wrong_with_branches(steps: list[dict[str, Any]], code: str) -> None:
    assert code in mistakes(steps)


@pytest.mark.parametrize("other", ["福祉", "税", "照会", "済"])
def test_another_person_must_have_acted_before_not_beside(other: str) -> None:
    steps = inquiry()
    steps[2]["not_by"] = other
    assert "not_by" in mistakes(steps)
    steps[2]["not_by"] = "審査"
    assert mistakes(steps) == []


def test_a_step_whose_actions_all_have_conditions_is_pointed_out() -> None:
    steps = inquiry()
    steps[0]["actions"][0]["when"] = "空(家族)"
    assert "may_stand_still" in [problem.code for problem in check(package(steps))]
