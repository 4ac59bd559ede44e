"""Writing a notice so that it will be sent once, and handing it over to the mail relay."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Literal

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation


@dataclass(frozen=True)
class Message:
    """What is sent, and to which address."""

    address: str
    subject: str
    body: str


class NotSent(Exception):
    """The mail has surely not left: the relay was not reached, or it said no."""

    def __init__(self, reason: Literal["unreachable", "refused"]) -> None:
        super().__init__(reason)
        self.reason = reason


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
    """Keep a message and have it sent by mail; `once` again changes nothing."""
    known = Notice.objects.filter(once=once).first()
    if known is not None:
        return known
    notice = keep(owner=owner, kind=kind, about=about, message=message, key=key, once=once, at=at)
    enqueue("notices.send", {"notice": str(notice.pk)}, owner_id=owner.pk, at=at, key=f"notice:{notice.pk}")
    return notice


@transaction.atomic
def keep(
    *,
    owner: Organisation,
    kind: str,
    about: str,
    message: Message,
    key: DataKey,
    once: str,
    at: datetime,
) -> Notice:
    """Keep the message sealed under its subject's key for somebody who hands it over; `once` again is the same."""
    known = Notice.objects.filter(once=once).select_related("key", "owner").first()
    if known is not None:
        return known
    notice = Notice(owner=owner, key=key, kind=kind, about=about, once=once, written_at=at)
    notice.content = asdict(message)
    notice.save(force_insert=True)
    return notice


def hand_over(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Give a notice to the mail relay, or into the folder, and note that it has left.

    :raises NotSent: it has surely not left; after any other error nobody can tell.
    """
    settings.EMAIL_FILE_PATH.mkdir(parents=True, exist_ok=True)
    _send(notice)
    with transaction.atomic():
        notice.sent_at = at
        notice.save(update_fields=["sent_at"])
        record(
            "notice.sent",
            owner_id=notice.owner_id,
            owner=notice.owner.code,
            by=by.ref,
            at=at,
            about=f"notice:{notice.pk}",
            data={"kind": notice.kind, "subject_of": notice.about},
        )


def _send(notice: Notice) -> None:
    relay, content = get_connection(), notice.content
    try:
        relay.open()
    except OSError as error:
        raise NotSent("unreachable") from error
    try:
        EmailMessage(
            subject=content["subject"],
            body=content["body"],
            to=[content["address"]],
            headers={"Message-ID": f"<{notice.pk}@{notice.owner.code}.yuimaru>"},
            connection=relay,
        ).send()
    except (SMTPResponseException, SMTPRecipientsRefused, ValueError) as error:  # ValueError: no such address
        raise NotSent("refused") from error
    finally:
        relay.close()
