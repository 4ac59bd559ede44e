"""Step 1: what a municipality tells residents of itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yuimaru.foundation.tenancy.actions import change_facts
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.joining.questions import (
    Option,
    Question,
    Values,
    attempt,
    given,
    group,
    summary,
    typed,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.joining.queries import Stage
from yuimaru.services.joining.rules.faults import Fault
from yuimaru.services.joining.rules.sheet import THEMES, Facts

COLOURS = {"blue": _("Blue"), "green": _("Green"), "cyan": _("Blue-green")}
QUESTIONS = (
    Question("name", _("Name"), _("As it is written officially.")),
    Question("kana", _("Reading"), _("In hiragana or katakana."), max_length=200),
    Question("name_en", _("Name in English"), required=False),
    Question("postal_code", _("Postal code"), _("Example: 999-0443"), max_length=20),
    Question("address", _("Address"), max_length=200),
    Question("phone", _("Main telephone number"), _("With the area code."), max_length=30),
    Question("hours", _("Opening hours"), _("hours example")),
    Question("hours_en", _("Opening hours in English"), required=False),
    Question("closing_days", _("Closing days"), _("closing days example"), max_length=200),
    Question(
        "own_closing_days",
        _("Closing days of your own"),
        _("own closing days example"),
        required=False,
        type="longtext",
    ),
    Question("population", _("Population"), required=False, max_length=8),
    Question(
        "theme",
        _("Colour of the pages for residents"),
        type="choice",
        options=tuple(Option(theme, COLOURS[theme]) for theme in THEMES),
    ),
)


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def body(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Enter the facts, with what is known filled in."""
    values: Values = _known(standing.organisation)
    faults: list[Fault] = []
    if request.method == "POST":
        values = typed(QUESTIONS, request.POST)
        changed, faults = attempt(lambda: _change(values, standing))
        if changed is not None:
            return shell.see_other("desk:joining_sections")
    groups = [group("", QUESTIONS, values, faults)]
    return frame.page(
        request,
        standing,
        Stage.BODY,
        "form.html",
        groups=groups,
        errors=summary(groups),
        lead=_("body words"),
    )


def _known(owner: Organisation) -> dict[str, str]:
    return {each.name: _text(getattr(owner, each.name)) for each in QUESTIONS}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _change(values: Values, standing: Standing) -> bool:
    filled: dict[str, object] = dict(given(values))
    population = str(values["population"])
    if population.isascii() and population.isdigit():
        filled["population"] = int(population)
    facts = Facts.model_validate(filled).model_dump()
    return change_facts(owner=standing.organisation, facts=facts, by=standing.actor, at=standing.at)
