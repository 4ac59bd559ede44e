"""取下げ: the applicant takes an application back, after being asked once whether that is meant."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.patience import patiently
from yuimaru.interfaces.portal.receipts import ask_for_numbers, own_status
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions.withdrawing import TooLate


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, municipality: Organisation, number: str) -> HttpResponse:
    """Ask, then withdraw; what can no longer be withdrawn is shown as it stands."""
    known = own_status(request, municipality, number)
    if known is None:
        return ask_for_numbers(municipality, number)
    if not known.may_withdraw:
        return redirect("portal:case_status", municipality.code, number)
    if request.method == "POST":
        try:
            by = Actor.resident(municipality)
            patiently(lambda at: actions.withdraw(case=known.case, by=by, at=at))
        except TooLate:
            pass  # decided in the meantime: the status says so
        return redirect("portal:case_status", municipality.code, number)
    return page(
        request,
        municipality,
        "withdraw.html",
        here="status",
        title=known.program.title(language()),
        number=number,
    )
