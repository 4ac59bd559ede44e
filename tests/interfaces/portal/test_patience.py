"""A form sent twice at once ends on one page: the second post waits for the first."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from tests.interfaces.portal import filling
from tests.interfaces.portal.filling import APPLY, TOWN
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.portal import patience
from yuimaru.services.procedures import queries
from yuimaru.services.procedures.models import Draft, SentKey, Submission
from yuimaru.services.procedures.rules import KEY_LEASE, KeyInFlight


def test_the_second_post_gets_what_the_first_has_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE", 0.0)
    left = [KeyInFlight(), KeyInFlight()]

    def send(at: datetime) -> str:
        if left:
            raise left.pop()
        return "receipt"

    assert patience.patiently(send) == "receipt"
    assert not left


def test_a_page_waits_longer_than_a_dead_post_can_keep_its_key() -> None:
    assert KEY_LEASE.total_seconds() < patience.LONGEST


def test_a_first_post_without_end_is_answered_with_a_pause_not_with_a_second_case(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "LONGEST", 0.1)
    filling.fill(browser)
    with scope(Actor.resident(get_municipality(TOWN))):
        [draft] = Draft.objects.all()
        digest = queries.digest_of("draft", draft.definition_id, draft.answers)
        SentKey.objects.create(owner=draft.owner, key=flow.KEY, digest=digest, used_at=flow.NOW)
        response = browser.post(f"{APPLY}/confirm", {"idempotency_key": flow.KEY})
        assert not Submission.objects.exists()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
