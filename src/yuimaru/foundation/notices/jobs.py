"""Sending what was written, by mail to a relay or into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.notices.actions import hand_over
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope


def send(payload: Mapping[str, Any], run: Run) -> None:
    """Send one notice; one that has been sent is left alone."""
    owner = Organisation.objects.get(pk=run.owner_id)
    actor = Actor.system(owner)
    with scope(actor), transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("key", "owner")
            .get(pk=payload["notice"])
        )
        if notice.sent_at is not None:
            return
        hand_over(notice, by=actor, at=run.at)
