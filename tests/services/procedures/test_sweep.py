"""What is swept up every day, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate

from tests import cast
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.jobs.actions import Run, enqueue_daily, run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures import actions, jobs, rules
from yuimaru.services.procedures.models import Draft, StatusLock

pytestmark = pytest.mark.django_db
NOW = cast.BUILT_AT
LATER = NOW + rules.DRAFT_LIFE + timedelta(days=1)


def _leave(code: str) -> Organisation:
    """A town with a draft of today, one of a month later, and locks in every state."""
    town = get_organisation(code)
    by = Actor.resident(town)
    with scope(by):
        adopted = get_adopted(town, "jidou-teate", on=localdate(NOW))
        for at in (NOW, LATER):
            actions.start_draft(owner=town, adopted=adopted, by=by, at=at)
        StatusLock.objects.create(owner=town, number="a", failures=2)
        StatusLock.objects.create(owner=town, number="b", locked_until=LATER - timedelta(minutes=1))
        StatusLock.objects.create(owner=town, number="c", locked_until=LATER + timedelta(minutes=1))
    return town


def _left(town: Organisation) -> tuple[int, int]:
    with scope(Actor.system(town)):
        return Draft.objects.count(), StatusLock.objects.count()


def test_expired_drafts_and_passed_locks_go_and_the_log_says_so() -> None:
    town, other = _leave(cast.OUMI), _leave(cast.MIDORINO)
    jobs.sweep({}, Run("x", town.pk, 1, LATER))
    assert _left(town) == (1, 1)
    assert _left(other) == (2, 3), "each organisation's sweep touches its own rows"
    assert [entry.kind for entry in audit.latest(town.pk, 2)] == ["draft.expired", "key.destroyed"]


def test_a_sweep_that_finds_nothing_writes_nothing() -> None:
    town = get_organisation(cast.OUMI)
    before = audit.latest(town.pk, 1)
    jobs.sweep({}, Run("x", town.pk, 1, LATER))
    assert audit.latest(town.pk, 1) == before


def test_the_days_jobs_are_carried_out_and_old_sessions_go() -> None:
    Job.objects.all().delete()
    town = _leave(cast.OUMI)
    for key, ends in (("old", LATER - timedelta(hours=1)), ("live", LATER + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    enqueue_daily(at=LATER)
    while run_next(at=LATER):
        pass
    assert not Job.objects.filter(done_at=None).exists()
    assert _left(town) == (1, 1)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]
