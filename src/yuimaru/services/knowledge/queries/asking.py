"""Asking an owner's documents: find, check that what was found still holds, quote, and judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Substr

from yuimaru.core.text.index import Hit
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.queries.documents import list_documents, valid_on
from yuimaru.services.knowledge.queries.generation import current_index
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
from yuimaru.services.knowledge.rules.outcome import Outcome, judge
from yuimaru.services.knowledge.rules.passages import HEADING_MARK, searched
from yuimaru.services.knowledge.rules.question import Question, understand

LONGEST_QUESTION = 500  # characters; what stands beyond is not read
_FOUND = 30  # passages taken from the index, so that enough of them still hold
_READ = 8  # passages whose statements are rated


class Found(NamedTuple):
    """A passage that was found and still holds, with its words and its BM25 score."""

    passage: Passage
    words: str
    score: float


def ask(owner: Organisation, question: str, today: date) -> Answer:
    """Answer a question from the owner's own public documents that hold on a day, or say that they do not."""
    asked = understand(question[:LONGEST_QUESTION], (owner.name,))
    index = current_index(owner)
    living = _living(owner, index.search(list(asked.weights), _FOUND), today)
    weights = {form: rare * asked.weights[form] for form, rare in index.rarity(asked.weights).items()}
    rated = evidence.rate(asked, weights, [_candidate(found) for found in living])
    chosen = evidence.choose(asked, weights, rated)
    outcome = judge(asked, weights, index.held(asked.weights), chosen)
    by_key = {found.passage.pk.hex: found.passage for found in living}
    shown = {"answer": chosen, "close": evidence.nearest(rated), "none": []}[outcome.kind]
    citations = tuple(_citation(owner, by_key[statement.key], statement.text) for statement in shown)
    contact = _contact(owner, by_key[shown[0].key].document.section if shown else None)
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
    )


def _living(owner: Organisation, hits: Sequence[Hit], today: date) -> list[Found]:
    """Keep the hits whose document is current, public and valid on the day, whatever the index believes."""
    scores = {UUID(hit.key): hit.score for hit in hits}
    passages = (
        Passage.objects.filter(
            valid_on(today, "document__"),
            pk__in=scores,
            owner=owner,
            document__owner=owner,
            document__audience=Document.Audience.PUBLIC,
            document__superseded_at=None,
            document__withdrawn_at=None,
        )
        .select_related("document__section")
        .defer("document__text")
        .annotate(words=Substr("document__text", F("start") + 1, F("end") - F("start")))
    )
    found = [Found(passage, passage.words, scores[passage.pk]) for passage in passages]
    return sorted(found, key=lambda one: -one.score)[:_READ]


def _candidate(found: Found) -> evidence.Candidate:
    passage = found.passage
    return evidence.Candidate(
        key=passage.pk.hex,
        about=searched(passage.document.title, passage.heading, passage.question, ""),
        heading=_nearest_heading(passage),
        question=passage.question,
        text=found.words,
        score=found.score,
    )


def _refusal(
    owner: Organisation, asked: Question, outcome: Outcome, contact: Contact, today: date
) -> Refusal | None:
    if outcome.reason is None:
        return None
    if outcome.kind == "none":
        number = list_documents(owner, on=today).count()
        said = nothing_found(owner.name, owner.name_en or owner.name, number)
    else:
        said = only_close(asked.surfaces[outcome.missing[0]] if outcome.missing else "")
    return Refusal(outcome.reason, *said, contact)


def _citation(owner: Organisation, passage: Passage, quote: str) -> Citation:
    document = passage.document
    place = Location(passage.page, passage.sheet, passage.cell, _nearest_heading(passage) or None)
    url = f"/m/{owner.code}/documents/{document.pk}#p-{passage.ordinal}"
    return Citation(document.pk, document.title, document.revision, place, quote, url)


def _contact(owner: Organisation, section: Section | None) -> Contact:
    section = section or Section.objects.filter(owner=owner, is_general=True).first()
    if section is None:
        return Contact(owner.name, owner.phone, owner.hours)
    return Contact(section.name, section.phone or owner.phone, owner.hours)


def _nearest_heading(passage: Passage) -> str:
    return passage.heading.split(HEADING_MARK)[-1]
