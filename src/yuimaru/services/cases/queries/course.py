"""What has happened in a case so far, as the workflow's expressions and rules read it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.timezone import localdate

from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata import workflow
from yuimaru.core.kata.acts import acted
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.movement import Marking, Token
from yuimaru.core.kata.program import Program
from yuimaru.services.cases import rules
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.procedures.models import Submission


def facts_of(program: Program, case: Case) -> dict[str, Value]:
    """What the workflow's expressions see: answers, parameters, table outputs, and the last act at each step."""
    done = Task.objects.filter(case=case).exclude(action="").select_related("key").order_by("done_at")
    return _facts(program, case.submission, [_act(program, task) for task in done])


def _act(program: Program, task: Task) -> workflow.Act:
    on, branch = localdate(task.done_at or task.opened_at), rules.branch_of(task.branch)
    return acted(program, task.step, task.action, task.note, task.answers, branch=branch, on=on)


def facts_at_start(program: Program, submission: Submission) -> dict[str, Value]:
    """The same for a case that has just come in, in which nobody has done anything."""
    return _facts(program, submission, ())


def _facts(program: Program, submission: Submission, acts: Sequence[workflow.Act]) -> dict[str, Value]:
    known = kata_facts.facts(
        program, program.applicant_form.id, submission.answers, today=submission.today, params=program.params
    )
    decided = kata_facts.with_decisions(known, kata_facts.decide_all(program, known))
    return workflow.case_facts(program, decided, acts)


def marking_of(case: Case) -> Marking:
    """The steps of a running case that wait to be done."""
    waiting = Task.objects.filter(case=case, done_at=None).values_list("step", "branch")
    return Marking(frozenset(Token(step, rules.branch_of(branch)) for step, branch in waiting))


def done_by_step(case: Case) -> dict[str, UUID | None]:
    """Who last did each step of the case."""
    done = Task.objects.filter(case=case).exclude(action="").order_by("done_at")
    return dict(done.values_list("step", "done_by_id"))


def latest_note(case: Case) -> str:
    """The reason that was written last in the case; empty when nobody wrote one."""
    written = Task.objects.filter(case=case).exclude(note_sealed=None).select_related("key")
    latest = written.order_by("-done_at").first()
    return latest.note if latest else ""
