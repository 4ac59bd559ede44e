"""What residents send becomes a case in the same commit; sent twice, it is still one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from yuimaru.core.kata import workflow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import facts_at_start, facts_of, lock_case, program_of
from yuimaru.services.catalogue.queries import get_for_residents
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures import queries as procedure_queries
from yuimaru.services.procedures import rules as procedure_rules
from yuimaru.services.procedures.actions import Application
from yuimaru.services.procedures.models import Submission
from yuimaru.services.protections import actions as protections


@dataclass(frozen=True)
class Receipt:
    """受付: the number to quote, the 確認番号 that opens the status, and whether this is a repeated post."""

    number: str
    check: str
    submitted_at: datetime
    replayed: bool


def submit(
    *,
    owner: Organisation,
    draft_id: UUID,
    key: str,
    by: Actor,
    at: datetime,
    channel: str = "web",
    language: str = "ja",
) -> Receipt:
    """Send a draft and open its case. The same key again returns the first receipt and writes nothing.

    :raises NotVisible: no such draft, and the key did not send it.
    :raises InvalidAnswers: the answers do not pass; the draft stays and the key is free.
    :raises InvalidKey, KeyReused, KeyInFlight: see `procedures.actions.once`.
    """
    procedure_rules.require_key(key)
    try:
        draft = procedure_queries.get_draft(draft_id, at=at)
    except NotVisible:
        sent = procedure_queries.sent_draft(owner, key, draft_id)
        if sent is None:
            raise
        return _receipt(sent, replayed=True)
    answers = draft.answers
    digest = procedure_queries.digest_of("draft", draft.definition_id, answers)
    program = procedure_queries.program_of(draft)
    application = Application(owner, program, answers, channel, language, draft.key, draft_id)
    return _receive(application, key=key, digest=digest, by=by, at=at)


def submit_answers(
    *,
    owner: Organisation,
    kata: str,
    answers: Mapping[str, Any],
    key: str,
    by: Actor,
    at: datetime,
    language: str = "ja",
) -> Receipt:
    """Send answers that another system has gathered, without a draft, and open their case; else as `submit`.

    :raises NotVisible: the municipality has not adopted such a procedure for residents.
    """
    digest = procedure_queries.digest_of("answers", kata, answers)
    # Before anything is checked: what passed once may not pass, or not even be adopted, on another day.
    earlier = procedure_queries.sent_before(owner, key, digest, at=at)
    if earlier is not None:
        return _receipt(earlier, replayed=True)
    program = get_for_residents(owner, kata, on=localdate(at)).program
    if program.kata.workflow is None:
        raise NotVisible(kata)
    application = Application(owner, program, answers, Submission.Channel.API, language)
    return _receive(application, key=key, digest=digest, by=by, at=at)


def _receive(application: Application, *, key: str, digest: str, by: Actor, at: datetime) -> Receipt:
    checked = procedures.check(application, at=at)

    def work() -> Submission:
        submission = procedures.send(checked=checked, by=by, at=at)
        protections.search(submission, at=at)
        open_case(submission, by=by, at=at)
        return submission

    submission, replayed = procedures.once(
        owner=application.owner, key=key, digest=digest, at=at, work=work, draft_id=application.draft_id
    )
    return _receipt(submission, replayed=replayed)


def open_case(submission: Submission, *, by: Actor, at: datetime) -> Case:
    """Open the case of what has just been sent, in the caller's transaction."""
    program = procedure_queries.program_of(submission)
    facts = facts_at_start(program, submission)
    case = Case(
        owner=submission.owner,
        submission=submission,
        number=submission.number,
        kata=submission.kata,
        definition_id=submission.definition_id,
        opened_at=at,
    )
    if program.kata.standard_period is not None:
        case.due_on = workflow.due_date(
            program.kata.standard_period, localdate(at), facts, case.owner.closed_on
        )
    moving.begin(program=program, case=case, facts=facts, channel=submission.channel, by=by, at=at)
    return case


def _receipt(submission: Submission, *, replayed: bool) -> Receipt:
    check = procedure_queries.check_number(submission)
    return Receipt(submission.number, check, submission.submitted_at, replayed)


def resubmit(
    *, case: Case, answers: Mapping[str, Any], key: str, by: Actor, at: datetime, language: str = "ja"
) -> Submission:
    """Take in what the applicant corrected and send the case on; the same key again changes nothing.

    :raises NotVisible: the case does not wait for a correction (any more).
    :raises InvalidAnswers: the answers do not pass; the key is free.
    :raises InvalidKey, KeyReused, KeyInFlight: see `procedures.actions.once`.
    """
    owner = case.owner
    digest = procedure_queries.digest_of("correction", case.number, answers)
    earlier = procedure_queries.sent_before(owner, key, digest, at=at)
    if earlier is not None:
        return earlier
    corrected, _ = procedures.once(
        owner=owner,
        key=key,
        digest=digest,
        at=at,
        work=lambda: _correct(case, answers, language, by=by, at=at),
    )
    return corrected


def _correct(case: Case, answers: Mapping[str, Any], language: str, *, by: Actor, at: datetime) -> Submission:
    """Check and store on the definition that the case runs on now: it may have moved since the form was opened."""
    lock_case(case.pk)
    task = (
        Task.objects.select_for_update(of=("self",))
        .filter(case=case, done_at=None, waits_for=Task.Waits.APPLICANT)
        .select_related("case__submission__key", "case__owner", "key")
        .first()
    )
    if task is None:
        raise NotVisible(case.number)
    program, sent = program_of(task.case), task.case.submission
    first = sent.corrects or sent
    application = Application(case.owner, program, answers, sent.channel, language, sent.key, corrects=first)
    checked = procedures.check(application, at=at)
    task.case.submission = procedures.correct(checked=checked, by=by, at=at)
    protections.search(task.case.submission, at=at)
    action = workflow.actions(program, task.step, facts_of(program, task.case))[0].id
    moving.go_on(program=program, task=task, action=action, note="", by=by, at=at)
    return task.case.submission
