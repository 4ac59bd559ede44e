"""What waits, what is being worked on, and what nobody will try again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from yuimaru.foundation.audit.models import Delivery
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.models import Organisation

State = Literal["waiting", "running", "silent", "dead", "done"]


@dataclass(frozen=True)
class Listed:
    """A job as a person looks at it."""

    id: str
    kind: str
    organisation: str
    state: State
    attempts: int
    run_at: datetime
    error: str
    uncertain: bool


def list_jobs(*, at: datetime, dead: bool = False) -> list[Listed]:
    """Jobs that are not done, and done ones whose effect may have happened twice; only dead ones on request."""
    open_ones = Q(done_at=None)
    wanted = open_ones & ~Q(dead_at=None) if dead else open_ones | Q(uncertain=True)
    codes = dict(Organisation.objects.values_list("pk", "code"))
    return [
        Listed(
            str(job.pk),
            job.kind,
            codes.get(job.owner_id, ""),
            _state(job, at),
            job.attempts,
            job.run_at,
            job.error,
            job.uncertain,
        )
        for job in Job.objects.filter(wanted).order_by("run_at", "id")
    ]


def open_job(key: str) -> Job | None:
    """The newest job that is not done and whose key begins like this."""
    return Job.objects.filter(key__startswith=key, done_at=None).order_by("-run_at").first()


def _state(job: Job, at: datetime) -> State:
    if job.done_at is not None:
        return "done"
    if job.dead_at is not None:
        return "dead"
    if job.lease_until is None:
        return "waiting"
    return "running" if job.lease_until >= at else "silent"


def late_reactions() -> int:
    """Reactions to events that failed and will be tried again: they are never given up."""
    return Delivery.objects.filter(done_at=None, attempts__gt=0).count()
