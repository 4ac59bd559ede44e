"""One try of the machine at its step: begun in one commit, settled in another, with nothing uncertain in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yuimaru.core.kata import workflow
from yuimaru.core.kata.models import Service
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs import actions as jobs
from yuimaru.foundation.jobs.queries import open_job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.cases import events
from yuimaru.services.cases.actions import moving, waking
from yuimaru.services.cases.actions.working import AlreadyDone
from yuimaru.services.cases.models import Attempt, Task
from yuimaru.services.cases.ports import NotDone, Work
from yuimaru.services.cases.queries import lock_case_of, program_of


@dataclass(frozen=True)
class Begun:
    """A try that may go ahead: nobody else is at it."""

    attempt: Attempt
    work: Work


def machine_task(task_id: UUID) -> Task | None:
    """A task that still waits for the machine or for a case to be called, its case locked; None when it is over."""
    lock_case_of(task_id)
    return (
        Task.objects.filter(pk=task_id, done_at=None)
        .select_related("case__submission__key", "case__owner", "owner", "key")
        .first()
    )


@transaction.atomic
def begin_attempt(*, task_id: UUID, is_done: bool, by: Actor, at: datetime) -> Begun | None:
    """Note that a try begins; None when there is nothing (more) to do.

    A try that was begun and never ended may have had its effect. `is_done` says that it is known to have had it;
    else a person must look: doing it again could be doing it twice.
    """
    task = machine_task(task_id)
    if task is None:
        return None
    last = Attempt.objects.filter(task=task).order_by("-number").first()
    if last is not None and last.ended_at is None:
        outcome = Attempt.Outcome.DONE if is_done else Attempt.Outcome.UNKNOWN
        _end(last, task, outcome, by=by, at=at)
        return None
    number = last.number + 1 if last else 1
    attempt = Attempt.objects.create(owner=task.owner, task=task, number=number, started_at=at)
    return Begun(attempt, Work(task.pk, service_of(task), by, at))


@transaction.atomic
def settle(begun: Begun, failure: NotDone | None, *, at: datetime) -> None:
    """Note how a try ended and move the case on; whoever was thought dead in the meantime leaves nothing behind."""
    task, by = machine_task(begun.work.task_id), begun.work.by
    if task is None or not Attempt.objects.filter(pk=begun.attempt.pk, ended_at=None).exists():
        return
    service, number = begun.work.service, begun.attempt.number
    if failure is None:
        _end(begun.attempt, task, Attempt.Outcome.DONE, by=by, at=at)
    elif failure.final or number > service.retry:
        _end(begun.attempt, task, Attempt.Outcome.FAILED, failure.reason, by=by, at=at)
    else:
        _note(begun.attempt, task, Attempt.Outcome.FAILED, failure.reason, by=by, at=at)
        waking.attempt(task, number=number + 1, at=at + pause(service, number))


def pause(service: Service, number: int) -> timedelta:
    """How long to wait after a try: twice as long each time."""
    return timedelta(minutes=service.wait * 2 ** (number - 1))


def service_of(task: Task) -> Service:
    """What the machine does at a task."""
    service = workflow.step(program_of(task.case), task.step).service
    assert service is not None
    return service


@transaction.atomic
def restart(*, task_id: UUID, by: Actor, at: datetime) -> None:
    """Have the machine try at once, whatever it waits for.

    :raises NotVisible: no such task here, or it does not wait for the machine.
    :raises Forbidden: only whoever manages the organisation may.
    :raises AlreadyDone: it is over, or a try is under way.
    """
    found = Task.objects.filter(pk=task_id, waits_for=Task.Waits.MACHINE).first()
    if found is None or found.owner_id != by.organisation_id:
        raise NotVisible(str(task_id))
    require(by, Verb.MANAGE_ORGANISATION, found.owner_id)
    task = machine_task(task_id)
    job = open_job(waking.attempts_of(found))
    if task is None or job is None or (job.lease_until is not None and job.lease_until >= at):
        raise AlreadyDone
    jobs.retry(job.pk, at=at)
    _record(events.RESTARTED, task, by=by, at=at)


def _end(
    attempt: Attempt, task: Task, outcome: Attempt.Outcome, reason: str = "", *, by: Actor, at: datetime
) -> None:
    """End the last try: the case goes on, or comes to a person."""
    _note(attempt, task, outcome, reason, by=by, at=at)
    action = workflow.OK if outcome == Attempt.Outcome.DONE else workflow.ERROR
    moving.go_on(program=program_of(task.case), task=task, action=action, note="", by=by, at=at)


def _note(
    attempt: Attempt, task: Task, outcome: Attempt.Outcome, reason: str, *, by: Actor, at: datetime
) -> None:
    attempt.ended_at, attempt.outcome, attempt.reason = at, outcome, reason
    attempt.save(update_fields=["ended_at", "outcome", "reason"])
    kind = {
        Attempt.Outcome.DONE: events.SERVED,
        Attempt.Outcome.FAILED: events.FAILED,
        Attempt.Outcome.UNKNOWN: events.UNKNOWN,
    }[outcome]
    _record(kind, task, by=by, at=at, attempt=attempt.number, **({"reason": reason} if reason else {}))


def _record(kind: str, task: Task, *, by: Actor, at: datetime, **data: str | int) -> None:
    record(
        kind,
        owner_id=task.owner_id,
        owner=task.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{task.case_id}",
        data={"number": task.case.number, "step": task.step, **data},
    )
