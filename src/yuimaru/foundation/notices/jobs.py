"""Sending what was written, by mail to a relay or into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import Run
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
            Notice.objects.select_for_update(of=("self",)).select_related("key").get(pk=payload["notice"])
        )
        if notice.sent_at is not None:
            return
        settings.EMAIL_FILE_PATH.mkdir(parents=True, exist_ok=True)
        message = notice.content
        EmailMessage(
            subject=message["subject"],
            body=message["body"],
            to=[message["address"]],
            headers={"Message-ID": f"<{notice.pk}@{owner.code}.yuimaru>"},
        ).send()
        notice.sent_at = run.at
        notice.save(update_fields=["sent_at"])
        about = f"notice:{notice.pk}"
        record(
            "notice.sent", owner_id=owner.pk, owner=owner.code, by=actor.ref, at=run.at, about=about,
            data={"kind": notice.kind, "subject_of": notice.about},
        )  # fmt: skip
