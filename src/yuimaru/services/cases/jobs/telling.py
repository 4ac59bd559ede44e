"""Telling applicants what happened to their case, as the kata's notices say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yuimaru.core.kata import items, notices, workflow
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.notices.actions import Message, write
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries import approved_notice, fields_of
from yuimaru.services.catalogue.queries import running


def tell_received(event: Mapping[str, Any], *, at: datetime) -> None:
    """Send the kata's receipt notice."""
    owner = get_organisation(event["owner"])
    with scope(Actor.system(owner)):
        case = _case(event)
        program = _program(event, case)
        if program.kata.receipt_notice:
            first = workflow.step(program, workflow.first(program))
            _write(program, case, first, program.kata.receipt_notice, event["id"], at)


def tell_moved(event: Mapping[str, Any], *, at: datetime) -> None:
    """Send the notices of the step that the case has come to."""
    owner = get_organisation(event["owner"])
    with scope(Actor.system(owner)):
        case = _case(event)
        program = _program(event, case)
        step = workflow.step(program, event["data"]["step"])
        for notice_id in step.notify:
            _write(program, case, step, notice_id, event["id"], at)


def _case(event: Mapping[str, Any]) -> Case:
    case_id = event["about"].partition(":")[2]
    return Case.objects.select_related("submission__key", "owner__parent").get(pk=case_id)


def _program(event: Mapping[str, Any], case: Case) -> Program:
    """What the case ran on when it happened; a step may have another name by now."""
    return running(event["data"].get("definition", case.definition_id))


def _write(program: Program, case: Case, step: WorkStep, notice_id: str, event_id: str, at: datetime) -> None:
    """Write the notice to the applicant's mail address; without one the status page alone tells."""
    message = message_of(program, case, step, notice_id)
    if message is not None:
        write(
            owner=case.owner,
            kind=notice_id,
            about=f"case:{case.pk}",
            message=message,
            key=case.submission.key,
            once=f"{event_id}:{notice_id}",
            at=at,
        )


def message_of(program: Program, case: Case, step: WorkStep, notice_id: str) -> Message | None:
    """A notice as it goes to the applicant, as it was approved where it was put to a decision; None without an address."""
    submission = case.submission
    mail = items.first_of(program, "mail")
    address = submission.answers.get(mail) if mail else None
    if not address:
        return None
    lang = submission.language
    approved = approved_notice(case, notice_id, lang)
    subject, body = approved or notices.render(program, notice_id, fields_of(program, case, step, lang), lang)
    return Message(address, subject, body)
