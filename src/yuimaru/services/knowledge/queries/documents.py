"""Which documents a municipality has, and the words of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.rules.sameness import Passages, fingerprints

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


def list_documents(owner: Organisation) -> QuerySet[Document]:
    """The current revisions of an owner's own documents by title, whoever they are for."""
    return Document.objects.filter(CURRENT, owner=owner).select_related("section").order_by("title", "id")


def get_document(document_id: UUID) -> Document:
    """A document of the open scope, whatever its state; raises NotVisible."""
    document = Document.objects.filter(pk=document_id).select_related("section", "file", "owner").first()
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
        "label": document.label or None,
        "shared": document.is_shared,
        "valid_from": document.valid_from.isoformat(),
        "valid_to": document.valid_to.isoformat() if document.valid_to else None,
    }


def passages_of(document: Document) -> QuerySet[Passage]:
    """The passages of a document in their order, of an inherited one too."""
    return readable(Passage).filter(document=document).order_by("ordinal")


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


def passage_prints(owner: Organisation) -> dict[str, Passages]:
    """What the passages of each current document say, as digests, by the document's name."""
    texts = {document.pk: document for document in list_documents(owner)}
    found: dict[UUID, list[str]] = {pk: [] for pk in texts}
    for passage in Passage.objects.filter(owner=owner, document__in=list(texts)).iterator():
        found[passage.document_id].append(texts[passage.document_id].text[passage.start : passage.end])
    return {texts[pk].name: fingerprints(passages) for pk, passages in found.items()}
