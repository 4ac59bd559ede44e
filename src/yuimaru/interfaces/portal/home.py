"""The first page of the installation and of each municipality."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import list_municipalities
from yuimaru.interfaces.portal.life_events import EVENTS, EXAMPLES
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.interfaces.portal.procedures import cards
from yuimaru.services.knowledge.queries import Reach


@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """Which municipalities are here, and what this is."""
    return render(request, "portal/towns.html", {"municipalities": list_municipalities()})


@municipal
@require_safe
def home(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """Ask first; then life events, procedures, documents, people."""
    today = timezone.localdate()
    return page(
        request,
        municipality,
        "home.html",
        events=EVENTS,
        examples=EXAMPLES,
        procedures=cards(municipality, on=today),
        documents=Reach(municipality).documents(today).order_by("-valid_from", "title", "id")[:4],
    )
