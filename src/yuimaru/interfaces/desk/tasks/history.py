"""What has happened to the case so far: every step that was done, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yuimaru.core.kata import forms
from yuimaru.core.kata.approval import State
from yuimaru.core.kata.forms import SummaryRow
from yuimaru.core.kata.program import Program
from yuimaru.foundation.people.models import User
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.desk.approvals.words import STATES
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.desk.titles import action_title, task_title
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases.queries import NO_DRAFT, Access, ended_drafts
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
    drafts = ended_drafts(opened.task.case)
    for task in seen.select_related("done_by", "done_for", "key").order_by("done_at", "id"):
        if task.stops_clock and task.done_at is not None:
            stopped_days += (localdate(task.done_at) - localdate(task.opened_at)).days
        deeds.append(
            Deed(
                step=task_title(opened.program, task.step, task.branch, lang),
                action=str(STATES[State.RECALLED][0])
                if drafts.get(task.pk, NO_DRAFT).state == State.RECALLED
                else action_title(opened.program, task.step, task.action, lang),
                who=_done_by_itself(opened.program, task.step, task.action)
                if task.done_by is None
                else _who(task.done_by, task.done_for, standing.organisation),
                at=task.done_at,
                note=task.note or drafts.get(task.pk, NO_DRAFT).reason,
                filled=_filled(opened.program, task.step, task.answers, task.done_at, lang),
            )
        )
    return History(deeds, stopped_days)


def before_correction(opened: Access) -> Mapping[str, Any] | None:
    """The answers as they were first sent; None when nothing was corrected since."""
    case = opened.task.case
    first = first_submission(case.owner, case.number) if case.submission.corrects_id else None
    return first.answers if first else None


def _filled(
    program: Program, step: str, answers: Mapping[str, Any], at: datetime | None, lang: str
) -> list[SummaryRow]:
    """The answers to the form of the step, in words."""
    form_id = program.work_step(step).form
    if form_id is None or at is None:
        return []
    said_in = forms.summary(program, form_id, answers, today=localdate(at), params=program.params, lang=lang)
    return [row for part in said_in for row in part.rows]


def _done_by_itself(program: Program, step: str, action: str) -> str:
    """Who did what no official did: the applicant, or nobody: the machine, or because the due date had passed."""
    done_at = program.work_step(step)
    by_itself = done_at.is_automatic or action == done_at.overdue
    return _("Done automatically") if by_itself else _("The applicant")


def _who(person: User, body: Organisation | None, ours: Organisation) -> str:
    """Who did a step: one's own people by name, others with their organisation."""
    name = said(person, "name")
    return name if body == ours or body is None else f"{name} / {said(body, 'name')}"
