"""Step 3: adopting kata of the catalogue, each with the parameters that it declares."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yuimaru.core.kata.models import Cell, Param
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.flows import flow_of_kata
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.joining.questions import (
    Option,
    Question,
    Values,
    attempt,
    group,
    sentence,
    summary,
    typed,
    under,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.catalogue.queries import Offered, list_published
from yuimaru.services.joining import actions
from yuimaru.services.joining.queries import Stage
from yuimaru.services.joining.rules.faults import Fault, Refused

YES_NO = (Option("true", gettext_lazy("Yes")), Option("false", gettext_lazy("No")))


@require_GET
@frame.of_a_municipality
def katas(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What the catalogue offers, and what of it is adopted."""
    lang = get_language() or "ja"
    offered = [
        {
            "kata": each.kata,
            "title": each.program.title(lang),
            "for_staff": each.program.kata.kind == "staff",
            "about": each.program.text("summary", each.summary, lang),
            "adopted": actions.live_adoption(standing.organisation, each.kata) is not None,
        }
        for each in list_published()
    ]
    return frame.page(request, standing, Stage.KATA, "katas.html", offered=offered)


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def kata(request: HttpRequest, standing: Standing, kata: str) -> HttpResponse:
    """One kata: what can be set, what it means, and the button that adopts it."""
    require(standing.actor, Verb.MANAGE_ADOPTIONS, standing.organisation.pk)
    program = _offered(kata).program
    asked = tuple(_question(program, param) for param in program.kata.params)
    live = actions.live_adoption(standing.organisation, kata)
    values: Values = _shown(program, live.params if live else {})
    faults: list[Fault] = []
    if request.method == "POST":
        values = typed(asked, request.POST)
        adopted, faults = attempt(lambda: _adopt(program, values, standing))
        if adopted:
            return shell.see_other("desk:joining_katas")
    groups = [group("", asked, values, under(faults, "parameters"))]
    general = [fault for fault in faults if len(fault.path) < 2]
    return frame.page(
        request,
        standing,
        Stage.KATA,
        "kata.html",
        kata_title=program.title(get_language() or "ja"),
        adopted=live is not None,
        flow=flow_of_kata(program, get_language() or "ja"),
        groups=groups,
        general=[sentence(fault) for fault in general],
        errors=summary(groups, general),
    )


def _offered(kata: str) -> Offered:
    found = next((each for each in list_published() if each.kata == kata), None)
    if found is None:
        raise NotVisible(kata)
    return found


def _question(program: Program, param: Param) -> Question:
    label = program.text(f"params.{param.id}.label", param.label, get_language() or "ja")
    if param.type == "yesno":
        return Question(param.id, label, type="yesno", options=YES_NO)
    return Question(param.id, label, _meaning(param), max_length=200)


def _meaning(param: Param) -> str:
    """The bounds of a number; of a text, that the kata proposes one."""
    if param.type == "int" and param.min is not None and param.max is not None:
        bounds = {"low": param.min, "high": param.max, "default": param.default}
        return _("A number from %(low)s to %(high)s; the kata proposes %(default)s.") % bounds
    return _("The kata proposes: %(default)s") % {"default": param.default}


def _shown(program: Program, params: dict[str, Cell]) -> dict[str, str]:
    return {param.id: _text(params.get(param.id, param.default)) for param in program.kata.params}


def _text(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _adopt(program: Program, values: Values, standing: Standing) -> bool:
    """Adopt with what differs from the kata's defaults; the same again changes nothing. Raises Refused."""
    cells = {param.id: _cell(param, str(values[param.id])) for param in program.kata.params}
    params = {param.id: cells[param.id] for param in program.kata.params if cells[param.id] != param.default}
    if faults := [fault for param in program.kata.params for fault in _unfit(param, cells[param.id])]:
        raise Refused(faults)
    live = actions.live_adoption(standing.organisation, program.kata.kata)
    if live is None or live.params != params or live.publication.version != program.kata.version:
        actions.adopt(
            owner=standing.organisation,
            kata=program.kata.kata,
            params=params,
            by=standing.actor,
            at=standing.at,
        )
    return True


def _unfit(param: Param, cell: Cell) -> Iterator[Fault]:
    """An empty field, or a number that is none; bounds are the catalogue's matter."""
    path = ("parameters", param.id)
    if cell == "":
        yield Fault(path, "empty", "入力してください。", "Fill this in.")
    elif param.type == "int" and isinstance(cell, str):
        yield Fault(path, "number", "半角の数字で入力してください。", "Enter a number in digits.")


def _cell(param: Param, text: str) -> Cell:
    """What was typed as the parameter's type; what is no number stays text, which is then refused."""
    if param.type == "yesno":
        return text == "true"
    if param.type == "int" and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return text
