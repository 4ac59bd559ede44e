"""What the pages about questions share: who may open them, and the three of them side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.questions.queries import FaqEntry, Rating, Topic

P = ParamSpec("P")

TOPIC_STATES: dict[str, tuple[Promise, str]] = {
    Topic.State.OPEN: (_("Waits for an answer"), "care"),
    Topic.State.ANSWERED: (_("Answered"), "done"),
    Topic.State.LATER: (_("Put off"), "plain"),
    Topic.State.ELSEWHERE: (_("Not ours"), "plain"),
}
ENTRY_STATES: dict[str, tuple[Promise, str]] = {
    FaqEntry.State.DRAFT: (_("Waits to be checked"), "care"),
    FaqEntry.State.PUBLISHED: (_("Published"), "done"),
    FaqEntry.State.ENDED: (_("Ended"), "plain"),
}
OUTCOMES: dict[str, Promise] = {
    "answer": _("Answer"),
    "close": _("Close entries"),
    "none": _("Nothing found"),
}
REASONS: dict[str, Promise] = {
    "": _("It did not help"),
    Rating.Reason.OUTDATED: _("Out of date"),
    Rating.Reason.WRONG: _("Wrong"),
    Rating.Reason.UNCLEAR: _("Hard to understand"),
    Rating.Reason.OTHER: _("Not what was looked for"),
}


@dataclass(frozen=True)
class Tab:
    """One of the pages side by side."""

    title: str | Promise
    url: str
    current: bool


def answering(
    view: Callable[Concatenate[HttpRequest, Standing, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Run a view for a member of staff who may answer what their own municipality is asked."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, standing: Standing, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        require(standing.actor, Verb.ANSWER_QUESTIONS, standing.organisation.pk)
        return view(request, standing, *args, **kwargs)

    return official(wrapped)


def around(standing: Standing, *, tab: str = "") -> dict[str, Any]:
    """The context of a page about questions."""
    tabs = (
        ("topics", _("To be answered"), "desk:questions"),
        ("faq", _("Answers of staff (FAQ)"), "desk:faq"),
        ("needs", _("What people ask"), "desk:needs"),
    )
    return shell.around(standing, here="questions") | {
        "tabs": [Tab(title, reverse(view), name == tab) for name, title, view in tabs]
    }
