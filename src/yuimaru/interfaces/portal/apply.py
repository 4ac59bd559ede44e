"""Applying: one screen of the form after the other, then everything once more, then sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.look.unavailable import Reason, unavailable
from yuimaru.interfaces.portal import answering, drafts, enquiry, screens
from yuimaru.interfaces.portal.drafts import Begun
from yuimaru.interfaces.portal.findings import findings
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.patience import patiently
from yuimaru.interfaces.portal.screens import Filling
from yuimaru.interfaces.portal.summaries import summary_of
from yuimaru.services.cases.actions import submit
from yuimaru.services.catalogue.queries import Adopted, get_for_residents
from yuimaru.services.procedures import actions, queries
from yuimaru.services.procedures.rules import InvalidAnswers, InvalidKey, KeyInFlight, KeyReused


def _filling(adopted: Adopted, begun: Begun | None, at: datetime) -> Filling:
    """The form with the answers of the draft, on the definition that the draft was begun with."""
    program = begun.program if begun else adopted.program
    answers = begun.answers if begun else {}
    carried = begun.carried if begun else {}
    form = program.applicant_form.id
    return Filling(program, form, answers, timezone.localdate(at), language(), carried)


@municipal
@require_safe
def start(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """Go to the first screen, or to the one where this browser stopped."""
    at = timezone.now()
    adopted = get_for_residents(municipality, kata, on=timezone.localdate(at))
    if adopted.program.kata.kind == "self_check":
        return redirect("portal:check", municipality.code, kata)
    begun = drafts.current(request, municipality, kata, at=at)
    filling = _filling(adopted, begun, at)
    visited = begun.visited if begun else ()
    steps = filling.steps()
    here = next((step for step in steps if step.id not in visited), steps[-1])
    return redirect("portal:apply_step", municipality.code, kata, filling.position(here))


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, municipality: Organisation, kata: str, position: int) -> HttpResponse:
    """One screen. The draft begins with the first screen that is sent, not with the first that is looked at."""
    at = timezone.now()
    adopted = get_for_residents(municipality, kata, on=timezone.localdate(at))
    begun = drafts.current(request, municipality, kata, at=at)
    filling = _filling(adopted, begun, at)
    here = filling.step_at(position)
    if here is None or (begun is None and here.id != filling.steps()[0].id):
        return redirect("portal:apply", municipality.code, kata)
    again = None
    if request.method == "POST":
        sent = answering.read(request, municipality, filling, here, at=at)
        if sent.again is None:
            begun = _save(request, municipality, adopted, begun, here.id, sent.values, at)
            return _onward(request, municipality, kata, _filling(adopted, begun, at), position, sent.revealed)
        again, filling = sent.again, filling.saying(sent.values)
    earlier = filling.before(here)
    return page(
        request,
        municipality,
        "step.html",
        adopted=adopted,
        title=filling.program.title(filling.lang),
        screen=again or screens.build(enquiry.with_conversation(request, municipality, filling), here),
        findings=findings(filling),
        back=filling.position(earlier) if earlier else None,
        carried=any(item.id in filling.carried for item in here.items),
        **screens.stages(filling, here),
    )


def _save(
    request: HttpRequest,
    municipality: Organisation,
    adopted: Adopted,
    begun: Begun | None,
    step_id: str,
    values: Mapping[str, Any],
    at: datetime,
) -> Begun:
    """Keep the answers of a screen; the first one begins the draft."""
    actor = Actor.resident(municipality)
    if begun is None:
        draft = actions.start_draft(owner=municipality, adopted=adopted, by=actor, at=at)
        drafts.remember(request, municipality, adopted.kata_id, draft.pk)
    else:
        draft = queries.get_draft(begun.id, at=at)
    actions.save_step(draft=draft, step_id=step_id, values=values, by=actor, at=at)
    return drafts.load(draft.pk, at=at)


def _onward(
    request: HttpRequest,
    municipality: Organisation,
    kata: str,
    filling: Filling,
    position: int,
    revealed: str,
) -> HttpResponse:
    """Where a saved screen leads: the same again with new questions, the next one, or the confirmation."""
    here = filling.step_at(position)
    if request.POST.get(answering.DO) == answering.PAUSE:
        return redirect("portal:apply_pause", municipality.code, kata)
    if here is not None and revealed:
        again = reverse("portal:apply_step", args=[municipality.code, kata, position])
        return redirect(f"{again}#{quote(revealed)}")
    following = filling.after(here) if here else None
    if following is None:
        return redirect("portal:apply_confirm", municipality.code, kata)
    return redirect("portal:apply_step", municipality.code, kata, filling.position(following))


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """All answers with what follows from them; sending is the one thing this page does."""
    if request.method == "POST":
        return _send(request, municipality, kata)
    at = timezone.now()
    adopted = get_for_residents(municipality, kata, on=timezone.localdate(at))
    begun = drafts.current(request, municipality, kata, at=at)
    filling = _filling(adopted, begun, at)
    problems = filling.problems() if begun else []
    if begun is None or problems:
        at_fault = filling.step_of(problems[0].path) if problems else None
        if at_fault is None:
            return redirect("portal:apply", municipality.code, kata)
        return redirect("portal:apply_step", municipality.code, kata, filling.position(at_fault))
    return page(
        request,
        municipality,
        "confirm.html",
        adopted=adopted,
        title=filling.program.title(filling.lang),
        key=secrets.token_urlsafe(24),
        is_application=screens.is_application(filling.program),
        summary=summary_of(
            filling,
            lambda place: reverse("portal:apply_step", args=[municipality.code, kata, place]),
        ),
        findings=findings(filling),
        back=filling.position(filling.steps()[-1]),
        **screens.stages(filling, None),
    )


def _send(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    draft_id = drafts.draft_id(request, municipality, kata)
    if draft_id is None:
        raise NotVisible(kata)
    try:
        receipt = patiently(
            lambda at: submit(
                owner=municipality,
                draft_id=draft_id,
                key=request.POST.get("idempotency_key", ""),
                by=Actor.resident(municipality),
                at=at,
                language=language(),
            )
        )
    except InvalidKey as problem:
        raise BadRequest("idempotency_key") from problem
    except (InvalidAnswers, KeyReused):
        return redirect("portal:apply_confirm", municipality.code, kata)
    except KeyInFlight:
        return unavailable(request, Reason.BUSY)
    response = redirect("portal:receipt", municipality.code, receipt.number)
    response.status_code = 303
    return response


@municipal
@require_safe
def pause(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """The answers are kept; an address to go on from, on any device."""
    at = timezone.now()
    adopted = get_for_residents(municipality, kata, on=timezone.localdate(at))
    begun = drafts.current(request, municipality, kata, at=at)
    if begun is None:
        return redirect("portal:apply", municipality.code, kata)
    path = reverse("portal:resume", args=[municipality.code, drafts.resume_token(begun.id)])
    return page(
        request,
        municipality,
        "pause.html",
        adopted=adopted,
        title=adopted.program.title(language()),
        resume_url=request.build_absolute_uri(path),
        until=timezone.localdate(begun.expires_at),
    )


@municipal
@require_safe
def resume(request: HttpRequest, municipality: Organisation, token: str) -> HttpResponse:
    """Go on with a draft that was put aside."""
    begun = drafts.load(drafts.resumed(token), at=timezone.now())
    drafts.remember(request, municipality, begun.kata, begun.id)
    return redirect("portal:apply", municipality.code, begun.kata)
