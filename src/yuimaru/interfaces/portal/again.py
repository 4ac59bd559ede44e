"""この内容を使って別の手続を申請する: another procedure begun with what was sent for this one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yuimaru.core.kata.carrying import carried
from yuimaru.core.kata.items import applicant_items
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.portal import drafts
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.receipts import ask_for_numbers, own_status
from yuimaru.services.cases.queries import Status
from yuimaru.services.catalogue.queries import Adopted, get_adopted, list_adopted
from yuimaru.services.procedures import actions, queries
from yuimaru.services.procedures.actions import with_whereabouts


@dataclass(frozen=True)
class Offer:
    """A procedure, and what would already stand in its form; `begun` when this browser is filling it in."""

    kata: str
    title: str
    labels: list[str]
    begun: bool


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, municipality: Organisation, number: str) -> HttpResponse:
    """Offer the procedures for which something can be used again; posting one of them begins it."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    at, submission = timezone.now(), known.case.submission
    sent_here = drafts.sent_here(request, municipality, number)
    offers = _offers(request, municipality, known, sent_here, at)
    if request.method == "POST":
        kata = request.POST.get("kata", "")
        if not any(offer.kata == kata and not offer.begun for offer in offers):
            raise NotVisible(kata)
        draft = actions.start_from(
            earlier=submission,
            adopted=get_adopted(municipality, kata, on=timezone.localdate(at)),
            sent_here=sent_here,
            by=Actor.resident(municipality),
            at=at,
        )
        drafts.remember(request, municipality, kata, draft.pk)
        response = redirect("portal:apply", municipality.code, kata)
        response.status_code = 303
        return response
    title = known.program.title(language())
    return page(request, municipality, "again.html", here="status", title=title, number=number, offers=offers)


@municipal
@require_POST
def clear(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """Empty the fields that an earlier application has filled and nobody has sent on."""
    get_adopted(municipality, kata, on=timezone.localdate())
    at = timezone.now()
    begun = drafts.current(request, municipality, kata, at=at)
    if begun is not None:
        draft = queries.get_draft(begun.id, at=at)
        actions.empty_carried(draft=draft, by=Actor.resident(municipality), at=at)
    return redirect(reverse("portal:apply", args=[municipality.code, kata]))


def _offers(
    request: HttpRequest, municipality: Organisation, known: Status, sent_here: bool, at: datetime
) -> list[Offer]:
    earlier = known.case.submission
    source, whole = queries.program_of(earlier), with_whereabouts(earlier, sent_here=sent_here, at=at)
    answers = earlier.answers
    offers = []
    for adopted in list_adopted(municipality, on=timezone.localdate(at)):
        if adopted.program.kata.kind != "procedure" or adopted.kata_id == earlier.kata:
            continue
        names = carried(source, answers, adopted.program, with_whereabouts=whole)
        if names:
            begun = drafts.current(request, municipality, adopted.kata_id, at=at) is not None
            title = adopted.program.title(language())
            offers.append(Offer(adopted.kata_id, title, _labels(adopted, names.keys()), begun))
    return offers


def _labels(adopted: Adopted, names: Collection[str]) -> list[str]:
    """What the items are called in the form."""
    program = adopted.program
    form = program.applicant_form
    step_of = {item.id: step.id for step in form.steps if step.repeat is None for item in step.items}
    return [
        program.item_text(form.id, step_of[item.id], item, "label", language())
        for item in applicant_items(program)
        if item.id in names
    ]
