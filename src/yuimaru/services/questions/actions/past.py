"""Taking over questions that were asked before, many at once: from another system, or from a made-up year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction

from yuimaru.core.text.masking import mask
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.questions.actions.noting import Asked, Opinion, log_of
from yuimaru.services.questions.models import Question, Rating
from yuimaru.services.questions.queries.log import wording_of


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question of an earlier day, how often it was asked then, and what somebody said about the answer."""

    asked: Asked
    day: date
    times: int
    opinion: Opinion | None = None


@transaction.atomic
def note_past(past: Iterable[PastQuestion], owner: Organisation, *, at: datetime) -> int:
    """Keep them as if they had been asked on the portal; gives how many rows that made."""
    kept = log_of(owner, at)
    masked = lru_cache(maxsize=None)(lambda words: mask(words).text)
    questions: dict[tuple[date, str, str], Question] = {}
    ratings = []
    for one in past:
        words = masked(one.asked.words)
        place = (one.day, one.asked.outcome, wording_of(owner, words))
        question = questions.get(place)
        if question is None:
            day, outcome, wording = place
            question = questions[place] = Question(
                owner=owner, key=kept.key, day=day, outcome=outcome, wording=wording, times=0, last_slot=0,
                channel=Question.Channel.PORTAL, document_id=one.asked.document,
            )  # fmt: skip
            question.words = words
        question.times += one.times
        if one.opinion is not None:
            ratings.append(_rating(question, one.opinion, masked(one.opinion.said)))
    Question.objects.bulk_create(questions.values())
    Rating.objects.bulk_create(ratings)
    return len(questions)


def _rating(question: Question, opinion: Opinion, said: str) -> Rating:
    rating = Rating(
        owner=question.owner, question=question, form=opinion.form, key=question.key, day=question.day,
        helpful=opinion.helpful, reason=opinion.reason,
    )  # fmt: skip
    rating.said = said
    return rating
