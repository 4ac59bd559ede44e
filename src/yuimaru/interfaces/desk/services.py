"""What the machine is doing for a municipality, and what it could not do: why, and the button to have it tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yuimaru.foundation.tenancy.rules import Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.titles import step_title
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions.working import AlreadyDone
from yuimaru.services.cases.queries import Access, MachineStep, Try, machine_steps, program_of, tries_of

WHY: dict[str, Promise] = {
    "no_address": gettext_lazy("There is no mail address in the application."),
    "unreachable": gettext_lazy("The mail server could not be reached."),
    "refused": gettext_lazy("The mail server did not take the mail."),
}
ENDED: dict[str, Promise] = {
    "done": gettext_lazy("Done."),
    "unknown": gettext_lazy("Nobody can tell whether it was done. Please check before it is done again."),
    "": gettext_lazy("Begun, not ended yet."),
}
STATES: dict[str, Promise] = {
    "waiting": gettext_lazy("Waiting for the next try"),
    "running": gettext_lazy("Being tried now"),
    "stuck": gettext_lazy("Stopped"),
    "handed_over": gettext_lazy("Handed over to a person"),
}


@dataclass(frozen=True)
class Told:
    """One try in words."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Line:
    """One step of the machine in the words of the page."""

    step: MachineStep
    procedure: str
    title: str
    now_at: str
    state: str
    tries: list[Told]


@require_GET
@official
def services(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The steps of the machine that are not done."""
    return _page(request, standing)


@require_POST
@official
def restart(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Have the machine try a step at once."""
    try:
        actions.restart(task_id=task_id, by=standing.actor, at=standing.at)
    except AlreadyDone:
        return _page(request, standing, is_late=True)
    return shell.see_other("desk:services")


def tried(opened: Access) -> list[Told]:
    """The tries at a task, for its page."""
    return [_told(each) for each in tries_of([opened.task]).get(opened.task.pk, [])]


def _page(request: HttpRequest, standing: Standing, *, is_late: bool = False) -> HttpResponse:
    require(standing.actor, Verb.MANAGE_ORGANISATION, standing.organisation.pk)
    lang = get_language() or "ja"
    lines = [_line(each, lang) for each in machine_steps(standing.organisation, at=standing.at)]
    context = shell.around(standing, here="services") | {"lines": lines, "is_late": is_late}
    return render(request, "desk/services.html", context, status=409 if is_late else 200)


def _line(step: MachineStep, lang: str) -> Line:
    program = program_of(step.task.case)
    return Line(
        step,
        program.title(lang),
        step_title(program, step.task.step, lang),
        step_title(program, step.task.case.step, lang),
        str(STATES[step.state]),
        [_told(each) for each in step.tries],
    )


def _told(one: Try) -> Told:
    return Told(one.at, str(WHY.get(one.reason) or ENDED[one.outcome]))
