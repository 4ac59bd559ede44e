"""Asking a set of questions as a resident would, and holding what is shown against the stored documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath
from uuid import UUID

from yuimaru.core.text.probes import Probe
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries.asking import ask
from yuimaru.services.knowledge.queries.documents import passages_of
from yuimaru.services.knowledge.rules.answer import Answer, Citation, Sentence
from yuimaru.services.knowledge.rules.calibration import Mark
from yuimaru.services.knowledge.rules.scoring import Entry, Result, Shown, score


def evaluate(owner: Organisation, probes: Iterable[Probe], today: date) -> Iterator[Result]:
    """Ask one question after the other as `ask` does, and judge each answer."""
    store = _Store(owner, today)
    for probe in probes:
        yield score(probe, _shown(store, ask(owner, probe.question, today)))


def marks(owner: Organisation, probes: Iterable[Probe], today: date) -> Iterator[Mark]:
    """Ask one question after the other and tell how sure the best answer to each is."""
    for probe in probes:
        yield Mark(probe.kind, ask(owner, probe.question, today).sureness)


class _Store:
    """The cited documents as they stand in the database, each read once.

    It looks at the facts of a document by itself: a filter that lets too much through must not vouch for itself.
    """

    def __init__(self, owner: Organisation, today: date) -> None:
        self._owner, self._today = owner, today
        self._documents: dict[UUID, Document | None] = {}
        self._passages: dict[UUID, list[str]] = {}

    def may_be_quoted(self, document_id: UUID) -> bool:
        """Whether a document is the owner's or shared with it, public, in force, and valid on the day."""
        document = self._document(document_id)
        return (
            document is not None
            and (
                document.owner_id == self._owner.pk
                or (document.is_shared and document.owner_id == self._owner.parent_id)
            )
            and document.audience == Document.Audience.PUBLIC
            and document.superseded_at is None
            and document.withdrawn_at is None
            and document.valid_from <= self._today
            and (document.valid_to is None or document.valid_to >= self._today)
        )

    def holds(self, citation: Citation) -> bool:
        """Whether the quote really stands in the document, letter for letter."""
        document = self._document(citation.document_id)
        return document is not None and bool(citation.quote) and citation.quote in document.text

    def entry(self, citation: Citation) -> Entry:
        """The cited place with all names of its document: as filed, without its folder, by title, by id."""
        document = self._document(citation.document_id)
        if document is None:
            return Entry(frozenset(), "", citation.quote)
        names = (document.name, PurePosixPath(document.name).name, document.title, str(document.pk))
        around = (passage for passage in self._passages[document.pk] if citation.quote in passage)
        return Entry(frozenset(names), next(around, citation.quote), citation.quote)

    def _document(self, document_id: UUID) -> Document | None:
        if document_id not in self._documents:
            document = readable(Document).filter(pk=document_id).first()
            self._documents[document_id] = document
            if document is not None:
                self._passages[document_id] = [
                    document.text[passage.start : passage.end] for passage in passages_of(document)
                ]
        return self._documents[document_id]


def _shown(store: _Store, answer: Answer) -> Shown:
    cited = [citation for sentence in answer.sentences for citation in sentence.citations]
    citations = [*cited, *answer.close]
    close = [Sentence(citation.quote, (citation,)) for citation in answer.close]
    return Shown(
        outcome=answer.outcome,
        sentences=tuple(sentence.text for sentence in answer.sentences),
        entries=tuple(store.entry(citation) for citation in citations),
        unverified=sum(not _is_verified(store, sentence) for sentence in (*answer.sentences, *close)),
        foreign=sum(not store.may_be_quoted(citation.document_id) for citation in citations),
    )


def _is_verified(store: _Store, sentence: Sentence) -> bool:
    """A shown sentence is one of its quotes, and every quote stands where it says."""
    quotes = {citation.quote for citation in sentence.citations}
    return sentence.text in quotes and all(store.holds(citation) for citation in sentence.citations)
