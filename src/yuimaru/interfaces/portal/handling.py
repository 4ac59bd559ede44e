"""「データの取扱い」: what this system itself enforces, and apart from it what a contract promises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.municipal import municipal, page
from yuimaru.services.knowledge import queries
from yuimaru.services.questions.queries import kept_days


@municipal
@require_safe
def handling(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """What becomes of questions and applications, and whether a model words the answers."""
    profile = queries.get_profile(municipality)
    in_use = profile is not None and profile.enabled_at is not None
    return page(
        request,
        municipality,
        "handling.html",
        here="handling",
        kept_days=kept_days(municipality),
        model=profile if in_use else None,
        sent=queries.ledger(municipality, at=timezone.now()) if in_use else None,
    )
