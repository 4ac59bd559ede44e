"""Every page under /m/CODE/ belongs to one municipality: looked up once, its scope open while the page is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from yuimaru.foundation.people.queries import general_section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope

P = ParamSpec("P")


def municipal(
    view: Callable[Concatenate[HttpRequest, Organisation, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view its municipality inside that municipality's scope; an unknown code is a 404."""

    @wraps(view)
    def within(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        municipality = get_municipality(code)
        with scope(Actor.resident(municipality)):
            return view(request, municipality, *args, **kwargs)

    return within


def page(
    request: HttpRequest, municipality: Organisation, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the municipality, with the section that answers when nothing else does."""
    context = {"municipality": municipality, "contact": general_section(), **context}
    return render(request, f"portal/{template}", context, status=status)


def language() -> str:
    """The language of the page: "ja" or "en"."""
    return get_language() or "ja"
