"""Procedures: the list, and the guidance of one in Japanese, easy Japanese and English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.preferences import EASY
from yuimaru.interfaces.portal import guidance, life_events
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.screens import is_application
from yuimaru.services.catalogue.queries import Adopted, get_for_residents, list_for_residents


@dataclass(frozen=True)
class Facts:
    """The four facts of a procedure in the language of the page."""

    deadline: str
    fee: str
    minutes: int
    result: str


@dataclass(frozen=True)
class Card:
    """A procedure as lists and answers show it."""

    kata_id: str
    title: str
    summary: str
    tag: Promise
    facts: Facts
    bring: list[str]
    start_url: str
    start_label: Promise
    more_url: str
    life_events: tuple[str, ...]


def card(municipality: Organisation, adopted: Adopted) -> Card:
    """The card of an adopted kata; a self-check is begun, not applied for."""
    program, lang = adopted.program, language()
    kata = program.kata
    is_check = kata.kind == "self_check"
    where = [municipality.code, adopted.kata_id]
    return Card(
        kata_id=adopted.kata_id,
        title=program.title(lang),
        summary=program.text("summary", kata.summary, lang),
        tag=_("You can check yourself here") if is_check else _("You can apply for this here"),
        facts=_facts(program, lang),
        bring=[program.text(f"bring.{at}", thing, lang) for at, thing in enumerate(kata.bring)],
        start_url=reverse("portal:check" if is_check else "portal:apply", args=where),
        start_label=_start_label(program),
        more_url=reverse("portal:procedure", args=where),
        life_events=tuple(kata.life_events),
    )


def cards(municipality: Organisation, *, on: date) -> list[Card]:
    """Everything the municipality offers on that day."""
    return [card(municipality, adopted) for adopted in list_for_residents(municipality, on=on)]


@dataclass(frozen=True)
class Shelf:
    """The procedures of one life event, or those of none."""

    slug: str
    title: Promise | str
    procedures: list[Card]


def about(event: str, offered: list[Card]) -> list[Card]:
    """The procedures of a life event, those first that are most about it."""
    found = [each for each in offered if event in each.life_events]
    return sorted(found, key=lambda each: (each.life_events.index(event), len(each.life_events)))


def shelves(offered: list[Card]) -> list[Shelf]:
    """Each procedure once, under the life event that its kata names first."""
    kept = {event.slug: Shelf(event.slug, event.title, []) for event in life_events.EVENTS}
    others = Shelf("others", _("Other procedures"), [])
    for each in offered:
        home = next((slug for slug in each.life_events if slug in kept), None)
        (kept[home] if home else others).procedures.append(each)
    ordered = [replace(shelf, procedures=about(slug, shelf.procedures)) for slug, shelf in kept.items()]
    return [shelf for shelf in (*ordered, others) if shelf.procedures]


@municipal
@require_safe
def procedures(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """All procedures by life event, or those of one with what people ask about it."""
    event = life_events.find(request.GET.get("event", ""))
    offered = cards(municipality, on=timezone.localdate())
    found = shelves(offered) if event is None else [Shelf(event.slug, "", about(event.slug, offered))]
    return page(request, municipality, "procedures.html", here="procedures", event=event, shelves=found)


@municipal
@require_safe
def procedure(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """What the procedure is, who it is for, and the one button that starts it."""
    adopted = get_for_residents(municipality, kata, on=timezone.localdate())
    reading = EASY if request.GET.get("lang") == EASY else ""
    text = guidance.render(adopted.program.guidance(reading or language()), reading or language())
    return page(
        request,
        municipality,
        "procedure.html",
        here="procedures",
        card=card(municipality, adopted),
        text=text,
        easy=adopted.program.guidance(EASY) != adopted.program.guidance(),
        reading=reading,
        law=adopted.program.text("law", adopted.program.kata.law or "", language()),
    )


def _start_label(program: Program) -> Promise:
    if program.kata.kind == "self_check":
        return _("Start the self-check")
    return _("Start the application") if is_application(program) else _("Start the form")


def _facts(program: Program, lang: str) -> Facts:
    facts = program.kata.facts
    return Facts(
        deadline=program.text("facts.deadline", facts.deadline, lang),
        fee=program.text("facts.fee", facts.fee, lang),
        minutes=facts.minutes,
        result=program.text("facts.result", facts.result, lang),
    )
