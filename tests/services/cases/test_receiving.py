"""What residents send becomes one case, whatever is repeated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures.models import Draft, Submission
from yuimaru.services.procedures.rules import InvalidAnswers, InvalidKey, KeyReused, Locked

pytestmark = pytest.mark.django_db


def _counts(town_code: str) -> tuple[int, int, int]:
    with scope(Actor.system(get_municipality(town_code))):
        return Submission.objects.count(), Case.objects.count(), Task.objects.count()


def test_one_post_makes_one_submission_case_task_and_the_log() -> None:
    before = _counts(cast.OUMI)
    filled = flow.draft()
    receipt = flow.send(filled)
    assert _counts(cast.OUMI) == tuple(number + 1 for number in before)
    case = flow.case(cast.OUMI, receipt.number)
    task = flow.waiting(case)
    assert (case.step, task.step, task.waits_for) == ("形式審査", "形式審査", "joint")
    assert task.due_on == date(2026, 11, 25), "two opening days over a weekend and 23 November"
    assert case.due_on == date(2026, 12, 21), "30 calendar days end on a Sunday: the next opening day"
    kinds = [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]
    assert kinds == ["case.received", "case.moved"]
    assert not receipt.replayed
    with scope(Actor.system(case.owner)):
        assert not Draft.objects.filter(pk=filled.pk).exists()


def test_the_same_key_again_gives_the_same_receipt_and_writes_nothing() -> None:
    filled = flow.draft()
    first = flow.send(filled)
    counted = _counts(cast.OUMI)
    again = flow.send(filled, at=flow.NOW + timedelta(minutes=5))
    assert (again.number, again.check, again.submitted_at) == (first.number, first.check, first.submitted_at)
    assert again.replayed
    assert _counts(cast.OUMI) == counted


def test_a_key_with_other_answers_is_refused() -> None:
    flow.send(flow.draft())
    with pytest.raises(KeyReused):
        flow.send(flow.draft(resident=cast.RESIDENTS[1]))


def test_a_key_of_another_town_is_nothing_here() -> None:
    first = flow.send(flow.draft(cast.OUMI))
    second = flow.send(flow.draft(cast.MIDORINO))
    assert second.number != first.number
    assert not second.replayed


def test_another_key_does_not_send_a_sent_draft_again() -> None:
    filled = flow.draft()
    flow.send(filled)
    with pytest.raises(NotVisible):
        flow.send(filled, key="another-key-1")


@pytest.mark.parametrize("key", ["", "short", "x" * 256, "鍵" * 10, "with space in it"])
def test_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidKey):
        flow.send(flow.draft(), key=key)


def test_answers_that_do_not_pass_are_refused_and_the_draft_stays() -> None:
    filled = flow.draft(フリガナ="あおば ひな")
    counted = _counts(cast.OUMI)
    with pytest.raises(InvalidAnswers) as refused:
        flow.send(filled)
    assert [problem.path for problem in refused.value.problems] == ["フリガナ"]
    assert _counts(cast.OUMI) == counted
    with scope(Actor.system(get_municipality(cast.OUMI))):
        assert Draft.objects.filter(pk=filled.pk).exists()


def test_names_are_kept_byte_for_byte() -> None:
    name = "𠮷󠄀 髙﨑邊 \u3000神"
    receipt = flow.send(flow.draft(氏名=name))
    assert flow.case(cast.OUMI, receipt.number).submission.answers["氏名"] == name


def test_a_draft_of_another_town_does_not_exist_here() -> None:
    foreign = flow.draft(cast.MIDORINO)
    here = get_municipality(cast.OUMI)
    by = Actor.resident(here)
    with scope(by), pytest.raises(NotVisible):
        actions.submit(owner=here, draft_id=foreign.pk, key=flow.KEY, by=by, at=flow.NOW)


def test_the_status_opens_with_both_numbers_only_and_locks_after_five_tries() -> None:
    receipt = flow.send(flow.draft())
    town = get_municipality(cast.OUMI)
    wrong = f"{(int(receipt.check) + 1) % 10**6:06d}"
    with scope(Actor.resident(town)):
        opened = procedures.open_status(owner=town, number=receipt.number, check=receipt.check, at=flow.NOW)
        assert opened.number == receipt.number
        for number in (receipt.number, "2611-0000-0000"):
            for _ in range(5):
                with pytest.raises(NotVisible):
                    procedures.open_status(owner=town, number=number, check=wrong, at=flow.NOW)
            with pytest.raises(Locked):
                procedures.open_status(owner=town, number=number, check=receipt.check, at=flow.NOW)
        later = flow.NOW + timedelta(minutes=16)
        assert procedures.open_status(owner=town, number=receipt.number, check=receipt.check, at=later)
