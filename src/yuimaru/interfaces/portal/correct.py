"""補正: the applicant puts right what an official asked about; answers wait in the session until they are sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.look import errors
from yuimaru.interfaces.portal import answering, screens
from yuimaru.interfaces.portal.closed import closed, closed_everywhere, emptied, kept
from yuimaru.interfaces.portal.findings import findings
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.patience import patiently
from yuimaru.interfaces.portal.receipts import ask_for_numbers, own_status
from yuimaru.interfaces.portal.screens import Filling
from yuimaru.interfaces.portal.summaries import summary_of
from yuimaru.services.cases.actions import resubmit
from yuimaru.services.cases.queries import Correction, Status
from yuimaru.services.procedures.rules import InvalidKey, KeyInFlight, KeyReused


def _slot(municipality: Organisation, number: str) -> str:
    return f"correction/{municipality.code}/{number}"


def _filling(known: Status, correction: Correction, corrected: Mapping[str, Any]) -> Filling:
    """The form as it was sent, with what was corrected since; 今日 stays the day of the submission."""
    submission = known.case.submission
    answers = {**submission.answers, **corrected}
    return Filling(known.program, correction.form_id, answers, submission.today, language())


def _problem_address(filling: Filling, municipality: Organisation, number: str) -> str:
    """Where the first answer stands that keeps the form from being sent; empty when nothing does."""
    problems = filling.problems()
    here = filling.step_of(problems[0].path) if problems else None
    if here is None:
        return ""
    return reverse("portal:correct_step", args=[municipality.code, number, filling.position(here)])


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, municipality: Organisation, number: str) -> HttpResponse:
    """What was asked, all answers, and the button that sends them again."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    if known.correction is None:
        return redirect("portal:case_status", municipality.code, number)
    slot = _slot(municipality, number)
    corrected = request.session.get(slot, {})
    filling = _filling(known, known.correction, corrected)
    if address := _problem_address(filling, municipality, number):
        return redirect(address)
    if request.method == "POST":
        return _send(request, municipality, known, filling)
    return page(
        request,
        municipality,
        "correct.html",
        title=known.program.title(language()),
        number=number,
        key=secrets.token_urlsafe(24),
        correction=known.correction,
        changed=bool(corrected),
        summary=summary_of(
            filling,
            lambda place: reverse("portal:correct_step", args=[municipality.code, number, place]),
            closed=closed_everywhere(filling, known.case.submission.answers),
        ),
    )


def _send(request: HttpRequest, municipality: Organisation, known: Status, filling: Filling) -> HttpResponse:
    try:
        patiently(
            lambda at: resubmit(
                case=known.case,
                answers=filling.answers,
                key=request.POST.get("idempotency_key", ""),
                by=Actor.resident(municipality),
                at=at,
                language=language(),
            )
        )
    except InvalidKey as problem:
        raise BadRequest("idempotency_key") from problem
    except KeyReused:
        return redirect("portal:correct", municipality.code, known.case.number)
    except KeyInFlight:
        return errors.resting(request)
    request.session.pop(_slot(municipality, known.case.number), None)
    return redirect("portal:case_status", municipality.code, known.case.number)


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, municipality: Organisation, number: str, position: int) -> HttpResponse:
    """One screen of the form once more."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    if known.correction is None:
        return redirect("portal:case_status", municipality.code, number)
    slot = _slot(municipality, number)
    corrected = request.session.get(slot, {})
    filling = _filling(known, known.correction, corrected)
    here = filling.step_at(position)
    if here is None:
        raise NotVisible(number)
    again, shut = None, closed(filling, here, known.case.submission.answers)
    if request.method == "POST":
        before = filling
        sent = answering.read(
            request,
            municipality,
            filling,
            here,
            at=timezone.now(),
            standing_in=lambda data: kept(before, here, data, shut),
        )
        if sent.again is None:
            request.session[slot] = {**corrected, **sent.values}
            if sent.revealed:
                return redirect(f"{request.path}#{quote(sent.revealed)}")
            return redirect("portal:correct", municipality.code, number)
        again, filling = sent.again, filling.saying(sent.values)
    return page(
        request,
        municipality,
        "correct_step.html",
        title=known.program.title(language()),
        number=number,
        correction=known.correction,
        screen=again or emptied(screens.build(filling, here), shut),
        findings=findings(filling),
    )
