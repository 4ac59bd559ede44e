"""Deadlines in the words of an office: opening days that are left, today, overdue, or a clock that stands still."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yuimaru.core.japan import calendars

State = Literal["overdue", "today", "later", "stopped", "none"]


@dataclass(frozen=True)
class Deadline:
    """Until when; while the clock stands still, `day` is since when."""

    state: State
    day: date | None
    words: str


def deadline(
    due_on: date | None, *, on: date, closed: Container[date], stopped_since: date | None = None
) -> Deadline:
    """The deadline as it stands on a day, in a municipality that is also closed on days of its own."""
    if stopped_since is not None:
        return Deadline("stopped", stopped_since, _("The clock stands still"))
    if due_on is None:
        return Deadline("none", None, _("No deadline"))
    if due_on < on:
        return Deadline("overdue", due_on, _overdue(calendars.open_days_between(due_on, on, closed)))
    if due_on == on:
        return Deadline("today", due_on, _("Due today"))
    left = calendars.open_days_between(on, due_on, closed)
    words = ngettext("%(days)s opening day left", "%(days)s opening days left", left)
    return Deadline("later", due_on, words % {"days": left})


def _overdue(days: int) -> str:
    if not days:  # its day is past, though no office has been open since
        return _("Past the deadline")
    return ngettext("%(days)s opening day overdue", "%(days)s opening days overdue", days) % {"days": days}
