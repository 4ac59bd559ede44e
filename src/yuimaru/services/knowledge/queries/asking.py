"""Asking an owner's documents: find, check that what was found still holds, quote, and judge."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from yuimaru.core.text.masking import without_asker
from yuimaru.core.text.meaning.wordvectors import WordVectors
from yuimaru.core.text.ranking.expansion import equivalents
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.ranking.item import Hit
from yuimaru.core.text.ranking.search import search
from yuimaru.core.text.tokens import tokens
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Calibration, Document, Passage
from yuimaru.services.knowledge.queries.generation import current, search_parts
from yuimaru.services.knowledge.queries.reach import Reach, reach_of
from yuimaru.services.knowledge.rules import evidence
from yuimaru.services.knowledge.rules.answer import (
    Answer,
    Citation,
    Contact,
    Location,
    Refusal,
    Sentence,
    nothing_found,
    only_close,
)
from yuimaru.services.knowledge.rules.outcome import ANSWER, Outcome, judge
from yuimaru.services.knowledge.rules.parts import joined, parts
from yuimaru.services.knowledge.rules.passages import HEADING_MARK, subject
from yuimaru.services.knowledge.rules.premise import Correction, confirms, correction, put_plainly
from yuimaru.services.knowledge.rules.question import Question, understand
from yuimaru.services.knowledge.rules.senses import Senses, StandIn

LONGEST_QUESTION = 500  # characters; what stands beyond is not read
_FOUND = 30  # passages taken from the index, so that enough of them still hold
_READ = 8  # passages whose statements are rated
# A question is all processor work: eight at once in one process take half as long again each as two.
_at_once = threading.BoundedSemaphore(2)


class Found(NamedTuple):
    """A passage that was found and still holds: where it stands, its words, and who is in charge."""

    key: UUID
    ordinal: int
    heading: str
    page: int | None
    sheet: str | None
    cell: str | None
    machine_read: bool
    question: str
    start: int
    document_id: UUID
    title: str
    revision: int
    owner_id: int
    owner_name: str
    section: str | None
    phone: str | None
    valid_from: date
    words: str = ""

    @property
    def nearest_heading(self) -> str:
        """The last of the headings over it."""
        return self.heading.split(HEADING_MARK)[-1]


def ask(owner: Organisation, question: str, today: date, *, reader: Actor | None = None) -> Answer:
    """Answer a question from the owner's documents that hold on a day, or say that they do not.

    The public ones, unless the reader is a member of the owner's staff; what is shared with the owner counts as its own.
    Several questions in one are asked one by one. What only says who is asking is not searched for.
    """
    reach = reach_of(owner, reader)
    words = put_plainly(without_asker(question[:LONGEST_QUESTION]))
    with _at_once:
        found = joined(question, [(part, _ask(reach, part.question, today)) for part in parts(words)])
        return found or replace(_ask(reach, words, today), question=question)


def _ask(reach: Reach, question: str, today: date) -> Answer:
    owner = reach.owner
    asked = understand(question, (owner.name,))
    documents = reach.documents(today)
    index, number = current(reach, today, documents)
    searched_with = search_parts()
    hits = search(index, question, _FOUND, searched_with)
    by_key = {UUID(hit.key): hit for hit in hits}
    living = _living(documents, index, by_key)
    senses = _senses(question)
    held = senses.held(asked.weights, index.held([*asked.weights, *senses.words]))
    weights = {form: rare * asked.weights[form] for form, rare in index.rarity(held).items()}
    rated = evidence.rate(asked, weights, senses, [_candidate(found, by_key[found.key]) for found in living])
    chosen = evidence.choose(rated)
    nearness = _nearness(asked, rated, searched_with.vectors)
    outcome = judge(asked, weights, held, chosen, nearness, answer_limit(owner))
    places = {found.key.hex: found for found in living}
    mended = _correction(asked, chosen) if outcome.is_about_it else None
    if mended is not None:
        chosen.sort(key=lambda statement: statement.text != mended.quote)
    shown = {"answer": chosen, "close": evidence.nearest(rated), "none": []}[outcome.kind]
    citations = tuple(_citation(reach, places[statement.key], statement.text) for statement in shown)
    contact = _contact(owner, places[shown[0].key] if shown else None)
    return Answer(
        municipality=owner.code,
        question=question,
        outcome=outcome.kind,
        sentences=tuple(Sentence(citation.quote, (citation,)) for citation in citations)
        if outcome.kind == "answer"
        else (),
        close=citations if outcome.kind == "close" else (),
        refusal=_refusal(reach, asked, outcome, contact, number),
        contact=contact,
        correction=mended,
        sureness=outcome.sureness,
    )


def answer_limit(owner: Organisation) -> float:
    """How sure an answer must be: what the municipality has found with its own questions, else what all have."""
    own = Calibration.objects.filter(owner=owner).values_list("limit", flat=True).first()
    return ANSWER if own is None else own


def _correction(asked: Question, chosen: Sequence[evidence.Statement]) -> Correction | None:
    """Hold what a question takes for granted against the chosen statements on that subject, passage by passage."""
    ordered = sorted(chosen, key=lambda statement: -statement.score)
    subject = ordered[0].told & asked.subject
    for key in dict.fromkeys(statement.key for statement in ordered):
        quotes = [
            each.text for each in ordered if each.key == key and (subject <= each.told or each is ordered[0])
        ]
        if confirms(asked.claims, quotes):
            return None
        if mended := correction(asked.claims, quotes):
            return mended
    return None


def _living(documents: QuerySet[Document], index: Index, hits: Mapping[UUID, Hit]) -> list[Found]:
    """Keep the best hits whose document is among those that the reader may have, whatever the index believes.

    Nearly always the first ones are enough: rows are dear, and those further down are looked up only where some are gone.
    What they say comes from the index, which is named by the documents that it was built from: a passage never changes.
    """
    best = sorted(hits, key=lambda key: -hits[key].score)
    living: list[Found] = []
    for part in (best[:_READ], best[_READ:]):
        if part and len(living) < _READ:
            found = {each.key: each for each in _held(documents, part)}
            living += [found[key] for key in part if key in found]
    texts = index.texts([each.key.hex for each in living[:_READ]])
    return [each._replace(words=texts[each.key.hex]) for each in living[:_READ]]


def _held(documents: QuerySet[Document], keys: Sequence[UUID]) -> list[Found]:
    """Those of some passages that stand in the documents, in no order."""
    rows = (
        readable(Passage)
        .filter(pk__in=keys, document__in=documents.values("pk"))
        .values_list(
            "pk",
            "ordinal",
            "heading",
            "page",
            "sheet",
            "cell",
            "document__machine_read",
            "question",
            "start",
            "document_id",
            "document__title",
            "document__revision",
            "document__owner_id",
            "document__owner__name",
            "document__section__name",
            "document__section__phone",
            "document__valid_from",
        )
    )
    return [Found(*row) for row in rows]


def _senses(question: str) -> Senses:
    """Only our own list of everyday words counts as evidence; wider synonyms may find a passage, not prove it."""
    pairs = equivalents(tokens(question))
    return Senses(tuple(StandIn(frozenset(said), frozenset(other)) for said, other in pairs))


def _candidate(found: Found, hit: Hit) -> evidence.Candidate:
    return evidence.Candidate(
        key=found.key.hex,
        about=subject(found.title, found.heading, found.question),
        question=found.question,
        text=found.words,
        score=hit.score,
        likeness=hit.likeness,
    )


def _nearness(
    asked: Question, rated: Sequence[evidence.Statement], vectors: WordVectors | None
) -> Mapping[str, float]:
    """How near the best passage comes to the words that it does not say."""
    if vectors is None or not rated:
        return {}
    return vectors.nearness(asked.subject - rated[0].around, rated[0].words)


def _refusal(
    reach: Reach, asked: Question, outcome: Outcome, contact: Contact, documents: int
) -> Refusal | None:
    """Say why there is no answer, out of how many documents."""
    if outcome.reason is None:
        return None
    if outcome.kind == "none":
        owner = reach.owner
        said = nothing_found(owner.name, owner.name_en or owner.name, documents, for_staff=reach.is_staff)
    else:
        unsaid = next((term for term in outcome.missing if term in asked.nouns), None)
        said = only_close(asked.listed[unsaid] if unsaid else "")
    return Refusal(outcome.reason, *said, contact)


def _citation(reach: Reach, found: Found, quote: str) -> Citation:
    place = Location(found.page, found.sheet, found.cell, found.nearest_heading or None, found.machine_read)
    start = found.start + found.words.index(quote)
    folder = "/desk" if reach.is_staff else f"/m/{reach.owner.code}"
    url = f"{folder}/documents/{found.document_id}?s={start}-{start + len(quote)}#p-{found.ordinal}"
    sharer = "" if found.owner_id == reach.owner.pk else found.owner_name
    return Citation(
        found.document_id, found.title, found.revision, place, quote, url, found.valid_from, sharer
    )


def _contact(owner: Organisation, found: Found | None) -> Contact:
    """Name the section of the closest document, else the general one, else the municipality itself."""
    if found is not None and found.section and found.owner_id == owner.pk:
        return Contact(found.section, found.phone or owner.phone, owner.hours)
    general = Section.objects.filter(owner=owner, is_general=True).values_list("name", "phone")[:1]
    for name, phone in general:
        return Contact(name, phone or owner.phone, owner.hours)
    return Contact(owner.name, owner.phone, owner.hours)
