"""Which documents a municipality has, and the words of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.knowledge.models import Document, Passage

CURRENT = Q(superseded_at=None, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text as a page shows it; `ordinal` is set where it is a passage."""

    text: str
    ordinal: int | None
    start: int  # in the document's text


def valid_on(day: date, prefix: str = "") -> Q:
    """Pick what holds on a day, by the validity dates of documents (or of what points to one)."""
    upper = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return upper & Q(**{f"{prefix}valid_from__lte": day})


def list_documents(owner: Organisation, *, on: date | None = None) -> QuerySet[Document]:
    """The current revisions of an owner's documents by title; with a day, only the public ones valid then."""
    documents = (
        Document.objects.filter(CURRENT, owner=owner).select_related("section").order_by("title", "id")
    )
    if on is None:
        return documents
    return documents.filter(valid_on(on), audience=Document.Audience.PUBLIC)


def get_document(document_id: UUID, *, on: date | None = None) -> Document:
    """A document in the open scope, whatever its state; with a day, only if the public may read it then.

    Raises NotVisible.
    """
    documents = Document.objects.filter(pk=document_id).select_related("section", "file")
    if on is not None:
        documents = documents.filter(CURRENT, valid_on(on), audience=Document.Audience.PUBLIC)
    document = documents.first()
    if document is None:
        raise NotVisible(str(document_id))
    return document


def as_row(document: Document) -> dict[str, object]:
    """Give the facts of a document as lists of documents show them."""
    return {
        "id": str(document.pk),
        "name": document.name,
        "title": document.title,
        "revision": document.revision,
        "media_type": document.media_type,
        "section": document.section.name if document.section else None,
        "audience": document.audience,
        "valid_from": document.valid_from.isoformat(),
        "valid_to": document.valid_to.isoformat() if document.valid_to else None,
    }


def passages_of(document: Document) -> QuerySet[Passage]:
    """The passages of a document in their order."""
    return Passage.objects.filter(document=document).order_by("ordinal")


def shown_parts(document: Document) -> list[Part]:
    """The whole text of a document in order, parted so that each passage can be linked to."""
    parts: list[Part] = []
    position = 0
    for passage in passages_of(document):
        parts.append(Part(document.text[position : passage.start], None, position))
        parts.append(Part(document.text[passage.start : passage.end], passage.ordinal, passage.start))
        position = passage.end
    parts.append(Part(document.text[position:], None, position))
    return [part for part in parts if part.text.strip()]
