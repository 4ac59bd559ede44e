"""Time in a case: clocks that stand still, due dates that pass, applications that are taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow, inquiry
from yuimaru.core.japan.calendars import next_open_day
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions.withdrawing import TooLate
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import status

pytestmark = pytest.mark.django_db


def sweep(case: Case, at: datetime) -> None:
    """Run the day's job for the owner of a case."""
    run = Run("1", case.owner_id, 1, at)
    jobs.escalate({}, run)


def withdraw(case: Case) -> Case:
    by = Actor.resident(case.owner)
    with scope(by):
        return actions.withdraw(case=case, by=by, at=flow.NOW)


def now(case: Case) -> Case:
    return flow.case(case.owner.code, case.number)


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]


def test_an_overdue_task_is_brought_to_the_notice_of_the_municipality_once() -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    assert task.due_on is not None
    with flow.standing("centre-agent"):
        actions.take(task_id=task.pk, by=actor("centre-agent"), at=flow.NOW, on=flow.TODAY)
    sweep(case, flow.NOW)
    assert flow.waiting(case).escalated_at is None
    late = flow.NOW + (task.due_on - flow.TODAY) + timedelta(days=1)
    sweep(case, late)
    sweep(case, late + timedelta(days=1))
    escalated = flow.waiting(case)
    assert (escalated.escalated_at, escalated.taken_by_id) == (late, None)
    assert kinds(case).count("task.escalated") == 1


def test_what_nobody_corrects_goes_on_by_itself(tmp_path: Path) -> None:
    inquiry.adopt(tmp_path)
    case = inquiry.sent_case()
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "補正を求める", "購入日を書いてください。")
    [asked] = inquiry.waiting(case)
    assert (asked.step, asked.due_on) == ("補正", flow.TODAY + timedelta(days=7))
    sweep(case, flow.NOW + timedelta(days=7))
    assert now(case).step == "補正"
    sweep(case, flow.NOW + timedelta(days=8))
    [back] = inquiry.waiting(case)
    assert (back.step, back.is_return) == ("審査", True)
    with scope(Actor.system(case.owner)):
        done = Task.objects.get(pk=asked.pk)
    assert (done.action, done.done_by_id) == ("出ない", None)


def test_a_period_of_opening_days_moves_by_opening_days(tmp_path: Path) -> None:
    inquiry.adopt(tmp_path)
    case = inquiry.sent_case()
    assert case.due_on is not None
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "補正を求める", "購入日を書いてください。")
    sweep(case, flow.NOW + timedelta(days=8))  # 11月28日: four opening days, since the 23rd is a holiday
    due = now(case).due_on
    assert due is not None
    assert (case.due_on.isoformat(), due.isoformat()) == ("2026-12-21", "2026-12-25")


def test_an_application_is_withdrawn_once_and_its_tasks_are_dropped(tmp_path: Path) -> None:
    inquiry.adopt(tmp_path)
    case = inquiry.sent_case()
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "照会する")
    withdraw(case)
    withdraw(case)
    ended = now(case)
    assert (ended.step, ended.outcome, inquiry.waiting(case)) == ("取下げ済", "withdrawn", [])
    assert kinds(case).count("case.withdrawn") == 1
    with scope(Actor.resident(case.owner)):
        shown = status(ended, lang="ja")
    assert (shown.closed, shown.may_withdraw, shown.steps[-1].title) == (True, False, "取下げ")


def test_a_kata_without_an_end_for_it_can_be_withdrawn_too() -> None:
    case = flow.sent_case()
    ended = withdraw(case)
    assert (ended.step, ended.outcome) == ("形式審査", "withdrawn")
    with scope(Actor.resident(case.owner)):
        assert status(ended, lang="en").steps[-1].title == "Withdrawn"


def test_what_is_decided_is_not_withdrawn() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    with scope(Actor.resident(case.owner)):
        assert status(now(case), lang="ja").may_withdraw
    flow.act("oumi-decider", case, "承認")
    with pytest.raises(TooLate):
        withdraw(case)
    assert now(case).outcome == "accepted"
    assert case.owner.code == cast.OUMI


def test_the_closing_days_of_the_municipality_count_for_every_deadline() -> None:
    usual = flow.sent_case()
    before = flow.waiting(usual)
    assert before.due_on is not None
    assert usual.due_on is not None
    own = "\n".join(f"{day.isoformat()} 点検" for day in (before.due_on, usual.due_on))
    Organisation.objects.filter(pk=usual.owner_id).update(own_closing_days=own)
    case = flow.case(usual.owner.code, flow.send(flow.draft(), "key-of-the-second").number)
    task = flow.waiting(case)
    assert task.due_on == next_open_day(before.due_on + timedelta(days=1))
    assert case.due_on == next_open_day(usual.due_on + timedelta(days=1))
