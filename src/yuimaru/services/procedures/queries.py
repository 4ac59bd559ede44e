"""Reading drafts and submissions."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from yuimaru.core.kata import individual_numbers
from yuimaru.core.kata.program import Program
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.catalogue.queries import running
from yuimaru.services.procedures import rules
from yuimaru.services.procedures.models import Draft, IndividualNumber, SentKey, Submission


def get_draft(draft_id: UUID, *, at: datetime, corrects: UUID | None = None) -> Draft:
    """The draft of an application, or of the correction of a submission, while it lives; raises NotVisible."""
    drafts = Draft.objects.filter(pk=draft_id, corrects_id=corrects, expires_at__gt=at)
    draft = drafts.select_related("owner", "key").first()
    if draft is None:
        raise NotVisible(str(draft_id))
    return draft


def program_of(pinned: Draft | Submission) -> Program:
    """The program that a draft or submission was begun with."""
    return running(pinned.definition_id)


def sent_before(owner: Organisation, key: str, digest: str, *, at: datetime) -> Submission | None:
    """What was sent with this idempotency key; None while the key is free.

    :raises InvalidKey, KeyReused, KeyInFlight: see `actions.once`.
    """
    rules.require_key(key)
    row = SentKey.objects.filter(owner=owner, key=key).select_related("submission").first()
    if row is None or rules.is_free(done=row.submission is not None, used_at=row.used_at, at=at):
        return None
    if row.digest != digest:
        raise rules.KeyReused
    if row.submission is None:
        raise rules.KeyInFlight
    return row.submission


def sent_draft(owner: Organisation, key: str, draft_id: UUID) -> Submission | None:
    """What became of a draft that was sent with this key and is gone since."""
    sent = (
        SentKey.objects.filter(owner=owner, key=key, draft_id=draft_id).select_related("submission").first()
    )
    return sent.submission if sent else None


def carried_items(draft: Draft) -> dict[str, str]:
    """The items of screens not yet sent that an earlier application has filled: item → its 受付番号."""
    form = program_of(draft).applicant_form
    waiting = {item.id for step in form.steps if step.id not in draft.visited for item in step.items}
    number = str(draft.carried.get("number", ""))
    return {name: number for name in draft.carried.get("items", ()) if name in waiting}


def number_of(subject: DataKey, answer: Any) -> str:
    """The 個人番号 that an answer of this application speaks of; empty once it was destroyed.

    Whoever asks has had it revealed for a purpose.
    """
    if not individual_numbers.is_reference(answer):
        return answer if isinstance(answer, str) else ""
    rows = IndividualNumber.objects.filter(subject=subject, pk=answer[individual_numbers.KEPT])
    row = rows.filter(key__destroyed_at=None).select_related("key").first()
    return row.number if row else ""


def was_sent_from(owner: Organisation, number: str, draft_ids: Collection[str]) -> bool:
    """Whether the submission of this 受付番号 was sent from one of these drafts."""
    return bool(draft_ids) and (
        SentKey.objects.filter(owner=owner, submission__number=number, draft_id__in=draft_ids).exists()
    )


def digest_of(*parts: Any) -> str:
    """Tells a repeated post from a changed one; keyed, so that nobody can guess the answers back from it."""
    text = json.dumps(parts, sort_keys=True)
    return salted_hmac("procedures.sent_key", text, algorithm="sha256").hexdigest()


def first_submission(owner: Organisation, number: str) -> Submission | None:
    """The submission that opened this 受付番号."""
    return Submission.objects.filter(owner=owner, number=number, corrects=None).select_related("key").first()


def is_taken(owner: Organisation, number: str) -> bool:
    """Whether a 受付番号 is already somebody's."""
    return Submission.objects.filter(owner=owner, number=number).exists()


def check_number(submission: Submission) -> str:
    """The six-digit 確認番号 of a submission: derived from this installation's key, so it is stored nowhere."""
    first = submission.corrects_id or submission.pk
    digest = salted_hmac("procedures.check_number", str(first), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**6:06d}"
