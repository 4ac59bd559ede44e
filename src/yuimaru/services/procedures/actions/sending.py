"""Sending what residents filled in, and the door to its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localdate

from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata import forms, items
from yuimaru.core.kata.individual_numbers import asks_for_numbers
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files import actions as files
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.procedures import queries, rules
from yuimaru.services.procedures.actions.numbers import drop_all_but, put_away
from yuimaru.services.procedures.models import Draft, StatusLock, Submission

WITHOUT_FILES = (Submission.Channel.API, Submission.Channel.CASE)


@dataclass(frozen=True)
class Application:
    """What somebody wants to send: answers on a definition; `draft_id` when they were filled in on pages."""

    owner: Organisation
    program: Program
    answers: Mapping[str, Any]
    channel: str
    language: str
    key: DataKey | None = None  # of its subject; made when it is stored if there is none yet
    draft_id: UUID | None = None
    corrects: Submission | None = None


@dataclass(frozen=True)
class Checked:
    """An application that passes, with its answers cleaned and what follows from them."""

    application: Application
    answers: Mapping[str, Any]
    decided: Mapping[str, Any]
    today: date


def check(application: Application, *, at: datetime) -> Checked:
    """Check all answers as a whole and decide the tables. Writes nothing, so it needs no transaction.

    :raises InvalidAnswers: the answers do not pass.
    """
    program, answers, corrects = application.program, application.answers, application.corrects
    today = corrects.today if corrects else localdate(at)  # a correction counts from the day of receipt
    form_id = program.applicant_form.id
    problems = forms.check_answers(
        program, form_id, answers, today=today, params=program.params, lang=application.language
    )
    if application.channel in WITHOUT_FILES and corrects is None:
        problems += forms.check_no_references(
            program, form_id, answers, today=today, lang=application.language
        )
    if problems:
        raise rules.InvalidAnswers(problems)
    cleaned = forms.clean(program, form_id, answers, today=today, params=program.params)
    facts = kata_facts.facts(program, form_id, cleaned, today=today, params=program.params)
    decided = kata_facts.decide_all(program, facts)
    return Checked(
        application,
        cleaned,
        {table: rules.decided_json(result) for table, result in decided.items()},
        today,
    )


@transaction.atomic(savepoint=False)
def send(*, checked: Checked, by: Actor, at: datetime) -> Submission:
    """Store what passed as a submission, and let its draft go.

    :raises NotVisible: the draft was sent under another key in the meantime, or the kata is not for residents.
    """
    application = checked.application
    require(by, Verb.SUBMIT, application.owner.pk)
    rules.require_applicant(application.program.kata, by)
    if application.draft_id is not None:
        gone, _ = Draft.objects.filter(pk=application.draft_id, owner=application.owner).delete()
        if not gone:
            raise NotVisible(str(application.draft_id))
    submission = _store(checked, at)
    _record("submission.received", submission, by=by, at=at)
    return submission


@transaction.atomic(savepoint=False)
def correct(*, checked: Checked, by: Actor, at: datetime) -> Submission:
    """Store corrected answers for an earlier submission; both stay as they were sent, drafts of it do not."""
    owner = checked.application.owner
    require(by, Verb.SUBMIT, owner.pk)
    corrected = _store(checked, at)
    Draft.objects.filter(owner=owner, corrects__number=corrected.number).delete()
    _record("submission.corrected", corrected, by=by, at=at)
    return corrected


def _store(checked: Checked, at: datetime) -> Submission:
    application = checked.application
    corrects = application.corrects
    submission = Submission(
        owner=application.owner,
        key=application.key or make_key(owner_id=application.owner.pk, at=at),
        number=corrects.number if corrects else _free_number(application.owner, at),
        kata=application.program.kata.kata,
        definition_id=application.program.sha256,
        corrects=corrects,
        channel=application.channel,
        language=application.language,
        today=checked.today,
        submitted_at=at,
    )
    submission.answers = put_away(
        owner_id=submission.owner_id,
        subject=submission.key,
        program=application.program,
        answers=checked.answers,
        at=at,
    )
    if corrects is None and asks_for_numbers(application.program):
        drop_all_but(subject=submission.key, answers=submission.answers)
    submission.decided = dict(checked.decided)
    submission.save(force_insert=True)
    files.keep(file_ids=items.file_ids(application.program, checked.answers))
    return submission


def _free_number(owner: Organisation, at: datetime) -> str:
    number = rules.new_number(at)
    while queries.is_taken(owner, number):
        number = rules.new_number(at)
    return number


def _record(kind: str, submission: Submission, *, by: Actor, at: datetime) -> None:
    record(
        kind,
        owner_id=submission.owner_id,
        owner=submission.owner.code,
        by=by.ref,
        at=at,
        about=f"submission:{submission.pk}",
        data={"number": submission.number, "kata": submission.kata, "definition": submission.definition_id},
    )


def open_status(*, owner: Organisation, number: str, check: str, at: datetime) -> Submission:
    """Let somebody see a status who knows both numbers.

    A wrong 確認番号 and an unknown 受付番号 are counted and answered alike.

    :raises NotVisible: the two numbers do not belong together.
    :raises Locked: five wrong tries; 15 minutes to wait.
    """
    found = _try_status(owner, number, check, at)
    if found is None:
        raise NotVisible(number)
    return found


@transaction.atomic
def _try_status(owner: Organisation, number: str, check: str, at: datetime) -> Submission | None:
    lock, _ = StatusLock.objects.select_for_update().get_or_create(owner=owner, number=number[:20])
    if lock.locked_until is not None and at < lock.locked_until:
        raise rules.Locked
    submission = queries.first_submission(owner, number)
    expected = queries.check_number(submission) if submission else "------"
    if submission is not None and constant_time_compare(expected, check):
        lock.delete()
        return submission
    lock.failures += 1
    if lock.failures >= rules.MAX_FAILURES:
        lock.failures, lock.locked_until = 0, at + rules.LOCK_TIME
    lock.save()
    return None
