"""起案文書 on the page of a task: what is put to a decision, its route, and what this person may do with it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuimaru.core.kata.approval import VERDICTS as ALLOWED
from yuimaru.core.kata.approval import WORDED, Kind, State
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.routes import RouteError
from yuimaru.core.kata.tables import TableError
from yuimaru.foundation.people.queries import Office, offices
from yuimaru.foundation.people.rules import is_head
from yuimaru.foundation.tenancy.rules import Forbidden, Verb, require
from yuimaru.interfaces.desk.approvals.words import (
    KINDS,
    STATES,
    VERDICTS,
    act_title,
    full_title,
    lack_sentence,
    post_title,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases import rules
from yuimaru.services.cases.queries import (
    Access,
    DraftRow,
    MarkRow,
    approval_of,
    lay_out,
    marks_of,
    open_marks,
)

LANGUAGES = {"ja": gettext_lazy("Japanese"), "en": gettext_lazy("English")}


@dataclass(frozen=True)
class Text:
    """案文: one notice in one language, as it will be sent; `reading` when it is there only to be read."""

    title: str
    language: str
    subject: str
    body: str
    reading: bool


@dataclass(frozen=True)
class Line:
    """One mark of the route as a row of the table."""

    kind: str
    post: str
    who: str
    state: str
    weight: str
    at: datetime | None
    opinion: str
    remark: str


@dataclass(frozen=True)
class Choice:
    """One button of a mark; those that need words open a field."""

    verdict: str
    title: str
    needs_opinion: bool
    is_main: bool


@dataclass(frozen=True)
class Mine:
    """The mark that waits for this person."""

    id: UUID
    kind: str
    post: str
    deputy: bool
    choices: list[Choice]


@dataclass(frozen=True)
class Sheet:
    """The whole of it; before anybody has drafted, as this person would."""

    state: str
    weight: str
    subject: str
    inquiry: str
    texts: list[Text]
    lines: list[Line]
    remark: str = ""  # by whom and when it was drafted
    is_draft: bool = False
    lacks: list[str] = field(default_factory=list)
    why: str = ""
    mine: Mine | None = None
    may_recall: bool = False
    sha256: str = ""


def sheet(opened: Access, standing: Standing, typed: Mapping[str, str], lang: str) -> Sheet | None:
    """The 起案文書 of a task; None at a step that is decided without one."""
    step = opened.program.work_step(opened.task.step)
    if step.approval is None:
        return None
    approval = approval_of(opened.task)
    if approval is None:
        return None if opened.task.done_at else _before(opened, standing, typed, lang)
    return _after(opened, standing, approval, lang)


def _before(opened: Access, standing: Standing, typed: Mapping[str, str], lang: str) -> Sheet:
    """As it would be drafted by this person now."""
    why = _why_not(opened, standing)
    try:
        laid = lay_out(opened, by=standing.actor, on=standing.on)
    except (RouteError, TableError):
        sentence = _("The route does not come out for this case. Tell the publisher of the kata.")
        return Sheet(_("To be drafted"), "care", "", "", [], [], is_draft=True, lacks=[sentence], why=why)
    texts = [
        Text(_notice_title(opened.program, text.notice, lang), str(LANGUAGES[code]), subject, body, place > 0)
        for text in laid.texts
        for place, (code, (subject, body)) in enumerate(text.texts.items())
    ]
    lines = [
        Line(
            str(KINDS[line.kind]),
            post_title(office.post),
            _names(office),
            "",
            "",
            None,
            "",
            _delegated(line.kind, office.post.title),
        )
        for line, office in laid.stops
    ]
    return Sheet(
        state=_("To be drafted"),
        weight="care",
        subject=typed.get("subject") or laid.subject,
        inquiry=typed.get("inquiry") or laid.inquiry,
        texts=texts,
        lines=lines,
        is_draft=True,
        lacks=[lack_sentence(lack) for lack in laid.lacks],
        why=why,
    )


def _after(opened: Access, standing: Standing, approval: DraftRow, lang: str) -> Sheet:
    document: dict[str, Any] = approval.document
    marks, word = marks_of(approval), STATES[approval.state]
    found = offices(approval.house, on=standing.on) if approval.house == standing.organisation else {}
    is_over = approval.state == State.CIRCULATING and opened.task.done_at is not None
    mine = open_marks(standing.actor, standing.organisation, on=standing.on)
    first = mine.filter(approval=approval).first()
    drafter = {"name": said(approval.drafted_by, "name")}
    return Sheet(
        state=_("No longer on its route") if is_over else str(word[0]),
        weight="" if is_over else word[1],
        subject=document["subject"],
        inquiry=document["inquiry"],
        texts=[
            Text(
                _notice_title(opened.program, draft["notice"], lang),
                str(LANGUAGES[code]),
                text["subject"],
                text["body"],
                place > 0,
            )
            for draft in document["drafts"]
            for place, (code, text) in enumerate(draft["texts"].items())
        ],
        lines=[_line(mark, approval, found, is_over) for mark in marks],
        remark=_("Drafted by %(name)s") % drafter,
        mine=_mine(first, found, standing) if first else None,
        may_recall=not is_over
        and approval.state == State.CIRCULATING
        and approval.drafted_by_id == standing.actor.user_id,
        sha256=approval.sha256,
    )


def _line(mark: MarkRow, approval: DraftRow, found: Mapping[UUID, Office], is_over: bool) -> Line:
    office = found.get(mark.post_id)
    state, weight = "", ""
    if mark.verdict:
        state = str(VERDICTS[mark.verdict])
        weight = {"disagreed": "warn", "returned": "warn"}.get(mark.verdict, "done")
    elif mark.opened_at and not is_over and approval.state in (State.CIRCULATING, State.APPROVED):
        state, weight = _("Waiting now"), "care"
    remark = _("as the deputy") if mark.deputy else _delegated(mark.kind, mark.title)
    who = said(mark.done_by, "name") if mark.done_by else _names(office) if office else ""
    return Line(
        kind=str(KINDS[mark.kind]),
        post=full_title(mark.section, mark.title),
        who=who,
        state=state,
        weight=weight,
        at=mark.done_at,
        opinion=mark.opinion,
        remark=remark,
    )


def _mine(mark: MarkRow, found: Mapping[UUID, Office], standing: Standing) -> Mine:
    office = found.get(mark.post_id)
    deputy = office is None or standing.actor.user_id not in {user.pk for user in office.holders}
    choices = [
        Choice(
            verdict,
            act_title(verdict, mark.kind, deputy=deputy),
            needs_opinion=verdict in WORDED,
            is_main=place == 0,
        )
        for place, verdict in enumerate(ALLOWED[Kind(mark.kind)])
    ]
    return Mine(mark.pk, str(KINDS[mark.kind]), full_title(mark.section, mark.title), deputy, choices)


def _why_not(opened: Access, standing: Standing) -> str:
    """Why this person cannot draft, in words; empty when the way is free."""
    task, mandate = opened.task, opened.mandate
    if task.taken_by is not None and task.taken_by_id != standing.actor.user_id:
        return _("%(name)s is working on this task.") % {"name": said(task.taken_by, "name")}
    try:
        rules.require_may_decide(task.decides, mandate.legal_form if mandate else None)
        require(standing.actor, Verb.WORK_ON_TASKS, task.owner_id, mandated=mandate is not None)
    except Forbidden as refusal:
        return refusal.reason
    return ""


def _names(office: Office) -> str:
    """Who would sign at a post today."""
    if office.stand_ins:
        names = "、".join(said(user, "name") for user in office.stand_ins)
        return _("away; %(names)s stands in") % {"names": names}
    return "、".join(said(user, "name") for user in office.holders)


def _delegated(kind: str, title: str) -> str:
    """専決: the decision is left to a post below the head."""
    return _("delegated decision") if kind == Kind.DECIDE and not is_head(title) else ""


def _notice_title(program: Program, notice: str, lang: str) -> str:
    return program.text(f"notices.{notice}.title", program.notice(notice).title, lang)
