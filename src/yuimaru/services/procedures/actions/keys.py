"""One key, one act: a key is claimed before the work begins and settled in the commit of the work itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.procedures import queries, rules
from yuimaru.services.procedures.models import SentKey, Submission


@dataclass(frozen=True)
class Claim:
    """The right to work under a key, until somebody else takes it over; `token` tells the two apart."""

    id: UUID
    token: int


def once(
    *,
    owner: Organisation,
    key: str,
    digest: str,
    at: datetime,
    work: Callable[[], Submission],
    draft_id: UUID | None = None,
) -> tuple[Submission, bool]:
    """Do the work under a key, or give what was sent with it before; says whether it is such a repeat.

    The claim is a commit of its own, so that a second post learns at once that the first is under way. The work
    and the note that it is done are one commit: whoever lost the claim in the meantime leaves nothing behind.

    :raises InvalidKey: no proper key.
    :raises KeyReused: the key belongs to something else.
    :raises KeyInFlight: another post with this key is being worked on.
    """
    rules.require_key(key)
    claim = _claim(owner, key, digest, draft_id, at)
    if isinstance(claim, Submission):
        return claim, True
    try:
        with transaction.atomic():
            submission = work()
            _settle(claim, submission)
    except BaseException:
        # A store that does not answer now cannot be told either: then the lease runs out.
        with suppress(DatabaseError):
            _release(claim)
        raise
    return submission, False


def _claim(
    owner: Organisation, key: str, digest: str, draft_id: UUID | None, at: datetime
) -> Claim | Submission:
    """Write the key down as being worked on; the row of a crashed or forgotten one is taken over.

    Written first and read only if it is there: nearly every key is new.
    """
    values = {"digest": digest, "draft_id": draft_id, "used_at": at, "submission": None}
    try:
        with transaction.atomic():
            row = SentKey.objects.create(owner=owner, key=key, **values)
    except IntegrityError:
        earlier = queries.sent_before(owner, key, digest, at=at)
        return earlier or _take_over(owner, key, values, at)
    return Claim(row.pk, row.token)


def _take_over(owner: Organisation, key: str, values: dict[str, Any], at: datetime) -> Claim:
    row = SentKey.objects.filter(owner=owner, key=key).first()
    if row is None or not rules.is_free(done=row.submission_id is not None, used_at=row.used_at, at=at):
        raise rules.KeyInFlight
    mine = row.token + 1
    if not SentKey.objects.filter(pk=row.pk, token=row.token).update(token=mine, **values):
        raise rules.KeyInFlight
    return Claim(row.pk, mine)


def _settle(claim: Claim, submission: Submission) -> None:
    """Note in the work's own transaction what came of it; raises KeyInFlight when the claim was lost."""
    mine = SentKey.objects.filter(pk=claim.id, token=claim.token, submission=None)
    if not mine.update(submission=submission):
        raise rules.KeyInFlight


def _release(claim: Claim) -> None:
    """Give the key back after work that came to nothing: the sender may mend the answers and use it again."""
    SentKey.objects.filter(pk=claim.id, token=claim.token, submission=None).delete()
