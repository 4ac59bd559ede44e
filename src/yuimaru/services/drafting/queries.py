"""Drafting a reply: each question asked of the documents by itself, each sentence held against its document again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.cases.queries import Access
from yuimaru.services.catalogue.queries import get_for_residents, matching
from yuimaru.services.drafting.rules.enquiry import KATA, QUESTION, Asked
from yuimaru.services.drafting.rules.letter import (
    Draft,
    Noted,
    Procedure,
    Reply,
    Statement,
    is_verbatim,
    number_of,
    numbered,
)
from yuimaru.services.knowledge.queries import LONGEST_QUESTION, Document, ask, reach_of
from yuimaru.services.knowledge.rules.answer import Answer, Citation, Contact, Sentence

MOST_QUESTIONS = 5  # of one enquiry
_MOST_PROCEDURES = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """What the documents say to one question: to residents, to staff alone, and what only comes close."""

    asked: Asked
    answer: Answer
    internal: tuple[Citation, ...] = ()
    near: tuple[Noted, ...] = ()


def may_draft(opened: Access) -> bool:
    """Whether a task is an enquiry that waits for a reply, and its question is shown to who opened it.

    Never for a protected person: what is said to them is said by the officials named for it.
    """
    task = opened.task
    is_open = task.done_at is None and task.waits_for_staff
    return task.kata == KATA and is_open and not opened.concerned and opened.visibility(QUESTION) == "shown"


def draft_reply(owner: Organisation, questions: Sequence[Asked], *, reader: Actor | None, on: date) -> Draft:
    """A reply to each question from the documents that the reader may have on a day; nothing is stored.

    What a resident may not read is set apart: the letter itself holds sentences of public documents alone.
    """
    looked_up = questions[:MOST_QUESTIONS]
    found = [_found(owner, each, reader, on) for each in looked_up]
    sources = numbered(citation for each in found for citation in _quoted(each.answer))
    replies = tuple(
        Reply(
            each.asked.words,
            each.answer,
            tuple(Statement(one.quote, (number_of(sources, one),)) for one in _quoted(each.answer)),
            each.answer.unanswered if each.answer.sentences else (),
        )
        for each in found
    )
    return Draft(
        owner=owner.name,
        replies=replies,
        sources=sources,
        procedures=_procedures(owner, looked_up, on),
        contacts=_contacts(found),
        internal=_once(citation for each in found for citation in each.internal),
        near=tuple(dict.fromkeys(noted for each in found for noted in each.near)),
        left_out=len(questions) - len(looked_up),
        shortened=any(len(each.looked_up) > LONGEST_QUESTION for each in looked_up),
    )


def _found(owner: Organisation, asked: Asked, reader: Actor | None, on: date) -> _Found:
    answer = ask(owner, asked.looked_up, on, reader=reader)
    documents = _documents(owner, answer, reader, on)
    held = _held(answer, documents)
    internal = tuple(one for one in _quoted(held) if not _is_public(documents[one.document_id]))
    if internal:  # they may have stood before what residents can be told
        told = ask(owner, asked.looked_up, on)
        held = _held(told, _documents(owner, told, None, on))
    near = tuple(
        Noted(one, not _is_public(documents[one.document_id]))
        for one in answer.close
        if one.document_id in documents
    )
    return _Found(asked, held, internal, near)


def _contacts(found: Sequence[_Found]) -> tuple[Contact, ...]:
    """Whom to ask: first who is in charge of what was answered."""
    answered_first = sorted(found, key=lambda each: not each.answer.sentences)
    return tuple(dict.fromkeys(each.answer.contact for each in answered_first))


def _held(answer: Answer, documents: Mapping[UUID, Document]) -> Answer:
    """The answer without any sentence that its document, read again, does not hold letter for letter."""
    sentences = tuple(
        Sentence(sentence.text, sentence.citations[:1])
        for sentence in answer.sentences
        if sentence.citations and _stands(sentence, documents)
    )
    return replace(answer, sentences=sentences)


def _stands(sentence: Sentence, documents: Mapping[UUID, Document]) -> bool:
    document = documents.get(sentence.citations[0].document_id)
    return (
        document is not None
        and sentence.text == sentence.citations[0].quote
        and is_verbatim(sentence.text, document.text)
    )


def _documents(owner: Organisation, answer: Answer, reader: Actor | None, on: date) -> dict[UUID, Document]:
    """The quoted documents, of those that the reader may have on the day."""
    ids = {citation.document_id for citation in (*_quoted(answer), *answer.close)}
    return reach_of(owner, reader).documents(on).in_bulk(ids) if ids else {}


def _quoted(answer: Answer) -> list[Citation]:
    return [sentence.citations[0] for sentence in answer.sentences if sentence.citations]


def _is_public(document: Document) -> bool:
    return document.audience == Document.Audience.PUBLIC


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple({(one.document_id, one.quote): one for one in citations}.values())


def _procedures(owner: Organisation, questions: Sequence[Asked], on: date) -> tuple[Procedure, ...]:
    """The nearest procedure of each question; not the one by which it came."""
    kata: dict[str, str] = {}
    for each in questions:
        matches = [one for one in matching(owner, each.looked_up, on=on) if one["kata"] != KATA]
        kata |= {one["kata"]: one["url"] for one in matches[:1]}
    return tuple(_procedure(owner, name, url, on) for name, url in list(kata.items())[:_MOST_PROCEDURES])


def _procedure(owner: Organisation, kata: str, url: str, on: date) -> Procedure:
    program = get_for_residents(owner, kata, on=on).program
    bring = tuple(program.text(f"bring.{at}", thing, "ja") for at, thing in enumerate(program.kata.bring))
    return Procedure(program.title("ja"), url, bring)
