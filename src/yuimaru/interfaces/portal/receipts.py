"""After sending: the receipt, and the status for whoever knows 受付番号 and 確認番号."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.look.templatetags.look import serial, short_date
from yuimaru.interfaces.portal import drafts
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.services.cases.queries import Status, StatusStep, called_by, case_of, program_of
from yuimaru.services.cases.queries import status as status_of
from yuimaru.services.procedures.actions import open_status
from yuimaru.services.procedures.queries import check_number
from yuimaru.services.procedures.rules import Locked


@dataclass(frozen=True)
class Event:
    """One line of the timeline in words."""

    title: str
    line: str
    text: str
    state: str


def own_status(request: HttpRequest, municipality: Organisation, number: str) -> Status | None:
    """The status, for a browser that sent the application or gave both numbers; else None, known or not."""
    if not drafts.may_see_case(request, municipality, number):
        return None
    return status_of(case_of(municipality, number), lang=language())


def ask_for_numbers(municipality: Organisation, number: str) -> HttpResponse:
    """The same for every number: to the page that asks for both."""
    return redirect(f"{reverse('portal:status', args=[municipality.code])}?number={serial(number)}")


@municipal
@require_safe
def receipt(request: HttpRequest, municipality: Organisation, number: str) -> HttpResponse:
    """What was received and when, both numbers, and what happens next."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    address = f"{reverse('portal:status', args=[municipality.code])}?number={number}"
    return page(
        request,
        municipality,
        "receipt.html",
        title=known.program.title(language()),
        number=number,
        secret=check_number(known.case.submission),
        received_at=known.case.opened_at,
        status_url=request.build_absolute_uri(address),
        events=_events(known),
    )


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """Ask for both numbers; what is wrong about them is not said."""
    number = request.GET.get("number", "")
    problem = ""
    if request.method == "POST":
        number = _number(request.POST.get("number", ""))
        problem = _try(request, municipality, number, request.POST.get("check", ""), timezone.now())
        if not problem:
            return redirect("portal:case_status", municipality.code, number)
    return page(request, municipality, "find_status.html", here="status", number=number[:20], problem=problem)


@municipal
@require_safe
def status(request: HttpRequest, municipality: Organisation, number: str) -> HttpResponse:
    """Where the application stands, and what the applicant is asked to do, if anything."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    called = called_by(known.case)
    for other in called:
        drafts.open_case(request, municipality, other.number)
    return page(
        request,
        municipality,
        "status.html",
        here="status",
        title=known.program.title(language()),
        number=number,
        known=known,
        due_on=known.case.due_on,
        called=[(other.number, program_of(other).title(language())) for other in called],
        events=_events(known),
    )


def _try(request: HttpRequest, municipality: Organisation, number: str, check: str, at: datetime) -> str:
    """Open the status for this browser; else the sentence that says why not."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", check) if sign.isdecimal())
    if not number or not digits:
        return _("Enter both numbers.")
    try:
        submission = open_status(owner=municipality, number=number, check=digits[:12], at=at)
    except NotVisible:
        return _("No application was found for these numbers.")
    except Locked:
        return _("The numbers did not match several times. Please try again in 15 minutes.")
    drafts.open_case(request, municipality, submission.number)
    return ""


def _number(typed: str) -> str:
    """What was typed as a 受付番号, in groups of four half-width digits."""
    return serial("".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdecimal())[:20])


def _events(known: Status) -> list[Event]:
    """The timeline; what a step says of itself is true while it runs, and of the end for good."""
    last = known.steps[-1] if known.closed else None
    return [
        Event(step.title, _when(step), step.text if step.state == "now" or step is last else "", step.state)
        for step in known.steps
    ]


def _when(step: StatusStep) -> str:
    if step.state == "done" and step.on:
        return _("Done on %(day)s") % {"day": short_date(step.on)}
    return _("By %(day)s") % {"day": short_date(step.until)} if step.until else ""
