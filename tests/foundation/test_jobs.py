"""Jobs: done once by whoever holds the lease, tried again when they fail, taken over when a worker falls silent."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from tests import cast
from yuimaru.foundation.audit import jobs as outbox
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.audit.models import Delivery, Event
from yuimaru.foundation.jobs import heartbeat, queries
from yuimaru.foundation.jobs.actions import (
    MAX_ATTEMPTS,
    GivenBack,
    Run,
    enqueue,
    enqueue_daily,
    retry,
    retry_all,
    run_next,
)
from yuimaru.foundation.jobs.heartbeat import LEASE
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.models import Organisation
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


def stop_now(payload: Mapping[str, Any], run: Run) -> None:
    raise GivenBack


@pytest.fixture(autouse=True)
def _handlers(settings: Settings) -> None:
    done.clear()
    Job.objects.all().delete()
    Delivery.objects.all().delete()
    settings.JOB_HANDLERS = {
        "note": f"{HERE}.note", "fail": f"{HERE}.fail", "silent": f"{HERE}.fall_silent",
        "stop": f"{HERE}.stop_now",
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


def _lease(job: Job) -> datetime:
    job.refresh_from_db()
    assert job.lease_until is not None
    return job.lease_until


def _held(kind: str = "note", **state: Any) -> Job:
    enqueue(kind, {"word": "a"}, owner_id=get_organisation(cast.OUMI).pk, at=NOW)
    Job.objects.update(token=1, attempts=1, lease_until=NOW + LEASE, **state)
    return Job.objects.get()


def test_a_heartbeat_moves_the_lease_of_the_holder_alone() -> None:
    job = _held()
    assert heartbeat.beat(job)
    assert _lease(job) > NOW + LEASE
    Job.objects.update(token=2, lease_until=NOW)
    assert not heartbeat.beat(job), "somebody else holds it"
    assert Job.objects.get().lease_until == NOW


def test_a_heart_beats_while_the_work_goes_on_and_then_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    beats = threading.Semaphore(0)
    monkeypatch.setattr(heartbeat, "PULSE", 0.001)

    def beat(job: Job) -> bool:
        beats.release()
        return True

    monkeypatch.setattr(heartbeat, "beat", beat)
    with heartbeat.beating(Job()):
        assert all(beats.acquire(timeout=10) for _ in range(3))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("heartbeat")]


def test_a_job_is_given_back_by_a_worker_that_must_stop() -> None:
    enqueue("stop", {}, owner_id=1, at=NOW)
    with pytest.raises(GivenBack):
        run_next(at=NOW)
    job = Job.objects.get()
    assert (job.lease_until, job.attempts, job.done_at, job.uncertain) == (None, 0, None, False)
    with pytest.raises(GivenBack):
        run_next(at=NOW)  # the next worker has it at once


def test_a_take_over_is_listed_as_uncertain_also_when_it_is_done() -> None:
    _held()
    assert run_next(at=NOW + LEASE * 2)
    [listed] = queries.list_jobs(at=NOW)
    assert (listed.state, listed.uncertain, done) == ("done", True, ["a 2"])


def test_a_job_that_takes_its_workers_down_ends_among_the_dead() -> None:
    _held()
    Job.objects.update(attempts=MAX_ATTEMPTS)
    assert not run_next(at=NOW + LEASE * 2)
    [listed] = queries.list_jobs(at=NOW, dead=True)
    assert (listed.state, listed.error, done) == ("dead", "WorkerLost", [])


@pytest.mark.parametrize(
    "state",
    [
        {"dead_at": NOW, "lease_until": None, "attempts": MAX_ATTEMPTS},
        {"lease_until": None, "run_at": NOW + timedelta(hours=1)},
        {"lease_until": NOW + LEASE},
        {"lease_until": NOW - LEASE},
    ],
    ids=["dead", "waiting", "running", "silent"],
)
def test_a_manual_retry_works_in_every_state(state: dict[str, Any]) -> None:
    job = _held()
    Job.objects.update(**state)
    before = job.token
    assert retry(job.pk, at=NOW)
    assert run_next(at=NOW)
    assert done == ["a 1"]
    assert Job.objects.get().token == before + 2, "an earlier holder is fenced off"
    event = Event.objects.filter(kind="job.retried").get()
    assert event.about == f"job:{job.pk}"


def test_a_done_job_is_not_done_again() -> None:
    job = _held()
    Job.objects.update(done_at=NOW)
    assert not retry(job.pk, at=NOW)
    assert not run_next(at=NOW + LEASE * 2)


def test_all_the_dead_are_tried_again_and_failed_reactions_at_once() -> None:
    for _ in range(3):
        enqueue("note", {"word": "a"}, owner_id=1, at=NOW)
    Job.objects.update(dead_at=NOW, attempts=MAX_ATTEMPTS)
    assert retry_all(at=NOW) == 3
    while run_next(at=NOW):
        pass
    assert len(done) == 3
    town = get_organisation(cast.OUMI)
    with transaction.atomic():
        record("bad", owner_id=town.pk, owner=town.code, by="system", at=NOW)
    outbox.deliver_next(at=NOW)
    assert not outbox.deliver_next(at=NOW)
    assert (queries.late_reactions(), outbox.hurry(at=NOW)) == (1, 1)
    assert outbox.deliver_next(at=NOW)


def test_sweeps_come_once_a_day_for_each_organisation(settings: Settings) -> None:
    settings.DAILY_JOBS = {"a": "organisation", "b": "installation"}
    organisations = Organisation.objects.count()
    for at in (NOW, NOW + timedelta(minutes=5)):
        enqueue_daily(at=at)
    assert (Job.objects.filter(kind="a").count(), Job.objects.filter(kind="b").count()) == (organisations, 1)
    enqueue_daily(at=NOW + timedelta(days=1))
    assert Job.objects.filter(kind="a").count() == 2 * organisations
