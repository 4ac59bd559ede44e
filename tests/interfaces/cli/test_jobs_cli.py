"""`yuimaru jobs`: what is listed, and that a retry is one command away."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests import cast

from yuimaru.foundation.jobs.actions import enqueue
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.interfaces.cli.jobs import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead() -> Job:
    """A job that is no longer tried, beside one that waits."""
    Job.objects.all().delete()
    for _ in range(2):
        enqueue("notices.send", {}, owner_id=get_organisation(cast.OUMI).pk, at=cast.BUILT_AT)
    job = Job.objects.order_by("id")[0]
    Job.objects.filter(pk=job.pk).update(dead_at=cast.BUILT_AT, attempts=8, error="ConnectionError")
    return job


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(jobs, arguments)
    return result.exit_code, result.stdout


def test_dead_jobs_are_listed_and_tried_again(dead: Job) -> None:
    assert len(json.loads(call("list", "--json")[1])["jobs"]) == 2
    [row] = json.loads(call("list", "--dead", "--json")[1])["jobs"]
    assert (row["id"], row["kind"], row["organisation"], row["state"], row["attempts"], row["error"]) == (
        str(dead.pk), "notices.send", cast.OUMI, "dead", 8, "ConnectionError",
    )  # fmt: skip
    assert str(dead.pk) in call("list")[1]
    assert call("retry", str(dead.pk), "--json") == (0, '{"retried": 1}\n')
    assert json.loads(call("list", "--dead", "--json")[1]) == {"jobs": [], "late_reactions": 0}


def test_all_dead_jobs_at_once(dead: Job) -> None:
    assert call("retry-all", "--json") == (0, '{"retried": 1, "reactions": 0}\n')


def test_a_done_job_is_exit_code_1_and_an_unknown_one_2(dead: Job) -> None:
    Job.objects.filter(pk=dead.pk).update(done_at=cast.BUILT_AT)
    assert call("retry", str(dead.pk), "--json") == (1, '{"retried": 0}\n')
    assert call("retry", "0190f0f0-0000-7000-8000-000000000000")[0] == 2
    assert call("retry", "no-number")[0] == 2
