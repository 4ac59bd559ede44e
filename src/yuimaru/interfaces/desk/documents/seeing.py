"""Which documents somebody at the desk may see, and which words of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuimaru.foundation.people.queries import people_of
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.interfaces.desk.entries import WHO
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries import inherited_by
from yuimaru.services.knowledge.rules.life import State, state


def manages(standing: Standing) -> bool:
    """Whether somebody may change the documents of the own organisation."""
    return may(standing.actor, Verb.MANAGE_DOCUMENTS, standing.organisation.pk)


def may_read(standing: Standing, document: Document) -> bool:
    """Whether the words of a document are for somebody: a section's own are for its members alone."""
    return document.audience != Document.Audience.SECTION or document.section_id in standing.actor.sections


def visible(standing: Standing) -> QuerySet[Document]:
    """Own and inherited documents of any state; who manages documents sees that there are others' sections' too."""
    owner = standing.organisation
    for_all = Q(audience__in=(Document.Audience.PUBLIC, Document.Audience.STAFF))
    mine = for_all | Q(audience=Document.Audience.SECTION, section__in=standing.actor.sections)
    own = Q(owner=owner) if manages(standing) else Q(owner=owner) & mine
    if owner.parent_id is None:
        return Document.objects.filter(own)
    return readable(Document).filter(own | inherited_by(owner))


def latest(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The last revision of each name; of what is inherited only what is in force."""
    later = readable(Document).filter(
        owner=OuterRef("owner"), name=OuterRef("name"), revision__gt=OuterRef("revision")
    )
    return documents.filter(~Exists(later))


def get_visible(standing: Standing, document_id: UUID) -> Document:
    """A document that somebody may see; raises NotVisible."""
    found = visible(standing).filter(pk=document_id).select_related("owner", "section", "file").first()
    if found is None:
        raise NotVisible(str(document_id))
    return found


def state_on(document: Document, day: date) -> State:
    """How a document stands."""
    return state(
        day,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        is_withdrawn=document.withdrawn_at is not None,
        is_superseded=document.superseded_at is not None,
    )


@dataclass(frozen=True)
class Revision:
    """An edition, who brought it in, and how it stands."""

    document: Document
    by: str
    state: State


def revisions(document: Document, *, own: bool, on: date) -> list[Revision]:
    """All editions of a document, the newest first; of an inherited one nobody is named."""
    found = readable(Document).filter(owner=document.owner_id, name=document.name)
    listed = list(found.defer("text").order_by("-revision"))
    refs = {one.added_by: WHO.fullmatch(one.added_by) for one in listed if own}
    known = people_of({part["user"] for part in refs.values() if part and part["user"]})
    names = {ref: known.get(part["user"]) for ref, part in refs.items() if part and part["user"]}
    return [
        Revision(one, said(person, "name") if (person := names.get(one.added_by)) else "", state_on(one, on))
        for one in listed
    ]
