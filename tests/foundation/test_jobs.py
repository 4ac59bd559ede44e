"""Jobs: done once by whoever holds the lease, tried again when they fail, taken over when a worker falls silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from tests import cast
from yuimaru.foundation.audit import jobs as outbox
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.audit.models import Delivery
from yuimaru.foundation.jobs.actions import LEASE, MAX_ATTEMPTS, Run, enqueue, run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.queries import get_organisation

pytestmark = pytest.mark.django_db
HERE = "tests.foundation.test_jobs"
NOW = cast.BUILT_AT
done: list[str] = []


def note(payload: Mapping[str, Any], run: Run) -> None:
    done.append(f"{payload['word']} {run.attempt}")


def fail(payload: Mapping[str, Any], run: Run) -> None:
    raise ConnectionError


def fall_silent(payload: Mapping[str, Any], run: Run) -> None:
    """Another worker takes over while this one is still at it, and then this one comes back."""
    Job.objects.filter(pk=run.job_id).update(token=99)


def react(event: Mapping[str, Any], *, at: object) -> None:
    done.append(event["kind"])


def react_badly(event: Mapping[str, Any], *, at: object) -> None:
    raise ConnectionError


@pytest.fixture(autouse=True)
def _handlers(settings: Settings) -> None:
    done.clear()
    Job.objects.all().delete()
    Delivery.objects.all().delete()
    settings.JOB_HANDLERS = {
        "note": f"{HERE}.note", "fail": f"{HERE}.fail", "silent": f"{HERE}.fall_silent"
    }  # fmt: skip
    settings.REACTIONS = {"good": (f"{HERE}.react",), "bad": (f"{HERE}.react_badly",)}


def test_jobs_run_in_order_and_once() -> None:
    for word in ("a", "b"):
        enqueue("note", {"word": word}, owner_id=1, at=NOW)
    while run_next(at=NOW):
        pass
    assert done == ["a 1", "b 1"]
    assert not run_next(at=NOW + timedelta(days=1))


def test_a_key_makes_one_job() -> None:
    for _ in range(3):
        enqueue("note", {"word": "a"}, owner_id=1, at=NOW, key="once")
    assert Job.objects.count() == 1


def test_a_failed_job_is_tried_again_later_and_in_the_end_put_aside() -> None:
    enqueue("fail", {}, owner_id=1, at=NOW)
    assert run_next(at=NOW)
    assert not run_next(at=NOW), "not at once"
    at = NOW
    for _ in range(MAX_ATTEMPTS - 1):
        at += timedelta(hours=2)
        assert run_next(at=at)
    job = Job.objects.get()
    assert (job.attempts, job.error) == (MAX_ATTEMPTS, "ConnectionError")
    assert job.dead_at == at
    assert not run_next(at=at + timedelta(days=1))


def test_a_job_of_a_silent_worker_is_taken_over_after_its_lease() -> None:
    enqueue("note", {"word": "a"}, owner_id=1, at=NOW)
    Job.objects.update(lease_until=NOW + LEASE, token=1, attempts=1)
    assert not run_next(at=NOW + LEASE / 2)
    assert run_next(at=NOW + LEASE * 2)
    assert done == ["a 2"]


def test_a_worker_that_lost_its_lease_does_not_finish_the_job() -> None:
    enqueue("silent", {}, owner_id=1, at=NOW)
    assert run_next(at=NOW)
    assert Job.objects.get().done_at is None


def test_reactions_are_delivered_once_and_failing_ones_again() -> None:
    town = get_organisation(cast.OUMI)
    with transaction.atomic():
        for kind in ("good", "bad"):
            record(kind, owner_id=town.pk, owner=town.code, by="system", at=NOW)
    for _ in range(4):
        outbox.deliver_next(at=NOW)
    assert done == ["good"]
    waiting = Delivery.objects.get(done_at=None)
    assert (waiting.attempts, waiting.error) == (1, "ConnectionError")
    assert waiting.next_at > NOW
