"""The list of documents: own and inherited ones, narrowed by words, section, audience and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yuimaru.foundation.people.queries import list_sections
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.documents import seeing
from yuimaru.interfaces.desk.documents.words import AUDIENCES, STATES, WEIGHTS, Choice
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.look.reviewing import to_review
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.queries import Document, in_force
from yuimaru.services.knowledge.rules.life import NEAR, State

PAGE = 50
LONGEST = 100  # characters of a title that are looked for
REVIEW = "review"
_LISTED = (State.VALID, State.NEAR, State.EXPIRED, State.WITHDRAWN, State.COMING)


@dataclass(frozen=True)
class Line:
    """A document in the list."""

    document: Document
    audience: Promise
    state: Promise
    weight: str
    is_inherited: bool
    is_used: bool
    is_up_for_review: bool


@dataclass(frozen=True)
class Filter:
    """One select of the filter form."""

    name: str
    label: str
    everything: str
    choices: list[Choice]


@require_GET
@official
def documents(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What there is, with its state today."""
    asked = {
        name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "section", "audience", "state")
    }
    waiting = to_review(standing.organisation, on=standing.on)
    flagged = {one.id for one in waiting if one.kind == "document"}
    found = _narrowed(
        queries.latest(queries.visible(standing.organisation, standing.actor)), asked, standing, flagged
    )
    listed = found.select_related("owner", "section").defer("text").order_by("title", "id")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    used = set(
        in_force(standing.organisation)
        .filter(pk__in=[one.pk for one in page.object_list])
        .values_list("pk", flat=True)
    )
    context = shell.around(standing, here="documents") | {
        "lines": [_line(one, standing, one.pk in used, str(one.pk) in flagged) for one in page.object_list],
        "page": page,
        "filters": _filters(standing, asked),
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "waiting": len(waiting),
        "manages": seeing.manages(standing),
    }
    return render(request, "desk/documents/list.html", context)


def _line(document: Document, standing: Standing, is_used: bool, is_flagged: bool) -> Line:
    state = seeing.state_on(document, standing.on)
    return Line(
        document=document,
        audience=AUDIENCES[document.audience],
        state=STATES[state],
        weight=WEIGHTS.get(state, ""),
        is_inherited=document.owner_id != standing.organisation.pk,
        is_used=is_used,
        is_up_for_review=is_flagged,
    )


def _narrowed(
    found: QuerySet[Document], asked: dict[str, str], standing: Standing, flagged: set[str]
) -> QuerySet[Document]:
    if asked["q"]:
        found = found.filter(Q(title__icontains=asked["q"]) | Q(name__icontains=asked["q"]))
    if asked["section"]:
        found = found.filter(owner=standing.organisation, section__name=asked["section"])
    if asked["audience"] in AUDIENCES:
        found = found.filter(audience=asked["audience"])
    if asked["state"] == REVIEW:
        return found.filter(pk__in=flagged)
    if asked["state"]:
        return found.filter(_in_state(asked["state"], standing))
    return found.filter(withdrawn_at=None)


def _in_state(wanted: str, standing: Standing) -> Q:
    """The same as `rules.life.state`, for the database."""
    today, soon = standing.on, standing.on + timedelta(days=NEAR)
    lives = Q(withdrawn_at=None)
    begun = lives & Q(valid_from__lte=today)
    states = {
        State.WITHDRAWN: Q(withdrawn_at__isnull=False),
        State.COMING: lives & Q(valid_from__gt=today),
        State.EXPIRED: begun & Q(valid_to__lt=today),
        State.NEAR: begun & Q(valid_to__gte=today, valid_to__lte=soon),
        State.VALID: begun & (Q(valid_to=None) | Q(valid_to__gt=soon)),
    }
    return states.get(State(wanted), lives) if wanted in STATES else lives


def _filters(standing: Standing, asked: dict[str, str]) -> list[Filter]:
    sections = [section.name for section in list_sections().filter(owner=standing.organisation)]
    states: list[tuple[str, str | Promise]] = [
        *((state.value, STATES[state]) for state in _LISTED),
        (REVIEW, _("To be reviewed")),
    ]
    return [
        Filter(
            "section",
            _("Section"),
            _("All sections"),
            [Choice(name, name, name == asked["section"]) for name in sections],
        ),
        Filter(
            "audience",
            _("Audience"),
            _("All audiences"),
            [Choice(value, label, value == asked["audience"]) for value, label in AUDIENCES.items()],
        ),
        Filter(
            "state",
            _("State"),
            _("All but withdrawn ones"),
            [Choice(value, label, value == asked["state"]) for value, label in states],
        ),
    ]
