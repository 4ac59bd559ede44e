"""職員の回答（FAQ）: what members of staff have answered, written, checked by somebody else, published, ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible, Verb, may
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.questions import enquiries, frame, topics, writing
from yuimaru.interfaces.desk.questions.frame import ENTRY_STATES, answering
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.questions import actions, queries
from yuimaru.services.questions.queries import FaqEntry
from yuimaru.services.questions.rules.faq import InvalidEntry, require_publisher

PAGE = 25
GET_AND_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Line:
    """An entry as a row, in words."""

    entry: FaqEntry
    state: str | Promise
    weight: str
    has_changed_ground: bool


@require_safe
@answering
def entries(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Everything that was written: drafts first, what has ended last."""
    found = queries.list_entries(standing.organisation)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = frame.around(standing, tab="faq") | {
        "lines": [_line(entry) for entry in page],
        "page": page,
    }
    return render(request, "desk/questions/faq.html", context)


@require_http_methods(GET_AND_POST)
@answering
def new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Write an entry: to a topic, from an answered enquiry (`?task=`), or out of one's own knowledge."""
    if request.method == "POST":
        return _write(request, standing)
    task = request.GET.get("task", "")
    given = enquiries.told(task, standing) if task else {}
    form = writing.blank(standing, **given)
    context = frame.around(standing, tab="faq") | {"form": form, "is_from_case": bool(task)}
    return render(request, "desk/questions/new.html", context)


@require_http_methods(GET_AND_POST)
@answering
def entry(request: HttpRequest, standing: Standing, entry_id: UUID) -> HttpResponse:
    """One entry; a draft can be written anew, a published one gets a better one that takes its place."""
    found = queries.get_entry(standing.organisation, entry_id)
    if request.method == "POST":
        return _write(request, standing, found)
    return _show(request, standing, found)


@require_POST
@answering
def publish(request: HttpRequest, standing: Standing, entry_id: UUID) -> HttpResponse:
    """Let residents be answered with a draft."""
    actions.publish(owner=standing.organisation, entry_id=entry_id, by=standing.actor, at=standing.at)
    return shell.see_other("desk:faq_entry", entry_id)


@require_POST
@answering
def end(request: HttpRequest, standing: Standing, entry_id: UUID) -> HttpResponse:
    """Take an entry back."""
    actions.end(owner=standing.organisation, entry_id=entry_id, by=standing.actor, at=standing.at)
    return shell.see_other("desk:faq_entry", entry_id)


def _write(request: HttpRequest, standing: Standing, found: FaqEntry | None = None) -> HttpResponse:
    draft = found if found is not None and found.state == FaqEntry.State.DRAFT else None
    try:
        written = actions.write(
            owner=standing.organisation,
            writing=writing.read(request),
            by=standing.actor,
            at=standing.at,
            entry_id=draft.pk if draft else None,
        )
    except InvalidEntry as problem:
        return _again(request, standing, found, writing.again(request, standing, problem.field))
    return shell.see_other("desk:faq_entry", written.pk)


def _again(
    request: HttpRequest, standing: Standing, found: FaqEntry | None, form: writing.Form
) -> HttpResponse:
    """The page that the form stands on, with what is wrong."""
    if found is not None:
        return _show(request, standing, found, form)
    topic = form.hidden.get("topic")
    if topic:
        return topics.show(request, standing, queries.get_topic(standing.organisation, _uuid(topic)), form)
    context = frame.around(standing, tab="faq") | {"form": form}
    return render(request, "desk/questions/new.html", context, status=422)


def _show(
    request: HttpRequest, standing: Standing, found: FaqEntry, form: writing.Form | None = None
) -> HttpResponse:
    is_open = found.state != FaqEntry.State.ENDED
    context = frame.around(standing, tab="faq") | {
        "line": _line(found),
        "is_draft": found.state == FaqEntry.State.DRAFT,
        "may_publish": _may_publish(standing, found),
        "form": form or (writing.of_entry(standing, found) if is_open else None),
    }
    return render(request, "desk/questions/entry.html", context, status=422 if form else 200)


def _may_publish(standing: Standing, found: FaqEntry) -> bool:
    try:
        require_publisher(
            manages_documents=may(standing.actor, Verb.MANAGE_DOCUMENTS, standing.organisation.pk),
            is_writer=found.written_by_id == standing.actor.user_id,
        )
    except Forbidden:
        return False
    return True


def _line(found: FaqEntry) -> Line:
    state, weight = ENTRY_STATES[found.state]
    is_open = found.state != FaqEntry.State.ENDED
    return Line(found, state, weight, is_open and queries.has_changed_ground(found))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible(text) from None
