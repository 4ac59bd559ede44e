"""「この回答は役に立ちましたか」: a form on the page of the answer, which shows its thanks when it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.portal.municipal import municipal
from yuimaru.services.questions.actions import Asked, Opinion, rate
from yuimaru.services.questions.queries import Rating, kept_days

RATED = "rated"  # in the address of the answer: the form was sent
PLACE = "#rating"

REASONS: dict[str, Promise] = {
    Rating.Reason.OUTDATED: _("It is out of date"),
    Rating.Reason.WRONG: _("It is wrong"),
    Rating.Reason.UNCLEAR: _("It is hard to understand"),
    Rating.Reason.OTHER: _("It is not what I was looking for"),
}


@dataclass(frozen=True)
class Form:
    """What the page needs to ask for an opinion."""

    words: str
    form: UUID
    back: str
    reasons: dict[str, Promise]
    is_sent: bool


def rating_form(request: HttpRequest, municipality: Organisation, answer: Mapping[str, Any]) -> Form | None:
    """The form under an answer; none where nothing was shown that could help, or the town keeps no questions."""
    is_shown = answer["outcome"] in ("answer", "close") and not answer.get("choices")
    if not is_shown or not kept_days(municipality):
        return None
    asked = request.GET.copy()
    is_sent = bool(asked.pop(RATED, None))
    return Form(Asked.told(answer).words, uuid4(), f"{request.path}?{asked.urlencode()}", REASONS, is_sent)


@municipal
@require_POST
def send(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """Mark the question with an opinion and show the answer again; sent twice, it is one opinion."""
    try:
        form = UUID(request.POST.get("form", ""))
    except ValueError:
        raise NotVisible("form") from None
    reason = request.POST.get("reason", "")
    opinion = Opinion(
        form,
        helpful=request.POST.get("helpful") == "yes",
        reason=reason if reason in Rating.Reason.values else "",
        said=request.POST.get("said", "").strip(),
    )
    rate(request.POST.get("words", ""), municipality, opinion, at=timezone.now())
    return HttpResponseRedirect(_thanks(request.POST.get("back", ""), municipality), status=303)


def _thanks(back: str, municipality: Organisation) -> str:
    """The page of the answer again, and no other page whatever was sent."""
    asked = QueryDict(urlsplit(back).query, mutable=True)
    asked[RATED] = "1"
    return f"{reverse('portal:ask', args=[municipality.code])}?{asked.urlencode()}{PLACE}"
