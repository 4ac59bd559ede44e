"""One queue over all municipalities that somebody may work for today, ordered by deadline."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from yuimaru.core.japan import calendars
from yuimaru.core.kata import items, workflow
from yuimaru.foundation.keys.sealing import Destroyed
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import live_mandates_of
from yuimaru.foundation.tenancy.rules import Verb, may
from yuimaru.services.cases import rules
from yuimaru.services.cases.models import Task
from yuimaru.services.cases.queries import mandate_for
from yuimaru.services.catalogue.queries import running
from yuimaru.services.protections.queries import concerned, withheld

PAGE = 20
# What waits for an official: to be worked on, drafted or signed; also what the machine or another case should have
# done by now.
FOR_PEOPLE = Q(done_at=None) & (
    Q(waits_for__in=(Task.Waits.MUNICIPALITY, Task.Waits.JOINT, Task.Waits.DRAFT, Task.Waits.MARKS))
    | Q(waits_for__in=(Task.Waits.MACHINE, Task.Waits.CASE), escalated_at__isnull=False)
)


@dataclass(frozen=True)
class Filters:
    """How somebody narrows the queue; empty values narrow nothing."""

    municipality: str = ""
    kata: str = ""
    step: str = ""
    who: str = ""  # "" what I can do now, "mine" what I have taken, "all" also what waits for others


@dataclass(frozen=True)
class QueueRow:
    """One waiting task as the list shows it; `applicant` is None where the name is hidden from this person."""

    task: Task
    title: str
    applicant: str | None
    days_left: int | None  # opening days; negative when overdue
    is_mandated: bool


@dataclass(frozen=True)
class Figures:
    """The five figures over the queue."""

    waiting: int
    overdue: int
    due_today: int
    with_applicant: int
    done_today: int


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Queue:
    """A page of the queue with what stands around it."""

    rows: list[QueueRow]
    total: int
    page: int
    figures: Figures
    municipalities: list[Organisation]
    steps: list[Choice]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def queue(
    actor: Actor, mandates: Sequence[Mandate], filters: Filters, *, page: int, at: datetime, on: date
) -> Queue:
    """The tasks that wait and that this person may work on, soonest deadline first."""
    mine = reachable(actor, mandates, on=on)
    waiting = _waiting(mine)
    narrowed = _narrow(waiting, filters, actor, on)
    total = narrowed.count()
    page = max(1, min(page, -(-total // PAGE) or 1))
    shown = _ordered(narrowed)[(page - 1) * PAGE : page * PAGE]
    return Queue(
        rows=[_row(task, actor, mandates, on) for task in shown],
        total=total,
        page=page,
        figures=_figures(mine, at, on),
        municipalities=_municipalities(waiting),
        steps=_steps(waiting),
    )


def all_rows(actor: Actor, mandates: Sequence[Mandate], filters: Filters, *, on: date) -> list[QueueRow]:
    """The rows of every page of the queue, for a table to take away."""
    narrowed = _narrow(_waiting(reachable(actor, mandates, on=on)), filters, actor, on)
    return [_row(task, actor, mandates, on) for task in _ordered(narrowed)]


def next_task(actor: Actor, mandates: Sequence[Mandate], *, on: date) -> Task | None:
    """The task to take next: one's own first, then the soonest deadline among those that nobody has."""
    mine = _for_me(_waiting(reachable(actor, mandates, on=on)), actor, on)
    free = mine.filter(Q(taken_by=None) | Q(taken_by_id=actor.user_id))
    return (
        free.order_by(F("taken_by").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "opened_at")
        .select_related("owner", "case")
        .first()
    )


def following(case_id: UUID, actor: Actor, mandates: Sequence[Mandate], *, on: date) -> Task | None:
    """The task of a case that somebody who has just done one of it can go on with; None when it went to others."""
    of_case = _waiting(reachable(actor, mandates, on=on)).filter(case_id=case_id)
    free = _for_me(of_case, actor, on).filter(Q(taken_by=None) | Q(taken_by_id=actor.user_id))
    return free.order_by("opened_at", "id").select_related("case").first()


def reachable(actor: Actor, mandates: Sequence[Mandate], *, on: date) -> QuerySet[Task]:
    """Tasks, open or done, of the own organisation and of steps that a live mandate names; none that is withheld."""
    parts = [
        Q(owner_id=mandate.owner_id, kata=mandate.kata, step__in=mandate.steps)
        for mandate in mandates
        if may(actor, Verb.SEE_CASES, mandate.owner_id, mandated=True)
    ]
    if may(actor, Verb.SEE_CASES, actor.organisation_id):
        parts.append(Q(owner_id=actor.organisation_id))
    if not parts:
        return Task.objects.none()
    return Task.objects.filter(functools.reduce(operator.or_, parts)).exclude(withheld(actor, on=on))


def _ordered(tasks: QuerySet[Task]) -> QuerySet[Task]:
    soonest = tasks.order_by(F("due_on").asc(nulls_last=True), "opened_at", "id")
    return soonest.select_related("case__submission__key", "owner", "taken_by")


def _waiting(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.filter(FOR_PEOPLE)


def _for_me(tasks: QuerySet[Task], actor: Actor, on: date) -> QuerySet[Task]:
    """What this person can do now: no decision without the post for it, nothing that a joint desk is on.

    A draft on its route waits for marks, on a list of its own (決裁待ち); to draft, no post that decides is needed.

    What is overdue has come to the notice of both.

    What speaks of a protected person no joint desk is on.
    """
    tasks = tasks.exclude(waits_for=Task.Waits.MARKS)
    decision = Q(decides=True) & ~Q(waits_for=Task.Waits.DRAFT)
    if not may(actor, Verb.DECIDE, actor.organisation_id):
        tasks = tasks.exclude(decision)
    elif actor.roles == {Role.DECIDER}:
        tasks = tasks.filter(decision)
    for mandate in live_mandates_of(actor.organisation_id, on=on):
        covered = Q(owner_id=mandate.owner_id, kata=mandate.kata, step__in=mandate.steps)
        tasks = tasks.exclude(covered & ~concerned(on=on) & Q(escalated_at=None))
    return tasks


def _narrow(tasks: QuerySet[Task], filters: Filters, actor: Actor, on: date) -> QuerySet[Task]:
    if filters.municipality:
        tasks = tasks.filter(owner__code=filters.municipality)
    if filters.kata:
        tasks = tasks.filter(kata=filters.kata)
    if filters.step:
        tasks = tasks.filter(step=filters.step)
    if filters.who == "mine":
        return tasks.filter(taken_by_id=actor.user_id)
    return tasks if filters.who == "all" else _for_me(tasks, actor, on)


def _row(task: Task, actor: Actor, mandates: Sequence[Mandate], on: date) -> QueueRow:
    program = running(task.case.definition_id)
    step = workflow.step(program, task.step)
    is_own = task.owner_id == actor.organisation_id
    mandate = None if is_own else mandate_for(task, mandates)
    sensitive = items.sensitive(program)
    view = rules.own_view(sensitive)
    if mandate is not None:
        view = rules.mandated_view(step.sees, mandate.fields, mandate.masked, sensitive)
    name = items.first_of(program, "name")
    return QueueRow(
        task=task,
        title=step.title,
        applicant=_applicant(task, name) if name is not None and view.of(name) == "shown" else None,
        days_left=_days_left(task, on),
        is_mandated=mandate is not None,
    )


def _days_left(task: Task, on: date) -> int | None:
    return calendars.open_days_between(on, task.due_on, task.owner.closed_on) if task.due_on else None


def _applicant(task: Task, name: str) -> str | None:
    """The applicant's name; None once the application was destroyed."""
    try:
        return str(task.case.submission.answers.get(name, ""))
    except Destroyed:
        return None


def _figures(tasks: QuerySet[Task], at: datetime, on: date) -> Figures:
    counted = tasks.aggregate(
        waiting=Count("pk", filter=FOR_PEOPLE),
        overdue=Count("pk", filter=FOR_PEOPLE & Q(due_on__lt=on)),
        due_today=Count("pk", filter=FOR_PEOPLE & Q(due_on=on)),
        with_applicant=Count("pk", filter=Q(done_at=None, waits_for=Task.Waits.APPLICANT)),
        done_today=Count(
            "pk",
            filter=Q(done_at__gte=at.replace(hour=0, minute=0, second=0, microsecond=0)) & ~Q(action=""),
        ),
    )
    return Figures(**counted)


def _municipalities(tasks: QuerySet[Task]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=tasks.values("owner_id")).order_by("code"))


def _steps(tasks: QuerySet[Task]) -> list[Choice]:
    found = tasks.values_list("step", flat=True).distinct().order_by("step")
    return [Choice(step, step) for step in found]
