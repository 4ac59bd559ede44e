"""Setting how sure an answer must be in one municipality."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.knowledge import events
from yuimaru.services.knowledge.models import Calibration


@transaction.atomic
def calibrate(*, owner: Organisation, limit: float, questions: int, by: Actor, at: datetime) -> Calibration:
    """Show as answers, from the next question on, only what reaches a limit found with so many questions."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    kept, _ = Calibration.objects.update_or_create(
        owner=owner, defaults={"limit": limit, "questions": questions, "set_at": at}
    )
    record(
        events.ANSWERS_CALIBRATED,
        owner_id=owner.pk,
        owner=owner.code,
        by=by.ref,
        at=at,
        about=f"calibration:{kept.pk}",
        data={"limit": f"{limit:.2f}", "questions": questions},
    )
    return kept
