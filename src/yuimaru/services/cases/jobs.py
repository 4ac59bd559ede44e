"""Telling applicants what happened to their case, as the kata's notices say; looking after what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from yuimaru.core.kata import items, notices, workflow
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.notices.actions import Message, write
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries import approved_notice, fields_of, program_of


def tell_received(event: Mapping[str, Any], *, at: datetime) -> None:
    """Send the kata's receipt notice."""
    owner = get_organisation(event["owner"])
    with scope(Actor.system(owner)):
        case = _case(event)
        program = program_of(case)
        if program.kata.receipt_notice:
            first = workflow.step(program, workflow.first(program))
            _write(program, case, first, program.kata.receipt_notice, event["id"], at)


def tell_moved(event: Mapping[str, Any], *, at: datetime) -> None:
    """Send the notices of the step that the case has come to."""
    owner = get_organisation(event["owner"])
    with scope(Actor.system(owner)):
        case = _case(event)
        program = program_of(case)
        step = workflow.step(program, event["data"]["step"])
        for notice_id in step.notify:
            _write(program, case, step, notice_id, event["id"], at)


def escalate(payload: Mapping[str, Any], run: Run) -> None:
    """Deal with the tasks of one organisation whose due date has passed."""
    owner = Organisation.objects.get(pk=run.owner_id)
    by = Actor.system(owner)
    with scope(by):
        actions.escalate(owner=owner, by=by, at=run.at, on=localdate(run.at))


def _case(event: Mapping[str, Any]) -> Case:
    case_id = event["about"].partition(":")[2]
    return Case.objects.select_related("submission__key", "owner__parent").get(pk=case_id)


def _write(program: Program, case: Case, step: WorkStep, notice_id: str, event_id: str, at: datetime) -> None:
    """Write the notice to the applicant's mail address, as it was approved where it was put to a decision.

    Without an address the status page alone tells.
    """
    submission = case.submission
    mail = items.first_of(program, "mail")
    address = submission.answers.get(mail) if mail else None
    if not address:
        return
    lang = submission.language
    approved = approved_notice(case, notice_id, lang)
    subject, body = approved or notices.render(program, notice_id, fields_of(program, case, step, lang), lang)
    write(
        owner=case.owner,
        kind=notice_id,
        about=f"case:{case.pk}",
        message=Message(address, subject, body),
        key=submission.key,
        once=f"{event_id}:{notice_id}",
        at=at,
    )
