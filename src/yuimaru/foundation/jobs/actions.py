"""Putting work into the table, taking it out again, and what a person does about work that failed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.jobs.heartbeat import LEASE, beating
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation

log = logging.getLogger("yuimaru.jobs")

MAX_ATTEMPTS = 8
INSTALLATION = 0  # the owner of work that belongs to no organisation

Handler = Callable[[Mapping[str, Any], "Run"], None]


class GivenBack(BaseException):
    """The worker must stop now: raised in the middle of a job, which then waits for the next worker."""


@dataclass(frozen=True)
class Run:
    """One attempt at a job: for whom, which attempt, and when.

    `uncertain`: an earlier worker fell silent over it, so its effect outside may already have happened.
    """

    job_id: str
    owner_id: int
    attempt: int
    at: datetime
    uncertain: bool = False


def enqueue(
    kind: str, payload: Mapping[str, Any], *, owner_id: int, at: datetime, key: str | None = None
) -> None:
    """Add a job in the caller's transaction; a key that is already known adds nothing."""
    values = {"kind": kind, "payload": dict(payload), "owner_id": owner_id, "run_at": at}
    if key is None:
        Job.objects.create(**values)
    else:
        Job.objects.get_or_create(key=key, defaults=values)


def enqueue_daily(*, at: datetime) -> None:
    """Add the day's sweeps (`settings.DAILY_JOBS`), one for each organisation or one for all, once a day."""
    owners: list[int] = list(Organisation.objects.values_list("pk", flat=True))
    daily: dict[str, str] = settings.DAILY_JOBS
    for kind, each in daily.items():
        for owner_id in owners if each == "organisation" else [INSTALLATION]:
            enqueue(kind, {}, owner_id=owner_id, at=at, key=f"{kind}:{owner_id}:{localdate(at)}")


def enqueue_due(*, at: datetime) -> None:
    """Let those who look for work every minute (`settings.EACH_MINUTE`) add what has become due."""
    for path in settings.EACH_MINUTE:
        look: Callable[..., None] = import_string(path)
        try:
            look(at=at)
        except Exception:
            log.exception("%s failed", path)


def run_next(*, at: datetime) -> bool:
    """Run the oldest job that is due, or whose worker has fallen silent; False when there is none."""
    job = _claim(at)
    if job is None:
        return False
    handlers: dict[str, str] = settings.JOB_HANDLERS
    try:
        handler: Handler = import_string(handlers[job.kind])
        with beating(job):
            handler(job.payload, Run(str(job.pk), job.owner_id, job.attempts, at, job.uncertain))
    except GivenBack:
        _mine(job).update(lease_until=None, attempts=F("attempts") - 1)
        raise
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, at=at, error=error)
    else:
        _finish(job, at=at)
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
        if job.lease_until is not None and job.attempts >= MAX_ATTEMPTS:  # it takes its workers down with it
            Job.objects.filter(pk=job.pk).update(
                dead_at=at, lease_until=None, error="WorkerLost", uncertain=True
            )
            return None
        Job.objects.filter(pk=job.pk).update(
            lease_until=at + LEASE,
            token=F("token") + 1,
            attempts=F("attempts") + 1,
            # A lease that ran out, not one that was handed back: nobody knows how far the work had come.
            uncertain=job.uncertain or job.lease_until is not None,
        )
        job.refresh_from_db()
    return job


def _mine(job: Job) -> QuerySet[Job]:
    """The row as long as nobody else has taken it over since."""
    return Job.objects.filter(pk=job.pk, token=job.token)


def _finish(job: Job, *, at: datetime) -> None:
    if not _mine(job).update(done_at=at, lease_until=None, error=""):
        log.warning("job %s (%s) was taken over meanwhile", job.pk, job.kind)


def _fail(job: Job, *, at: datetime, error: Exception) -> None:
    wait = min(timedelta(seconds=10 * 2**job.attempts), timedelta(hours=1))
    dead_at = at if job.attempts >= MAX_ATTEMPTS else None
    _mine(job).update(run_at=at + wait, lease_until=None, dead_at=dead_at, error=type(error).__name__)


@transaction.atomic
def retry(job_id: UUID, *, at: datetime) -> bool:
    """Let a job start again now with all its tries, whatever state it is in; False when it is done.

    A worker that still holds it is fenced off. Raises Job.DoesNotExist.
    """
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.done_at is not None:
        return False
    Job.objects.filter(pk=job.pk).update(
        run_at=at,
        lease_until=None,
        dead_at=None,
        attempts=0,
        token=F("token") + 1,
        uncertain=job.uncertain or job.lease_until is not None,
    )
    owner = Organisation.objects.filter(pk=job.owner_id).first()
    if owner is not None:
        record(
            "job.retried",
            owner_id=owner.pk,
            owner=owner.code,
            by=Actor.system(owner).ref,
            at=at,
            about=f"job:{job.pk}",
            data={"kind": job.kind, "attempts": job.attempts},
        )
    return True


def retry_all(*, at: datetime) -> int:
    """Let every dead job start again; gives their number."""
    dead = list(Job.objects.exclude(dead_at=None).filter(done_at=None).values_list("pk", flat=True))
    return sum(retry(pk, at=at) for pk in dead)
