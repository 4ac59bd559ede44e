"""Deleting what has had its time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.procedures import rules
from yuimaru.services.procedures.models import Draft, SentKey, StatusLock


@transaction.atomic
def sweep(*, owner: Organisation, by: Actor, at: datetime) -> None:
    """Delete an organisation's expired drafts, its keys of over 30 days and passed locks; the log has the numbers."""
    drafts, _ = Draft.objects.filter(owner=owner, expires_at__lte=at).delete()
    keys, _ = SentKey.objects.filter(owner=owner, used_at__lte=at - rules.KEY_LIFE).delete()
    passed = Q(locked_until=None) | Q(locked_until__lte=at)
    locks, _ = StatusLock.objects.filter(passed, owner=owner).delete()
    if drafts or keys or locks:
        record(
            "drafts.swept",
            owner_id=owner.pk,
            owner=owner.code,
            by=by.ref,
            at=at,
            data={"drafts": drafts, "keys": keys, "locks": locks},
        )
