"""The documents that answers are made of: the list, and one document with the place that was quoted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.people.queries import general_section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.stretches import quoted_in, stretches_of
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.services.knowledge.queries import Reach, shown_document


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
    stretches = stretches_of(found, request.GET.get("s", ""))
    return page(
        request,
        municipality,
        "document.html",
        document=found,
        stretches=stretches,
        quoted=quoted_in(stretches),
        contact=found.section if is_own else general_section(),
        sharer=None if is_own else found.owner,
    )
