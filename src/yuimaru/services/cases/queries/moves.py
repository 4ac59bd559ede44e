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

_HELD = {
    Task.Waits.MARKS: "circulating",
    Task.Waits.MACHINE: "automatic",
    Task.Waits.CASE: "automatic",
}


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


def look_at(
    owner: Organisation, cases: Sequence[Case], to: str, steps: Mapping[str, str], *, on: date
) -> list[Looked]:
    """Preview the move of cases, with as many statements for many as for one."""
    mandates = live_mandates_of(owner.pk, on=on)
    tasks: dict[UUID, list[Task]] = {case.pk: [] for case in cases}
    rows = Task.objects.filter(case__in=tasks).select_related("key")
    for task in rows.order_by("done_at", "opened_at", "id"):
        tasks[task.case_id].append(task)
    drafts: dict[UUID, list[Draft]] = {case.submission_id: [] for case in cases}
    for draft in Draft.objects.filter(corrects__in=drafts).select_related("key").order_by("pk"):
        assert draft.corrects_id is not None
        drafts[draft.corrects_id].append(draft)
    return [
        _look(_Material(case, tasks[case.pk], drafts[case.submission_id]), to, steps, mandates)
        for case in cases
    ]


@dataclass(frozen=True)
class _Material:
    """A case with all its tasks and the corrections of it that are under way."""

    case: Case
    tasks: list[Task]
    drafts: list[Draft]

    @property
    def course(self) -> moves.Course:
        submission = self.case.submission
        waiting = [
            moves.Waiting(token_of(task), localdate(task.opened_at), task.due_on)
            for task in self.tasks
            if task.done_at is None
        ]
        return moves.Course(
            answers=submission.answers,
            today=submission.today,
            opened=localdate(self.case.opened_at),
            until=self.case.due_on,
            waiting=tuple(waiting),
            done=tuple(_done(self.tasks)),
            corrections=tuple(draft.answers for draft in self.drafts),
        )


def _look(of: _Material, to: str, steps: Mapping[str, str], mandates: Sequence[Mandate]) -> Looked:
    case, before, after = of.case, program_of(of.case), running(to)
    found = moves.preview(before, after, of.course, steps)
    further = (*_in_hand(of.tasks, before), *_outside(found, before, after, mandates))
    found = replace(found, reasons=(*found.reasons, *further))
    state = [[str(task.pk), task.step, task.branch, task.waits_for, str(task.done_at)] for task in of.tasks]
    sent = [str(case.pk), str(case.submission_id), case.definition_id, to]
    return Looked(case, before, found, digest_of("move", sent, state, dict(steps), repr(found)))


def movable(
    owner: Organisation, kata: str, to: str, *, by: Actor, on: date, numbers: Collection[str] = ()
) -> QuerySet[Case]:
    """The running cases of a kata that stand on another definition; only those of the numbers when there are any."""
    found = running_cases(owner, by=by, on=on).filter(kata=kata).exclude(definition_id=to)
    found = found.filter(number__in=numbers) if numbers else found
    return found.select_related("submission__key", "owner", "definition").order_by("opened_at", "number")


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


def _in_hand(tasks: Sequence[Task], before: Program) -> Iterator[moves.Reason]:
    """What others hold of a case stays as they see it: a draft on its route, a step of the machine."""
    for task in tasks:
        if task.done_at is None and task.waits_for in _HELD:
            step = before.work_step(task.step)
            yield moves.reason(_HELD[Task.Waits(task.waits_for)], f"workflow.{step.id}", step.title)


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
