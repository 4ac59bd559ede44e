"""見直し: why something is to be looked at again, and what a look already answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["document", "kata", "question"]
Reason = Literal["revised", "withdrawn", "expired", "near", "centre", "article", "unreadable"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened: to what (title, and the article of a law), since when; `key` says once more which event it is."""

    key: str
    reason: Reason
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class ToReview:
    """Something that stands on what is no longer as it was; `place` says where in it."""

    kind: Kind
    id: str
    title: str
    cause: Cause
    section: str = ""
    place: str = ""

    @property
    def subject(self) -> str:
        """How the log and what was reviewed name it."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that changed, by a document or by what somebody noted."""

    key: str
    law: str
    article: str
    words: str  # as a person reads it
    at: datetime
    document: str = ""


def still_open(found: Iterable[ToReview], reviewed: Collection[tuple[str, str]]) -> list[ToReview]:
    """Leave out what somebody looked at since; one line for each thing and cause, the oldest cause first."""
    once = {
        (one.subject, one.cause.key): one for one in found if (one.subject, one.cause.key) not in reviewed
    }
    return sorted(once.values(), key=lambda one: (one.cause.since, one.title, one.subject))
