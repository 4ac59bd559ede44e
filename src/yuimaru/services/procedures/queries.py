"""Reading drafts and submissions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.catalogue.queries import running
from yuimaru.services.procedures.models import Draft, SentKey, Submission


def get_draft(draft_id: UUID, *, at: datetime, lock: bool = False) -> Draft:
    """The draft in the open scope while it lives, on request locked until the commit; raises NotVisible."""
    drafts = Draft.objects.select_for_update(of=("self",)) if lock else Draft.objects.all()
    draft = drafts.filter(pk=draft_id, expires_at__gt=at).select_related("owner", "key").first()
    if draft is None:
        raise NotVisible(str(draft_id))
    return draft


def program_of(pinned: Draft | Submission) -> Program:
    """The program that a draft or submission was begun with."""
    return running(pinned.definition_id)


def submission_by_key(owner: Organisation, key: str) -> SentKey | None:
    """What was sent with this idempotency key before."""
    return SentKey.objects.filter(owner=owner, key=key).select_related("submission").first()


def first_submission(owner: Organisation, number: str) -> Submission | None:
    """The submission that opened this 受付番号."""
    return Submission.objects.filter(owner=owner, number=number, corrects=None).select_related("key").first()


def check_number(submission: Submission) -> str:
    """The six-digit 確認番号 of a submission: derived from this installation's key, so it is stored nowhere."""
    first = submission.corrects_id or submission.pk
    digest = salted_hmac("procedures.check_number", str(first), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**6:06d}"
