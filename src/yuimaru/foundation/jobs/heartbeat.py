"""Keeping a lease alive while long work goes on, so that nobody takes over from a worker that lives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils.timezone import now

from yuimaru.foundation.jobs.models import Job

log = logging.getLogger("yuimaru.jobs")

LEASE = timedelta(minutes=2)
PULSE = LEASE.total_seconds() / 4


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Move the lease on every half minute; work that ends before the first beat costs a thread and no query."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, ended), name=f"heartbeat {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(job: Job, ended: threading.Event) -> None:
    try:
        while not ended.wait(PULSE):
            if not beat(job):
                log.warning("job %s (%s) was taken over; its worker goes on in vain", job.pk, job.kind)
                return
    finally:
        connection.close()


def beat(job: Job) -> bool:
    """Move the lease of a job on; False when somebody else holds it by now."""
    try:
        held = Job.objects.filter(pk=job.pk, token=job.token, done_at=None)
        return bool(held.update(lease_until=now() + LEASE))
    except DatabaseError:
        log.warning("no heartbeat for job %s: the store did not answer", job.pk)
        return True  # nobody can have taken it over in a store that does not answer; the next beat tells
