"""The queue: the next task first, then everything that waits, soonest deadline first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.deadlines import Deadline, deadline
from yuimaru.interfaces.desk.signs import Sign, deadline_of, sign_of
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.titles import step_title, task_title
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases.actions import take
from yuimaru.services.cases.actions.working import AlreadyDone
from yuimaru.services.cases.queries import open_marks
from yuimaru.services.catalogue.queries import get_adopted, list_adopted, running
from yuimaru.services.desks.queries import PAGE, Choice, Filters, Queue, QueueRow, next_task
from yuimaru.services.desks.queries import queue as waiting

TRIES = 3  # others may take a task between our looking and our taking


@dataclass(frozen=True)
class Line:
    """One task as a line of the table."""

    row: QueueRow
    procedure: str
    step: str
    deadline: Deadline
    sign: Sign


@dataclass(frozen=True)
class Next:
    """The task that comes first for this person."""

    body: Organisation
    step: str
    deadline: Deadline
    is_taken: bool


@dataclass(frozen=True)
class Filter:
    """One select of the filter form."""

    name: str
    label: str
    everything: str
    choices: list[Choice]
    chosen: str


@require_GET
@official
def queue(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The tasks that somebody may work on today."""
    filters = asked_filters(request)
    found = waiting(
        standing.actor, standing.mandates, filters, page=_page(request), at=standing.at, on=standing.on
    )
    works_here = shell.works_on_tasks(standing)
    marks = _marks(standing)
    frame = shell.around(standing, here="queue", waiting=found.figures.waiting, marks=marks)
    context = frame | {
        "filters": _filters(standing, found, filters),
        "narrowing": request.GET.urlencode(),
        "is_narrowed": filters != Filters(),
        "figures": found.figures,
        "lines": lines(found.rows, standing),
        "page": _numbered(found),
        "next": _next(standing),
        "works_here": works_here,
        "marks": marks,
        "is_operator": standing.organisation.kind == Organisation.Kind.OPERATOR,
    }
    return render(request, "desk/queue.html", context)


@require_POST
@official
def take_next(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Take the next task and go to it; with none left, back to the queue."""
    for _try in range(TRIES):
        task = next_task(standing.actor, standing.mandates, on=standing.on)
        if task is None:
            break
        try:
            take(task_id=task.pk, by=standing.actor, at=standing.at, on=standing.on)
        except AlreadyDone:
            continue
        return shell.see_other("desk:task", task.pk)
    return shell.see_other("desk:queue")


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _numbered(found: Queue) -> Page[int]:
    """Where the page lies in the whole list, for the page links."""
    return Paginator(range(found.total), PAGE).page(found.page)


def asked_filters(request: HttpRequest) -> Filters:
    """How the address narrows the queue."""
    return Filters(*(request.GET.get(name, "") for name in ("municipality", "kata", "step", "who")))


def lines(rows: Iterable[QueueRow], standing: Standing) -> list[Line]:
    """The rows in the words of the page."""
    programs: dict[str, Program] = {}
    lang = get_language() or "ja"
    told = []
    for row in rows:
        definition = row.task.case.definition_id
        if definition not in programs:
            programs[definition] = running(definition)
        program = programs[definition]
        told.append(
            Line(
                row=row,
                procedure=program.title(lang),
                step=task_title(program, row.task.step, row.task.branch, lang),
                deadline=deadline_of(row, on=standing.on),
                sign=sign_of(row),
            )
        )
    return told


def _marks(standing: Standing) -> int:
    """How many drafts wait for this person's mark; none where no post can have one."""
    if not may(standing.actor, Verb.SEE_CASES, standing.organisation.pk):
        return 0
    return open_marks(standing.actor, standing.organisation, on=standing.on).count()


def _next(standing: Standing) -> Next | None:
    task = next_task(standing.actor, standing.mandates, on=standing.on)
    if task is None:
        return None
    program = running(task.case.definition_id)
    step = task_title(program, task.step, task.branch, get_language() or "ja")
    return Next(
        task.owner,
        step,
        deadline(task.due_on, on=standing.on, closed=task.owner.closed_on),
        task.taken_by_id is not None,
    )


def _filters(standing: Standing, found: Queue, chosen: Filters) -> list[Filter]:
    lang = get_language() or "ja"
    programs = _programs(standing)
    titles = {step.id: step_title(program, step.id, lang) for program in programs for step in _steps(program)}
    bodies = Filter(
        "municipality",
        _("Municipality"),
        _("All (%(bodies)s)") % {"bodies": len(found.municipalities)},
        [Choice(body.code, said(body, "name")) for body in found.municipalities],
        chosen.municipality,
    )
    return [
        *([bodies] if len(found.municipalities) > 1 or chosen.municipality else ()),
        Filter(
            "kata",
            _("Procedure"),
            _("All"),
            [Choice(program.kata.kata, program.title(lang)) for program in programs],
            chosen.kata,
        ),
        Filter(
            "step",
            _("Step"),
            _("All"),
            [Choice(step.value, titles.get(step.value, step.label)) for step in found.steps],
            chosen.step,
        ),
        Filter("who", _("In charge"), _("What I can do now"), _whose(), chosen.who),
    ]


def _whose() -> list[Choice]:
    return [Choice("mine", _("Taken by me")), Choice("all", _("Everybody’s, also what waits elsewhere"))]


def _steps(program: Program) -> list[WorkStep]:
    return list(program.kata.workflow.steps) if program.kata.workflow else []


def _programs(standing: Standing) -> list[Program]:
    """What runs in the procedures that somebody works on, by id: the own ones, and one of each under a mandate."""
    programs: dict[str, Program] = {}
    if may(standing.actor, Verb.SEE_CASES, standing.organisation.pk):
        own = list_adopted(standing.organisation, on=standing.on)
        programs = {one.kata_id: one.program for one in own if one.program.kata.workflow}
    for mandate in standing.mandates:
        if mandate.kata in programs:
            continue
        try:
            programs[mandate.kata] = get_adopted(mandate.owner, mandate.kata, on=standing.on).program
        except NotVisible:
            continue
    return [programs[kata] for kata in sorted(programs)]
