"""案件移行: which running cases stand on which definition, and what a move to today's would do to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from yuimaru.core.kata import moves
from yuimaru.core.kata.movement import Token
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import live_mandates_of
from yuimaru.foundation.tenancy.rules import may_decide
from yuimaru.services.cases import rules
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries.access import program_of
from yuimaru.services.catalogue.queries import running
from yuimaru.services.procedures.models import Draft, Submission
from yuimaru.services.procedures.queries import digest_of
from yuimaru.services.protections.queries import withheld


@dataclass(frozen=True)
class Standing:
    """How many running cases of a kata stand on one definition."""

    kata: str
    definition: str
    version: str
    cases: int


@dataclass(frozen=True)
class Looked:
    """What a move would do to one case; `digest` names exactly this preview of exactly this state."""

    case: Case
    before: Program
    preview: moves.Preview
    digest: str


def standings(owner: Organisation, *, by: Actor, on: date) -> list[Standing]:
    """The running cases by kata and definition, as far as they exist for the actor."""
    counted = (
        running_cases(owner, by=by, on=on)
        .values("kata", "definition_id", "definition__version")
        .annotate(count=Count("pk"))
        .order_by("kata", "definition__version", "definition_id")
    )
    return [
        Standing(row["kata"], row["definition_id"], row["definition__version"], row["count"])
        for row in counted
    ]


def running_cases(owner: Organisation, *, by: Actor, on: date) -> QuerySet[Case]:
    """Cases that have not ended, without those withheld from the actor."""
    visible = Submission.objects.filter(owner=owner).exclude(withheld(by, on=on))
    return Case.objects.filter(owner=owner, closed_at=None, submission__in=visible)


def look(case: Case, to: str, steps: Mapping[str, str], mandates: Sequence[Mandate]) -> Looked:
    """Preview the move of a case; `mandates` are those of its owner that hold today."""
    before, after = program_of(case), running(to)
    tasks = list(Task.objects.filter(case=case).select_related("key").order_by("done_at", "opened_at", "id"))
    found = moves.preview(before, after, _course(case, tasks), steps)
    outside = tuple(_outside(found, before, after, mandates))
    found = replace(found, reasons=(*found.reasons, *outside))
    state = [[str(task.pk), task.step, task.branch, str(task.done_at)] for task in tasks]
    sent = [str(case.pk), str(case.submission_id), case.definition_id, to]
    return Looked(case, before, found, digest_of("move", sent, state, dict(steps), repr(found)))


def look_at_all(
    owner: Organisation, cases: Collection[Case], to: str, steps: Mapping[str, str], *, on: date
) -> list[Looked]:
    """Preview the move of several cases."""
    mandates = live_mandates_of(owner.pk, on=on)
    return [look(case, to, steps, mandates) for case in cases]


def movable(
    owner: Organisation, kata: str, to: str, *, by: Actor, on: date, numbers: Collection[str] = ()
) -> QuerySet[Case]:
    """The running cases of a kata that stand on another definition; only those of the numbers when there are any."""
    found = running_cases(owner, by=by, on=on).filter(kata=kata).exclude(definition_id=to)
    found = found.filter(number__in=numbers) if numbers else found
    return found.select_related("submission__key", "owner", "definition").order_by("opened_at", "number")


def _course(case: Case, tasks: Sequence[Task]) -> moves.Course:
    waiting = [
        moves.Waiting(token_of(task), localdate(task.opened_at), task.due_on)
        for task in tasks
        if task.done_at is None
    ]
    submission = case.submission
    corrections = Draft.objects.filter(corrects=submission).select_related("key").order_by("pk")
    return moves.Course(
        answers=submission.answers,
        today=submission.today,
        opened=localdate(case.opened_at),
        until=case.due_on,
        waiting=tuple(waiting),
        done=tuple(_done(tasks)),
        corrections=tuple(draft.answers for draft in corrections),
    )


def _done(tasks: Sequence[Task]) -> Iterator[moves.Done]:
    for task in tasks:
        if task.done_at is not None and not task.is_dropped:
            yield moves.Done(
                token_of(task),
                task.action,
                task.note,
                task.answers,
                since=localdate(task.opened_at),
                on=localdate(task.done_at),
                decides=task.decides,
                stopped_clock=task.stops_clock,
            )


def token_of(task: Task) -> Token:
    """Where in the workflow a task stands."""
    return Token(task.step, rules.branch_of(task.branch))


def _outside(
    found: moves.Preview, before: Program, after: Program, mandates: Sequence[Mandate]
) -> Iterator[moves.Reason]:
    """A case under a mandate stays under it: whoever works on the step now may still do so after the move."""
    kata = after.kata
    steps = {step.id: step for step in kata.workflow.steps} if kata.workflow else {}
    for each in found.steps:
        target = steps.get(each.after.step)
        for mandate in mandates:
            if target is None or mandate.kata != kata.kata or each.before.step not in mandate.steps:
                continue
            covered = target.id in mandate.steps
            if not covered or (target.decides and not may_decide(mandate.legal_form)):
                title = before.work_step(each.before.step).title
                yield moves.reason("mandate", f"workflow.{each.before.step}", title, mandate.number)


def case_to_move(owner: Organisation, kata: str, case_id: UUID, *, by: Actor, on: date) -> Case | None:
    """A running case that exists for the actor."""
    found = running_cases(owner, by=by, on=on).filter(kata=kata, pk=case_id)
    return found.select_related("submission__key", "owner", "definition").first()
