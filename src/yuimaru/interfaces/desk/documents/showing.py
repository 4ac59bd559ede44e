"""One document: its words by passages, its editions, its facts, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from yuimaru.core.japan.laws import place_words
from yuimaru.foundation.files.queries import read
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import seeing
from yuimaru.interfaces.desk.documents.words import AUDIENCES, CHANGES, REASONS, STATES, WEIGHTS
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look import downloads
from yuimaru.interfaces.look.reviewing import to_review
from yuimaru.interfaces.look.stretches import stretches_of
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.queries import Document, compared, in_force
from yuimaru.services.knowledge.rules.life import State


@dataclass(frozen=True)
class Edition:
    """An edition with the word for how it stands."""

    revision: seeing.Revision
    word: Promise
    weight: str
    has_earlier: bool  # one that the reader may read


@dataclass(frozen=True)
class Compared:
    """An article beside what it was."""

    number: str
    place: str
    word: Promise
    before: str
    after: str


@require_GET
@official
def document(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """Everything about one document; `?s=START-END` marks a place."""
    return show(request, standing, seeing.get_visible(standing, document_id))


@require_GET
@official
def file(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """The file of an own document, as it was handed in; an inherited one stays with its owner."""
    found = seeing.get_visible(standing, document_id)
    if found.owner_id != standing.organisation.pk or not seeing.may_read(standing, found):
        raise NotVisible(str(document_id))
    name = found.name.rpartition("/")[2]
    return downloads.sent(read(found.file), name=name, media_type=found.media_type, inline=False)


def show(
    request: HttpRequest, standing: Standing, found: Document, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page of a document, after a refused act with what was wrong."""
    own = found.owner_id == standing.organisation.pk
    may_read = seeing.may_read(standing, found)
    state = seeing.state_on(found, standing.on)
    context = shell.around(standing, here="documents") | {
        "document": found,
        "own": own,
        "may_read": may_read,
        "stretches": stretches_of(found, request.GET.get("s", "")) if may_read else [],
        "audience": AUDIENCES[found.audience],
        "state": STATES[state],
        "weight": WEIGHTS.get(state, ""),
        "editions": _editions(found, own, standing),
        "changes": _changes(found) if may_read else [],
        "reasons": _reasons(found, standing),
        "manages": seeing.manages(standing),
        "can_change": own and state not in (State.WITHDRAWN, State.SUPERSEDED),
        "has_members": own and standing.organisation.members.exists(),
        **_inherited(found, own, standing),
        **more,
    }
    return render(request, "desk/documents/document.html", context, status=status)


def _editions(found: Document, own: bool, standing: Standing) -> list[Edition]:
    listed = [
        (one, seeing.may_read(standing, one.document))
        for one in seeing.revisions(found, own=own, on=standing.on)
    ]
    earlier = [one.document.revision for one, is_read in listed if is_read]
    return [
        Edition(
            one,
            STATES[one.state],
            WEIGHTS.get(one.state, ""),
            is_read and one.document.revision > min(earlier, default=0),
        )
        for one, is_read in listed
        if is_read or seeing.manages(standing)
    ]


def _changes(found: Document) -> list[Compared]:
    return [
        Compared(one.number, place_words(one.number), CHANGES[one.change], one.before, one.after)
        for one in compared(found)
    ]


def _reasons(found: Document, standing: Standing) -> list[dict[str, object]]:
    waiting = to_review(standing.organisation, on=standing.on)
    mine = [one for one in waiting if one.kind == "document" and one.id == str(found.pk)]
    return [{"word": REASONS[one.cause.reason], "cause": one.cause} for one in mine]


def _inherited(found: Document, own: bool, standing: Standing) -> dict[str, object]:
    """How a shared document stands here: used, declined with a reason, or replaced by an own one."""
    if own:
        return {}
    owner = standing.organisation
    return {
        "declined": queries.declined_by(owner, found),
        "replacing": queries.replacing(owner, found),
        "is_used": in_force(owner).filter(pk=found.pk).exists(),
    }
