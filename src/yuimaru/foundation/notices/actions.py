"""Writing a notice so that it will be sent once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.models import Organisation


@dataclass(frozen=True)
class Message:
    """What is sent, and to which address."""

    address: str
    subject: str
    body: str


@transaction.atomic
def write(
    *,
    owner: Organisation,
    kind: str,
    about: str,
    message: Message,
    key: DataKey,
    once: str,
    at: datetime,
) -> Notice:
    """Keep the message sealed under its subject's key and have it sent by mail; `once` again changes nothing."""
    known = Notice.objects.filter(once=once).first()
    if known is not None:
        return known
    notice = Notice(owner=owner, key=key, kind=kind, about=about, once=once, written_at=at)
    notice.content = asdict(message)
    notice.save(force_insert=True)
    enqueue("notices.send", {"notice": str(notice.pk)}, owner_id=owner.pk, at=at, key=f"notice:{notice.pk}")
    return notice
