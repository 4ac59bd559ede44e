"""Every page under /m/CODE/ belongs to one municipality: looked up once, its scope open while the page is made.

While it is still joining, only its own staff see it, to look and not to apply.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import general_section, standings
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality, get_public_municipality
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope

P = ParamSpec("P")


def municipal(
    view: Callable[Concatenate[HttpRequest, Organisation, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view its municipality inside that municipality's scope; an unknown or hidden one is a 404."""

    @wraps(view)
    def within(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipality = _visible(request, code)
        with scope(Actor.resident(municipality)):
            return view(request, municipality, *args, **kwargs)

    return within


def _visible(request: HttpRequest, code: str) -> Organisation:
    """The municipality, if residents reach it; its own staff may look at it before that.

    Who asks is looked up for an unknown code too, so that it is answered like one that is not public yet.

    :raises NotVisible: there is none, or not for whoever asks.
    :raises Forbidden: something would be sent before publication.
    """
    try:
        return get_public_municipality(code)
    except NotVisible:
        user, today = request.user, timezone.localdate()
        held = standings(user, on=today) if isinstance(user, User) else []
    municipality = get_municipality(code)
    if municipality.pk not in {standing.organisation.pk for standing in held}:
        raise NotVisible(code)
    if request.method not in ("GET", "HEAD"):
        raise Forbidden(
            "公開の前なので、入力や申請はまだできません。公開すると使えるようになります。",
            "These pages are not public yet, so nothing can be entered or sent. Publish them first.",
        )
    return municipality


def page(
    request: HttpRequest, municipality: Organisation, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the municipality, with the section that answers when nothing else does."""
    context = {"municipality": municipality, "contact": general_section(), **context}
    return render(request, f"portal/{template}", context, status=status)


def language() -> str:
    """The language of the page: "ja" or "en"."""
    return get_language() or "ja"
