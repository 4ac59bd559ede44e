"""What is to be looked at again, documents and kata together, and what names an article of a law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from yuimaru.core.japan.laws import place_words
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.catalogue.queries import Ground, grounds
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.rules.naming import is_same_law
from yuimaru.services.knowledge.rules.review import Cause, ChangedArticle, ToReview, still_open


@dataclass(frozen=True)
class Naming:
    """Something that names an article: which thing, where in it, and which article."""

    kind: str  # document, kata or notice
    id: str
    title: str
    law: str
    article: str
    place: str  # 第n条第n項第n号
    words: str = ""


def to_review(owner: Organisation, *, on: date) -> list[ToReview]:
    """What somebody has yet to look at, the oldest cause first."""
    found = [*queries.documents_to_review(owner, on=on), *_katas(owner)]
    return still_open(found, queries.reviewed(owner))


def naming(owner: Organisation, law: str = "", article: str = "") -> list[Naming]:
    """Every document, kata and notice that names a law, or any; with an article only that one."""
    return [*_kata_places(owner, law, article), *_document_places(owner, law, article)]


def laws(owner: Organisation) -> list[str]:
    """The laws and 例規 that anything of the owner's names."""
    return sorted({*queries.laws_named(owner), *(ground.reference.law for ground in grounds(owner))})


def _katas(owner: Organisation) -> Iterator[ToReview]:
    changes: list[ChangedArticle] = queries.changed_articles(owner)
    for ground in grounds(owner) if changes else ():
        reference = ground.reference
        for change in queries.concerning(changes, reference.law, reference.place.article):
            if change.at > ground.since:
                cause = Cause(change.key, "article", change.words, localdate(change.at))
                yield ToReview("kata", ground.kata, ground.title, cause)


def _kata_places(owner: Organisation, law: str, article: str) -> Iterator[Naming]:
    for ground in grounds(owner):
        found = ground.reference
        if (not law or is_same_law(found.law, law)) and (not article or found.place.article == article):
            yield Naming(
                "notice" if _is_notice(ground) else "kata",
                ground.kata,
                ground.title,
                found.law,
                found.place.article,
                str(found.place),
                ground.words,
            )


def _is_notice(ground: Ground) -> bool:
    return ground.path.startswith("notices.")


def _document_places(owner: Organisation, law: str, article: str) -> Iterator[Naming]:
    for found in queries.documents_naming(owner, law, article):
        yield Naming(
            "document",
            str(found.document_id),
            found.document.title,
            found.law,
            found.article,
            place_words(found.article, found.paragraph, found.item),
        )
