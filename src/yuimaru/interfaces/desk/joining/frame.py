"""What every page of 「はじめる」 has: who may open it, the six steps, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuimaru.foundation.tenancy.queries import MUNICIPAL
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.joining.actions import Invited
from yuimaru.services.joining.queries import Stage, stages_done

P = ParamSpec("P")
INVITED = "joining.invited"  # key of the session: addresses to be shown once

TITLES = {
    Stage.BODY: gettext_lazy("About the municipality"),
    Stage.PEOPLE: gettext_lazy("Sections and staff"),
    Stage.KATA: gettext_lazy("Adopting kata"),
    Stage.MANDATES: gettext_lazy("Mandates"),
    Stage.DOCUMENTS: gettext_lazy("Documents"),
    Stage.OPENING: gettext_lazy("Looking over before publication"),
}
ROUTES = {
    Stage.BODY: "desk:joining_body",
    Stage.PEOPLE: "desk:joining_sections",
    Stage.KATA: "desk:joining_katas",
    Stage.MANDATES: "desk:joining_mandates",
    Stage.DOCUMENTS: "desk:joining_documents",
    Stage.OPENING: "desk:joining_opening",
}


def of_a_municipality(
    view: Callable[Concatenate[HttpRequest, Standing, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Run a view for an administrator of a municipality.

    :raises NotVisible: the person acts for another kind of organisation.
    :raises Forbidden: the person's post does not manage the municipality.
    """

    @official
    @wraps(view)
    def within(
        request: HttpRequest, standing: Standing, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if standing.organisation.kind not in MUNICIPAL:
            raise NotVisible(standing.organisation.code)
        require(standing.actor, Verb.MANAGE_ORGANISATION, standing.organisation.pk)
        return view(request, standing, *args, **kwargs)

    return within


def page(
    request: HttpRequest, standing: Standing, stage: Stage, template: str, **context: Any
) -> HttpResponse:
    """A page of one step, with its place among the six."""
    stages = list(Stage)
    done, place = stages_done(standing.organisation, on=standing.on), stages.index(stage)
    following = stages[place + 1] if place + 1 < len(stages) else None
    frame = shell.around(standing, here="joining") | {
        "title": TITLES[stage],
        "stages": [
            {
                "title": TITLES[each],
                "state": "now" if each == stage else ("done" if each in done else "todo"),
            }
            for each in stages
        ],
        "stage_number": place + 1,
        "stage_now": TITLES[stage],
        "stage_next": TITLES[following] if following else "",
        "next_url": reverse(ROUTES[following]) if following else "",
    }
    return render(request, f"desk/joining/{template}", frame | context)


def keep_invitations(request: HttpRequest, invited: list[Invited]) -> None:
    """Keep addresses until the next page shows them, once."""
    request.session[INVITED] = [
        {
            "name": each.user.name,
            "login": each.user.login,
            "address": request.build_absolute_uri(
                reverse("desk:first_password", args=[each.user.pk, each.secret])
            ),
        }
        for each in invited
    ]


def kept_invitations(request: HttpRequest) -> list[dict[str, str]]:
    """The addresses that were kept; they are gone afterwards."""
    kept: list[dict[str, str]] = request.session.pop(INVITED, [])
    return kept


def wants_more(request: HttpRequest) -> bool:
    """Whether somebody saves to go on with the same page."""
    return request.POST.get("then") == "more"


def empty_row(number: int) -> str:
    """The heading of a row that is still empty."""
    return _("Empty row %(number)s") % {"number": number}
