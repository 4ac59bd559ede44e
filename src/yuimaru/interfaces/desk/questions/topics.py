"""回答を用意する質問: topics that wait for a section, and what can be done about one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuimaru.foundation.people.queries import list_sections, sections_of
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.questions import frame, writing
from yuimaru.interfaces.desk.questions.frame import ENTRY_STATES, OUTCOMES, REASONS, TOPIC_STATES, answering
from yuimaru.interfaces.desk.queue import Filter
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.desks.queries import Choice
from yuimaru.services.drafting.queries import draft_reply
from yuimaru.services.drafting.rules.enquiry import asked
from yuimaru.services.drafting.rules.letter import Draft
from yuimaru.services.questions import actions, queries
from yuimaru.services.questions.queries import Topic

PAGE = 25


@dataclass(frozen=True)
class Line:
    """A topic as a row, in words."""

    row: queries.Row
    trend: str
    state: str | Promise
    weight: str


@require_safe
@answering
def topics(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What waits to be answered, of the person's own sections unless all are asked for."""
    state, whose = request.GET.get("state", ""), request.GET.get("whose", "")
    rows = queries.list_topics(
        standing.organisation,
        states=[state] if state in Topic.State.values else [Topic.State.OPEN],
        sections=None if whose == "all" else sections_of(standing.actor, on=standing.on),
        on=standing.on,
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = frame.around(standing, tab="topics") | {
        "lines": [_line(row) for row in queries.with_examples(list(page))],
        "page": page,
        "filters": _filters(state, whose),
        "is_gathering": "gathering" in request.GET,
        "whose": whose,
    }
    return render(request, "desk/questions/topics.html", context)


@require_POST
@answering
def gather(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Have new questions joined into topics now; the worker does it."""
    actions.gather(owner=standing.organisation, by=standing.actor, at=standing.at)
    return shell.see_other("desk:questions", anchor="?gathering=1")


@require_safe
@answering
def topic(request: HttpRequest, standing: Standing, topic_id: UUID) -> HttpResponse:
    """One topic: in which words it is asked, what was said about answers, and the form to answer it.

    With `?draft=1` the form holds what the documents that residents may read say to it, word for word.
    """
    found = queries.get_topic(standing.organisation, topic_id)
    drafted = None
    if "draft" in request.GET:
        drafted = draft_reply(
            standing.organisation, asked(found.words), reader=standing.actor, on=standing.on
        )
    return show(request, standing, found, drafted=drafted)


@require_POST
@answering
def settle(request: HttpRequest, standing: Standing, topic_id: UUID) -> HttpResponse:
    """Say how a topic stands."""
    state = request.POST.get("state", "")
    actions.settle(
        owner=standing.organisation, topic_id=topic_id, state=state, by=standing.actor, at=standing.at
    )
    return shell.see_other("desk:topic", topic_id)


@require_POST
@answering
def hand(request: HttpRequest, standing: Standing, topic_id: UUID) -> HttpResponse:
    """Give a topic to another section."""
    try:
        section = UUID(request.POST.get("section", ""))
    except ValueError:
        raise NotVisible(str(topic_id)) from None
    actions.hand(
        owner=standing.organisation, topic_id=topic_id, section_id=section, by=standing.actor, at=standing.at
    )
    return shell.see_other("desk:topic", topic_id)


def show(
    request: HttpRequest,
    standing: Standing,
    found: Topic,
    form: writing.Form | None = None,
    drafted: Draft | None = None,
) -> HttpResponse:
    """The page of a topic; with a form that could not be taken, the form as it was typed."""
    wordings = queries.wordings(found)
    state, weight = TOPIC_STATES[found.state]
    context = frame.around(standing) | {
        "topic": found,
        "state": state,
        "weight": weight,
        "times": sum(one.times for one in wordings),
        "wordings": [(one, OUTCOMES[one.outcome]) for one in wordings],
        "remarks": [(one, REASONS[one.reason]) for one in queries.remarks(found)],
        "entries": [(one, *ENTRY_STATES[one.state]) for one in queries.entries_of(found)],
        "sections": list_sections(),
        "others": [(value, told) for value, (told, _w) in TOPIC_STATES.items() if value != found.state],
        "draft": drafted,
        "form": form or writing.for_topic(standing, found, drafted),
    }
    return render(request, "desk/questions/topic.html", context, status=422 if form else 200)


def _line(row: queries.Row) -> Line:
    state, weight = TOPIC_STATES[row.topic.state]
    return Line(row, _trend(row), state, weight)


def _trend(row: queries.Row) -> str:
    if row.lately > row.before:
        return _("more often")
    return _("less often") if row.lately < row.before else _("as often as before")


def _filters(state: str, whose: str) -> list[Filter]:
    states = [
        Choice(value, str(told)) for value, (told, _w) in TOPIC_STATES.items() if value != Topic.State.OPEN
    ]
    return [
        Filter("state", _("State"), str(TOPIC_STATES[Topic.State.OPEN][0]), states, state),
        Filter("whose", _("Section"), _("My sections"), [Choice("all", _("All sections"))], whose),
    ]
