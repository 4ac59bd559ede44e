"""Topics as the sections read them: how often they are asked, lately and before, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Q, Sum

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.questions.models import FaqEntry, Question, Rating, Topic

MONTH = timedelta(days=30)
_EXAMPLES = 3
_WORDINGS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A topic in a list."""

    topic: Topic
    times: int
    last_asked: date
    lately: int  # in the last thirty days
    before: int  # in the thirty days before
    examples: tuple[str, ...]  # other words for the same


@dataclass(frozen=True, slots=True)
class Wording:
    """Questions in the same words."""

    words: str
    times: int
    last_asked: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said about an answer that did not help."""

    day: date
    reason: str
    said: str


def list_topics(
    owner: Organisation, *, states: Collection[str], sections: Collection[UUID] | None = None, on: date
) -> list[Row]:
    """Topics of these states, of all sections or some, those asked most in thirty days first."""
    topics = Topic.objects.filter(owner=owner, state__in=states)
    if sections is not None:
        topics = topics.filter(section__in=sections)
    found = {topic.pk: topic for topic in topics.select_related("key", "section", "document")}
    lately, before = Q(day__gt=on - MONTH), Q(day__gt=on - 2 * MONTH, day__lte=on - MONTH)
    counted = (
        Question.objects.filter(owner=owner, topic__in=list(found))
        .order_by()
        .values("topic")
        .annotate(
            asked=Sum("times"),
            last=Max("day"),
            lately=Sum("times", filter=lately, default=0),
            before=Sum("times", filter=before, default=0),
        )
    )
    facts = {one["topic"]: one for one in counted}
    rows = [
        Row(topic, fact["asked"], fact["last"], fact["lately"], fact["before"], ())
        for key, topic in found.items()
        if (fact := facts.get(key)) is not None
    ]
    return sorted(rows, key=lambda row: (-row.lately, -row.times, row.topic.pk))


def with_examples(rows: Sequence[Row]) -> list[Row]:
    """The rows of one page with other wordings of each; words are opened for these only."""
    ids = [row.topic.pk for row in rows]
    spoken: dict[UUID | None, list[str]] = {key: [] for key in ids}
    told: set[tuple[UUID | None, str]] = set()
    questions = Question.objects.filter(topic__in=ids).select_related("key").order_by("-day", "-times", "id")
    for question in questions.iterator():
        words = spoken[question.topic_id]
        if len(words) <= _EXAMPLES and (question.topic_id, question.wording) not in told:
            told.add((question.topic_id, question.wording))
            words.append(question.words)
    return [
        Row(
            row.topic,
            row.times,
            row.last_asked,
            row.lately,
            row.before,
            tuple([words for words in spoken[row.topic.pk] if words != row.topic.words][:_EXAMPLES]),
        )
        for row in rows
    ]


def get_topic(owner: Organisation, topic_id: UUID) -> Topic:
    """A topic of the organisation; raises NotVisible."""
    topic = (
        Topic.objects.filter(owner=owner, pk=topic_id).select_related("key", "section", "document").first()
    )
    if topic is None:
        raise NotVisible(str(topic_id))
    return topic


def wordings(topic: Topic) -> list[Wording]:
    """How the questions of a topic were worded, those asked most first, of these the latest."""
    by_wording: dict[str, list[Question]] = {}
    for question in Question.objects.filter(topic=topic).select_related("key").order_by("-day", "id"):
        by_wording.setdefault(question.wording, []).append(question)
    found = sorted(by_wording.values(), key=lambda asked: -sum(one.times for one in asked))
    return [
        Wording(asked[0].words, sum(one.times for one in asked), asked[0].day, asked[0].outcome)
        for asked in found[:_WORDINGS]
    ]


def remarks(topic: Topic) -> list[Remark]:
    """What was said about answers to a topic that did not help, latest first."""
    rated = (
        Rating.objects.filter(question__topic=topic, helpful=False)
        .select_related("key")
        .order_by("-day", "-id")
    )
    return [Remark(one.day, one.reason, one.said) for one in rated[:_WORDINGS]]


def entries_of(topic: Topic) -> list[FaqEntry]:
    """What has been written to answer a topic, latest first."""
    return list(FaqEntry.objects.filter(topic=topic).select_related("section").order_by("-written_at"))
