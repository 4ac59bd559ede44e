"""How long questions are kept, and deleting those whose time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.services.questions import events
from yuimaru.services.questions.models import Question, QuestionLog, Topic
from yuimaru.services.questions.queries.log import get_log, kept_days
from yuimaru.services.questions.rules import counting


@transaction.atomic
def keep_for(*, owner: Organisation, days: int, by: Actor, at: datetime) -> QuestionLog:
    """Keep questions for so many days from now on, or none with 0; older ones go at once.

    :raises InvalidDays: more than three years, or fewer than none.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    counting.require_days(days)
    log = get_log(owner) or QuestionLog(owner=owner, key=make_key(owner_id=owner.pk, at=at))
    log.days = days
    log.save()
    record(events.KEEPING_SET, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, data={"days": days})
    sweep(owner=owner, at=at)
    return log


@transaction.atomic
def sweep(*, owner: Organisation, at: datetime) -> int:
    """Delete questions, ratings and topics whose time is over; gives how many questions went."""
    days, today = kept_days(owner), localdate(at)
    old = Question.objects.filter(owner=owner)
    if days:
        old = old.filter(day__lt=counting.last_day_kept(today, days))
    count = old.count()
    if count:
        old.delete()
        held = Question.objects.filter(owner=owner).exclude(topic=None).values("topic")
        Topic.objects.filter(owner=owner).exclude(pk__in=held).delete()
        by = Actor.system(owner).ref
        record(events.SWEPT, owner_id=owner.pk, owner=owner.code, by=by, at=at, data={"questions": count})
    return count
