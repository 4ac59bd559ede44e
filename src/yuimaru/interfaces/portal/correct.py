"""補正: the applicant puts right what an official asked about; answers wait in a draft until they are sent."""

from __future__ import annotations

import secrets
from datetime import datetime
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
from yuimaru.interfaces.look.unavailable import Reason, unavailable
from yuimaru.interfaces.portal import answering, drafts, screens
from yuimaru.interfaces.portal.answering import Sent
from yuimaru.interfaces.portal.closed import closed, closed_everywhere, emptied, kept
from yuimaru.interfaces.portal.drafts import Begun
from yuimaru.interfaces.portal.findings import findings
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.patience import patiently
from yuimaru.interfaces.portal.receipts import ask_for_numbers, own_status
from yuimaru.interfaces.portal.screens import Filling
from yuimaru.interfaces.portal.summaries import summary_of
from yuimaru.services.cases.actions import resubmit
from yuimaru.services.cases.queries import Correction, Status
from yuimaru.services.procedures import actions, queries
from yuimaru.services.procedures.rules import InvalidKey, KeyInFlight, KeyReused


def _begun(request: HttpRequest, known: Status, at: datetime) -> Begun | None:
    """What this browser has corrected so far."""
    case = known.case
    return drafts.current(request, case.owner, case.number, at=at, corrects=case.submission.pk)


def _filling(known: Status, correction: Correction, begun: Begun | None) -> Filling:
    """The form as it was sent, with what was corrected since; 今日 stays the day of the submission."""
    submission = known.case.submission
    answers = {**submission.answers, **(begun.answers if begun else {})}
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
    begun = _begun(request, known, timezone.now())
    filling = _filling(known, known.correction, begun)
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
        changed=begun is not None,
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
        return unavailable(request, Reason.BUSY)
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
    at = timezone.now()
    begun = _begun(request, known, at)
    filling = _filling(known, known.correction, begun)
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
            at=at,
            standing_in=lambda data: kept(before, here, data, shut),
        )
        if sent.again is None:
            _save(request, known, begun, here.id, sent, at)
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


def _save(
    request: HttpRequest, known: Status, begun: Begun | None, step_id: str, sent: Sent, at: datetime
) -> None:
    """Keep the answers of a screen; the first one begins the draft."""
    case = known.case
    actor = Actor.resident(case.owner)
    if begun is None:
        draft = actions.start_correction(
            submission=case.submission, definition=case.definition_id, by=actor, at=at
        )
        drafts.remember(request, case.owner, case.number, draft.pk)
    else:
        draft = queries.get_draft(begun.id, at=at, corrects=case.submission.pk)
    actions.save_step(draft=draft, step_id=step_id, values=sent.values, by=actor, at=at)
