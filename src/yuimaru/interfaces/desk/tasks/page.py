"""Putting the page of a task together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language

from yuimaru.core.kata.times import Times, times
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.people.queries import general_section, section_named
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.desk import entries, shell
from yuimaru.interfaces.desk.approvals.sheet import sheet
from yuimaru.interfaces.desk.flows import flow_of_case
from yuimaru.interfaces.desk.questions.enquiries import faq_address
from yuimaru.interfaces.desk.services import tried
from yuimaru.interfaces.desk.signs import deadline_of, sign_of
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.desk.tasks.acts import Typed, acts
from yuimaru.interfaces.desk.tasks.answers import Reader, attachments, parts
from yuimaru.interfaces.desk.tasks.filling import staff_form
from yuimaru.interfaces.desk.tasks.history import before_correction, history
from yuimaru.interfaces.desk.tasks.reasons import reasons
from yuimaru.interfaces.desk.tasks.related import related
from yuimaru.interfaces.desk.titles import action_title, mandate_title, task_title
from yuimaru.services.cases.queries import Access, facts_of, revealed_items
from yuimaru.services.desks.queries import following
from yuimaru.services.drafting.queries import may_draft

SECTION = "担当課"  # the parameter by which a kata names the section in charge


@dataclass(frozen=True)
class Trouble:
    """Why an act was not done, what to do now, and what was typed for it."""

    sentence: str
    line: str
    kept: str = ""
    target: str = ""
    status: int = 409


NOTHING_TYPED = Typed()


def show(
    request: HttpRequest,
    standing: Standing,
    opened: Access,
    *,
    trouble: Trouble | None = None,
    typed: Typed = NOTHING_TYPED,
) -> HttpResponse:
    """The page of a task; with trouble, the same page with what went wrong on top."""
    lang = get_language() or "ja"
    task, program = opened.task, opened.program
    reader = Reader(opened, revealed_items(task, by=standing.actor, at=standing.at), lang)
    under = mandate_title(opened.mandate) if opened.mandate else ""
    context: dict[str, Any] = shell.around(standing, here="task", under=under) | {
        "task": task,
        "step": task_title(program, task.step, task.branch, lang),
        "done_action": action_title(program, task.step, task.action, lang) if task.action else "",
        "procedure": program.title(lang),
        "version": program.kata.version,
        "deadline": deadline_of(opened, on=standing.on),
        "sign": sign_of(opened),
        "times": _times(opened),
        "staff_form": staff_form(opened, typed.filled, today=standing.on, lang=lang),
        "mandate": opened.mandate,
        "concerned": opened.concerned,
        "section": _section(opened),
        "attachments": attachments(reader),
        "parts": parts(reader, before_correction(opened)),
        "reasons": reasons(reader),
        "history": history(opened, standing, lang),
        "related": related(opened, standing, lang),
        "tries": tried(opened),
        "flow": flow_of_case(opened, lang),
        "may_draft": may_draft(opened),
        "faq_address": faq_address(opened, standing),
        "approval": sheet(opened, standing, request.POST, lang),
        "bar": acts(opened, standing, typed, lang),
        "log": _log(opened),
        "trouble": trouble,
        "typed": typed,
    }
    context |= _following(opened, standing, lang)
    return render(request, "desk/task.html", context, status=trouble.status if trouble else 200)


def _times(opened: Access) -> Times:
    """The last days of the case; a filing period would tell the date it runs from, so it is shown with that only."""
    case, period = opened.task.case, opened.program.kata.filing_period
    facts = facts_of(opened.program, case)
    found = times(opened.program, localdate(case.opened_at), facts, opened.task.owner.closed_on)
    if period is not None and period.after is not None and opened.visibility(period.after) != "shown":
        return replace(found, filing_period=None, filed_late=False)
    return found


def _section(opened: Access) -> Section | None:
    """Whom to ask at the municipality: the section that the kata names, else the general one."""
    with scope(Actor.resident(opened.task.owner)):
        return section_named(str(opened.program.params.get(SECTION, ""))) or general_section()


def _following(opened: Access, standing: Standing, lang: str) -> dict[str, Any]:
    """The next task of the case and its step, where this person can go on with what they have just done."""
    if opened.task.done_at is None:
        return {}
    found = following(opened.task.case_id, standing.actor, standing.mandates, on=standing.on)
    if found is None:
        return {}
    return {"following": found, "following_step": task_title(opened.program, found.step, found.branch, lang)}


def _log(opened: Access) -> list[entries.Line]:
    """What the log keeps about the case, for the municipality itself."""
    if opened.mandate is not None:
        return []
    owner = opened.task.owner
    return entries.lines(audit.about(owner.pk, f"case:{opened.task.case_id}"), owner)
