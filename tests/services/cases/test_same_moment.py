"""The same thing sent at the same moment over several connections is still sent once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from tests import cast
from tests.services.cases import flow, machine
from tests.stores import at_once
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions import Receipt
from yuimaru.services.cases.models import Case
from yuimaru.services.procedures.models import Draft, SentKey, Submission

TIMES = 6


def _counts() -> tuple[int, int, int]:
    with scope(Actor.system(get_municipality(cast.OUMI))):
        return Submission.objects.count(), Case.objects.count(), SentKey.objects.count()


def _sender(draft: Draft, key: str = flow.KEY) -> Callable[[], Receipt]:
    return lambda: flow.send(draft, key)


def _receipts(results: list[Receipt | Exception]) -> list[Receipt]:
    return [result for result in results if isinstance(result, Receipt)]


def _names(results: list[Receipt | Exception], *expected: str) -> None:
    assert {type(result).__name__ for result in results} <= set(expected)


@pytest.mark.usefixtures("committed")
def test_one_draft_under_one_key_is_one_submission_and_the_same_receipt_for_all() -> None:
    """Whoever comes while the first is under way is told so, and gets its receipt when asking again."""
    sender = _sender(flow.draft())
    results = at_once(*[sender] * TIMES)
    _names(results, "Receipt", "KeyInFlight")
    again = sender()
    assert again.replayed
    assert {(receipt.number, receipt.check) for receipt in _receipts(results)} == {
        (again.number, again.check)
    }
    assert [receipt.replayed for receipt in _receipts(results)].count(False) == 1
    assert _counts() == (1, 1, 1)
    assert audit.verify(get_municipality(cast.OUMI).pk).ok


@pytest.mark.usefixtures("committed")
def test_one_key_over_drafts_with_the_same_answers_is_one_submission() -> None:
    results = at_once(*[_sender(flow.draft()) for _ in range(TIMES)])
    _names(results, "Receipt", "KeyInFlight")
    assert len({receipt.number for receipt in _receipts(results)}) == 1
    assert _counts() == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_one_key_over_other_answers_is_taken_once_and_refused_otherwise() -> None:
    residents = cast.RESIDENTS[:3]
    results = at_once(*[_sender(flow.draft(resident=resident)) for resident in residents])
    _names(results, "Receipt", "KeyReused", "KeyInFlight")
    assert len(_receipts(results)) == 1
    assert _counts() == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_one_draft_under_several_keys_is_sent_once() -> None:
    """Two windows with the same confirmation page have two keys."""
    draft = flow.draft()
    results = at_once(*[_sender(draft, f"key-of-window-{number}") for number in range(TIMES)])
    assert len(_receipts(results)) == 1
    _names(results, "Receipt", "NotVisible")
    assert _counts() == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_two_workers_at_one_step_of_the_machine_make_one_try() -> None:
    case = machine.at_machine()
    task = flow.waiting(case)

    def serve() -> None:
        jobs.serve({"task": str(task.pk)}, Run("1", case.owner_id, 1, flow.NOW))

    assert [each for each in at_once(serve, serve) if isinstance(each, Exception)] == []
    assert len(mail.outbox) <= 1
    assert len(machine.attempts(case)) == 1
    assert audit.verify(case.owner_id).ok


@pytest.mark.usefixtures("committed")
def test_a_called_case_that_ends_while_its_caller_is_withdrawn_leaves_both_ended() -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    by = Actor.resident(case.owner)

    def withdraw(which: Case) -> Callable[[], Case]:
        def work() -> Case:
            with scope(by):
                return actions.withdraw(case=which, by=by, at=flow.NOW)

        return work

    results = at_once(withdraw(case), withdraw(child))
    assert [each for each in results if isinstance(each, Exception)] == []
    machine.run()
    assert (machine.now(case).outcome, machine.now(child).outcome) == ("withdrawn", "withdrawn")
