"""What officials and joint desks do with a task; who may is decided here, not on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yuimaru.core.kata import forms, workflow
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Forbidden, Verb, require
from yuimaru.services.cases import events, rules
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Reveal, Task
from yuimaru.services.cases.queries import Access, access, done_by_step, facts_of, lock_case_of
from yuimaru.services.procedures.actions import put_away
from yuimaru.services.procedures.rules import InvalidAnswers


class AlreadyDone(Exception):
    """Somebody else has finished or taken this task in the meantime."""


class MissingNote(Exception):
    """The action needs a reason in words."""


@transaction.atomic
def open_task(*, task_id: UUID, by: Actor, at: datetime, on: date) -> Access:
    """Open a task to work on it; the log keeps who looked at which case under which mandate.

    :raises NotVisible: unknown, or outside the actor's organisation and mandates.
    """
    opened = access(task_id, by=by, on=on)
    _record(events.OPENED, opened, by=by, at=at)
    return opened


@transaction.atomic
def take(*, task_id: UUID, by: Actor, at: datetime, on: date) -> Task:
    """Take a waiting task for oneself.

    :raises AlreadyDone: it is done, or somebody else has it.
    """
    opened = _lock(task_id, by=by, on=on)
    task = opened.task
    if task.taken_by_id not in (None, by.user_id):
        raise AlreadyDone
    task.taken_by_id, task.taken_at = by.user_id, at
    task.save(update_fields=["taken_by", "taken_at"])
    _record(events.TAKEN, opened, by=by, at=at)
    return task


@transaction.atomic
def give_back(*, task_id: UUID, by: Actor, at: datetime, on: date) -> Task:
    """Put a taken task back into the queue."""
    opened = _lock(task_id, by=by, on=on)
    task = opened.task
    task.taken_by, task.taken_at = None, None
    task.save(update_fields=["taken_by", "taken_at"])
    _record(events.RETURNED, opened, by=by, at=at)
    return task


@transaction.atomic
def act(
    *,
    task_id: UUID,
    action: str,
    note: str,
    by: Actor,
    at: datetime,
    on: date,
    answers: Mapping[str, Any] | None = None,
) -> Task:
    """Do one of the step's actions, with the answers to its form where it has one, and move the case on.

    :raises NotVisible: see `open_task`.
    :raises AlreadyDone: it is done, or somebody else has it.
    :raises Forbidden: the role does not allow it, the same person did the step it must be independent of,
        or a private contractor would decide.
    :raises UnknownAction: the step has no such action now.
    :raises InvalidAnswers: the answers to the form of the step do not pass.
    """
    lock_case_of(task_id)
    opened = _lock(task_id, by=by, on=on)
    task, case, program = opened.task, opened.task.case, opened.program
    step = workflow.step(program, task.step)
    if task.taken_by_id not in (None, by.user_id):
        raise AlreadyDone
    if step.approval is not None:  # it ends by its marks
        raise workflow.UnknownAction(action)
    before = workflow.step(program, step.not_by).title if step.not_by else ""
    rules.require_other_person(
        not_by=step.not_by, done_by=done_by_step(case), actor=by.user_id, step_title=before
    )
    facts = facts_of(program, case)
    offered = {each.id: each for each in workflow.actions(program, task.step, facts)}
    if action not in offered:
        raise workflow.UnknownAction(action)
    if offered[action].needs_note and not note.strip():
        raise MissingNote
    if step.form is not None:
        asked = _checked(program, step.form, answers or {}, on)
        task.answers = put_away(
            owner_id=task.owner_id, subject=task.key, program=program, answers=asked, at=at
        )
        task.save(update_fields=["answers_sealed"])
    mandate = {"mandate": str(opened.mandate.pk)} if opened.mandate else {}
    moving.go_on(program=program, task=task, action=action, note=note, by=by, at=at, **mandate)
    return task


@transaction.atomic
def reveal(*, task_id: UUID, item: str, purpose: str, by: Actor, at: datetime, on: date) -> Reveal:
    """Show one masked item to one person for a written purpose; both sides can see later that it was.

    :raises Forbidden: the item is outside the mandate, or no purpose is written.
    """
    opened = access(task_id, by=by, on=on)
    task = opened.task
    require(by, Verb.REVEAL, task.owner_id, mandated=opened.mandate is not None)
    if opened.visibility(item) != "masked":
        raise Forbidden("この項目は表示できません。", "This item cannot be shown.")
    if by.user_id is None or not purpose.strip():
        raise Forbidden("表示する目的を書いてください。", "Write down what you need it for.")
    shown = Reveal(owner=task.owner, task=task, key=task.key, item=item, by_id=by.user_id, at=at)
    shown.purpose = purpose.strip()[:200]
    shown.save(force_insert=True)
    _record(events.REVEALED, opened, by=by, at=at, item=item, reveal=str(shown.pk))
    return shown


def _checked(program: Program, form_id: str, answers: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The answers to a staff form without what was not asked."""
    asked = forms.clean(program, form_id, answers, today=on, params=program.params)
    problems = forms.check_answers(program, form_id, asked, today=on, params=program.params)
    if problems:
        raise InvalidAnswers(problems)
    return asked


def _lock(task_id: UUID, *, by: Actor, on: date) -> Access:
    """The task, locked, for somebody who may work on it and while it still waits."""
    opened = access(task_id, by=by, on=on, lock=True)
    task = opened.task
    if task.done_at is not None or not task.waits_for_staff:
        raise AlreadyDone
    mandate = opened.mandate
    rules.require_may_decide(task.decides, mandate.legal_form if mandate else None)
    is_decision = task.decides and task.waits_for != Task.Waits.DRAFT
    verb = Verb.DECIDE if is_decision and mandate is None else Verb.WORK_ON_TASKS
    require(by, verb, task.owner_id, mandated=mandate is not None)
    return opened


def _record(kind: str, opened: Access, *, by: Actor, at: datetime, **data: str) -> None:
    case = opened.task.case
    if opened.mandate is not None:
        data["mandate"] = str(opened.mandate.pk)
    record(
        kind,
        owner_id=case.owner_id,
        owner=case.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{case.pk}",
        data={"number": case.number, "step": opened.task.step, **data},
    )
