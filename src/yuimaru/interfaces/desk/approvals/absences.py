"""不在と代決: who is away and who signs meanwhile; and the posts that a decision needs and nobody holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuimaru.foundation.people import actions
from yuimaru.foundation.people.actions import InvalidAbsence
from yuimaru.foundation.people.queries import Office, PlannedAbsence, absences, offices
from yuimaru.foundation.tenancy.rules import Verb, may, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.approvals.words import lack_sentence, post_title
from yuimaru.interfaces.desk.days import read_day
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases.queries import lacking_posts

PLACES = ("1", "2", "3")


@dataclass(frozen=True)
class Choice:
    """One value of a select."""

    value: str
    label: str


@dataclass(frozen=True)
class Line:
    """One absence as a row."""

    id: UUID
    who: str
    absence: PlannedAbsence
    deputies: list[str]
    is_now: bool
    may_end: bool


@require_http_methods(["GET", "HEAD", "POST"])
@official
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The absences that hold or are to come, and the form to note one."""
    _require(standing)
    typed = {name: request.POST.get(name, "").strip() for name in ("who", "since", "until", *PLACES)}
    wrong = ""
    if request.method == "POST":
        try:
            _record(standing, typed)
            return shell.see_other("desk:absences")
        except InvalidAbsence as problem:
            wrong = problem.field
    else:
        typed["since"] = standing.on.isoformat()
    found = offices(standing.organisation, on=standing.on)
    manages = may(standing.actor, Verb.MANAGE_ORGANISATION, standing.organisation.pk)
    context = shell.around(standing, here="absences") | {
        "lines": [
            _line(one, standing, found, manages) for one in absences(standing.organisation, on=standing.on)
        ],
        "lacks": [
            (one.kata, lack_sentence(one.lack), one.waiting)
            for one in (lacking_posts(standing.organisation, on=standing.on) if manages else ())
        ],
        "who": _whose(standing, found, manages),
        "deputies": [Choice(str(office.post.pk), _office(office)) for office in found.values()],
        "places": [(place, typed[place]) for place in PLACES],
        "typed": typed,
        "wrong": wrong,
        "error": _error(wrong),
    }
    return render(request, "desk/absences.html", context, status=422 if wrong else 200)


@require_POST
@official
def end(request: HttpRequest, standing: Standing, absence_id: UUID) -> HttpResponse:
    """End an absence at once."""
    _require(standing)
    actions.end_absence(owner=standing.organisation, absence_id=absence_id, by=standing.actor, at=standing.at)
    return shell.see_other("desk:absences")


def _require(standing: Standing) -> None:
    """Open to whoever signs, and to whoever manages the organisation."""
    if not may(standing.actor, Verb.MANAGE_ORGANISATION, standing.organisation.pk):
        require(standing.actor, Verb.SEE_CASES, standing.organisation.pk)


def _record(standing: Standing, typed: Mapping[str, str]) -> None:
    kind, _colon, chosen = typed["who"].partition(":")
    try:
        who = UUID(chosen)
        deputies = [UUID(typed[place]) for place in PLACES if typed[place]]
    except ValueError:
        raise InvalidAbsence("who") from None
    days = {name: read_day(typed[name]) for name in ("since", "until")}
    for name, day in days.items():
        if day is None:
            raise InvalidAbsence(name)
    assert days["since"] is not None
    assert days["until"] is not None
    actions.record_absence(
        owner=standing.organisation,
        post_id=who if kind == "post" else None,
        user_id=who if kind == "user" else None,
        since=days["since"],
        until=days["until"],
        deputies=deputies,
        by=standing.actor,
        at=standing.at,
    )


def _whose(standing: Standing, found: Mapping[UUID, Office], manages: bool) -> list[Choice]:
    """People first, then posts; without the right to manage only oneself and one's own."""
    me = standing.actor.user_id
    mine = [office for office in found.values() if manages or me in {user.pk for user in office.holders}]
    people = {user.pk: user for office in mine for user in office.holders if manages or user.pk == me}
    return [
        *(Choice(f"user:{user.pk}", said(user, "name")) for user in people.values()),
        *(Choice(f"post:{office.post.pk}", _office(office)) for office in mine),
    ]


def _line(one: PlannedAbsence, standing: Standing, found: Mapping[UUID, Office], manages: bool) -> Line:
    absence = one.absence
    office = found.get(absence.post_id) if absence.post_id else None
    mine = {user.pk for user in office.holders} if office else {absence.user_id}
    return Line(
        absence.pk,
        said(absence.user, "name") if absence.user else post_title(absence.post) if absence.post else "",
        one,
        [post_title(post) for post in one.deputies],
        absence.since <= standing.on,
        manages or standing.actor.user_id in mine,
    )


def _office(office: Office) -> str:
    names = "、".join(said(user, "name") for user in office.holders) or _("nobody")
    return _("%(post)s (%(names)s)") % {"post": post_title(office.post), "names": names}


def _error(field: str) -> str:
    sentences = {
        "who": _("Choose who is away."),
        "since": _("Enter a first day that is not after the last."),
        "until": _("Enter a last day that is not past."),
        "deputies": _("Choose at least one deputy, each once, and not the absent post itself."),
    }
    return sentences.get(field, "")
