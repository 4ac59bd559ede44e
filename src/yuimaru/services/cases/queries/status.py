"""A case as the person who applied sees it: where it stands, what comes next and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.timezone import localdate

from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata import workflow
from yuimaru.core.kata.legal import is_filing
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases import rules
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries.access import program_of
from yuimaru.services.cases.queries.course import marking_of


@dataclass(frozen=True)
class StatusStep:
    """One line of the timeline; `on` is when it was done, `until` what is promised."""

    title: str
    text: str
    state: Literal["done", "now", "todo"]
    on: date | None
    until: date | None


@dataclass(frozen=True)
class Correction:
    """What the applicant is asked to correct, in the official's words."""

    task: Task
    form_id: str
    note: str
    until: date | None


@dataclass(frozen=True)
class Status:
    """The whole status page."""

    case: Case
    program: Program
    steps: list[StatusStep]
    correction: Correction | None
    note: str  # the reason given with the last decision
    may_withdraw: bool

    @property
    def arrived_on(self) -> date | None:
        """For a 届出 the day on which it was done: that of its arrival (行政手続法第37条)."""
        return localdate(self.case.opened_at) if is_filing(self.program.kata) else None

    @property
    def closed(self) -> bool:
        return self.case.closed_at is not None


def case_of(owner: Organisation, number: str) -> Case:
    """The case of a 受付番号 in the open scope; raises NotVisible."""
    case = Case.objects.filter(owner=owner, number=number).select_related("submission__key", "owner").first()
    if case is None:
        raise NotVisible(number)
    return case


def status(case: Case, *, lang: str) -> Status:
    """Where a case stands. Dates are promised only where the kata sets a deadline."""
    program = program_of(case)
    every = Task.objects.filter(case=case).select_related("key").order_by("opened_at", "id")
    tasks = [task for task in every if not task.is_dropped]
    steps = [_received(case, lang), *_past(program, tasks, lang)]
    if case.closed_at is not None:
        steps.append(_ended(program, case, lang))
    else:
        steps.extend(_coming(program, case, lang))
    decided = [task for task in tasks if task.decides and task.done_at]
    reasons = [task.note for task in tasks if task.note and task.done_at]
    note = reasons[-1] if case.outcome == "rejected" and decided and reasons else ""
    return Status(case, program, steps, _correction(program, tasks), note, _may_withdraw(program, case))


def _may_withdraw(program: Program, case: Case) -> bool:
    return case.closed_at is None and rules.may_withdraw(program.kata, marking_of(case))


def _received(case: Case, lang: str) -> StatusStep:
    title = {"ja": "受付", "en": "Received"}[lang]
    return StatusStep(title, "", "done", localdate(case.opened_at), None)


def _past(program: Program, tasks: list[Task], lang: str) -> list[StatusStep]:
    """Steps done and what waits now, each as often as it was visited; work side by side is one line."""
    lines: list[list[Task]] = []
    for task in tasks:
        beside = bool(lines) and task.branch != "" and _place(lines[-1][0]) == _place(task)
        if beside:
            lines[-1].append(task)
        else:
            lines.append([task])
    return [_line(program, line, lang) for line in lines]


def _place(task: Task) -> str:
    """The step that residents are told of: where the way divided, else the step itself."""
    branch = rules.branch_of(task.branch)
    return branch[0][0] if branch else task.step


def _line(program: Program, line: list[Task], lang: str) -> StatusStep:
    place = _place(line[0])
    dates = [localdate(task.done_at) for task in line if task.done_at]
    is_done = len(dates) == len(line)
    until = [task.due_on for task in line if task.due_on]
    return StatusStep(
        program.text(f"workflow.{place}.resident_title", _resident_title(program, place), lang),
        program.text(f"workflow.{place}.resident_text", _resident_text(program, place), lang),
        "done" if is_done else "now",
        max(dates) if is_done else None,
        max(until, default=None),
    )


def _coming(program: Program, case: Case, lang: str) -> list[StatusStep]:
    """What is still to come when all goes well. An end is not named ahead: it would promise the outcome."""
    facts = kata_facts.facts(
        program,
        program.applicant_form.id,
        case.submission.answers,
        today=case.submission.today,
        params=program.params,
    )
    promised = workflow.promises(
        program, localdate(case.opened_at), facts, extra_closed=case.owner.closed_on, lang=lang
    )
    ahead = [promise for promise in promised if workflow.step(program, promise.step_id).end is None]
    names = [promise.step_id for promise in ahead]
    following = names.index(case.step) + 1 if case.step in names else _place_after(program, case.step, names)
    return [
        StatusStep(promise.title, "", "todo", None, case.due_on if place == len(ahead) - 1 else None)
        for place, promise in enumerate(ahead)
        if place >= following
    ]


def _place_after(program: Program, step_id: str, names: list[str]) -> int:
    """Where the usual way goes on from a step beside it, such as a correction."""
    targets = [action.to for action in workflow.step(program, step_id).actions]
    return min((names.index(target) for target in targets if target in names), default=len(names))


def _ended(program: Program, case: Case, lang: str) -> StatusStep:
    if case.outcome == rules.WITHDRAWN and workflow.step(program, case.step).end is None:
        title = {"ja": "取下げ", "en": "Withdrawn"}[lang]
        return StatusStep(title, "", "done", localdate(case.closed_at), None)
    title = program.text(f"workflow.{case.step}.resident_title", _resident_title(program, case.step), lang)
    text = program.text(f"workflow.{case.step}.resident_text", _resident_text(program, case.step), lang)
    assert case.closed_at is not None
    return StatusStep(title, text, "done", localdate(case.closed_at), None)


def _correction(program: Program, tasks: list[Task]) -> Correction | None:
    waiting = next(
        (task for task in tasks if task.done_at is None and task.waits_for == Task.Waits.APPLICANT), None
    )
    if waiting is None:
        return None
    asked = [task.note for task in tasks if task.note]
    form_id = workflow.step(program, waiting.step).edits or program.applicant_form.id
    return Correction(waiting, form_id, asked[-1] if asked else "", waiting.due_on)


def _resident_title(program: Program, step_id: str) -> str:
    step = workflow.step(program, step_id)
    return step.resident_title or step.title


def _resident_text(program: Program, step_id: str) -> str:
    return workflow.step(program, step_id).resident_text or ""
