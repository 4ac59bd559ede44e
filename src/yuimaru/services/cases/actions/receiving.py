"""What residents send becomes a case in the same commit; sent twice, it is still one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from yuimaru.core.kata import workflow
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.cases import events
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import facts_of
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures import queries as procedure_queries
from yuimaru.services.procedures import rules as procedure_rules
from yuimaru.services.procedures.models import Submission


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

    :raises NotVisible: no such draft, and the key is unknown.
    :raises KeyReused: the key belongs to other answers.
    :raises InvalidAnswers, InvalidKey: see `procedures.actions.send`.
    """
    send = partial(
        _submit, owner=owner, draft_id=draft_id, key=key, by=by, at=at, channel=channel, language=language
    )
    try:
        return send()
    except (
        IntegrityError
    ):  # the same key was committed elsewhere while this one was on its way: now it is known
        return send()


@transaction.atomic
def _submit(
    *, owner: Organisation, draft_id: UUID, key: str, by: Actor, at: datetime, channel: str, language: str
) -> Receipt:
    try:
        draft = procedure_queries.get_draft(draft_id, at=at, lock=True)
    except NotVisible:
        known = procedure_queries.submission_by_key(owner, key)
        if known is None:
            raise
        return _receipt(known.submission, replayed=True)
    known = procedure_queries.submission_by_key(
        owner, key
    )  # after the lock: whoever held it may have used the key
    if known is not None:
        if known.digest != procedure_rules.answers_digest(draft.definition_id, draft.answers):
            raise procedure_rules.KeyReused
        return _receipt(known.submission, replayed=True)
    submission = procedures.send(draft=draft, key=key, channel=channel, language=language, by=by, at=at)
    _open_case(submission, by=by, at=at)
    return _receipt(submission, replayed=False)


def _open_case(submission: Submission, *, by: Actor, at: datetime) -> Case:
    program = procedure_queries.program_of(submission)
    case = Case.objects.create(
        owner=submission.owner,
        submission=submission,
        number=submission.number,
        kata=submission.kata,
        definition_id=submission.definition_id,
        step=workflow.first(program),
        opened_at=at,
    )
    if program.kata.standard_period is not None:
        period, facts = program.kata.standard_period, facts_of(program, case)
        case.due_on = workflow.due_date(period, localdate(at), facts)
    record(
        events.RECEIVED,
        owner_id=case.owner_id,
        owner=case.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{case.pk}",
        data={"number": case.number, "kata": case.kata, "channel": submission.channel},
    )
    moving.enter(program=program, case=case, step_id=case.step, by=by, at=at)
    return case


def _receipt(submission: Submission, *, replayed: bool) -> Receipt:
    check = procedure_queries.check_number(submission)
    return Receipt(submission.number, check, submission.submitted_at, replayed)


@transaction.atomic
def resubmit(
    *, case: Case, answers: Mapping[str, Any], by: Actor, at: datetime, language: str = "ja"
) -> Submission:
    """Take in what the applicant corrected and send the case on.

    :raises NotVisible: the case does not wait for a correction (any more).
    :raises InvalidAnswers: see `procedures.actions.correct`.
    """
    task = (
        Task.objects.select_for_update(of=("self",))
        .filter(case=case, done_at=None, waits_for=Task.Waits.APPLICANT)
        .select_related("case__submission__key", "case__owner", "key")
        .first()
    )
    if task is None:
        raise NotVisible(case.number)
    program = procedure_queries.program_of(case.submission)
    submission = procedures.correct(
        submission=case.submission, answers=answers, language=language, by=by, at=at
    )
    task.case.submission = submission
    _send_on(program, task, by=by, at=at)
    return submission


def _send_on(program: Program, task: Task, *, by: Actor, at: datetime) -> None:
    case = task.case
    facts = facts_of(program, case)
    action = workflow.actions(program, task.step, facts)[0].id
    moving.finish(task=task, action=action, note="", by=by, at=at)
    facts = facts_of(program, case)
    target = workflow.follow(program, task.step, action, facts)
    moving.enter(program=program, case=case, step_id=target, by=by, at=at, action=action)
