"""Deleting what has had its time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.procedures import rules
from yuimaru.services.procedures.actions.drafts import sweep_drafts
from yuimaru.services.procedures.models import SentKey, StatusLock


def sweep(*, owner: Organisation, at: datetime) -> None:
    """Delete an organisation's expired drafts, its keys of over 30 days, and locks that no longer lock."""
    sweep_drafts(owner=owner, at=at)
    SentKey.objects.filter(owner=owner, used_at__lte=at - rules.KEY_LIFE).delete()
    passed = Q(locked_until=None) | Q(locked_until__lte=at)
    StatusLock.objects.filter(passed, owner=owner).delete()
