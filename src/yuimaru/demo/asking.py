"""A year in which the demo towns were asked: drawn from the sets of questions and from what the documents lack."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import yaml
from django.utils.timezone import localdate

from yuimaru.demo import cast, intake
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.models import Document
from yuimaru.services.questions import actions
from yuimaru.services.questions.actions import Asked, Opinion, PastQuestion
from yuimaru.services.questions.models import Topic

FOLDER = Path(__file__).parent
DAYS = 360
# Questions in a year beside those that nothing answers.
ANSWERED = {cast.OUMI: 900, cast.MIDORINO: 420, cast.TSUKIHAMA: 180}
IN_VAIN = {cast.OUMI: 420, cast.MIDORINO: 240, cast.TSUKIHAMA: 120}
# When a subject is asked more than else, by month.
SEASONS: dict[str, dict[int, int]] = {
    "転入・転出": {3: 6, 4: 5, 9: 2},
    "住民票の写し": {3: 3, 4: 3},
    "粗大ごみ": {3: 4, 12: 4, 6: 2},
    "児童手当": {6: 3, 10: 3, 2: 2},
    "保育所": {10: 5, 11: 5, 1: 2},
    "国民健康保険": {4: 4, 7: 4, 8: 3},
    "感染症": {12: 4, 1: 5, 2: 3},
    "税の証明": {2: 4, 3: 5, 6: 3},
    "固定資産税": {4: 4, 5: 3},
    "犬の登録": {4: 5, 5: 3},
    "防災": {6: 2, 8: 3, 9: 5},
    "就学援助": {11: 4, 12: 3, 1: 2},
}
ORDINARY = 1
REMARKS = (
    ("outdated", "ホームページの金額と違います"),
    ("unclear", "むずかしい言葉が多いです"),
    ("other", ""),
    ("wrong", "窓口で聞いたことと違いました"),
    ("unclear", ""),
)


@dataclass(frozen=True)
class Source:
    """Wordings that are asked for one need, with what they led to, and how much in which month."""

    wordings: Sequence[str]
    outcomes: Sequence[str]
    document: UUID | None = None
    months: dict[int, int] = field(default_factory=dict)

    def weight(self, day: date) -> int:
        return ORDINARY + self.months.get(day.month, 0)


def live_through(code: str, *, now: datetime) -> None:
    """Let a town have been asked for a year; the same every time. What is there already stays alone."""
    town, chance = get_municipality(code), Random(code)  # noqa: S311 - a made-up year
    by = Actor.system(town)
    with scope(by):
        if Topic.objects.exists():
            return
        past = [
            *_drawn(list(_answered(code)), ANSWERED[code], chance, now),
            *_drawn(list(_in_vain()), IN_VAIN[code], chance, now),
        ]
        actions.note_past(past, town, at=now)
        actions.cluster(owner=town, at=now)
        _work_on_topics(town, by, now)


def _drawn(sources: Sequence[Source], count: int, chance: Random, now: datetime) -> Iterator[PastQuestion]:
    """So many questions on days of the last year, each with the season of what it is about."""
    for _ in range(count):
        day = localdate(now) - timedelta(days=chance.randrange(DAYS))
        source = chance.choices(sources, [one.weight(day) for one in sources])[0]
        outcome = chance.choice(source.outcomes)
        words = chance.choice(source.wordings)
        asked = Asked(words, outcome, source.document if outcome != "none" else None)
        yield PastQuestion(asked, day, chance.choice((1, 1, 1, 2, 3)), _opinion(outcome, chance))


def _opinion(outcome: str, chance: Random) -> Opinion | None:
    """One in six says whether it helped; answers help more than close entries."""
    if outcome == "none" or chance.random() > 1 / 6:
        return None
    form = UUID(int=chance.getrandbits(128), version=4)
    if chance.random() < (0.9 if outcome == "answer" else 0.3):
        return Opinion(form, helpful=True)
    reason, said = chance.choice(REMARKS)
    return Opinion(form, helpful=False, reason=reason, said=said)


def _answered(code: str) -> Iterator[Source]:
    """A source for each document of the town, with the questions of its set."""
    documents = dict(Document.objects.filter(superseded_at=None).values_list("name", "pk"))
    wordings: dict[str, list[str]] = {}
    with (FOLDER / "questions" / f"{code}.jsonl").open(encoding="utf-8") as lines:
        for one in map(json.loads, lines):
            if one["kind"] == "answerable" and len(one["question"]) <= 40:
                wordings.setdefault(one["document"], []).append(one["question"])
    for entry in intake.manifest()[code]:
        asked = wordings.get(entry["file"])
        if asked:
            document = documents.get(entry["file"])
            months = SEASONS.get(entry["subject"], {})
            yield Source(asked, ("answer",) * 5 + ("close",), document, months)


def _in_vain() -> Iterator[Source]:
    """What the documents of no town answer."""
    for one in yaml.safe_load((FOLDER / "unanswered.yaml").read_text(encoding="utf-8")):
        yield Source(one["asked"], ("none", "none", "close"), None, one["months"])


def _work_on_topics(town: Organisation, by: Actor, now: datetime) -> None:
    """What the staff have done so far: one answer waits to be checked, one topic is put off, one is not theirs."""
    topics = list(Topic.objects.select_related("key", "section").order_by("id")[:3])
    for topic, state in zip(topics[1:], ("later", "elsewhere"), strict=False):
        actions.settle(owner=town, topic_id=topic.pk, state=state, by=by, at=now)
    for topic in topics[:1]:
        assert topic.section_id is not None
        writing = actions.Writing(
            question=topic.words,
            answer="担当の窓口で受け付けています。くわしくは、電話でお尋ねください。",
            section_id=topic.section_id,
            valid_from=localdate(now),
            topic_id=topic.pk,
        )
        actions.write(owner=town, writing=writing, by=by, at=now)
