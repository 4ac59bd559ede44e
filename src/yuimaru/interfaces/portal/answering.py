"""Reading one sent screen: the same for an application, a correction, and with or without a stored draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yuimaru.core.japan import postal
from yuimaru.core.japan.contacts import ContactProblem
from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.models import Repeat, Step
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.fields import KEPT, POSTAL, Typed, keep
from yuimaru.interfaces.portal import uploads
from yuimaru.interfaces.portal.screens import Filling, FormScreen, build, member_numbers

DO = "@do"  # what a button of the form does; no item can be called that
ADD, REMOVE, PAUSE, FIND = "add", "remove.", "pause", "address."


@dataclass(frozen=True)
class Sent:
    """A screen as it was sent: its values, and the page to show again when it cannot be left yet."""

    values: dict[str, Any]
    again: FormScreen | None
    revealed: str  # the first further question that the answers led to on the same screen, else ""


def read(
    request: HttpRequest,
    municipality: Organisation,
    filling: Filling,
    step: Step,
    *,
    at: datetime,
    standing_in: Callable[[Typed], Typed] = dict,
) -> Sent:
    """Read the fields of a screen; buttons that add or take away a member, or find an address, only redraw it.

    `standing_in` gives texts that are read in place of what was sent, and are not shown again.
    """
    act = request.POST.get(DO, "")
    data: dict[str, Sequence[str]] = {name: request.POST.getlist(name) for name in request.POST}
    if step.repeat is not None and (act == ADD or act.startswith(REMOVE)):
        data = _resized(data, step.repeat, act)
    files = uploads.read_files(request, municipality, step, member_numbers(step, data), at=at)
    found = forms.read_step(
        filling.program,
        filling.form_id,
        step.id,
        {**data, **standing_in(data)},
        answers=filling.answers,
        files=files,
        today=filling.today,
        params=filling.program.params,
        lang=filling.lang,
    )
    data |= {path + KEPT: [keep(file)] for path, file in files.items() if file["id"]}
    now = filling.saying(found.values)
    if act.startswith(FIND):
        data, missing = _with_address(data, act.removeprefix(FIND), filling.lang)
        return Sent(found.values, build(now, step, typed=data, problems=missing), "")
    if act == ADD or act.startswith(REMOVE):
        return Sent(found.values, build(now, step, typed=data), "")
    problems = [problem for problem in found.problems if problem.path not in found.revealed]
    if problems:
        return Sent(found.values, build(now, step, typed=data, problems=problems), "")
    return Sent(found.values, None, (found.revealed or [""])[0])


def _with_address(
    data: dict[str, Sequence[str]], path: str, lang: str
) -> tuple[dict[str, Sequence[str]], list[Problem]]:
    """The fields with the address of a postal code before what stood there; or what is wrong with the code."""
    code = (list(data.get(path + POSTAL, ())) or [""])[-1]
    typed = (list(data.get(path, ())) or [""])[-1]
    try:
        found = postal.read(settings.POSTAL_CODES).address(code)
    except ContactProblem as problem:
        return data, [Problem(path, problem.code, problem.ja if lang == "ja" else problem.en, "postal")]
    if not found:
        unknown = _("No address is known for this postal code. Enter the address itself.")
        return data, [Problem(path, "postal_unknown", unknown, "postal")]
    return {**data, path: [typed if typed.startswith(found) else found + typed]}, []


def _resized(data: dict[str, Sequence[str]], group: Repeat, act: str) -> dict[str, Sequence[str]]:
    number = act.removeprefix(REMOVE)
    if act.startswith(REMOVE) and number.isdecimal():
        return forms.without_member(data, group.id, int(number))
    count = (list(data.get(f"{group.id}.count", ())) or ["1"])[-1]
    return {**data, f"{group.id}.count": [str(int(count) + 1 if count.isdecimal() else 1)]}
