"""Which documents a member of staff may see on the desk, whatever their state."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Audience, Declined, Document
from yuimaru.services.knowledge.queries.documents import CURRENT
from yuimaru.services.knowledge.queries.reach import inherited_by


def may_read(reader: Actor, document: Document) -> bool:
    """Whether the words of a document are for somebody: a section's own are for its members alone."""
    return document.audience != Audience.SECTION or document.section_id in reader.sections


def visible(owner: Organisation, reader: Actor) -> QuerySet[Document]:
    """Own and inherited documents of any state; who manages documents sees that there are others' sections' too."""
    mine = Q(audience__in=(Audience.PUBLIC, Audience.STAFF)) | Q(
        audience=Audience.SECTION, section__in=reader.sections
    )
    own = Q(owner=owner) if may(reader, Verb.MANAGE_DOCUMENTS, owner.pk) else Q(owner=owner) & mine
    if owner.parent_id is None:
        return Document.objects.filter(own)
    return readable(Document).filter(own | inherited_by(owner))


def latest(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The last revision of each name."""
    later = readable(Document).filter(
        owner=OuterRef("owner"), name=OuterRef("name"), revision__gt=OuterRef("revision")
    )
    return documents.filter(~Exists(later))


def get_visible(owner: Organisation, reader: Actor, document_id: UUID) -> Document:
    """A document that somebody may see; raises NotVisible."""
    found = visible(owner, reader).filter(pk=document_id).select_related("owner", "section", "file").first()
    if found is None:
        raise NotVisible(str(document_id))
    return found


def revisions_of(document: Document) -> list[Document]:
    """All revisions of a document that the open scope may read, without their words, the newest first."""
    found = readable(Document).filter(owner=document.owner_id, name=document.name)
    return list(found.defer("text").order_by("-revision"))


def declined_by(owner: Organisation, document: Document) -> Declined | None:
    """That an owner does not use an inherited document, and why."""
    live = Declined.objects.filter(owner=owner, sharer=document.owner, name=document.name, ended_at=None)
    return live.first()


def replacing(owner: Organisation, document: Document) -> Document | None:
    """The owner's own document that stands in place of an inherited one."""
    return Document.objects.filter(CURRENT, owner=owner, name=document.name).first()


def titles_of(documents: list[UUID]) -> dict[UUID, str]:
    """The titles of documents of the open scope."""
    return dict(Document.objects.filter(pk__in=documents).values_list("pk", "title"))
