"""The log of acts of one's own organisation, and the proof that nobody has changed it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.rules import Verb, may, require
from yuimaru.interfaces.desk import entries, shell
from yuimaru.interfaces.desk.standing import Standing, official

SHOWN = 100


@require_GET
@official
def log(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The latest acts, newest first; with `?verify=1` the whole chain is recomputed."""
    owner = standing.organisation
    require(standing.actor, Verb.READ_AUDIT, owner.pk)
    context = shell.around(standing, here="log") | {
        "lines": entries.lines(
            audit.latest(owner.pk, SHOWN), owner, of_protections=may(standing.actor, Verb.PROTECT, owner.pk)
        ),
        "verdict": audit.verify(owner.pk) if request.GET.get("verify") == "1" else None,
        "shown": SHOWN,
    }
    return render(request, "desk/log.html", context)
