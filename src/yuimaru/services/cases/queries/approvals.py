"""Drafts on their way: what is put to a decision, who may sign it today, what waits for whom, what was approved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuimaru.core.kata.approval import Circulation, Kind, State, Verdict
from yuimaru.core.kata.approval import Mark as MarkState
from yuimaru.foundation.people.queries import Office, offices
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.cases.models import Approval, Case, Mark, Task
from yuimaru.services.protections.queries import withheld


class Altered(Exception):
    """A stored document is no longer what was approved; nothing of it may go out."""


@dataclass(frozen=True)
class Powers:
    """The posts for which a person may sign in an organisation today: those held, and those stood in for."""

    own: frozenset[UUID]
    deputy: frozenset[UUID]

    @property
    def posts(self) -> frozenset[UUID]:
        return self.own | self.deputy


def powers_of(user_id: UUID | None, found: Mapping[UUID, Office]) -> Powers:
    """What somebody may sign for, by the posts of a day (`people.offices`)."""
    own = {post for post, office in found.items() if user_id in {user.pk for user in office.holders}}
    deputy = {post for post, office in found.items() if user_id in {user.pk for user in office.stand_ins}}
    return Powers(frozenset(own), frozenset(deputy - own))


# Rows as these queries hand them out, for whoever must name their types.
DraftRow: TypeAlias = Approval
MarkRow: TypeAlias = Mark


def approval_of(task: Task) -> Approval | None:
    """The draft of a task, with its key; None when nobody has drafted."""
    return Approval.objects.filter(task=task).select_related("key", "drafted_by", "house").first()


def marks_of(approval: Approval) -> list[Mark]:
    """The marks of a draft in the order of its route; what is to be reviewed comes last.

    Without their posts: those of a taker are not in the scope of the owner's staff.
    """
    marks = Mark.objects.filter(approval=approval).select_related("key", "done_by")
    return list(marks.order_by("number"))


def has_mark(task: Task, mark_id: UUID) -> bool:
    """Whether the draft of a task has this mark."""
    return Mark.objects.filter(pk=mark_id, approval__task=task).exists()


def circulation(approval: Approval, marks: Iterable[Mark]) -> Circulation:
    """The draft as the rules see it. Where the decision must be independent, its drafter is barred from it too."""
    barred = {approval.barred_id, approval.drafted_by_id} if approval.barred_id else set()
    return Circulation(
        tuple(_state(mark) for mark in marks),
        str(approval.drafted_by_id),
        frozenset(map(str, barred)),
        State(approval.state),
    )


def _state(mark: Mark) -> MarkState:
    return MarkState(
        number=mark.number,
        kind=Kind(mark.kind),
        post=str(mark.post_id),
        order=mark.order,
        verdict=Verdict(mark.verdict) if mark.verdict else None,
        by=str(mark.done_by_id) if mark.done_by_id else None,
        deputy=mark.deputy,
        opinion=mark.opinion,
        of=mark.of,
    )


def open_marks(actor: Actor, house: Organisation, *, on: date) -> QuerySet[Mark]:
    """The marks that wait for a person today, the soonest due first; nothing that is withheld from them."""
    powers = powers_of(actor.user_id, offices(house, on=on))
    lasting = Q(approval__state=State.CIRCULATING, approval__task__done_at=None) | Q(
        approval__state=State.APPROVED
    )
    for_me = Q(post_id__in=powers.own) | Q(
        post_id__in=powers.deputy, kind__in=(Kind.CIRCULATE, Kind.CONSULT, Kind.DECIDE)
    )
    seen = Task.objects.filter(pk=OuterRef("approval__task_id")).exclude(withheld(actor, on=on))
    return (
        Mark.objects.filter(lasting, for_me, Exists(seen), done_at=None, opened_at__isnull=False)
        .filter(approval__house=house)
        .select_related(
            "approval__key", "approval__task__case", "approval__task__owner", "approval__drafted_by"
        )
        .order_by("approval__task__due_on", "approval__drafted_at", "number")
    )


@dataclass(frozen=True)
class EndedDraft:
    """How a draft ended, and why where it was returned; its reason is for the drafter, not for the applicant."""

    state: str
    reason: str = ""


NO_DRAFT = EndedDraft("")


def ended_drafts(case: Case) -> dict[UUID, EndedDraft]:
    """The drafts of a case that were decided, returned or taken back, by the task that they ended."""
    ended = Approval.objects.filter(task__case=case).exclude(state=State.CIRCULATING)
    found = {task: EndedDraft(state) for task, state in ended.values_list("task_id", "state")}
    returned = Mark.objects.filter(approval__in=ended, verdict=Verdict.RETURNED)
    for mark in returned.select_related("key", "approval"):
        found[mark.approval.task_id] = EndedDraft(State.RETURNED, mark.opinion)
    return found


def approved_notice(case: Case, notice: str, language: str) -> tuple[str, str] | None:
    """Subject and body as they were approved last in the case; None when this notice was not put to a decision.

    :raises Altered: what is stored is not what was approved.
    """
    approved = Approval.objects.filter(task__case=case, state=State.APPROVED).select_related("key")
    for approval in approved.order_by("-ended_at"):
        for draft in approval.document["drafts"]:
            if draft["notice"] == notice:
                if fingerprint(approval.document) != approval.sha256:
                    raise Altered(str(approval.pk))
                text = draft["texts"].get(language) or draft["texts"]["ja"]
                return text["subject"], text["body"]
    return None


def fingerprint(document: Mapping[str, Any]) -> str:
    """The SHA-256 by which a document is pinned."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
