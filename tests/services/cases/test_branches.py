"""Work side by side: every branch is a task of its own, and their join opens what follows exactly once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import cast
from tests.services.cases import flow, inquiry
from tests.stores import at_once
from yuimaru.core.kata.workflow import Branch
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import rules
from yuimaru.services.cases.actions.working import AlreadyDone
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import facts_of, program_of, status


def asked(folder: Path, join: str = "all", members: int = 2) -> Case:
    """A case in which both sections have just been asked."""
    inquiry.adopt(folder, join)
    case = inquiry.sent_case(members)
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "照会する")
    return flow.case(cast.OUMI, case.number)


def steps_waiting(case: Case) -> list[str]:
    return [task.step for task in inquiry.waiting(case)]


@pytest.mark.django_db
def test_both_sections_answer_before_the_case_goes_on(tmp_path: Path) -> None:
    case = asked(tmp_path)
    assert case.step == "照会"
    assert steps_waiting(case) == ["福祉の照会", "税の照会"]
    welfare, tax = inquiry.waiting(case)
    inquiry.act("oumi-clerk", welfare, "答える")
    assert steps_waiting(case) == ["税の照会"]
    inquiry.act("oumi-clerk", tax, "答える")
    assert steps_waiting(case) == ["世帯員の確認"] * 2
    kinds = [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]
    assert kinds.count("case.awaited") == 1


@pytest.mark.django_db
def test_one_answer_is_enough_and_closes_the_other_task(tmp_path: Path) -> None:
    case = asked(tmp_path, join="any")
    welfare, tax = inquiry.waiting(case)
    inquiry.act("oumi-clerk", tax, "答える")
    assert steps_waiting(case) == ["世帯員の確認"] * 2
    with pytest.raises(AlreadyDone):
        inquiry.act("oumi-clerk", welfare, "答える")
    with scope(Actor.system(case.owner)):
        assert Task.objects.get(pk=welfare.pk).is_dropped
        shown = status(flow.case(cast.OUMI, case.number), lang="ja")
    assert [(step.title, step.state) for step in shown.steps if step.state != "todo"] == [
        ("受付", "done"),
        ("審査", "done"),
        ("内容の確認", "done"),
        ("世帯の確認", "now"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("members", [0, 1, 3])
def test_each_member_is_a_task_of_its_own(tmp_path: Path, members: int) -> None:
    case = asked(tmp_path, members=members)
    for task in inquiry.waiting(case):
        inquiry.act("oumi-clerk", task, "答える")
    of_members = [task for task in inquiry.waiting(case) if task.step == "世帯員の確認"]
    assert [task.branch for task in of_members] == [f"世帯の確認.{number}" for number in range(members)]
    for number, task in reversed(list(enumerate(of_members))):
        inquiry.act("oumi-clerk", task, "対象外" if number else "対象")
    assert steps_waiting(case) == ["決裁"]
    with scope(Actor.system(case.owner)):
        done = facts_of(program_of(case), flow.case(cast.OUMI, case.number))["世帯員の確認"]
    expected = [{"操作": action, "理由": ""} for action in ("対象", "対象外", "対象外")[:members]]
    assert done == (expected or None)
    inquiry.act("oumi-decider", inquiry.waiting(case)[0], "承認")
    assert flow.case(cast.OUMI, case.number).outcome == "accepted"


@pytest.mark.usefixtures("committed")
def test_branches_that_end_at_the_same_moment_open_the_next_step_once(tmp_path: Path) -> None:
    case = asked(tmp_path, members=0)

    def answer(task: Task) -> Callable[[], Task]:
        return lambda: inquiry.act("oumi-clerk", task, "答える")

    results = at_once(*map(answer, inquiry.waiting(case)))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert steps_waiting(case) == ["決裁"]
    assert audit.verify(case.owner_id).ok


@pytest.mark.parametrize("branch", [(), (("照会", 0),), (("照会", 0), ("世帯の確認", 12))])
def test_a_branch_is_kept_as_text(branch: Branch) -> None:
    assert rules.branch_of(rules.branch_text(branch)) == branch
