"""起案・決裁: putting a draft on its route, setting marks, taking it back. The last mark moves the case on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yuimaru.core.kata import approval as rules_of_marks
from yuimaru.core.kata import routes, workflow
from yuimaru.core.kata.approval import Circulation, Kind, Refused, State, Verdict
from yuimaru.foundation.audit.actions import Happened, record_all
from yuimaru.foundation.people.queries import Office, offices
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible, Verb, require
from yuimaru.services.cases import events, rules
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.actions.working import AlreadyDone, MissingNote
from yuimaru.services.cases.models import Approval, Mark, Task
from yuimaru.services.cases.queries import (
    Access,
    access,
    circulation,
    done_by_step,
    lock_case_of,
    marks_of,
    powers_of,
)
from yuimaru.services.cases.queries.approvals import fingerprint
from yuimaru.services.cases.queries.drafts import Laid, lay_out


class RouteBlocked(Exception):
    """The route names posts that cannot sign; nothing was changed, and the task waits until somebody holds them."""

    def __init__(self, laid: Laid) -> None:
        super().__init__("、".join(lack.post for lack in laid.lacks))
        self.lacks = laid.lacks


@transaction.atomic
def draft(
    *, task_id: UUID, by: Actor, at: datetime, on: date, subject: str = "", inquiry: str = ""
) -> Approval:
    """起案する: pin the document, and open the first marks of the route. 件名 and 伺い文 may be the drafter's own words.

    :raises NotVisible: see `open_task`.
    :raises AlreadyDone: it is done, on its route already, or somebody else has it.
    :raises Forbidden: the role does not allow it, or a private contractor would draft a decision.
    :raises RouteBlocked: a post of the route is not there, or nobody holds it.
    """
    lock_case_of(task_id)
    opened = _lock(task_id, by=by, on=on)
    task, mandate = opened.task, opened.mandate
    if task.waits_for != Task.Waits.DRAFT or task.taken_by_id not in (None, by.user_id) or by.user_id is None:
        raise AlreadyDone
    rules.require_may_decide(task.decides, mandate.legal_form if mandate else None)
    require(by, Verb.WORK_ON_TASKS, task.owner_id, mandated=mandate is not None)
    laid = lay_out(opened, by=by, on=on)
    if laid.lacks:
        raise RouteBlocked(laid)
    step = workflow.step(opened.program, task.step)
    document = laid.document(subject.strip() or laid.subject, inquiry.strip() or laid.inquiry)
    approval = Approval(
        owner=task.owner,
        task=task,
        house_id=by.organisation_id,
        key=task.key,
        sha256=fingerprint(document),
        drafted_by_id=by.user_id,
        drafted_at=at,
        barred_id=(done_by_step(task.case).get(step.not_by) or by.user_id) if step.not_by else None,
    )
    approval.document = document
    approval.save(force_insert=True)
    _begin(approval, laid, at)
    task.waits_for, task.taken_by, task.taken_at = Task.Waits.MARKS, None, None
    task.save(update_fields=["waits_for", "taken_by", "taken_at"])
    _record(events.DRAFTED, opened, approval, by=by, at=at, sha256=approval.sha256)
    return approval


def _begin(approval: Approval, laid: Laid, at: datetime) -> None:
    """Write the marks of the route, and open those that come first."""
    stops = [
        rules_of_marks.Stop(line.kind, str(place), line.order)
        for place, (line, _office) in enumerate(laid.stops)
    ]
    begun = rules_of_marks.circulate(stops, drafter=str(approval.drafted_by_id))
    first = {mark.number for mark in begun.open}
    for mark in begun.marks:
        post = laid.stops[int(mark.post)][1].post
        Mark.objects.create(
            owner=approval.owner,
            approval=approval,
            number=mark.number,
            kind=mark.kind,
            order=mark.order,
            post=post,
            title=post.title,
            section=post.section.name,
            key=approval.key,
            opened_at=at if mark.number in first else None,
        )


@dataclass(frozen=True)
class _Signing:
    """A mark in the hands of somebody who may set it."""

    opened: Access
    approval: Approval
    marks: list[Mark]
    mark: Mark
    deputy: bool


@transaction.atomic
def sign(*, mark_id: UUID, verdict: str, by: Actor, at: datetime, on: date, opinion: str = "") -> Approval:
    """Set a mark: in one's own right, or for somebody absent as their deputy (代決). Moves the case when it is the last.

    :raises NotVisible: unknown, or the task is.
    :raises AlreadyDone: the mark is set, or the draft is no longer on its route.
    :raises Forbidden: it is another post's, or the rules of marks forbid it to this person.
    :raises MissingNote: a disagreement or a return says why.
    """
    task_id = Mark.objects.filter(pk=mark_id).values_list("approval__task_id", flat=True).first()
    if task_id is None:
        raise NotVisible(str(mark_id))
    lock_case_of(task_id)
    signing = _take_up(mark_id, access(task_id, by=by, on=on, lock=True), by=by, on=on)
    approval, mark = signing.approval, signing.mark
    before = circulation(approval, signing.marks)
    try:
        after = rules_of_marks.sign(
            before,
            mark.number,
            by=str(by.user_id),
            verdict=Verdict(verdict),
            opinion=opinion,
            deputy=signing.deputy,
        )
    except (Refused, ValueError) as refused:
        raise _refusal(refused) from None
    _keep(signing, after, at)
    data: dict[str, str | bool] = {"mark": str(mark.pk), "verdict": verdict, "deputy": signing.deputy}
    _record(events.SIGNED, signing.opened, approval, by=by, at=at, sha256=approval.sha256, **data)
    if before.state != after.state:
        _end(signing.opened, approval, after.state, by=by, at=at)
    return approval


@transaction.atomic
def recall(*, task_id: UUID, by: Actor, at: datetime, on: date) -> Approval:
    """引戻し: the drafter takes a draft back before it is decided.

    :raises NotVisible: see `open_task`, or nobody has drafted.
    :raises AlreadyDone: it is decided, returned or taken back.
    :raises Forbidden: somebody else drafted it.
    """
    lock_case_of(task_id)
    opened = access(task_id, by=by, on=on, lock=True)
    approval = Approval.objects.select_related("key").filter(task_id=task_id).first()
    if approval is None:
        raise NotVisible(str(task_id))
    if opened.task.done_at is not None:
        raise AlreadyDone
    try:
        after = rules_of_marks.recall(circulation(approval, marks_of(approval)), by=str(by.user_id))
    except Refused as refused:
        raise _refusal(refused) from None
    _record(events.RECALLED, opened, approval, by=by, at=at)
    _end(opened, approval, after.state, by=by, at=at)
    return approval


def _take_up(mark_id: UUID, opened: Access, *, by: Actor, on: date) -> _Signing:
    """The mark for somebody who may set it: a holder of its post, or a deputy while no holder is there."""
    task, mandate = opened.task, opened.mandate
    approval = Approval.objects.select_related("key", "house").get(task=task)
    marks = marks_of(approval)
    mark = next(mark for mark in marks if mark.pk == mark_id)
    if mark.done_at is not None or mark.opened_at is None:
        raise AlreadyDone
    if approval.state == State.CIRCULATING and task.done_at is not None:
        raise AlreadyDone  # the case was withdrawn or moved meanwhile
    rules.require_may_decide(task.decides, mandate.legal_form if mandate else None)
    found: dict[UUID, Office] = (
        offices(approval.house, on=on) if by.organisation_id == approval.house_id else {}
    )
    powers = powers_of(by.user_id, found)
    if mark.post_id not in powers.posts:
        raise Forbidden(
            f"この印は、{mark.section}「{mark.title}」の職にある人が押します。",
            f"This mark belongs to whoever holds the post “{mark.title}” of {mark.section}.",
        )
    deputy = mark.post_id not in powers.own
    is_decision = mark.kind == Kind.DECIDE and not deputy and mandate is None
    verb = Verb.DECIDE if is_decision else Verb.WORK_ON_TASKS
    require(by, verb, task.owner_id, mandated=mandate is not None)
    return _Signing(opened, approval, marks, mark, deputy)


def _keep(signing: _Signing, after: Circulation, at: datetime) -> None:
    """Write what the rules made of the marks: the one that was set, a review that came of it, those that open now."""
    rows = {mark.number: mark for mark in signing.marks}
    opens = {mark.number for mark in after.open}
    for state in after.marks:
        row = rows.get(state.number)
        if row is None:
            of = signing.mark
            Mark.objects.create(
                owner=of.owner,
                approval=signing.approval,
                number=state.number,
                kind=state.kind,
                order=state.order,
                post_id=of.post_id,
                title=of.title,
                section=of.section,
                key=of.key,
                of=state.of,
                opened_at=at,
            )
        elif row.number == signing.mark.number:
            row.verdict, row.deputy, row.done_at = state.verdict or "", state.deputy, at
            row.done_by_id = UUID(state.by)
            row.opinion = state.opinion.strip()
            row.save(update_fields=["verdict", "deputy", "done_at", "done_by", "opinion_sealed"])
        elif row.opened_at is None and state.number in opens:
            row.opened_at = at
            row.save(update_fields=["opened_at"])


def _end(opened: Access, approval: Approval, state: State, *, by: Actor, at: datetime) -> None:
    """The route has ended: the case goes on by the action that the kata names for it.

    A reason for a return stays on its mark: on the task it would be taken for the reason of the decision («理由»).
    """
    task = opened.task
    said = routes.approval_of(workflow.step(opened.program, task.step))
    approval.state, approval.ended_at = state, at
    approval.save(update_fields=["state", "ended_at"])
    action = said.approved if state is State.APPROVED else said.returned
    data = {"approval": str(approval.pk)}
    if opened.mandate is not None:
        data["mandate"] = str(opened.mandate.pk)
    moving.go_on(program=opened.program, task=task, action=action, note="", by=by, at=at, **data)


def _lock(task_id: UUID, *, by: Actor, on: date) -> Access:
    opened = access(task_id, by=by, on=on, lock=True)
    if opened.task.done_at is not None:
        raise AlreadyDone
    return opened


def _refusal(refused: Exception) -> Exception:
    """What the rules of marks refuse, as the service tells it."""
    code = refused.code if isinstance(refused, Refused) else "verdict"
    if code == "not_open":
        return AlreadyDone()
    if code == "opinion":
        return MissingNote()
    return rules.forbidden_mark(code)


def _record(
    kind: str, opened: Access, approval: Approval, *, by: Actor, at: datetime, **data: str | bool
) -> None:
    task, case = opened.task, opened.task.case
    if opened.mandate is not None:
        data["mandate"] = str(opened.mandate.pk)
    said = {"number": case.number, "step": task.step, "approval": str(approval.pk), **data}
    record_all(
        Happened(kind, f"case:{case.pk}", said),
        owner_id=case.owner_id,
        owner=case.owner.code,
        by=by.ref,
        at=at,
    )
