"""Writing a notice so that it will be sent once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.models import Organisation


@transaction.atomic
def write(
    *,
    owner: Organisation,
    kind: str,
    about: str,
    address: str,
    subject: str,
    body: str,
    key: str,
    at: datetime,
) -> Notice:
    """Keep the message and have it sent by mail; the same key again changes nothing."""
    notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "owner": owner,
            "kind": kind,
            "about": about,
            "address": address,
            "subject": subject,
            "body": body,
            "written_at": at,
        },
    )
    if created:
        enqueue(
            "notices.send", {"notice": str(notice.pk)}, owner_id=owner.pk, at=at, key=f"notice:{notice.pk}"
        )
    return notice
