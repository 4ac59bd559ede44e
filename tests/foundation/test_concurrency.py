"""Several connections at the same moment: no chain forks, no job is taken twice, no reaction happens twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from tests import cast
from tests.stores import at_once
from yuimaru.foundation.audit import jobs as outbox
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.audit.models import Delivery
from yuimaru.foundation.jobs.actions import Run, enqueue, run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation

pytestmark = pytest.mark.usefixtures("committed")
HERE = "tests.foundation.test_concurrency"
NOW = cast.BUILT_AT
WORKERS = 4
done: Counter[str] = Counter()


def note(payload: Mapping[str, Any], run: Run) -> None:
    done[payload["word"]] += 1


def react(event: Mapping[str, Any], *, at: object) -> None:
    done[event["about"]] += 1


@pytest.fixture(autouse=True)
def _handlers(settings: Settings, committed: None) -> None:
    done.clear()
    Job.objects.all().delete()
    Delivery.objects.all().delete()
    settings.JOB_HANDLERS = {"note": f"{HERE}.note"}
    settings.REACTIONS = {"told": (f"{HERE}.react",)}


def _write(town: Organisation, times: int, kind: str = "test.event") -> None:
    for number in range(times):
        with transaction.atomic():
            record(kind, owner_id=town.pk, owner=town.code, by="system", at=NOW, about=f"thing:{number}")


def test_a_chain_does_not_fork_under_writers_at_once() -> None:
    town = get_organisation(cast.OUMI)
    before = audit.verify(town.pk).events
    at_once(*[lambda: _write(town, 12)] * WORKERS)
    verdict = audit.verify(town.pk)
    assert verdict.ok
    assert verdict.events == before + 12 * WORKERS


def test_the_first_event_of_a_chain_may_be_written_by_several_at_once() -> None:
    town = Organisation.objects.create(code="990051", kind="town", name="凪町", created_at=NOW)
    assert at_once(*[lambda: _write(town, 1)] * WORKERS) == [None] * WORKERS
    verdict = audit.verify(town.pk)
    assert verdict.ok
    assert verdict.events == WORKERS


def test_a_chain_is_verified_while_others_write() -> None:
    town = get_organisation(cast.OUMI)
    writers = [lambda: _write(town, 15)] * 2
    verdicts = at_once(*writers, lambda: [audit.verify(town.pk) for _ in range(15)])[-1]
    assert isinstance(verdicts, list)
    assert [verdict.ok for verdict in verdicts] == [True] * 15


def _work_until_nothing_is_left() -> None:
    while Job.objects.filter(done_at=None).exists():
        run_next(at=NOW)


def test_workers_never_do_the_same_job() -> None:
    for number in range(40):
        enqueue("note", {"word": str(number)}, owner_id=1, at=NOW)
    assert at_once(*[_work_until_nothing_is_left] * WORKERS) == [None] * WORKERS
    assert done == {str(number): 1 for number in range(40)}
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def _deliver_until_nothing_is_left() -> None:
    while Delivery.objects.filter(done_at=None).exists():
        outbox.deliver_next(at=NOW)


def test_workers_never_deliver_the_same_reaction() -> None:
    _write(get_organisation(cast.OUMI), 20, kind="told")
    assert at_once(*[_deliver_until_nothing_is_left] * WORKERS) == [None] * WORKERS
    assert done == {f"thing:{number}": 1 for number in range(20)}


@pytest.mark.store("postgresql")
def test_a_worker_does_not_wait_for_what_another_one_holds() -> None:
    enqueue("note", {"word": "held"}, owner_id=1, at=NOW - timedelta(minutes=1))
    enqueue("note", {"word": "free"}, owner_id=1, at=NOW)
    _write(get_organisation(cast.OUMI), 2, kind="told")
    with transaction.atomic():
        Job.objects.select_for_update().get(payload__word="held")
        Delivery.objects.select_for_update().get(event__about="thing:0")
        assert at_once(lambda: run_next(at=NOW), lambda: outbox.deliver_next(at=NOW)) == [True, True]
    assert done == {"free": 1, "thing:1": 1}
