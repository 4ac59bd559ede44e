"""What happens when a due date has passed: the step's own action for that, else the task is brought to notice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yuimaru.core.kata import workflow
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.cases import events
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Task
from yuimaru.services.cases.queries import facts_of, lock_case_of, program_of


def escalate(*, owner: Organisation, by: Actor, at: datetime, on: date) -> int:
    """Look at every task of an organisation whose due date lies before `on`; gives how many were dealt with."""
    late = Task.objects.filter(owner=owner, done_at=None, due_on__lt=on, escalated_at=None)
    return sum(_escalate(task_id, by=by, at=at) for task_id in late.values_list("pk", flat=True))


@transaction.atomic
def _escalate(task_id: UUID, *, by: Actor, at: datetime) -> bool:
    lock_case_of(task_id)
    task = (
        Task.objects.filter(pk=task_id, done_at=None, escalated_at=None)
        .select_related("case__submission__key", "case__owner", "key")
        .first()
    )
    if task is None:
        return False
    program = program_of(task.case)
    action = workflow.step(program, task.step).overdue
    offered = {each.id for each in workflow.actions(program, task.step, facts_of(program, task.case))}
    if action in offered and action is not None:
        moving.go_on(program=program, task=task, action=action, note="", by=by, at=at)
        return True
    if task.waits_for == Task.Waits.APPLICANT:
        return False
    task.escalated_at, task.taken_by, task.taken_at = at, None, None
    task.save(update_fields=["escalated_at", "taken_by", "taken_at"])
    record(
        events.ESCALATED,
        owner_id=task.owner_id,
        owner=task.case.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{task.case_id}",
        data={"number": task.case.number, "step": task.step},
    )
    return True
