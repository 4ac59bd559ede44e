"""Putting work into the table and taking it out again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from yuimaru.foundation.jobs.models import Job

log = logging.getLogger("yuimaru.jobs")

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8

Handler = Callable[[Mapping[str, Any], "Run"], None]


@dataclass(frozen=True)
class Run:
    """One attempt at a job: for whom, which attempt, and when."""

    job_id: str
    owner_id: int
    attempt: int
    at: datetime


def enqueue(
    kind: str, payload: Mapping[str, Any], *, owner_id: int, at: datetime, key: str | None = None
) -> None:
    """Add a job in the caller's transaction; a key that is already known adds nothing."""
    values = {"kind": kind, "payload": dict(payload), "owner_id": owner_id, "run_at": at}
    if key is None:
        Job.objects.create(**values)
    else:
        Job.objects.get_or_create(key=key, defaults=values)


def run_next(*, at: datetime) -> bool:
    """Run the oldest job that is due, or whose worker has fallen silent; False when there is none."""
    job = _claim(at)
    if job is None:
        return False
    handlers: dict[str, str] = settings.JOB_HANDLERS
    try:
        handler: Handler = import_string(handlers[job.kind])
        handler(job.payload, Run(str(job.pk), job.owner_id, job.attempts, at))
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, at=at, error=error)
    else:
        _mine(job).update(done_at=at, error="")
    return True


def _claim(at: datetime) -> Job | None:
    """Take one job by moving its lease; the fencing token counts up with every take."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(free, done_at=None, dead_at=None, run_at__lte=at)
            .order_by("run_at", "id")
            .first()
        )
        if job is None:
            return None
        Job.objects.filter(pk=job.pk).update(
            lease_until=at + LEASE, token=F("token") + 1, attempts=F("attempts") + 1
        )
        job.refresh_from_db()
    return job


def _mine(job: Job) -> QuerySet[Job]:
    """The row as long as nobody else has taken it over since."""
    return Job.objects.filter(pk=job.pk, token=job.token)


def _fail(job: Job, *, at: datetime, error: Exception) -> None:
    wait = min(timedelta(seconds=10 * 2**job.attempts), timedelta(hours=1))
    dead_at = at if job.attempts >= MAX_ATTEMPTS else None
    _mine(job).update(run_at=at + wait, lease_until=None, dead_at=dead_at, error=type(error).__name__)
