"""Telling applicants what happened to their case, as the kata's notices say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata import items, legal, notices, workflow
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.notices.actions import Message, write
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries import authority_of, latest_note
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
    """A notice of the kata as it goes to the applicant; None without an address."""
    submission = case.submission
    mail = items.first_of(program, "mail")
    address = submission.answers.get(mail) if mail else None
    if not address:
        return None
    subject, body = notices.render(program, notice_id, _fields(program, case, step), submission.language)
    return Message(address, subject, body)


def _fields(program: Program, case: Case, step: WorkStep) -> dict[str, str]:
    """What a notice may name: what the kata knows, and what the law wants said about who decided and why."""
    submission, lang = case.submission, case.submission.language
    today, params, form_id = submission.today, program.params, program.applicant_form.id
    known = kata_facts.facts(program, form_id, submission.answers, today=today, params=params)
    decided = kata_facts.decide_all(program, known)
    fields = notices.notice_fields(
        program, form_id, submission.answers, decided, today=today, params=params, lang=lang
    )
    authority = authority_of(program, case, lang)
    return fields | {
        "受付番号": case.number,
        "団体名": case.owner.name if lang == "ja" else case.owner.name_en or case.owner.name,
        notices.REASON_FIELD: legal.reason(program, step, decided, latest_note(case), lang),
        notices.AUTHORITY: authority.name,
        notices.APPEAL: legal.instruction(authority, lang),
    }
