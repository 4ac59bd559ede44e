"""Asking an owner's documents: find, check that what was found still holds, quote, and judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Substr

from yuimaru.core.text.masking import without_asker
from yuimaru.core.text.meaning.wordvectors import WordVectors
from yuimaru.core.text.ranking.expansion import equivalents
from yuimaru.core.text.ranking.item import Hit
from yuimaru.core.text.ranking.search import search
from yuimaru.core.text.tokens import tokens
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Calibration, Document, Passage
from yuimaru.services.knowledge.queries.documents import list_documents, valid_on
from yuimaru.services.knowledge.queries.generation import current_index, search_parts
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
from yuimaru.services.knowledge.rules.premise import Correction, correction
from yuimaru.services.knowledge.rules.question import Question, understand
from yuimaru.services.knowledge.rules.senses import Senses, StandIn

LONGEST_QUESTION = 500  # characters; what stands beyond is not read
_FOUND = 30  # passages taken from the index, so that enough of them still hold
_READ = 8  # passages whose statements are rated


class Found(NamedTuple):
    """A passage that was found and still holds: where it stands, its words, and who is in charge."""

    key: UUID
    ordinal: int
    heading: str
    page: int | None
    sheet: str | None
    cell: str | None
    question: str
    words: str
    document_id: UUID
    title: str
    revision: int
    section: str | None
    phone: str | None

    @property
    def nearest_heading(self) -> str:
        """The last of the headings over it."""
        return self.heading.split(HEADING_MARK)[-1]


def ask(owner: Organisation, question: str, today: date) -> Answer:
    """Answer a question from the owner's own public documents that hold on a day, or say that they do not.

    Several questions in one are asked one by one. What only says who is asking is not searched for.
    """
    words = without_asker(question[:LONGEST_QUESTION])
    found = joined(question, [(part, _ask(owner, part.question, today)) for part in parts(words)])
    return found or replace(_ask(owner, words, today), question=question)


def _ask(owner: Organisation, question: str, today: date) -> Answer:
    asked = understand(question, (owner.name,))
    index = current_index(owner)
    searched_with = search_parts()
    hits = search(index, question, _FOUND, searched_with)
    by_key = {UUID(hit.key): hit for hit in hits}
    living = _living(owner, by_key, today)
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
    citations = tuple(_citation(owner, places[statement.key], statement.text) for statement in shown)
    contact = _contact(owner, places[shown[0].key] if shown else None)
    return Answer(
        municipality=owner.code,
        question=question,
        outcome=outcome.kind,
        sentences=tuple(Sentence(citation.quote, (citation,)) for citation in citations)
        if outcome.kind == "answer"
        else (),
        close=citations if outcome.kind == "close" else (),
        refusal=_refusal(owner, asked, outcome, contact, today),
        contact=contact,
        correction=mended,
        sureness=outcome.sureness,
    )


def answer_limit(owner: Organisation) -> float:
    """How sure an answer must be: what the municipality has found with its own questions, else what all have."""
    own = Calibration.objects.filter(owner=owner).values_list("limit", flat=True).first()
    return ANSWER if own is None else own


def _correction(asked: Question, chosen: Sequence[evidence.Statement]) -> Correction | None:
    """Hold what a question takes for granted against the best statement and its passage's others on that subject."""
    best = max(chosen, key=lambda statement: statement.score)
    subject = best.told & asked.subject
    others = (each.text for each in chosen if each.key == best.key and subject <= each.told)
    return correction(asked.claims, list(dict.fromkeys([best.text, *others])))


def _living(owner: Organisation, hits: Mapping[UUID, Hit], today: date) -> list[Found]:
    """Keep the hits whose document is current, public and valid on the day, whatever the index believes."""
    rows = Passage.objects.filter(
        valid_on(today, "document__"),
        pk__in=hits,
        owner=owner,
        document__owner=owner,
        document__audience=Document.Audience.PUBLIC,
        document__superseded_at=None,
        document__withdrawn_at=None,
    ).values_list(
        "pk",
        "ordinal",
        "heading",
        "page",
        "sheet",
        "cell",
        "question",
        Substr("document__text", F("start") + 1, F("end") - F("start")),
        "document_id",
        "document__title",
        "document__revision",
        "document__section__name",
        "document__section__phone",
    )
    return sorted((Found(*row) for row in rows), key=lambda found: -hits[found.key].score)[:_READ]


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
    owner: Organisation, asked: Question, outcome: Outcome, contact: Contact, today: date
) -> Refusal | None:
    if outcome.reason is None:
        return None
    if outcome.kind == "none":
        number = list_documents(owner, on=today).count()
        said = nothing_found(owner.name, owner.name_en or owner.name, number)
    else:
        unsaid = next((term for term in outcome.missing if term in asked.nouns), None)
        said = only_close(asked.listed[unsaid] if unsaid else "")
    return Refusal(outcome.reason, *said, contact)


def _citation(owner: Organisation, found: Found, quote: str) -> Citation:
    place = Location(found.page, found.sheet, found.cell, found.nearest_heading or None)
    url = f"/m/{owner.code}/documents/{found.document_id}#p-{found.ordinal}"
    return Citation(found.document_id, found.title, found.revision, place, quote, url)


def _contact(owner: Organisation, found: Found | None) -> Contact:
    """Name the section of the closest document, else the general one, else the municipality itself."""
    if found is not None and found.section:
        return Contact(found.section, found.phone or owner.phone, owner.hours)
    general = Section.objects.filter(owner=owner, is_general=True).first()
    if general is None:
        return Contact(owner.name, owner.phone, owner.hours)
    return Contact(general.name, general.phone or owner.phone, owner.hours)
