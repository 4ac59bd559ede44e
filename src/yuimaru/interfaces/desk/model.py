"""生成AI: which model may word a municipality's answers, what was sent to it, and the switch that stops it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import BaseModel, ConfigDict, Field

from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.days import read_day
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.joining.questions import (
    Option,
    Question,
    Values,
    Words,
    attempt,
    given,
    group,
    summary,
    typed,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.joining.rules.faults import Fault
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.queries import ModelProfile

LONGEST_KEY = 500
DAILY_TOKENS = "200000"

KINDS: dict[str, Words] = {
    "azure": "Azure OpenAI",
    "compatible": gettext_lazy("A server that speaks OpenAI's interface"),
}
DEPLOYMENTS: dict[str, tuple[Words, Words]] = {
    "own": (gettext_lazy("A machine of our own"), ""),
    "regional": (gettext_lazy("Within one region"), ""),
    "data_zone": (gettext_lazy("Within a data zone"), gettext_lazy("May be worked on abroad.")),
    "global": (gettext_lazy("Wherever there is room"), gettext_lazy("May be worked on abroad.")),
}
MONITORINGS = {
    "off": gettext_lazy("Questions and answers are not kept"),
    "on": gettext_lazy("Kept for a while, to watch for misuse"),
}
QUESTIONS = (
    Question(
        "kind",
        gettext_lazy("Kind of server"),
        type="choice",
        options=tuple(Option(kind, words) for kind, words in KINDS.items()),
    ),
    Question("url", gettext_lazy("Address of the server"), gettext_lazy("model url hint"), max_length=300),
    Question("model", gettext_lazy("Name of the model"), gettext_lazy("On Azure the name of the deployment.")),
    Question(
        "api_version",
        gettext_lazy("API version"),
        gettext_lazy("Only on Azure. Example: 2024-10-21"),
        required=False,
        max_length=40,
    ),
    Question("secret", gettext_lazy("Key"), gettext_lazy("model key hint"), required=False, type="secret"),
    Question("region", gettext_lazy("Where it is worked on"), gettext_lazy("Example: Japan East"), max_length=60),
    Question(
        "deployment",
        gettext_lazy("How it is worked on"),
        type="choice",
        options=tuple(Option(value, words, hint) for value, (words, hint) in DEPLOYMENTS.items()),
    ),
    Question(
        "abroad",
        gettext_lazy("Work abroad"),
        gettext_lazy("model abroad hint"),
        required=False,
        type="choices",
        options=(Option("yes", gettext_lazy("We accept that questions are worked on abroad")),),
    ),
    Question(
        "monitoring",
        gettext_lazy("What the provider keeps"),
        type="choice",
        options=tuple(Option(value, words) for value, words in MONITORINGS.items()),
    ),
    Question(
        "contract",
        gettext_lazy("What promises that nothing is learned"),
        gettext_lazy("model contract hint"),
        max_length=200,
    ),
    Question("checked_on", gettext_lazy("Day it was checked"), gettext_lazy("day words"), max_length=20),
    Question(
        "daily_tokens",
        gettext_lazy("Most tokens a day"),
        gettext_lazy("model tokens hint"),
        max_length=10,
    ),
)  # fmt: skip
OUTCOMES: dict[str, Promise] = {
    "shown": gettext_lazy("Shown"),
    "unreachable": gettext_lazy("Not reached"),
    "timeout": gettext_lazy("Took too long"),
    "refused": gettext_lazy("The server refused"),
    "limited": gettext_lazy("Too many requests, says the server"),
    "broken": gettext_lazy("The reply could not be read"),
    "too_large": gettext_lazy("The reply was too long"),
    "shape": gettext_lazy("The reply had another shape"),
    "empty": gettext_lazy("The model found nothing to say"),
}
NOT_HELD = gettext_lazy("Said something its quotes do not say")
HINDRANCES: dict[str, Promise] = {
    "off": gettext_lazy("Switched off"),
    "unchecked": gettext_lazy("The terms were last checked too long ago. Check them and save the day."),
    "budget": gettext_lazy("Today's tokens are spent. It goes on tomorrow."),
    "breaker": gettext_lazy("The last requests failed. It is asked again in a minute."),
}


class Typed(BaseModel):
    """What the form asks for, read."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["azure", "compatible"]
    url: Annotated[str, Field(max_length=300)]
    model: Annotated[str, Field(max_length=100)]
    api_version: Annotated[str, Field(max_length=40)] = ""
    secret: Annotated[str, Field(max_length=LONGEST_KEY)] | None = None
    region: Annotated[str, Field(max_length=60)]
    deployment: Literal["own", "regional", "data_zone", "global"]
    abroad: list[Literal["yes"]] = []
    monitoring: Literal["off", "on"]
    contract: Annotated[str, Field(max_length=200)]
    checked_on: date
    daily_tokens: Annotated[int, Field(ge=1, le=2_000_000_000)]

    def terms(self) -> actions.Terms:
        """The terms as the action takes them."""
        return actions.Terms(**self.model_dump(exclude={"secret", "abroad"}))


@require_http_methods(["GET", "HEAD", "POST"])
@frame.of_a_municipality
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What is set up and what was sent; saving sets it up anew, switched off."""
    if request.method != "POST":
        return _page(request, standing, values=_known(queries.get_profile(standing.organisation)))
    values = typed(QUESTIONS, request.POST)
    read, faults = attempt(lambda: Typed.model_validate(_filled(values)))
    if read is None:
        return _page(request, standing, values=values, faults=faults)
    try:
        _save(read, standing)
    except Forbidden as refused:
        return _page(request, standing, values=values, refused=_said(refused))
    return shell.see_other("desk:model")


@require_POST
@frame.of_a_municipality
def switch(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Let the model word answers from now on, or stop it."""
    on = request.POST.get("to") == "on"
    actions.switch_model(owner=standing.organisation, on=on, by=standing.actor, at=standing.at)
    return shell.see_other("desk:model")


@require_POST
@frame.of_a_municipality
def try_it(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Ask the model once with words of our own, and show what came of it."""
    tried = actions.try_model(owner=standing.organisation, by=standing.actor, at=standing.at)
    return _page(request, standing, values=_known(queries.get_profile(standing.organisation)), tried=tried)


def _page(
    request: HttpRequest,
    standing: Standing,
    *,
    values: Values,
    faults: list[Fault] | None = None,
    refused: str = "",
    tried: actions.Said | None = None,
) -> HttpResponse:
    profile = queries.get_profile(standing.organisation)
    hindered = queries.hindrance(profile, at=standing.at) if profile else None
    ledger = queries.ledger(standing.organisation, at=standing.at)
    groups = [group("", QUESTIONS, {**values, "secret": ""}, faults or [])]
    context = shell.around(standing, here="model") | {
        "profile": profile,
        "in_use": profile is not None and profile.enabled_at is not None,
        "hindered": HINDRANCES[hindered] if hindered else "",
        "ledger": ledger,
        "outcomes": sorted(
            ((_outcome(name), count) for name, count in ledger.outcomes.items()), key=lambda row: -row[1]
        ),
        "tried": tried,
        "tried_words": _outcome(tried.outcome) if tried else "",
        "trial": {"question": actions.TRIAL_QUESTION, "quotes": actions.TRIAL_QUOTES} if tried else None,
        "groups": groups,
        "errors": summary(groups),
        "general": [refused] if refused else [],
        "settings_url": reverse("desk:model"),
    }
    return render(request, "desk/model.html", context, status=422 if faults or refused else 200)


def _save(read: Typed, standing: Standing) -> None:
    actions.set_model(
        owner=standing.organisation,
        terms=read.terms(),
        secret=read.secret,
        accepts_abroad=bool(read.abroad),
        by=standing.actor,
        at=standing.at,
    )


def _filled(values: Values) -> dict[str, Any]:
    """What was filled in; the day may be written as people do, and the key is never taken for part of a word."""
    filled: dict[str, Any] = dict(given(values))
    day = read_day(str(values["checked_on"]))
    if day is not None:
        filled["checked_on"] = day
    if "secret" in filled:
        filled["secret"] = filled["secret"].strip()
    return filled


def _known(profile: ModelProfile | None) -> dict[str, str | list[str]]:
    """What is set up, without the key: that is never shown again."""
    if profile is None:
        return {"daily_tokens": DAILY_TOKENS}
    known: dict[str, str | list[str]] = {
        name: str(getattr(profile, name)) for name in Typed.model_fields if name not in ("secret", "abroad")
    }
    return known


def _outcome(name: str) -> str:
    return str(OUTCOMES.get(name, NOT_HELD))


def _said(refused: Forbidden) -> str:
    return refused.reason if get_language() == "ja" else refused.reason_en
