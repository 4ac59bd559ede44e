"""What the machine is at, what it could not do, and which cases belong together by a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q

from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.cases.models import Attempt, Called, Case, Task

TOLD_FOR = timedelta(days=30)  # how long it is told what went wrong

State = Literal["waiting", "running", "stuck", "handed_over"]


@dataclass(frozen=True)
class Try:
    """One try of the machine: when it ended (or began), how, and why not."""

    at: datetime
    outcome: str
    reason: str


@dataclass(frozen=True)
class MachineStep:
    """A step that the machine has not done yet, or could not do and handed over to a person."""

    task: Task
    state: State
    tries: list[Try]
    next_at: datetime | None

    @property
    def may_restart(self) -> bool:
        """Whether it makes sense to have it tried at once."""
        return self.state in ("waiting", "stuck")


def machine_steps(owner: Organisation, *, at: datetime) -> list[MachineStep]:
    """What waits for the machine, and what it handed over to people lately; the newest first."""
    waiting = Q(done_at=None, waits_for=Task.Waits.MACHINE)
    tried = Attempt.objects.filter(owner=owner).exclude(outcome=Attempt.Outcome.DONE)
    failed = Q(done_at__gt=at - TOLD_FOR, action="error", pk__in=tried.values("task"))
    tasks = list(
        Task.objects.filter(waiting | failed, owner=owner).select_related("case").order_by("-opened_at")
    )
    jobs = _jobs(tasks)
    tries = tries_of(tasks)
    return [_step(task, jobs.get(str(task.pk)), tries.get(task.pk, []), at) for task in tasks]


def tries_of(tasks: Iterable[Task]) -> dict[UUID, list[Try]]:
    """The tries of the machine at each task, in their order."""
    found: dict[UUID, list[Try]] = {}
    for attempt in Attempt.objects.filter(task__in=[task.pk for task in tasks]).order_by("number"):
        at = attempt.ended_at or attempt.started_at
        found.setdefault(attempt.task_id, []).append(Try(at, attempt.outcome, attempt.reason))
    return found


def called_by(case: Case) -> list[Case]:
    """The cases that this one has opened, the oldest first."""
    found = Called.objects.filter(task__case=case).select_related("case__submission__key", "case__owner")
    return [each.case for each in found.order_by("id")]


def caller_of(case: Case) -> Case | None:
    """The case that has opened this one."""
    found = Called.objects.filter(case=case).select_related("task__case__owner").first()
    return found.task.case if found else None


def _jobs(tasks: list[Task]) -> dict[str, Job]:
    """The job that will try each of the tasks next."""
    owners = {task.owner_id for task in tasks}
    open_jobs = Job.objects.filter(kind="cases.serve", owner_id__in=owners, done_at=None)
    return {job.payload["task"]: job for job in open_jobs}


def _step(task: Task, job: Job | None, tries: list[Try], at: datetime) -> MachineStep:
    state: State = "waiting"
    if task.done_at is not None:
        state = "handed_over"
    elif job is None or job.dead_at is not None:
        state = "stuck"
    elif job.lease_until is not None and job.lease_until >= at:
        state = "running"
    return MachineStep(task, state, tries, job.run_at if job and state == "waiting" else None)
