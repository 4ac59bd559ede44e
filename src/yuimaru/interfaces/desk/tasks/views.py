"""Looking at a task, taking it, acting on it, having a masked item shown."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yuimaru.core.kata.workflow import UnknownAction
from yuimaru.foundation.files.queries import get_file
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.interfaces.desk import files, shell
from yuimaru.interfaces.desk.approvals.words import lack_sentence
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.tasks.acts import Typed
from yuimaru.interfaces.desk.tasks.answers import Reader, attachments
from yuimaru.interfaces.desk.tasks.filling import NOTHING_FILLED, Filled, read
from yuimaru.interfaces.desk.tasks.page import NOTHING_TYPED, Trouble, show
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions.approving import RouteBlocked
from yuimaru.services.cases.actions.working import AlreadyDone, MissingNote
from yuimaru.services.cases.queries import access, revealed_items
from yuimaru.services.procedures.rules import InvalidAnswers


@require_GET
@official
def task(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """One task with all that this person may see of it; opening it is recorded."""
    opened = actions.open_task(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on)
    return show(request, standing, opened)


@official
def take(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Take a task for oneself."""
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.take(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on),
    )


@official
def give_back(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Put a task back into the queue."""
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.give_back(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on),
    )


@official
def act(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Do one of the step's acts."""
    action = request.POST.get("action", "")
    note = request.POST.get(f"note.{action}", request.POST.get("note", ""))
    typed = Typed(action=action, note=note, filled=_filled(request, standing, task_id))
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.act(
            task_id=task_id,
            action=typed.action,
            note=typed.note,
            answers=typed.filled.answers,
            by=standing.actor,
            at=standing.at,
            on=standing.on,
        ),
        typed,
    )


@official
def reveal(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Have one masked item shown for ten minutes, for the purpose that is written."""
    typed = Typed(item=request.POST.get("item", ""), purpose=request.POST.get("purpose", ""))
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.reveal(
            task_id=task_id,
            item=typed.item,
            purpose=typed.purpose,
            by=standing.actor,
            at=standing.at,
            on=standing.on,
        ),
        typed,
    )


@require_GET
@official
def attachment(request: HttpRequest, standing: Standing, task_id: UUID, file_id: UUID) -> HttpResponse:
    """A file that came with the application, if the answer it belongs to may be seen."""
    opened = access(task_id, by=standing.actor, on=standing.on)
    revealed = revealed_items(opened.task, by=standing.actor, at=standing.at)
    reader = Reader(opened, revealed, get_language() or "ja")
    if str(file_id) not in {one.id for one in attachments(reader)}:
        raise NotVisible(str(file_id))
    return files.sent(get_file(file_id), inline=True)


def _filled(request: HttpRequest, standing: Standing, task_id: UUID) -> Filled:
    """What was sent for the form of the step."""
    if request.method != "POST":
        return NOTHING_FILLED
    opened = access(task_id, by=standing.actor, on=standing.on)
    data = {name: request.POST.getlist(name) for name in request.POST}
    return read(opened, data, today=standing.on, lang=get_language() or "ja")


def attempt(
    request: HttpRequest,
    standing: Standing,
    task_id: UUID,
    attempt: Callable[[], object],
    typed: Typed = NOTHING_TYPED,
) -> HttpResponse:
    """Try an act; back to the task when it is done, else the task again with what stood in the way.

    Somebody who comes by address, as after a sign-in in between, is shown the task and nothing is done.
    """
    if request.method != "POST":
        return shell.see_other("desk:task", task_id)
    try:
        attempt()
    except (AlreadyDone, MissingNote, UnknownAction, Forbidden, InvalidAnswers, RouteBlocked) as refusal:
        opened = access(task_id, by=standing.actor, on=standing.on)
        return show(request, standing, opened, trouble=_trouble(refusal, typed), typed=typed)
    return shell.see_other("desk:task", task_id, anchor=f"#{typed.item}" if typed.item else "")


def _trouble(refusal: Exception, typed: Typed) -> Trouble:
    match refusal:
        case AlreadyDone():
            line = _("Nothing was changed. Look at how it stands below, or take the next task.")
            return Trouble(_("Somebody else has taken or finished this task"), line, kept=typed.note)
        case RouteBlocked():
            line = " ".join(map(lack_sentence, refusal.lacks))
            return Trouble(_("This cannot be put on its route yet"), line)
        case InvalidAnswers():
            line = _("Mend what is marked in the form, then press the button again.")
            return Trouble(_("The form of this step is not complete"), line, target="staff-form", status=422)
        case MissingNote():
            line = _("Write the reason, then press the button again.")
            return Trouble(_("The reason is missing"), line, target=f"note-{typed.action}", status=422)
        case Forbidden() if typed.item and not typed.purpose.strip():
            line = _("Write what you need it for, then press the button again.")
            return Trouble(_("The purpose is missing"), line, target=f"purpose-{typed.item}", status=422)
        case Forbidden():
            reason = refusal.reason_en if get_language() == "en" else refusal.reason
            return Trouble(_("This was not done"), reason, kept=typed.note, status=403)
    line = _(
        "The case has moved on since you opened the page. Look at it again and choose from what is offered."
    )
    return Trouble(_("This act is not offered at this step"), line, kept=typed.note)
