"""Joining what was not answered well into topics for the sections to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.queries.generation import search_parts
from yuimaru.services.questions.models import Question, Rating, Topic
from yuimaru.services.questions.rules import alike

BACK = timedelta(days=90)  # what nobody asked for longer than that is not looked at again
_AT_ONCE = 400  # wordings; those asked most come first, the rest with the next run


@dataclass(frozen=True, slots=True)
class Clustered:
    """What became of the questions that had no topic."""

    questions: int
    joined: int  # to topics that were there
    topics: int  # new ones


@dataclass(frozen=True, slots=True)
class _Wording:
    """The questions asked in the same words."""

    words: str
    questions: tuple[Question, ...]

    @property
    def times(self) -> int:
        return sum(question.times for question in self.questions)


def cluster(*, owner: Organisation, at: datetime) -> Clustered:
    """Put questions without a good answer into topics: into one that is there, or into new ones.

    Vectors are worked out before the transaction begins and are not kept: they would tell what was asked.
    """
    today = localdate(at)
    fresh = _without_topic(owner, since=today - BACK)
    groups = _grouped(_asked_lately(owner, since=today - BACK), fresh)
    joined = opened = 0
    with transaction.atomic():
        for topic, wordings in groups:
            found = [question for wording in wordings for question in wording.questions]
            if topic is None:
                topic = _open(owner, wordings, on=today)
                opened += 1
            else:
                joined += len(found)
                _reopen(topic, found)
            Question.objects.filter(pk__in=[question.pk for question in found]).update(topic=topic)
    return Clustered(sum(len(one.questions) for one in fresh), joined, opened)


def _asked_lately(owner: Organisation, *, since: date) -> list[Topic]:
    asked = Question.objects.filter(owner=owner, day__gte=since).exclude(topic=None).values("topic")
    return list(Topic.objects.filter(owner=owner, pk__in=asked).select_related("key").order_by("id"))


def _without_topic(owner: Organisation, *, since: date) -> list[_Wording]:
    unhelpful = Rating.objects.filter(owner=owner, helpful=False).values("question")
    found = (
        Question.objects.filter(
            ~Q(outcome=Question.Outcome.ANSWER) | Q(pk__in=unhelpful), owner=owner, topic=None, day__gte=since
        )
        .select_related("key", "document")
        .order_by("day", "id")
    )
    by_wording: dict[str, list[Question]] = {}
    for question in found:
        by_wording.setdefault(question.wording, []).append(question)
    wordings = [_Wording(asked[0].words, tuple(asked)) for asked in by_wording.values()]
    return sorted(wordings, key=lambda one: -one.times)[:_AT_ONCE]


def _grouped(topics: Sequence[Topic], fresh: Sequence[_Wording]) -> list[tuple[Topic | None, list[_Wording]]]:
    """The fresh wordings by topic; what stands for a new one comes first in it."""
    if not fresh:
        return []
    texts = [*(topic.words for topic in topics), *(wording.words for wording in fresh)]
    encoder = search_parts().encoder
    meanings = encoder.encode(texts, "query") if encoder else None
    ordinary = encoder.encode(alike.ORDINARY, "query") if encoder else None
    near = alike.likeness(texts, meanings, ordinary)
    least = alike.BY_MEANING if encoder else alike.BY_WORDS
    times = [1] * len(topics) + [wording.times for wording in fresh]
    found: list[tuple[Topic | None, list[_Wording]]] = []
    for group in alike.joined(near, least=least, kept_apart=len(topics)):
        members = [number for number in group if number >= len(topics)]
        if members:
            central = alike.most_central(near, members, times)
            members.sort(key=lambda number: number != central)
            topic = topics[group[0]] if group[0] < len(topics) else None
            found.append((topic, [fresh[number - len(topics)] for number in members]))
    return found


def _open(owner: Organisation, wordings: Sequence[_Wording], *, on: date) -> Topic:
    first = wordings[0].questions[0]
    documents = Counter[UUID]()
    sections = Counter[UUID]()
    for question in (each for wording in wordings for each in wording.questions):
        if question.document is not None:
            documents[question.document.pk] += question.times
            if question.document.section_id:
                sections[question.document.section_id] += question.times
    topic = Topic(owner=owner, key=first.key, opened_on=on)
    topic.words = wordings[0].words
    topic.document_id = documents.most_common(1)[0][0] if documents else None
    topic.section_id = sections.most_common(1)[0][0] if sections else _general()
    topic.save()
    return topic


def _general() -> UUID | None:
    return Section.objects.filter(is_general=True).values_list("pk", flat=True).first()


def _reopen(topic: Topic, found: Sequence[Question]) -> None:
    """What was answered and is asked in vain on a later day was not answered well."""
    settled = topic.settled_on
    if topic.state == Topic.State.ANSWERED and settled and any(question.day > settled for question in found):
        topic.state, topic.settled_on = Topic.State.OPEN, None
        topic.save(update_fields=["state", "settled_on"])
