"""Whose eyes: the documents that somebody may be told of and be answered from, own and inherited ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Audience, Declined, Document
from yuimaru.services.knowledge.queries.documents import CURRENT, valid_on


@dataclass(frozen=True, slots=True)
class Reach:
    """What of an owner's documents a reader may have: the public ones, those for staff, those of some sections."""

    owner: Organisation
    is_staff: bool = False
    sections: frozenset[UUID] = frozenset()

    @property
    def key(self) -> str:
        """Name the index of this reach; readers who may have the same share one."""
        if not self.is_staff:
            return self.owner.code
        ids = ",".join(sorted(str(section) for section in self.sections))
        return f"{self.owner.code}.staff" + (
            "-" + hashlib.sha256(ids.encode()).hexdigest()[:12] if ids else ""
        )

    def documents(self, on: date) -> QuerySet[Document]:
        """The documents in force and valid on a day that this reader may have."""
        return in_force(self.owner).filter(self._audience(), valid_on(on))

    def _audience(self) -> Q:
        if not self.is_staff:
            return Q(audience=Audience.PUBLIC)
        own = Q(audience=Audience.SECTION, section__in=self.sections) if self.sections else Q()
        return Q(audience__in=(Audience.PUBLIC, Audience.STAFF)) | own


def reach_of(owner: Organisation, reader: Actor | None) -> Reach:
    """Tell what a reader may have: a member of the owner's staff more than anybody else.

    Sections count only where they have documents of their own, so that most readers share an index.
    """
    if reader is None or reader.kind != "person" or reader.organisation_id != owner.pk:
        return Reach(owner)
    held = Document.objects.filter(CURRENT, owner=owner, audience=Audience.SECTION)
    own = held.filter(section__in=reader.sections).values_list("section", flat=True)
    return Reach(owner, is_staff=True, sections=frozenset(own) if reader.sections else frozenset())


def in_force(owner: Organisation) -> QuerySet[Document]:
    """The current documents an owner has: its own, and those shared with it that it neither replaces nor declines."""
    own = Q(owner=owner)
    if owner.parent_id is None:
        return Document.objects.filter(CURRENT, own)
    return readable(Document).filter(
        CURRENT, own | (inherited_by(owner) & ~_replaced(owner) & ~_declined(owner))
    )


def inherited_by(owner: Organisation) -> Q:
    """Pick what is shared with an organisation by the one it is a member of."""
    return Q(is_shared=True, owner=owner.parent_id)


def shown_document(reach: Reach, document_id: UUID, *, on: date) -> Document:
    """A document that a reader may have on a day; raises NotVisible."""
    found = reach.documents(on).filter(pk=document_id).select_related("section", "owner").first()
    if found is None:
        raise NotVisible(str(document_id))
    return found


def _replaced(owner: Organisation) -> Exists:
    """An own document of the same name stands instead, whoever may read it and until when."""
    return Exists(Document.objects.filter(CURRENT, owner=owner, name=OuterRef("name")))


def _declined(owner: Organisation) -> Exists:
    return Exists(
        Declined.objects.filter(owner=owner, sharer=OuterRef("owner"), name=OuterRef("name"), ended_at=None)
    )
