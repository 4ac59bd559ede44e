"""Where a task stands, for lists and headings: its deadline, and a word for how it came here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yuimaru.interfaces.desk.deadlines import Deadline, deadline
from yuimaru.services.cases.queries import Access
from yuimaru.services.desks.queries import QueueRow

Seen = Access | QueueRow  # a task as somebody sees it


@dataclass(frozen=True)
class Sign:
    """A state in a word; `weight` is how the look's tag stresses it."""

    word: str
    weight: Literal["done", "care", ""]


def sign_of(seen: Seen) -> Sign:
    """How a task came to wait here, or that it is done."""
    task = seen.task
    if task.done_at is not None:
        return Sign(_("Done"), "done")
    if task.waits_for == task.Waits.APPLICANT:
        return Sign(_("Waiting for a correction"), "")
    if task.waits_for == task.Waits.MACHINE:
        return Sign(_("Being done automatically"), "")
    if task.waits_for == task.Waits.CASE:
        return Sign(_("Waiting for another procedure"), "")
    if task.waits_for == task.Waits.MARKS:
        return Sign(_("On its route"), "")
    if task.escalated_at is not None:
        return Sign(_("Overdue, for everybody"), "care")
    submission = task.case.submission
    if submission.corrects_id is not None and submission.submitted_at >= task.opened_at:
        return Sign(_("Correction has come"), "care")
    if task.is_return:
        return Sign(_("Come back"), "care")
    if task.opened_at == task.case.opened_at:
        return Sign(_("New application"), "")
    return Sign(_("Handed on"), "")


def deadline_of(seen: Seen, *, on: date) -> Deadline:
    """The deadline of the task; one that is done has none that counts."""
    task = seen.task
    since = localdate(task.opened_at) if task.stops_clock and task.done_at is None else None
    return deadline(task.due_on, on=on, closed=task.owner.closed_on, stopped_since=since)
