"""The same thing sent at the same moment over several connections is still sent once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import cast
from tests.services.cases import flow
from tests.stores import at_once
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.actions import Receipt
from yuimaru.services.cases.models import Case
from yuimaru.services.procedures import queries as procedures
from yuimaru.services.procedures.models import Draft, SentKey, Submission
from yuimaru.services.procedures.rules import KeyReused

TIMES = 6


def _counts() -> tuple[int, int, int]:
    with scope(Actor.system(get_municipality(cast.OUMI))):
        return Submission.objects.count(), Case.objects.count(), SentKey.objects.count()


def _sender(draft: Draft, key: str = flow.KEY) -> Callable[[], Receipt]:
    return lambda: flow.send(draft, key)


def _receipts(results: list[Receipt | Exception]) -> list[Receipt]:
    return [result for result in results if isinstance(result, Receipt)]


@pytest.mark.usefixtures("committed")
def test_one_draft_under_one_key_is_one_submission_and_the_same_receipt_for_all() -> None:
    receipts = _receipts(at_once(*[_sender(flow.draft())] * TIMES))
    assert len(receipts) == TIMES
    assert len({(receipt.number, receipt.check) for receipt in receipts}) == 1
    assert sorted(receipt.replayed for receipt in receipts) == [False, *[True] * (TIMES - 1)]
    assert _counts() == (1, 1, 1)
    assert audit.verify(get_municipality(cast.OUMI).pk).ok


@pytest.mark.usefixtures("committed")
def test_one_key_over_drafts_with_the_same_answers_is_one_submission() -> None:
    receipts = _receipts(at_once(*[_sender(flow.draft()) for _ in range(TIMES)]))
    assert len(receipts) == TIMES
    assert len({receipt.number for receipt in receipts}) == 1
    assert _counts() == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_one_key_over_other_answers_is_taken_once_and_refused_otherwise() -> None:
    residents = cast.RESIDENTS[:3]
    results = at_once(*[_sender(flow.draft(resident=resident)) for resident in residents])
    assert sorted(type(result).__name__ for result in results) == ["KeyReused", "KeyReused", "Receipt"]
    assert _counts() == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_one_draft_under_several_keys_is_sent_once() -> None:
    """Two windows with the same confirmation page have two keys."""
    draft = flow.draft()
    results = at_once(*[_sender(draft, f"key-of-window-{number}") for number in range(TIMES)])
    assert len(_receipts(results)) == 1
    assert [type(result) for result in results if not isinstance(result, Receipt)] == [NotVisible] * (
        TIMES - 1
    )
    assert _counts() == (1, 1, 1)


def _look_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next look-up of a key happen just before another connection commits it."""
    look_up, asked = procedures.submission_by_key, []

    def submission_by_key(owner: Organisation, key: str) -> SentKey | None:
        asked.append(key)
        return look_up(owner, key) if len(asked) > 1 else None

    monkeypatch.setattr(procedures, "submission_by_key", submission_by_key)


@pytest.mark.django_db
def test_a_key_committed_in_between_gives_the_first_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    first = flow.send(flow.draft())
    late = flow.draft()
    _look_too_early(monkeypatch)
    again = flow.send(late)
    assert (again.number, again.replayed) == (first.number, True)
    assert _counts() == (1, 1, 1)


@pytest.mark.django_db
def test_a_key_committed_in_between_for_other_answers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    flow.send(flow.draft())
    late = flow.draft(resident=cast.RESIDENTS[1])
    _look_too_early(monkeypatch)
    with pytest.raises(KeyReused):
        flow.send(late)
    assert _counts() == (1, 1, 1)
