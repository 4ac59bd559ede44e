"""A task together with the right under which it is seen; without such a right it does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yuimaru.core.kata import items, workflow
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import live_mandates
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.services.cases import rules
from yuimaru.services.cases.models import Case, Reveal, Task
from yuimaru.services.catalogue.queries import running
from yuimaru.services.protections.queries import is_concerned, withheld

REVEAL_LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Access:
    """A task as one person may see it; `mandate` is None for the municipality's own staff.

    `concerned` when it speaks of a protected person; then only the officials named for it get this far.
    """

    task: Task
    program: Program
    mandate: Mandate | None
    view: rules.View
    concerned: bool = False

    def visibility(self, path: str) -> rules.Visibility:
        """What is shown of an answer, by its path ("氏名", "児童.0.生年月日")."""
        group, *rest = path.split(".")
        return self.view.of(rest[-1], group) if rest else self.view.of(group)


def program_of(case: Case) -> Program:
    """The program that the case runs to its end."""
    return running(case.definition_id)


def mandate_for(task: Task, mandates: Iterable[Mandate]) -> Mandate | None:
    """The mandate that covers this step of this kata for this municipality."""
    return next(
        (
            mandate
            for mandate in mandates
            if mandate.owner_id == task.owner_id and mandate.kata == task.kata and task.step in mandate.steps
        ),
        None,
    )


def access(task_id: UUID, *, by: Actor, on: date, lock: bool = False) -> Access:
    """The task, if the actor's organisation owns it or a mandate that holds today covers it.

    What speaks of a protected person exists only for the officials named for it, and to them, too, whereabouts
    are shown only for a written purpose.

    :raises NotVisible: otherwise, as for an unknown id.
    """
    tasks = Task.objects.select_for_update(of=("self",)) if lock else Task.objects.all()
    task = (
        tasks.filter(pk=task_id)
        .exclude(withheld(by, on=on))
        .select_related("case__submission__key", "case__owner", "owner", "key")
        .first()
    )
    if task is None:
        raise NotVisible(str(task_id))
    program = program_of(task.case)
    sensitive = items.sensitive(program)
    if task.owner_id == by.organisation_id:
        if not may(by, Verb.SEE_CASES, task.owner_id):
            raise NotVisible(str(task_id))
        concerned = is_concerned(task.key_id, on=on)
        closed = sensitive | items.whereabouts(program) if concerned else sensitive
        return Access(task, program, None, rules.own_view(closed), concerned)
    mandate = mandate_for(task, live_mandates(taker_id=by.organisation_id, on=on))
    if mandate is None or not may(by, Verb.SEE_CASES, task.owner_id, mandated=True):
        raise NotVisible(str(task_id))
    sees = workflow.step(program, task.step).sees
    return Access(
        task, program, mandate, rules.mandated_view(sees, mandate.fields, mandate.masked, sensitive)
    )


def lock_case(case_id: UUID) -> None:
    """Hold the case until the transaction ends; always before a task of it, so that nobody waits in a circle."""
    Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()


def lock_case_of(task_id: UUID) -> None:
    """The same for the case of a task; nothing happens when there is no such task."""
    case_id = Task.objects.filter(pk=task_id).values_list("case_id", flat=True).first()
    if case_id is not None:
        lock_case(case_id)


def revealed_items(task: Task, *, by: Actor, at: datetime) -> frozenset[str]:
    """Paths of items that this person had revealed on this task within the last ten minutes."""
    recent = Reveal.objects.filter(task=task, by_id=by.user_id, at__gt=at - REVEAL_LIFE)
    return frozenset(recent.values_list("item", flat=True))


def latest_tasks(subjects: Collection[UUID]) -> list[Task]:
    """Where the cases under these data keys stand: the latest task of each, the oldest case first."""
    tasks = Task.objects.filter(key_id__in=subjects).select_related("case", "owner")
    latest = {task.case_id: task for task in tasks.order_by("opened_at", "id")}
    return sorted(latest.values(), key=lambda task: (task.case.opened_at, task.case.number))
