"""The documents that answers are made of: the list, and one document with the place that was quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.people.queries import general_section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.services.knowledge.queries import Part, Reach, shown_document, shown_parts

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class Stretch:
    """A part of a document on the page: headings between passages, or a passage with its number and its quote."""

    headings: list[str]
    number: int | None = None
    text: str = ""  # up to the quote, or all of it
    quote: str = ""
    rest: str = ""


@municipal
@require_safe
def documents(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """Everything that is published and may be quoted."""
    found = Reach(municipality).documents(timezone.localdate()).select_related("owner")
    return page(
        request, municipality, "documents.html", documents=found.order_by("-valid_from", "title", "id")
    )


@municipal
@require_safe
def document(request: HttpRequest, municipality: Organisation, document_id: UUID) -> HttpResponse:
    """One document as text; `?s=START-END` marks the sentence that an answer quotes, as characters of the text."""
    found = shown_document(Reach(municipality), document_id, on=timezone.localdate())
    is_own = found.owner_id == municipality.pk
    stretches = _stretches(shown_parts(found), found.title, _span(request.GET.get("s", "")))
    return page(
        request,
        municipality,
        "document.html",
        document=found,
        stretches=stretches,
        quoted=next((stretch.number for stretch in stretches if stretch.quote), None),
        contact=found.section if is_own else general_section(),
        sharer=None if is_own else found.owner,
    )


def _span(asked: str) -> tuple[int, int]:
    """The place that an address asks to be marked; nothing where it names none."""
    found = _SPAN.fullmatch(asked)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _stretches(parts: list[Part], title: str, span: tuple[int, int]) -> list[Stretch]:
    stretches = []
    for part in parts:
        if part.ordinal is None:
            headings = [line.strip() for line in part.text.splitlines()]
            stretches.append(Stretch([line for line in headings if line and line != title]))
        else:
            stretches.append(_passage(part, part.ordinal, span))
    return stretches


def _passage(part: Part, number: int, span: tuple[int, int]) -> Stretch:
    """A passage, in three where the whole place to be marked stands in it."""
    start, end = (place - part.start for place in span)
    if not 0 <= start < end <= len(part.text):
        return Stretch([], number, part.text.strip("\n"))
    before, quote, rest = part.text[:start], part.text[start:end], part.text[end:]
    return Stretch([], number, before.lstrip("\n"), quote, rest.rstrip("\n"))
