"""In whose name somebody acts: one of the standings held today, under the mandates that hold today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yuimaru.foundation.people import queries as people
from yuimaru.foundation.people.models import User
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import live_mandates
from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.foundation.tenancy.scope import scope

CHOSEN = "standing"  # key of the session: the code of the organisation acted for

P = ParamSpec("P")


@dataclass(frozen=True)
class Standing:
    """いまの立場 for the length of one request, which happens at one moment."""

    organisation: Organisation
    actor: Actor
    posts: tuple[str, ...]
    mandates: list[Mandate]
    all: list[people.Standing]
    at: datetime

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)


def official(
    view: Callable[Concatenate[HttpRequest, Standing, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Run a view for somebody signed in, inside the scope of the standing they have chosen.

    Posts and mandates are looked up on every request, so what has ended yesterday opens nothing today.

    :raises Forbidden: the person holds no post today.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        standing = _chosen(request, request.user)
        with scope(standing.actor, mandates=standing.mandates):
            return view(request, standing, *args, **kwargs)

    return wrapped


def _chosen(request: HttpRequest, user: User) -> Standing:
    at = timezone.localtime()
    on = timezone.localdate(at)
    held = people.standings(user, on=on)
    if not held:
        raise Forbidden(
            "きょうの時点で就いている職がないため、この画面は使えません。所属の管理者に確かめてください。",
            "You hold no post today, so this page is closed to you. Ask the administrator of your section.",
        )
    code = request.session.get(CHOSEN)
    chosen = next((one for one in held if one.organisation.code == code), held[0])
    mandates = live_mandates(taker_id=chosen.organisation.pk, on=on)
    return Standing(chosen.organisation, chosen.actor, chosen.posts, mandates, held, at)
