"""The work that a movement of a case leaves to the machine, in the same commit."""

from __future__ import annotations

from datetime import datetime

from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.services.cases.models import Called, Case, Task


def attempt(task: Task, *, number: int, at: datetime) -> None:
    """Have the machine try a step, from a time on; the same number again is the same try."""
    key = f"{attempts_of(task)}{number}"
    enqueue("cases.serve", {"task": str(task.pk)}, owner_id=task.owner_id, at=at, key=key)


def attempts_of(task: Task) -> str:
    """How the keys of all jobs for a task begin."""
    return f"serve:{task.pk}:"


def tell_caller(case: Case, *, at: datetime) -> None:
    """Have the case that called one that has ended go on; nothing when nobody called it.

    A job of its own, because the calling case is locked before the called one, never after it.
    """
    if Called.objects.filter(case=case).exists():
        payload = {"case": str(case.pk)}
        enqueue("cases.returned", payload, owner_id=case.owner_id, at=at, key=f"returned:{case.pk}")
