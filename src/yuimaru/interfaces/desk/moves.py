"""案件の移行: which running cases stand on which definition, what a move would do to each, and the move itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.interfaces.desk import previews, shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.titles import step_title
from yuimaru.services.cases.actions import move_cases, preview_moves
from yuimaru.services.cases.queries import standings
from yuimaru.services.catalogue.queries import get_adopted, list_adopted, running

SHOWN = 30
SHORT = 8  # characters of a definition's SHA-256: enough to tell two of one version apart
RESULTS = ("moved", "already", "stale", "refused", "unknown")
STEP = "step."


@dataclass(frozen=True)
class Line:
    """How many running cases of a kata stand on one definition."""

    kata: str
    title: str
    version: str
    definition: str
    cases: int
    in_use: bool


@dataclass(frozen=True)
class Question:
    """A step without a place in the new definition, and the step chosen for it."""

    step: str
    title: str
    chosen: str


@require_GET
@official
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """All running cases of the municipality, counted by kata and definition."""
    owner = standing.organisation
    require(standing.actor, Verb.MANAGE_ADOPTIONS, owner.pk)
    lang = get_language() or "ja"
    used = {each.kata_id: each.definition_sha256 for each in list_adopted(owner, on=standing.on)}
    lines = [
        Line(
            each.kata,
            running(each.definition).title(lang),
            each.version,
            each.definition[:SHORT],
            each.cases,
            each.kata not in used or used[each.kata] == each.definition,
        )
        for each in standings(owner, by=standing.actor, on=standing.on)
    ]
    earlier = any(not line.in_use for line in lines)
    context = shell.around(standing, here="moves") | {"lines": lines, "earlier": earlier}
    return render(request, "desk/moves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@official
def move(request: HttpRequest, standing: Standing, kata: str) -> HttpResponse:
    """What the move of each case would do; posting moves the chosen ones as they were shown."""
    owner = standing.organisation
    require(standing.actor, Verb.MANAGE_ADOPTIONS, owner.pk)
    program = get_adopted(owner, kata, on=standing.on).program
    steps = _steps(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        return _move(request, standing, kata, steps)
    lang = get_language() or "ja"
    looked = preview_moves(
        owner=owner, kata=kata, by=standing.actor, at=standing.at, steps=steps, most=SHOWN + 1
    )
    asked = dict.fromkeys((*steps, *previews.vanished(looked)))
    olds = {name: each.before for each in looked for name in asked}
    context = shell.around(standing, here="moves") | {
        "kata": kata,
        "kata_title": program.title(lang),
        "version": program.kata.version,
        "definition": program.sha256[:SHORT],
        "cards": [previews.card(each, program, lang) for each in looked[:SHOWN]],
        "more": len(looked) > SHOWN,
        "questions": [_question(name, olds.get(name), steps, lang) for name in asked],
        "targets": _targets(program, lang),
        "steps": [(f"{STEP}{old}", new) for old, new in steps.items()],
        "done": _done(request.GET),
    }
    context["movable"] = sum(each.ok for each in context["cards"])
    return render(request, "desk/move.html", context)


def _move(request: HttpRequest, standing: Standing, kata: str, steps: Mapping[str, str]) -> HttpResponse:
    """Move what was chosen, or all that was shown as movable; the page then says what came of it."""
    chosen = request.POST.getlist("offered" if request.POST.get("all") else "case")
    moved = move_cases(
        owner=standing.organisation,
        kata=kata,
        chosen=dict(map(_choice, chosen)),
        steps=steps,
        by=standing.actor,
        at=standing.at,
    )
    query: dict[str, str | int] = {f"{STEP}{old}": new for old, new in steps.items()}
    query |= Counter[str](each.result for each in moved) | {"done": len(moved)}
    return HttpResponseRedirect(f"{reverse('desk:move', args=[kata])}?{urlencode(query)}", status=303)


def _choice(value: str) -> tuple[UUID, str]:
    case_id, _dot, digest = value.partition(".")
    try:
        return UUID(case_id), digest
    except ValueError:
        raise BadRequest("case") from None


def _steps(data: Mapping[str, str]) -> dict[str, str]:
    """The steps that were given a place: old id → new id."""
    given = {name.removeprefix(STEP): data[name] for name in data if name.startswith(STEP)}
    return {old: new for old, new in given.items() if old and new}


def _question(name: str, before: Program | None, steps: Mapping[str, str], lang: str) -> Question:
    known = {step.id for step in before.kata.workflow.steps} if before and before.kata.workflow else set()
    title = step_title(before, name, lang) if before and name in known else name
    return Question(f"{STEP}{name}", title, steps.get(name, ""))


def _targets(program: Program, lang: str) -> list[tuple[str, str]]:
    """The steps that may take the place of one that vanished."""
    steps = program.kata.workflow.steps if program.kata.workflow else []
    return [(step.id, step_title(program, step.id, lang)) for step in steps if step.end is None]


def _done(query: Mapping[str, str]) -> list[str]:
    """What came of the last post, one sentence each; empty when there was none."""
    counts = {name: int(query[name]) for name in RESULTS if query.get(name, "").isdecimal()}
    if "done" not in query:
        return []
    return [_result(name, number) for name, number in counts.items()] or [_("No case was chosen.")]


def _result(name: str, number: int) -> str:
    sentences = {
        "moved": ngettext("%(number)s case moved.", "%(number)s cases moved.", number),
        "already": ngettext(
            "%(number)s case had moved before.", "%(number)s cases had moved before.", number
        ),
        "stale": ngettext(
            "%(number)s case changed since it was shown and was not moved. Look at it again.",
            "%(number)s cases changed since they were shown and were not moved. Look at them again.",
            number,
        ),
        "refused": ngettext(
            "%(number)s case cannot move, for the reasons below.",
            "%(number)s cases cannot move, for the reasons below.",
            number,
        ),
        "unknown": ngettext(
            "%(number)s case has ended in the meantime.",
            "%(number)s cases have ended in the meantime.",
            number,
        ),
    }
    return sentences[name] % {"number": number}
