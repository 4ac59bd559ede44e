"""How a case moves: the tasks it opens and drops, the dates they get, the end it may come to."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from yuimaru.core.kata import movement, times, workflow
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.movement import Dropped, Entered, Marking, Moved, Token
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import Happened, record_all
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.services.cases import events, rules
from yuimaru.services.cases.actions import waking
from yuimaru.services.cases.models import Called, Case, Task
from yuimaru.services.cases.queries import facts_of, latest_note, lock_case, marking_of, program_of


def begin(*, program: Program, case: Case, facts: Facts, channel: str, by: Actor, at: datetime) -> None:
    """Store a case that has just come in at its first step; one event says so, one for each step it comes to."""
    moved = movement.begin(program, facts)
    _stand(program, case, moved.marking, at)
    case.save(force_insert=True)
    received = Happened(
        events.RECEIVED,
        f"case:{case.pk}",
        {
            "number": case.number,
            "kata": case.kata,
            "definition": case.definition_id,
            "channel": channel,
        },
    )
    _carry_out(program, case, moved, facts, received, by=by, at=at)


def go_on(
    *, program: Program, task: Task, action: str, note: str, by: Actor, at: datetime, **data: str
) -> None:
    """Do an action at a task and bring its case to where that leads; one event for each step it comes to.

    The case must be locked: two branches that come to their join at the same moment would not see each other.
    """
    case = task.case
    token = Token(task.step, rules.branch_of(task.branch))
    marking = marking_of(case)
    _finish(program=program, task=task, action=action, note=note, by=by, at=at)
    facts = facts_of(program, case)
    moved = movement.move(program, marking, token, action, facts)
    if moved.marking.end is not None:
        rules.require_reason(workflow.step(program, moved.marking.end), latest_note(case))
    _stand(program, case, moved.marking, at)
    case.save(update_fields=["step", "submission", "due_on", "closed_at", "outcome"])
    if case.closed_at is not None:
        waking.tell_caller(case, at=at)
    _carry_out(program, case, moved, facts, by=by, at=at, action=action, **data)


def _carry_out(
    program: Program,
    case: Case,
    moved: Moved,
    facts: Facts,
    *before: Happened,
    by: Actor,
    at: datetime,
    **data: str,
) -> None:
    """Open and drop the tasks that the movement says, and record where it came; a join still waited for is one too."""
    happened = list(before)
    for effect in moved.effects:
        if isinstance(effect, Dropped):
            _drop(case, effect.token, by=by, at=at)
            happened.append(_happened(events.DROPPED, case, effect.token.step))
        elif isinstance(effect, Entered):
            step = workflow.step(program, effect.token.step)
            if step.end is None and not step.parallel:
                _open_task(program, case, effect.token, step, facts, at)
            happened.append(_happened(events.MOVED, case, step.id, **data))
    if not moved.effects:
        happened.append(_happened(events.AWAITED, case, case.step, **data))
    record_all(*happened, owner_id=case.owner_id, owner=case.owner.code, by=by.ref, at=at)


def withdraw(*, program: Program, case: Case, by: Actor, at: datetime) -> None:
    """End a case at the kata's end for that, else where it stands; its open tasks are dropped. The case is locked."""
    ends = program.kata.workflow.steps if program.kata.workflow else []
    end = next((step.id for step in ends if step.end == rules.WITHDRAWN), None)
    _close(Task.objects.filter(case=case, done_at=None), by=by, at=at)
    happened = [_happened(events.WITHDRAWN, case, case.step)]
    if end is not None:
        case.step = end
        happened.append(_happened(events.MOVED, case, end))
    case.closed_at, case.outcome = at, rules.WITHDRAWN
    case.save(update_fields=["step", "closed_at", "outcome"])
    waking.tell_caller(case, at=at)
    record_all(*happened, owner_id=case.owner_id, owner=case.owner.code, by=by.ref, at=at)


def _stand(program: Program, case: Case, marking: Marking, at: datetime) -> None:
    case.step = marking.place
    if marking.end is not None:
        case.closed_at, case.outcome = at, workflow.step(program, marking.end).end or ""


def _happened(kind: str, case: Case, step: str, **data: str) -> Happened:
    """What happened, with the definition that held then: the case may run on another one when somebody reacts."""
    told = {"number": case.number, "step": step, "definition": case.definition_id, **data}
    return Happened(kind, f"case:{case.pk}", told)


def _drop(case: Case, token: Token, *, by: Actor, at: datetime) -> None:
    waiting = Task.objects.filter(
        case=case, step=token.step, branch=rules.branch_text(token.branch), done_at=None
    )
    _close(waiting, by=by, at=at)


def _close(tasks: QuerySet[Task], *, by: Actor, at: datetime) -> None:
    """Drop open tasks; a case that one of them has called is withdrawn as well, as long as it still may be."""
    called = Called.objects.filter(task__in=tasks.values("pk"), case__closed_at=None)
    running = [each.case_id for each in called]
    tasks.update(done_at=at)
    for case_id in running:
        lock_case(case_id)
        case = Case.objects.select_related("submission__key", "owner").get(pk=case_id)
        program = program_of(case)
        if case.closed_at is None and rules.may_withdraw(program.kata, marking_of(case)):
            withdraw(program=program, case=case, by=by, at=at)


def _open_task(
    program: Program, case: Case, token: Token, step: WorkStep, facts: Facts, at: datetime
) -> None:
    branch = rules.branch_text(token.branch)
    task = Task.objects.create(
        owner=case.owner,
        case=case,
        key=case.submission.key,
        kata=case.kata,
        step=step.id,
        branch=branch,
        waits_for=waits_for(program, step),
        decides=step.decides,
        is_return=Task.objects.filter(case=case, step=step.id, branch=branch).exists(),
        stops_clock=step.stops_clock,
        opened_at=at,
        due_on=workflow.due_date(step.due, localdate(at), facts, case.owner.closed_on) if step.due else None,
    )
    if step.is_automatic:
        waking.attempt(task, number=1, at=at)


def waits_for(program: Program, step: WorkStep) -> str:
    """Whether a step waits for the machine, another case, the applicant, a joint desk, or a post of the municipality."""
    if step.is_automatic:
        return Task.Waits.MACHINE if step.service else Task.Waits.CASE
    if step.by == workflow.APPLICANT:
        return Task.Waits.APPLICANT
    if step.approval is not None:
        return Task.Waits.DRAFT
    role = next((role for role in program.kata.roles if role.id == step.by), None)
    joint = role is not None and role.scope == "joint"
    return Task.Waits.JOINT if joint else Task.Waits.MUNICIPALITY


def _finish(*, program: Program, task: Task, action: str, note: str, by: Actor, at: datetime) -> None:
    """Note on a task what was done; a clock that stood still moves the case's due date."""
    task.action, task.note, task.done_at = action, note, at
    task.done_by_id = by.user_id
    task.done_for_id = by.organisation_id
    task.save(update_fields=["action", "note_sealed", "done_at", "done_by", "done_for"])
    if task.stops_clock:
        stopped, resumed = localdate(task.opened_at), localdate(at)
        task.case.due_on = times.moved(
            program.kata.standard_period, task.case.due_on, stopped, resumed, task.owner.closed_on
        )
