"""Which documents somebody at the desk may see, and which words of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yuimaru.foundation.people.queries import people_of
from yuimaru.foundation.tenancy.rules import Verb, may
from yuimaru.interfaces.desk.entries import WHO
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.queries import Document
from yuimaru.services.knowledge.rules.life import State, state


def manages(standing: Standing) -> bool:
    """Whether somebody may change the documents of the own organisation."""
    return may(standing.actor, Verb.MANAGE_DOCUMENTS, standing.organisation.pk)


def may_read(standing: Standing, document: Document) -> bool:
    """Whether the words of a document are for somebody."""
    return queries.may_read(standing.actor, document)


def get_visible(standing: Standing, document_id: UUID) -> Document:
    """A document that somebody may see; raises NotVisible."""
    return queries.get_visible(standing.organisation, standing.actor, document_id)


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
    listed = queries.revisions_of(document)
    refs = {one.added_by: WHO.fullmatch(one.added_by) for one in listed if own}
    known = people_of({part["user"] for part in refs.values() if part and part["user"]})
    names = {ref: known.get(part["user"]) for ref, part in refs.items() if part and part["user"]}
    return [
        Revision(one, said(person, "name") if (person := names.get(one.added_by)) else "", state_on(one, on))
        for one in listed
    ]
