"""How a case comes to a step: the task it leaves there, the dates it gets, the end it may be."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from yuimaru.core.kata import workflow
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import Happened, record_all
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.services.cases import events, rules
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import facts_of


def begin(*, program: Program, case: Case, facts: Facts, channel: str, by: Actor, at: datetime) -> None:
    """Store a case that has just come in at its first step; one event says so, one where it stands."""
    step = workflow.step(program, case.step)
    _stand(case, step, at)
    case.save(force_insert=True)
    if step.end is None:
        _open_task(program, case, step, facts, at, is_return=False)
    data = {"number": case.number, "kata": case.kata, "channel": channel}
    _record(Happened(events.RECEIVED, f"case:{case.pk}", data), _moved(case), case=case, by=by, at=at)


def enter(*, program: Program, case: Case, step_id: str, by: Actor, at: datetime, **data: str) -> None:
    """Bring the case to a step: open its task, or close the case; one event says where it went."""
    step = workflow.step(program, step_id)
    _stand(case, step, at)
    case.save(update_fields=["step", "submission", "due_on", "closed_at", "outcome"])
    if step.end is None:
        facts = facts_of(program, case) if step.due else {}
        is_return = Task.objects.filter(case=case, step=step.id).exists()
        _open_task(program, case, step, facts, at, is_return=is_return)
    _record(_moved(case, **data), case=case, by=by, at=at)


def _stand(case: Case, step: WorkStep, at: datetime) -> None:
    case.step = step.id
    if step.end is not None:
        case.closed_at, case.outcome = at, step.end


def _moved(case: Case, **data: str) -> Happened:
    return Happened(events.MOVED, f"case:{case.pk}", {"number": case.number, "step": case.step, **data})


def _record(*happened: Happened, case: Case, by: Actor, at: datetime) -> None:
    record_all(*happened, owner_id=case.owner_id, owner=case.owner.code, by=by.ref, at=at)


def _open_task(
    program: Program, case: Case, step: WorkStep, facts: Facts, at: datetime, *, is_return: bool
) -> None:
    Task.objects.create(
        owner=case.owner,
        case=case,
        key=case.submission.key,
        kata=case.kata,
        step=step.id,
        waits_for=waits_for(program, step),
        decides=step.decides,
        is_return=is_return,
        stops_clock=step.stops_clock,
        opened_at=at,
        due_on=workflow.due_date(step.due, localdate(at), facts) if step.due else None,
    )


def waits_for(program: Program, step: WorkStep) -> str:
    """Whether a step waits for the applicant, a joint desk, or a post of the municipality."""
    if step.by == workflow.APPLICANT:
        return Task.Waits.APPLICANT
    role = next((role for role in program.kata.roles if role.id == step.by), None)
    joint = role is not None and role.scope == "joint"
    return Task.Waits.JOINT if joint else Task.Waits.MUNICIPALITY


def finish(*, task: Task, action: str, note: str, by: Actor, at: datetime) -> None:
    """Note on a task what was done; a clock that stood still moves the case's due date."""
    task.action, task.note, task.done_at = action, note, at
    task.done_by_id = by.user_id
    task.done_for_id = by.organisation_id
    task.save(update_fields=["action", "note_sealed", "done_at", "done_by", "done_for"])
    if task.stops_clock:
        task.case.due_on = rules.moved_due(task.case.due_on, localdate(task.opened_at), localdate(at))
