"""What a section does with a topic: hand it to another one, put it aside, take it up again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.questions import events
from yuimaru.services.questions.models import Topic
from yuimaru.services.questions.queries.topics import get_topic


@transaction.atomic
def settle(*, owner: Organisation, topic_id: UUID, state: str, by: Actor, at: datetime) -> Topic:
    """Say how a topic stands: open, answered, not ours, or later.

    :raises NotVisible: there is no such topic or state.
    """
    require(by, Verb.ANSWER_QUESTIONS, owner.pk)
    topic = get_topic(owner, topic_id)
    if state not in Topic.State.values:
        raise NotVisible(state)
    if topic.state != state:
        topic.state = state
        topic.settled_on = None if state == Topic.State.OPEN else localdate(at)
        topic.save(update_fields=["state", "settled_on"])
        _record(events.TOPIC_SETTLED, topic, by=by, at=at, state=state)
    return topic


@transaction.atomic
def hand(*, owner: Organisation, topic_id: UUID, section_id: UUID, by: Actor, at: datetime) -> Topic:
    """Give a topic to another section of the municipality; raises NotVisible."""
    require(by, Verb.ANSWER_QUESTIONS, owner.pk)
    topic = get_topic(owner, topic_id)
    section = Section.objects.filter(owner=owner, pk=section_id).first()
    if section is None:
        raise NotVisible(str(section_id))
    if topic.section_id != section.pk:
        topic.section = section
        topic.save(update_fields=["section"])
        _record(events.TOPIC_HANDED, topic, by=by, at=at, section=str(section.pk))
    return topic


def _record(kind: str, topic: Topic, *, by: Actor, at: datetime, **data: str) -> None:
    owner = topic.owner
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=f"topic:{topic.pk}", data=data)
