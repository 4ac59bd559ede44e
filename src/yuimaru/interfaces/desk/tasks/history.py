"""What has happened to the case so far: every step that was done, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import SummaryRow
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.desk.titles import action_title, task_title
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases.queries import Access, Task
from yuimaru.services.desks.queries import reachable
from yuimaru.services.procedures.queries import first_submission


@dataclass(frozen=True)
class Deed:
    """One step of the case that is done, with what was written then."""

    step: str
    action: str
    who: str
    at: datetime | None
    note: str
    filled: list[SummaryRow]


@dataclass(frozen=True)
class History:
    """The steps done so far, and the calendar days on which the clock stood still."""

    deeds: list[Deed]
    stopped_days: int


def history(opened: Access, standing: Standing, lang: str) -> History:
    """The steps of the case that are done; a taker sees those that its mandates name."""
    seen = (
        reachable(standing.actor, standing.mandates, on=standing.on)
        .filter(case=opened.task.case)
        .exclude(action="")
    )
    deeds, stopped_days = [], 0
    for task in seen.select_related("done_by", "done_for", "key").order_by("done_at", "id"):
        if task.stops_clock and task.done_at is not None:
            stopped_days += (localdate(task.done_at) - localdate(task.opened_at)).days
        deeds.append(
            Deed(
                step=task_title(opened.program, task, lang),
                action=action_title(opened.program, task.step, task.action, lang),
                who=_who(opened, task, standing.organisation),
                at=task.done_at,
                note=task.note,
                filled=_filled(opened, task, lang),
            )
        )
    return History(deeds, stopped_days)


def before_correction(opened: Access) -> Mapping[str, Any] | None:
    """The answers as they were first sent; None when nothing was corrected since."""
    case = opened.task.case
    first = first_submission(case.owner, case.number) if case.submission.corrects_id else None
    return first.answers if first else None


def _filled(opened: Access, task: Task, lang: str) -> list[SummaryRow]:
    """The answers to the form of the step, in words."""
    program, form_id = opened.program, opened.program.work_step(task.step).form
    if form_id is None or task.done_at is None:
        return []
    on = localdate(task.done_at)
    said_in = forms.summary(program, form_id, task.answers, today=on, params=program.params, lang=lang)
    return [row for step in said_in for row in step.rows]


def _who(opened: Access, task: Task, ours: Organisation) -> str:
    """Who did a step: one's own people by name, others with their organisation."""
    person, body = task.done_by, task.done_for
    if person is None and task.action == opened.program.work_step(task.step).overdue:
        return _("Done automatically")
    if person is None or body is None:
        return _("The applicant")
    name = said(person, "name")
    return name if body == ours else f"{name} / {said(body, 'name')}"
