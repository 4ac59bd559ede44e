"""返信の下書き: what staff may send to somebody who asked, beside the places it is made of. Nothing is sent or kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from yuimaru.core.kata import workflow
from yuimaru.core.kata.notices import REASON_FIELD
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.tasks.acts import Act, Typed, acts
from yuimaru.interfaces.desk.tasks.page import NOTHING_TYPED, show
from yuimaru.interfaces.desk.titles import task_title
from yuimaru.services.cases.actions import open_task
from yuimaru.services.cases.queries import Access, facts_of
from yuimaru.services.drafting.actions import open_reply, worded
from yuimaru.services.drafting.queries import draft_reply, may_draft
from yuimaru.services.drafting.rules import letter
from yuimaru.services.drafting.rules.enquiry import LANGUAGE, REPLY, asked
from yuimaru.services.drafting.rules.letter import Draft
from yuimaru.services.knowledge.queries import LONGEST_QUESTION

LONGEST = 2_000  # characters of the field that the text is taken into
FIELD = f"«{REASON_FIELD}»"


@dataclass(frozen=True)
class Frame:
    """What the notice that carries a reply says before and after it, its fields still open."""

    before: str
    after: str


@require_http_methods(["GET", "HEAD", "POST"])
@official
def to_enquiry(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """The draft for an enquiry; a post takes the text as it was edited into the act that sends the reply."""
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n").strip()
        return _taken_over(request, standing, task_id, text)
    return _drafted(request, standing, task_id)


@require_safe
@official
def to_question(request: HttpRequest, standing: Standing) -> HttpResponse:
    """A letter to `?q=`, from what the documents answer to it."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    if not question:
        return shell.see_other("desk:ask")
    owner = standing.organisation
    draft = draft_reply(owner, asked(question), reader=standing.actor, on=standing.on)
    draft = worded(draft, owner=owner, at=timezone.now())
    context = shell.around(standing, here="ask") | {"question": question, "rows": 28}
    return _page(request, context, draft, letter.letter(draft, site=_site(request)))


def _drafted(request: HttpRequest, standing: Standing, task_id: UUID, typed: str = "") -> HttpResponse:
    """The page of the draft; with a text that was too long, that text again."""
    opened, draft = open_reply(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on)
    lang = get_language() or "ja"
    act = _reply_act(opened, standing, lang)
    write = letter.message if act else letter.letter
    context = shell.around(standing, here="task") | {
        "task": opened.task,
        "step": task_title(opened.program, opened.task.step, opened.task.branch, lang),
        "act": act,
        "frame": _frame(opened) if act else None,
        "language": _language(opened),
        "rows": 24,
    }
    return _page(request, context, draft, typed or write(draft, site=_site(request)), too_long=bool(typed))


def _page(
    request: HttpRequest, context: dict[str, Any], draft: Draft, text: str, *, too_long: bool = False
) -> HttpResponse:
    context |= {
        "draft": draft,
        "text": text,
        "longest": LONGEST,
        "is_long": len(text) > LONGEST and bool(context.get("act")),
        "too_long": too_long,
    }
    return render(request, "desk/reply.html", context, status=422 if too_long else 200)


def _taken_over(request: HttpRequest, standing: Standing, task_id: UUID, text: str) -> HttpResponse:
    """The page of the task with the text in the field of its act, still to be sent by hand."""
    if len(text) > LONGEST:
        return _drafted(request, standing, task_id, text)
    opened = open_task(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on)
    if not may_draft(opened):
        raise NotVisible(str(task_id))
    if _reply_act(opened, standing, get_language() or "ja") is None:
        return shell.see_other("desk:task", task_id)
    return show(request, standing, opened, typed=Typed(action=REPLY, note=text))


def _reply_act(opened: Access, standing: Standing, lang: str) -> Act | None:
    """The act of the step that carries a reply in words, where this person may do it now."""
    bar = acts(opened, standing, NOTHING_TYPED, lang)
    return None if bar.why else next((act for act in bar.notes if act.id == REPLY), None)


def _frame(opened: Access) -> Frame | None:
    """The words around the reply, of the notice that goes out with it; none where nothing is sent."""
    program, task = opened.program, opened.task
    to = program.work_step(workflow.follow(program, task.step, REPLY, facts_of(program, task.case)))
    for body in (program.notice(name).body for name in to.notify):
        if FIELD in body:
            before, _field, after = body.partition(FIELD)
            return Frame(before.strip(), after.strip())
    return None


def _language(opened: Access) -> str:
    """In which other language somebody wants to be answered."""
    wanted = str(opened.task.case.submission.answers.get(LANGUAGE) or "")
    return wanted if opened.visibility(LANGUAGE) == "shown" and wanted != "日本語" else ""


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
