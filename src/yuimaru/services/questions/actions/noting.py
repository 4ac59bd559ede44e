"""Keeping what was asked and how the answer was rated: masked, sealed, and without anything about who asked."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from yuimaru.core.text.masking import mask
from yuimaru.foundation.keys.actions import make_key
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.queries import LONGEST_QUESTION
from yuimaru.services.questions.models import Question, QuestionLog, Rating
from yuimaru.services.questions.queries.log import get_log, latest, wording_of
from yuimaru.services.questions.rules import counting

log = logging.getLogger("yuimaru.questions")

LONGEST_REMARK = 300  # characters
MOST_A_DAY = 5_000  # wordings of a municipality; whoever sends more than people ask is not kept
MOST_RATINGS = 200  # of one wording on one day


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what it led to: the outcome, and the first document that was shown."""

    words: str
    outcome: str
    document: UUID | None

    @classmethod
    def told(cls, answer: Mapping[str, Any]) -> Asked:
        """Take it from an answer in the shape of the contract.

        A question that goes on from others is kept as it was understood.
        """
        shown = [citation for sentence in answer["sentences"] for citation in sentence["citations"]]
        first = next(iter([*shown, *answer["close"]]), None)
        words = answer.get("understood") or answer["question"]
        return cls(words, answer["outcome"], UUID(first["document"]["id"]) if first else None)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says about an answer; `form` is the page they say it on."""

    form: UUID
    helpful: bool
    reason: str = ""
    said: str = ""


def note_quietly(answer: Mapping[str, Any], owner: Organisation, *, channel: str, at: datetime) -> None:
    """Keep a question once its answer is on its way; whatever goes wrong is in the server's log and harms nobody."""
    try:
        with scope(Actor.resident(owner)):
            note(Asked.told(answer), owner, channel=channel, at=at)
    except Exception:
        log.exception("a question to %s was not kept", owner.code)


@transaction.atomic
def note(asked: Asked, owner: Organisation, *, channel: str, at: datetime) -> None:
    """Keep a question and what it led to, unless the municipality keeps none.

    The same words within ten minutes are one question: they were reloaded, fetched ahead or looked at by a scanner.
    """
    kept = log_of(owner, at)
    if kept.days == 0:
        return
    words = mask(asked.words[:LONGEST_QUESTION]).text
    now = localtime(at)
    known = {
        "owner": owner,
        "day": now.date(),
        "channel": channel,
        "outcome": Question.Outcome(asked.outcome),
        "wording": wording_of(owner, words),
    }
    slot = counting.slot_of(now)
    before = Question.objects.filter(**known).first()
    if before is None:
        if Question.objects.filter(owner=owner, day=now.date()).count() >= MOST_A_DAY:
            return
        question = Question(**known, key=kept.key, last_slot=slot, document_id=asked.document)
        question.words = words
        question.save()
    elif before.last_slot != slot:
        Question.objects.filter(pk=before.pk).update(times=F("times") + 1, last_slot=slot)


@transaction.atomic
def rate(words: str, owner: Organisation, opinion: Opinion, *, at: datetime) -> bool:
    """Mark the question asked in these words; False when it is not kept, or has been rated by more than people do.

    The same form sent again changes what was said and adds nothing.
    """
    day = localtime(at).date()
    question = latest(owner, wording_of(owner, mask(words[:LONGEST_QUESTION]).text), on=day)
    if question is None:
        return False
    rating = Rating.objects.filter(question=question, form=opinion.form).select_related("key").first()
    if rating is None:
        if Rating.objects.filter(question=question).count() >= MOST_RATINGS:
            return False
        rating = Rating(owner=owner, question=question, form=opinion.form, key=question.key)
    rating.day, rating.helpful = day, opinion.helpful
    rating.reason = "" if opinion.helpful else opinion.reason
    rating.said = "" if opinion.helpful else mask(opinion.said[:LONGEST_REMARK]).text
    rating.save()
    return True


def log_of(owner: Organisation, at: datetime) -> QuestionLog:
    """The log of a municipality, begun with the first question."""
    return get_log(owner) or QuestionLog.objects.create(
        owner=owner, key=make_key(owner_id=owner.pk, at=at), days=counting.KEPT_DAYS
    )
