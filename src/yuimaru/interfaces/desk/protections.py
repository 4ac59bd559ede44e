"""支援措置 for the officials named for it: recording, extending, lifting. For everybody else these pages are not here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.days import read_day
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.titles import step_title
from yuimaru.services.cases.queries import latest_tasks, program_of
from yuimaru.services.protections import actions, queries
from yuimaru.services.protections.rules import InvalidMeasure, State, a_year_on

FIELDS = ("name", "kana", "born", "since", "until")

P = ParamSpec("P")


@dataclass(frozen=True)
class Line:
    """A measure and the word for how it stands."""

    sheet: queries.Sheet
    state: str


@dataclass(frozen=True)
class Found:
    """An application that a measure withholds."""

    task: UUID
    subject: UUID
    number: str
    procedure: str
    step: str


def named(
    view: Callable[Concatenate[HttpRequest, Standing, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Run a view for an official who may protect; for others its address leads nowhere, as an unknown one."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, standing: Standing, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not may(standing.actor, Verb.PROTECT, standing.organisation.pk):
            raise NotVisible(request.path)
        return view(request, standing, *args, **kwargs)

    return official(wrapped)


@named
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """All measures that were not lifted, and the form to record one."""
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    wrong = ""
    if request.method == "POST":
        try:
            return shell.see_other("desk:protection", _record(standing, typed))
        except InvalidMeasure as problem:
            wrong = problem.field
    else:
        typed |= {"since": standing.on.isoformat(), "until": a_year_on(standing.on).isoformat()}
    found = actions.list_measures(owner=standing.organisation, by=standing.actor, at=standing.at)
    sheets = [queries.sheet(one, on=standing.on) for one in found]
    context = shell.around(standing, here="protections") | {
        "lines": [Line(sheet, _state(sheet.state)) for sheet in sheets],
        "typed": typed,
        "wrong": wrong,
        "error": _error(wrong),
    }
    return render(request, "desk/protections.html", context, status=422 if wrong else 200)


@named
@require_GET
def measure(request: HttpRequest, standing: Standing, measure_id: UUID) -> HttpResponse:
    """One measure, what it withholds, and what can be done about it; looking at it is recorded."""
    return _show(request, standing, measure_id)


@named
@require_POST
def extend(request: HttpRequest, standing: Standing, measure_id: UUID) -> HttpResponse:
    """Let a measure hold until a later day."""
    try:
        actions.extend(
            owner=standing.organisation,
            measure_id=measure_id,
            until=_day(request.POST.get("until", ""), "until"),
            by=standing.actor,
            at=standing.at,
        )
    except InvalidMeasure as problem:
        return _show(request, standing, measure_id, wrong=problem.field)
    return shell.see_other("desk:protection", measure_id)


@named
@require_POST
def lift(request: HttpRequest, standing: Standing, measure_id: UUID) -> HttpResponse:
    """End a measure at once, once that is confirmed."""
    try:
        if request.POST.get("sure") != "yes":
            raise InvalidMeasure("sure")
        actions.lift(owner=standing.organisation, measure_id=measure_id, by=standing.actor, at=standing.at)
    except InvalidMeasure as problem:
        return _show(request, standing, measure_id, wrong=problem.field)
    return shell.see_other("desk:protections")


@named
@require_POST
def release(request: HttpRequest, standing: Standing, measure_id: UUID) -> HttpResponse:
    """Give an application of somebody else with the same name back to ordinary work."""
    try:
        subject = UUID(request.POST.get("subject", ""))
    except ValueError:
        raise NotVisible(str(measure_id)) from None
    actions.release(
        owner=standing.organisation, measure_id=measure_id, subject=subject, by=standing.actor, at=standing.at
    )
    return shell.see_other("desk:protection", measure_id)


def _record(standing: Standing, typed: Mapping[str, str]) -> UUID:
    recorded = actions.protect(
        owner=standing.organisation,
        name=typed["name"],
        kana=typed["kana"],
        born=_day(typed["born"], "born"),
        since=_day(typed["since"], "since"),
        until=_day(typed["until"], "until"),
        by=standing.actor,
        at=standing.at,
    )
    return recorded.pk


def _day(typed: str, field: str) -> date:
    day = read_day(typed)
    if day is None:
        raise InvalidMeasure(field)
    return day


def _show(request: HttpRequest, standing: Standing, measure_id: UUID, wrong: str = "") -> HttpResponse:
    opened = actions.open_measure(
        owner=standing.organisation, measure_id=measure_id, by=standing.actor, at=standing.at
    )
    sheet = queries.sheet(opened, on=standing.on)
    context = shell.around(standing, here="protections") | {
        "line": Line(sheet, _state(sheet.state)),
        "found": _found(queries.subjects_of(opened)),
        "next_year": a_year_on(sheet.until).isoformat(),
        "wrong": wrong,
        "error": _error(wrong),
    }
    return render(request, "desk/protection.html", context, status=422 if wrong else 200)


def _state(state: State) -> str:
    return {
        State.COMING: _("Not yet in force"),
        State.IN_FORCE: _("In force"),
        State.ENDED: _("Ended"),
        State.LIFTED: _("Lifted"),
    }[state]


def _found(subjects: list[UUID]) -> list[Found]:
    lang = get_language() or "ja"
    told = []
    for task in latest_tasks(subjects):
        program = program_of(task.case)
        step = step_title(program, task.step, lang)
        told.append(Found(task.pk, task.key_id, task.case.number, program.title(lang), step))
    return told


def _error(field: str) -> str:
    """What is wrong and what to do; empty when nothing is."""
    sentences = {
        "name": _("Enter the name as it stands in the register."),
        "born": _("Enter the date of birth."),
        "since": _("Enter the first day."),
        "until": _("Enter a last day that is not past and at most one year on."),
        "sure": _("Tick the box if the measure is to end now."),
        "measure": _("The measure has already ended. Record a new one if it is needed."),
    }
    return sentences.get(field, "")
