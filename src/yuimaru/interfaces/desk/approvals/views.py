"""Drafting, signing, taking back on a task; and everything that waits for a person's mark, one by one or together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yuimaru.core.kata.approval import BEFORE, Kind, Verdict
from yuimaru.foundation.people.queries import offices
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible, Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.approvals.words import KINDS, VERDICTS, full_title
from yuimaru.interfaces.desk.deadlines import Deadline, deadline
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.interfaces.desk.tasks.acts import Typed
from yuimaru.interfaces.desk.tasks.views import attempt
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions.working import AlreadyDone, MissingNote
from yuimaru.services.cases.queries import MarkRow, access, has_mark, open_marks, powers_of
from yuimaru.services.catalogue.queries import running

MOST = 100  # marks on one page, the soonest due first
# What is said when several marks are set together.
TOGETHER = {
    Kind.CIRCULATE: Verdict.APPROVED,
    Kind.CONSULT: Verdict.AGREED,
    Kind.DECIDE: Verdict.APPROVED,
    Kind.INFORM: Verdict.READ,
    Kind.REVIEW: Verdict.READ,
}


@dataclass(frozen=True)
class Line:
    """One mark that waits, as a row."""

    mark: MarkRow
    kind: str
    post: str
    subject: str
    procedure: str
    drafter: str
    deadline: Deadline
    deputy: bool


@dataclass(frozen=True)
class Outcome:
    """What came of one mark of several."""

    number: str
    subject: str
    words: str
    done: bool


@official
def draft(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Put a task on its route."""
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.draft(
            task_id=task_id,
            subject=request.POST.get("subject", "")[:200],
            inquiry=request.POST.get("inquiry", "").replace("\r\n", "\n")[:4000],
            by=standing.actor,
            at=standing.at,
            on=standing.on,
        ),
    )


@official
def sign(request: HttpRequest, standing: Standing, task_id: UUID, mark_id: UUID) -> HttpResponse:
    """Set one mark."""
    opened = access(task_id, by=standing.actor, on=standing.on)
    if not has_mark(opened.task, mark_id):
        raise NotVisible(str(mark_id))
    verdict = request.POST.get("verdict", "")
    typed = Typed(action=verdict, note=request.POST.get("opinion", "")[:2000])
    return attempt(request, standing, task_id, lambda: _sign(standing, mark_id, verdict, typed.note), typed)


@official
def recall(request: HttpRequest, standing: Standing, task_id: UUID) -> HttpResponse:
    """Take a draft back."""
    return attempt(
        request,
        standing,
        task_id,
        lambda: actions.recall(task_id=task_id, by=standing.actor, at=standing.at, on=standing.on),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@official
def approvals(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Everything that waits for this person's mark; a post sets those that were chosen, each by itself."""
    require(standing.actor, Verb.SEE_CASES, standing.organisation.pk, mandated=bool(standing.mandates))
    outcomes = _set_together(standing, request.POST.getlist("mark")) if request.method == "POST" else []
    found = open_marks(standing.actor, standing.organisation, on=standing.on)
    waiting = found.count()
    lines = _lines(list(found[:MOST]), standing)
    before = (*BEFORE, Kind.DECIDE)
    context = shell.around(standing, here="approvals", marks=waiting) | {
        "outcomes": outcomes,
        "nothing_chosen": request.method == "POST" and not outcomes,
        "waiting": waiting,
        "more": max(0, waiting - MOST),
        "sections": [
            (
                "sign",
                _("To be signed"),
                _("Approve what is chosen"),
                [x for x in lines if x.mark.kind in before],
            ),
            ("review", _("To be reviewed later"), _("Note as read"), _of(lines, Kind.REVIEW)),
            ("inform", _("For information"), _("Note as read"), _of(lines, Kind.INFORM)),
        ],
    }
    return render(request, "desk/approvals.html", context)


def _of(lines: list[Line], kind: Kind) -> list[Line]:
    return [line for line in lines if line.mark.kind == kind]


def _sign(standing: Standing, mark_id: UUID, verdict: str, opinion: str = "") -> object:
    return actions.sign(
        mark_id=mark_id, verdict=verdict, opinion=opinion, by=standing.actor, at=standing.at, on=standing.on
    )


def _set_together(standing: Standing, chosen: list[str]) -> list[Outcome]:
    """Set the chosen marks that wait for this person; each is an act of its own, and one that fails stops no other."""
    mine = open_marks(standing.actor, standing.organisation, on=standing.on)
    wanted = {str(mark.pk): mark for mark in mine[:MOST]}
    return [_set(standing, wanted[mark_id]) for mark_id in dict.fromkeys(chosen) if mark_id in wanted]


def _set(standing: Standing, mark: MarkRow) -> Outcome:
    verdict = TOGETHER[Kind(mark.kind)]
    number, subject = mark.approval.task.case.number, mark.approval.document["subject"]
    words, done = str(VERDICTS[verdict]), True
    try:
        _sign(standing, mark.pk, verdict)
    except Forbidden as refusal:
        words, done = refusal.reason_en if get_language() == "en" else refusal.reason, False
    except (AlreadyDone, MissingNote, NotVisible):
        words, done = _("Somebody has dealt with it in the meantime. Nothing was changed."), False
    return Outcome(number, subject, words, done)


def _lines(marks: list[MarkRow], standing: Standing) -> list[Line]:
    powers = powers_of(standing.actor.user_id, offices(standing.organisation, on=standing.on))
    lang = get_language() or "ja"
    return [
        Line(
            mark=mark,
            kind=str(KINDS[mark.kind]),
            post=full_title(mark.section, mark.title),
            subject=mark.approval.document["subject"],
            procedure=running(mark.approval.task.case.definition_id).title(lang),
            drafter=said(mark.approval.drafted_by, "name"),
            deadline=deadline(
                mark.approval.task.due_on, on=standing.on, closed=mark.approval.task.owner.closed_on
            ),
            deputy=mark.post_id in powers.deputy,
        )
        for mark in marks
    ]
