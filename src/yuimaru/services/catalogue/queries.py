"""What a municipality has adopted, ready to run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypedDict
from uuid import UUID

from django.db.models import QuerySet

from yuimaru.core.japan.laws import Reference, references
from yuimaru.core.kata.paths import texts
from yuimaru.core.kata.program import Program, program
from yuimaru.core.text.tokens import tokens
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.catalogue.models import Adoption, Definition, Publication


@dataclass(frozen=True)
class Adopted:
    """An adoption with its compiled program."""

    adoption_id: UUID
    kata_id: str
    definition_sha256: str
    program: Program


class Match(TypedDict):
    """A procedure that a question leads to."""

    kata: str
    title: str
    url: str


def list_adopted(owner: Organisation, *, on: date) -> list[Adopted]:
    """What the municipality uses on that day, the longest in use first."""
    adoptions = Adoption.objects.filter(owner=owner, retired_at=None, valid_from__lte=on)
    longest_first = sorted(
        _latest_of_each(adoptions), key=lambda adoption: (adoption.valid_from, adoption.kata)
    )
    return [_adopted(adoption) for adoption in longest_first]


def get_adopted(owner: Organisation, kata: str, *, on: date) -> Adopted:
    """The kata as the municipality uses it on that day; raises NotVisible when it does not."""
    adoption = adoption_on(owner, kata, on=on)
    if adoption is None:
        raise NotVisible(kata)
    return _adopted(adoption)


def list_for_residents(owner: Organisation, *, on: date) -> list[Adopted]:
    """What residents may use of it: procedures and self-checks, not what members of staff apply for."""
    return [adopted for adopted in list_adopted(owner, on=on) if _is_for_residents(adopted)]


def get_for_residents(owner: Organisation, kata: str, *, on: date) -> Adopted:
    """As `get_adopted`; raises NotVisible also for what members of staff apply for."""
    adopted = get_adopted(owner, kata, on=on)
    if not _is_for_residents(adopted):
        raise NotVisible(kata)
    return adopted


def adoption_on(owner: Organisation, kata: str, *, on: date) -> Adoption | None:
    """The adoption that holds on a day."""
    live = Adoption.objects.filter(owner=owner, kata=kata, retired_at=None, valid_from__lte=on)
    return live.order_by("-valid_from").first()


def latest_adoption(owner: Organisation, kata: str) -> Adoption | None:
    """What the municipality decided on last, also when its day is still to come."""
    return Adoption.objects.filter(owner=owner, kata=kata, retired_at=None).order_by("-valid_from").first()


def adoptions_of(owner: Organisation, kata: str) -> list[Adoption]:
    """What the municipality uses of a kata, and what is to come."""
    live = Adoption.objects.filter(owner=owner, kata=kata, retired_at=None)
    return list(live.select_related("definition"))


def live_adoptions(owner: Organisation) -> list[Adoption]:
    """What the municipality has adopted last and not retired, by kata id."""
    live = Adoption.objects.filter(owner=owner, retired_at=None)
    return _latest_of_each(live.select_related("definition", "publication"))


def _latest_of_each(adoptions: QuerySet[Adoption]) -> list[Adoption]:
    """By kata id; of several of one kata the one that begins last."""
    return list({each.kata: each for each in adoptions.order_by("kata", "valid_from")}.values())


@lru_cache(maxsize=512)
def running(sha256: str) -> Program:
    """The program of a pinned definition: what a draft, submission or case began with.

    Kept by its hash: definitions are only ever added.
    """
    return program(Definition.objects.only("text").get(pk=sha256).text)


@dataclass(frozen=True)
class Ground:
    """A place in an adopted kata that names an article of a law."""

    kata: str
    title: str
    path: str
    words: str
    reference: Reference
    since: datetime


def grounds(owner: Organisation) -> list[Ground]:
    """Every article that the adopted kata name: in grounds, guidance and notices, by kata."""
    return [
        Ground(
            adoption.kata, running(adoption.definition_id).kata.title, path, words, found, adoption.adopted_at
        )
        for adoption in live_adoptions(owner)
        for path, words, found in _named_in(adoption.definition_id)
    ]


@lru_cache(maxsize=512)
def _named_in(sha256: str) -> tuple[tuple[str, str, Reference], ...]:
    """What a definition names; a place without the name of a law belongs to the one that the kata is about."""
    running_program = running(sha256)
    kata = running_program.kata
    about = {found.law for found in references(kata.law or "")}
    own = about.pop() if len(about) == 1 else ""
    told = {**texts(kata), "guidance": running_program.guidance()}
    return tuple((path, words, found) for path, words in told.items() for found in references(words, own=own))


def latest_publication(kata: str) -> Publication:
    """The newest publication of a kata; raises NotVisible."""
    newest = (
        Publication.objects.filter(kata=kata).select_related("definition").order_by("-published_at").first()
    )
    if newest is None:
        raise NotVisible(kata)
    return newest


@dataclass(frozen=True)
class Offered:
    """A kata in the catalogue, in its newest version."""

    publication: Publication
    kata: str
    version: str
    title: str
    summary: str
    publisher: str
    program: Program


def list_published() -> list[Offered]:
    """The newest version of every published kata, by kata id."""
    publications = Publication.objects.select_related("definition", "publisher").order_by(
        "kata", "published_at"
    )
    newest = {publication.kata: publication for publication in publications}
    return [_offered(publication) for publication in newest.values()]


def _offered(publication: Publication) -> Offered:
    running_program = program(publication.definition.text)
    return Offered(
        publication=publication,
        kata=publication.kata,
        version=publication.version,
        title=running_program.kata.title,
        summary=running_program.kata.summary,
        publisher=publication.publisher.name,
        program=running_program,
    )


def matching(owner: Organisation, question: str, *, on: date, lang: str = "ja") -> list[Match]:
    """Kata for residents whose title or everyday words the question holds, best first."""
    asked = set(tokens(question))
    scored = [(_score(adopted, question, asked), adopted) for adopted in list_for_residents(owner, on=on)]
    found = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [
        {
            "kata": adopted.kata_id,
            "title": adopted.program.title(lang),
            "url": f"/m/{owner.code}/procedures/{adopted.kata_id}/",
        }
        for _, adopted in found
    ]


def _score(adopted: Adopted, question: str, asked: set[str]) -> int:
    kata = adopted.program.kata
    said = sum(1 for word in kata.keywords if word in question or _all_in(word, asked))
    return said + 2 * _all_in(kata.title, asked)


def _all_in(words: str, asked: set[str]) -> bool:
    needed = _tokens_of(words)
    return bool(needed) and needed <= asked


@lru_cache(maxsize=4096)
def _tokens_of(words: str) -> frozenset[str]:
    """The tokens of a title or everyday word of a kata: few, and asked for with every question."""
    return frozenset(tokens(words))


def _is_for_residents(adopted: Adopted) -> bool:
    return adopted.program.kata.kind != "staff"


def _adopted(adoption: Adoption) -> Adopted:
    return Adopted(adoption.pk, adoption.kata, adoption.definition_id, running(adoption.definition_id))
