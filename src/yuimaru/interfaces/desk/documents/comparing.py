"""Two editions of a document beside each other, what changed for whom, and the sentences that carry a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import seeing
from yuimaru.interfaces.desk.documents.words import BECAME, FACTS, Choice
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.queries import Document
from yuimaru.services.knowledge.rules.facts import WEIGHTY, Fact
from yuimaru.services.knowledge.rules.revisions import (
    Change,
    Comparison,
    Kind,
    Line,
    Piece,
    side_by_side,
)

PAGE = 50


@dataclass(frozen=True)
class Side:
    """A sentence in one of the editions: in pieces, under its heading, with the address of its place."""

    pieces: list[Piece]
    heading: str
    url: str


@dataclass(frozen=True)
class Tag:
    """A kind of fact in a word, and how it weighs."""

    word: Promise
    weight: str


@dataclass(frozen=True)
class Shown:
    """A change as the page shows it."""

    word: Promise
    facts: list[Tag]
    people: tuple[str, ...]
    before: Side | None
    after: Side | None


@require_GET
@official
def compare(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """What differs between a document and another of its editions, `?with=`, by default the one before."""
    asked = _readable(standing, document_id)
    editions = [one for one in queries.revisions_of(asked) if seeing.may_read(standing, one)]
    other = _other(standing, asked, editions, request.GET.get("with", ""))
    context = shell.around(standing, here="documents") | {"document": asked, "other": other}
    if other is not None:
        before, after = sorted((asked, other), key=lambda one: one.revision)
        found = queries.comparison(before, after)
        page = Paginator(found.changes, PAGE).get_page(request.GET.get("page"))
        context |= {
            "before": before,
            "after": after,
            "page": page,
            "changes": [_shown(change, before, after) for change in page.object_list],
            "summary": _summary(found),
            "counts": _counts(found),
            "choices": [
                Choice(str(one.pk), _("Edition %(number)s") % {"number": one.revision}, one.pk == other.pk)
                for one in editions
                if one.pk != asked.pk
            ],
        }
    return render(request, "desk/documents/compare.html", context)


@require_GET
@official
def summary(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """抜粋: the sentences that carry a document, unchanged, each with its place."""
    document = _readable(standing, document_id)
    context = shell.around(standing, here="documents") | {
        "document": document,
        "sentences": [(line.text, _side(line, document)) for line in queries.excerpt(document)],
    }
    return render(request, "desk/documents/summary.html", context)


def _readable(standing: Standing, document_id: UUID) -> Document:
    """A document whose words are for the reader; raises NotVisible."""
    found = seeing.get_visible(standing, document_id)
    if not seeing.may_read(standing, found):
        raise NotVisible(str(document_id))
    return found


def _other(standing: Standing, asked: Document, editions: Sequence[Document], wanted: str) -> Document | None:
    """The edition that is asked for, or the latest before; None where there is none before."""
    if wanted:
        try:
            return _readable(standing, UUID(wanted))
        except ValueError:
            raise NotVisible(wanted) from None
    earlier = next((one for one in editions if one.revision < asked.revision), None)
    return _readable(standing, earlier.pk) if earlier else None


def _shown(change: Change, before: Document, after: Document) -> Shown:
    pieces: tuple[list[Piece], list[Piece]] | None = None
    if change.before and change.after and change.kind is Kind.REWORDED:
        pieces = side_by_side(change.before.text, change.after.text)
    tags = [Tag(FACTS[fact], "warn" if fact in WEIGHTY else "") for fact in change.facts]
    if change.is_moved and change.kind is Kind.REWORDED:
        tags.append(Tag(BECAME[Kind.MOVED], ""))
    return Shown(
        BECAME[change.kind],
        tags,
        change.people,
        _side(change.before, before, pieces[0] if pieces else None) if change.before else None,
        _side(change.after, after, pieces[1] if pieces else None) if change.after else None,
    )


def _side(line: Line, document: Document, pieces: list[Piece] | None = None) -> Side:
    return Side(
        pieces or [Piece(line.text, False)],
        " › ".join(line.path),
        reverse("desk:document", args=[document.pk]) + line.place,
    )


def _summary(found: Comparison) -> str:
    """In one sentence, which kinds of fact changed in how many places."""
    if not found.changes:
        return _("No sentence differs between these editions.")
    told = found.reworded()
    told.pop(Fact.WORDS, None)
    if not told:
        return _("No sentence that stands in both has another amount, date or condition.")
    return _("Changed: %(facts)s.") % {"facts": _joined(told)}


def _counts(found: Comparison) -> list[tuple[Promise, int, str]]:
    """How many sentences became what, and what weighty facts the added and the removed ones hold."""
    counts = found.counts()
    return [(BECAME[kind], counts[kind], _joined(found.weighty(kind))) for kind in Kind if counts[kind]]


def _joined(told: Mapping[Fact, int]) -> str:
    parts = [
        ngettext("%(fact)s in %(count)s place", "%(fact)s in %(count)s places", count)
        % {"fact": FACTS[fact], "count": count}
        for fact, count in told.items()
    ]
    return ("、" if get_language() == "ja" else ", ").join(parts)
