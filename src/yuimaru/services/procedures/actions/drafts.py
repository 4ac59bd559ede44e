"""Drafts: begun, saved screen by screen, and gone after their last day with all that lay in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yuimaru.core.kata import items
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.files import actions as files
from yuimaru.foundation.keys.actions import destroy_key, make_key
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.catalogue.queries import Adopted
from yuimaru.services.procedures import queries, rules
from yuimaru.services.procedures.actions.numbers import destroy_key_of, drop_numbers, put_away
from yuimaru.services.procedures.models import Draft, Submission


@transaction.atomic
def start_draft(*, owner: Organisation, adopted: Adopted, by: Actor, at: datetime) -> Draft:
    """Begin filling in a procedure, on the definition that runs today."""
    require(by, Verb.SUBMIT, owner.pk)
    rules.require_applicant(adopted.program.kata, by)
    return Draft.objects.create(
        owner=owner,
        definition_id=adopted.definition_sha256,
        key=make_key(owner_id=owner.pk, at=at),
        started_at=at,
        saved_at=at,
        expires_at=at + rules.DRAFT_LIFE,
    )


@transaction.atomic
def start_correction(*, submission: Submission, definition: str, by: Actor, at: datetime) -> Draft:
    """Begin correcting what was sent, on the definition that its case runs on and under its own key."""
    require(by, Verb.SUBMIT, submission.owner_id)
    return Draft.objects.create(
        owner_id=submission.owner_id,
        corrects=submission,
        definition_id=definition,
        key=submission.key,
        started_at=at,
        saved_at=at,
        expires_at=at + rules.DRAFT_LIFE,
    )


@transaction.atomic
def save_step(*, draft: Draft, step_id: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Draft:
    """Keep the answers of one screen; the draft and its uploads live on for another 30 days."""
    require(by, Verb.SUBMIT, draft.owner_id)
    before, program = draft.answers, queries.program_of(draft)
    kept = put_away(owner_id=draft.owner_id, subject=draft.key, program=program, answers=values, at=at)
    answers = {**before, **kept}
    drop_numbers(subject=draft.key, before=before, after=answers)
    draft.answers = answers
    if step_id not in draft.visited:
        draft.visited = [*draft.visited, step_id]
    draft.saved_at, draft.expires_at = at, at + rules.DRAFT_LIFE
    draft.save(update_fields=["answers_sealed", "visited", "saved_at", "expires_at"])
    files.keep(file_ids=items.file_ids(program, answers), until=draft.expires_at)
    return draft


def sweep_drafts(*, owner: Organisation, at: datetime) -> int:
    """Let go of drafts past their last day and of uploads that were not sent, for good; gives how many drafts.

    Each is a commit of its own, so that nobody waits for the whole, and an interrupted sweep is taken up again.
    """
    by = Actor.system(owner)
    due = Draft.objects.filter(owner=owner, expires_at__lte=at).select_related("key", "corrects__key")
    swept = sum(_let_go(draft, owner=owner, by=by, at=at) for draft in due)
    files.sweep(owner=owner, by=by, at=at)
    return swept


@transaction.atomic
def _let_go(draft: Draft, *, owner: Organisation, by: Actor, at: datetime) -> bool:
    """Whether it was still due: in the meantime somebody may have gone on with it, or sent it."""
    corrects = draft.corrects
    held = draft.answers if corrects is not None else {}
    gone, _ = Draft.objects.filter(pk=draft.pk, expires_at__lte=at).delete()
    if not gone:
        return False
    if corrects is not None:  # it lies under the key of what was sent
        drop_numbers(subject=draft.key, before=held, after=corrects.answers)
    else:
        destroy_key_of(subject=draft.key, owner=owner, by=by, at=at)
        destroy_key(key=draft.key, owner=owner.code, by=by.ref, at=at)
    record("draft.expired", owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=f"draft:{draft.pk}")
    return True
