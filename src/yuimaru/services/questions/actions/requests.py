"""What members of staff ask for: new questions joined now, a year of needs to take away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.questions import events
from yuimaru.services.questions.queries.needs import Needs, needs


def gather(*, owner: Organisation, by: Actor, at: datetime) -> None:
    """Have the worker join new questions into topics; asked for again within a minute, it is done once."""
    require(by, Verb.ANSWER_QUESTIONS, owner.pk)
    key = f"questions.cluster:{owner.pk}:{at:%Y%m%d%H%M}"
    enqueue("questions.cluster", {}, owner_id=owner.pk, at=at, key=key)


@transaction.atomic
def export_needs(*, owner: Organisation, by: Actor, at: datetime) -> Needs:
    """Count a year of questions for taking away; that is recorded."""
    require(by, Verb.ANSWER_QUESTIONS, owner.pk)
    found = needs(owner, on=localdate(at))
    data = {"subjects": len(found.subjects), "questions": found.times}
    record(events.EXPORTED, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, data=data)
    return found
