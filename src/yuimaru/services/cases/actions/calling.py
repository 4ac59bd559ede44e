"""Calling another kata: its case is opened from the answers of the calling one, and its end leads that one on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.core.kata import workflow
from yuimaru.core.kata.check.calls import DEEPEST
from yuimaru.core.kata.examples import plain
from yuimaru.core.kata.models import Call
from yuimaru.core.kata.program import Program, compiled
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases import events
from yuimaru.services.cases.actions import moving, waking
from yuimaru.services.cases.actions.receiving import open_case
from yuimaru.services.cases.actions.serving import machine_task
from yuimaru.services.cases.models import Called, Case, Task
from yuimaru.services.cases.ports import NotDone
from yuimaru.services.cases.queries import facts_of, program_of
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures.actions import Application, Checked
from yuimaru.services.procedures.models import Submission
from yuimaru.services.procedures.rules import InvalidAnswers
from yuimaru.services.protections import actions as protections


@transaction.atomic
def call(*, task_id: UUID, by: Actor, at: datetime) -> Case | None:
    """Open the case that a task waits for, once; where that cannot be, the task ends with `error`."""
    task = machine_task(task_id)
    if task is None or Called.objects.filter(task=task).exists():
        return None
    program = program_of(task.case)
    called = workflow.step(program, task.step).call
    assert called is not None
    try:
        checked = _checked(task, program, called, at)
    except NotDone as refusal:
        _record(task, events.FAILED, by, at, reason=refusal.reason)
        moving.go_on(program=program, task=task, action=workflow.ERROR, note="", by=by, at=at)
        return None
    submission = procedures.send(checked=checked, by=by, at=at)
    protections.search(submission, at=at)
    case = open_case(submission, by=by, at=at)
    Called.objects.create(owner=task.owner, task=task, case=case)
    if case.closed_at is not None:
        waking.tell_caller(case, at=at)
    _record(task, events.CALLED, by, at, called=case.number, kata=called.kata)
    return case


@transaction.atomic
def take_back(*, case_id: UUID, by: Actor, at: datetime) -> None:
    """Let a case go on whose called case has ended, by the action of that name; a second time changes nothing."""
    link = Called.objects.select_related("case").get(case_id=case_id)
    task = machine_task(link.task_id)
    if task is None:
        return
    program = program_of(task.case)
    offered = {action.id for action in workflow.actions(program, task.step, facts_of(program, task.case))}
    action = link.case.outcome if link.case.outcome in offered else workflow.ERROR
    moving.go_on(program=program, task=task, action=action, note="", by=by, at=at)


def _checked(task: Task, program: Program, called: Call, at: datetime) -> Checked:
    """The application for the other kata, made of what the call declares and nothing else.

    :raises NotDone: the kata is not in use, its form does not take the answers, or calls stand too deep.
    """
    if _depth(task.case) > DEEPEST:
        raise NotDone("too_deep", final=True)
    try:
        adopted = get_adopted(task.owner, called.kata, on=localdate(at))
    except NotVisible:
        raise NotDone("not_in_use", final=True) from None
    facts = facts_of(program, task.case)
    given = {item: plain(compiled(expression)(facts)) for item, expression in called.answers.items()}
    answers = {item: value for item, value in given.items() if value is not None}
    language = task.case.submission.language
    application = Application(task.owner, adopted.program, answers, Submission.Channel.CASE, language)
    try:
        return procedures.check(application, at=at)
    except InvalidAnswers as refused:
        raise NotDone("answers", final=True) from refused


def _depth(case: Case) -> int:
    """How deep a case would stand that this one calls."""
    depth, above = 1, Called.objects.filter(case=case).select_related("task").first()
    while above is not None:
        depth += 1
        above = Called.objects.filter(case_id=above.task.case_id).select_related("task").first()
    return depth


def _record(task: Task, kind: str, by: Actor, at: datetime, **data: str) -> None:
    record(
        kind,
        owner_id=task.owner_id,
        owner=task.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{task.case_id}",
        data={"number": task.case.number, "step": task.step, **data},
    )
