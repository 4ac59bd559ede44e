"""What is swept up every day: drafts whose last day has passed, and locks that no longer lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import Draft, StatusLock


@transaction.atomic
def sweep(payload: Mapping[str, Any], run: Run) -> None:
    """Delete an organisation's expired drafts and passed locks; their numbers stand in its log."""
    owner = Organisation.objects.get(pk=run.owner_id)
    actor = Actor.system(owner)
    with scope(actor):
        drafts, _ = Draft.objects.filter(expires_at__lte=run.at).delete()
        passed = Q(locked_until=None) | Q(locked_until__lte=run.at)
        locks, _ = StatusLock.objects.filter(passed).delete()
    if drafts or locks:
        record(
            "drafts.swept",
            owner_id=owner.pk,
            owner=owner.code,
            by=actor.ref,
            at=run.at,
            data={"drafts": drafts, "locks": locks},
        )
