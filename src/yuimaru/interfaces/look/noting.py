"""Having a question kept once its answer is on its way, so that nobody waits for it and nobody is harmed if it fails."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.questions.actions import note_quietly


def noted(
    response: HttpResponse,
    request: HttpRequest,
    owner: Organisation,
    answer: Mapping[str, Any],
    *,
    channel: Literal["portal", "api"],
) -> HttpResponse:
    """The response, after which the question is kept; `answer` has the shape of the contract.

    What a browser fetches ahead, and what the town's own staff try before residents come, is not asked by anybody.
    Where the town asks back (`choices`), the next question tells what was meant.
    """
    is_asked = request.method != "HEAD" and owner.is_public and not _is_ahead(request)
    if is_asked and not answer.get("choices"):
        keep = partial(note_quietly, answer, owner, channel=channel, at=timezone.now())
        # Django calls these when the server has handed the response over.
        response._resource_closers.append(keep)  # type: ignore[attr-defined] # the stubs do not tell of it
    return response


def _is_ahead(request: HttpRequest) -> bool:
    told = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    return any("prefetch" in request.headers.get(name, "").lower() for name in told)
