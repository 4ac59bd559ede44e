"""The documents that answers are made of: the list, and one document with the place that was quoted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.services.knowledge.queries import Part, get_document, list_documents, shown_parts


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
    found = list_documents(municipality, on=timezone.localdate()).order_by("-valid_from", "title")
    return page(request, municipality, "documents.html", documents=found)


@municipal
@require_safe
def document(request: HttpRequest, municipality: Organisation, document_id: UUID) -> HttpResponse:
    """One document as text; `?passage=` marks a place."""
    found = get_document(document_id, on=timezone.localdate())
    return page(
        request,
        municipality,
        "document.html",
        document=found,
        stretches=_stretches(shown_parts(found), found.title, request.GET.get("passage", "")),
        contact=found.section,
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
