"""見直しが必要なもの: what stands on something that is not as it was, and the button of whoever looked."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import seeing
from yuimaru.interfaces.desk.documents.words import KINDS, REASONS
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look.reviewing import to_review
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.rules.life import Unfit
from yuimaru.services.knowledge.rules.review import ToReview


@dataclass(frozen=True)
class Line:
    """Something to look at: what it is, why, since when, and where it can be opened."""

    one: ToReview
    kind: Promise
    reason: Promise
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@official
def review(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The list; a post says that somebody has looked at one of it."""
    if request.method == "POST":
        return _confirm(request, standing)
    readable = set(
        map(str, queries.visible(standing.organisation, standing.actor).values_list("pk", flat=True))
    )
    context = shell.around(standing, here="documents") | {
        "lines": [
            _line(one)
            for one in to_review(standing.organisation, on=standing.on)
            if one.kind != "document" or one.id in readable
        ],
        "manages": seeing.manages(standing),
    }
    return render(request, "desk/documents/review.html", context)


def _confirm(request: HttpRequest, standing: Standing) -> HttpResponse:
    try:
        actions.confirm(
            owner=standing.organisation,
            subject=request.POST.get("subject", ""),
            cause=request.POST.get("cause", ""),
            by=standing.actor,
            at=standing.at,
        )
    except Unfit:
        raise NotVisible(request.path) from None
    return shell.see_other("desk:documents_review")


def _line(one: ToReview) -> Line:
    url = reverse("desk:document", args=[one.id]) if one.kind == "document" else ""
    return Line(one, KINDS[one.kind], REASONS[one.cause.reason], url)
