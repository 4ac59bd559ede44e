"""The documents that answers are made of: the list, and one document with the place that was quoted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.people.queries import general_section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.services.knowledge.queries import Part, Reach, shown_document, shown_parts


@dataclass(frozen=True)
class Stretch:
    """A part of a document on the page: headings between passages, or a passage with its number."""

    headings: list[str]
    text: str
    number: int | None
    shown: bool


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
    """One document as text; `?passage=` marks a place."""
    found = shown_document(Reach(municipality), document_id, on=timezone.localdate())
    is_own = found.owner_id == municipality.pk
    return page(
        request,
        municipality,
        "document.html",
        document=found,
        stretches=_stretches(shown_parts(found), found.title, request.GET.get("passage", "")),
        contact=found.section if is_own else general_section(),
        sharer=None if is_own else found.owner,
    )


def _stretches(parts: list[Part], title: str, shown: str) -> list[Stretch]:
    stretches = []
    for part in parts:
        if part.ordinal is None:
            headings = [line.strip() for line in part.text.splitlines()]
            stretches.append(Stretch([line for line in headings if line and line != title], "", None, False))
        else:
            stretches.append(Stretch([], part.text.strip("\n"), part.ordinal, str(part.ordinal) == shown))
    return stretches
