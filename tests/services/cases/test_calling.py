"""Calling another kata: a case of its own, made of what the call declares, whose end leads the calling one on."""

from __future__ import annotations

import pytest

from tests import cast
from tests.core.kata import automatic
from tests.core.kata.automatic import CALLING, package, with_step
from tests.services.cases import flow, machine
from yuimaru.core.kata.problems import KataErrors
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions.withdrawing import TooLate
from yuimaru.services.cases.models import Called, Case
from yuimaru.services.catalogue.models import Adoption

pytestmark = pytest.mark.django_db


def withdraw(case: Case) -> Case:
    by = Actor.resident(case.owner)
    with scope(by):
        return actions.withdraw(case=case, by=by, at=flow.NOW)


def ended(child: Case) -> None:
    """Bring a called case to its end: the machine sends its notice."""
    flow.act("oumi-clerk", child, "進める")
    machine.run()


def test_the_called_case_has_its_own_number_and_only_what_was_declared() -> None:
    case = machine.at_call()
    assert flow.waiting(case).waits_for == "case"
    machine.run()
    child = machine.child_of(case)
    assert (child.kata, child.number != case.number) == ("telling", True)
    with scope(Actor.system(case.owner)):
        submission = child.submission
        assert submission.answers == {"氏名": "青葉 陽菜", "メール": "haruna@example.jp"}, (
            "暗証 was not declared"
        )
        assert submission.key_id != case.submission.key_id
        live = Adoption.objects.get(owner=case.owner, kata="telling", retired_at=None)
    assert (submission.channel, child.definition_id) == ("case", live.definition_id)
    assert machine.kinds(case)[-1] == "case.called"


def test_a_call_is_made_once() -> None:
    case = machine.at_call()
    task = flow.waiting(case)
    for number in range(3):
        jobs.serve({"task": str(task.pk)}, Run(str(number), case.owner_id, 1, flow.NOW))
    with scope(Actor.system(case.owner)):
        assert Called.objects.filter(task=task).count() == 1
        assert Case.objects.filter(kata="telling").count() == 1


def test_the_end_of_the_called_case_leads_the_calling_one_on_once() -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    ended(child)
    assert (machine.now(child).outcome, machine.now(case).step) == ("done", "決定")
    assert machine.done(case)[-1] == ("現地の確認", "done")
    jobs.returned({"case": str(child.pk)}, Run("9", case.owner_id, 1, flow.NOW))
    assert machine.kinds(case).count("case.moved") == 3


def test_a_called_case_that_is_taken_back_says_so() -> None:
    case = machine.at_call()
    machine.run()
    withdraw(machine.child_of(case))
    machine.run()
    assert (machine.now(case).step, machine.now(case).outcome) == ("取下げ", "withdrawn")


def test_with_the_calling_application_the_called_one_is_withdrawn() -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    withdraw(case)
    assert (machine.now(case).outcome, machine.now(child).outcome) == ("withdrawn", "withdrawn")
    assert machine.run() > 0
    assert machine.kinds(case).count("case.withdrawn") == 1


def test_what_is_decided_in_the_called_case_stays_decided() -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    flow.act("oumi-clerk", child, "進める")
    Job.objects.filter(key__startswith="serve:").delete()
    with scope(Actor.system(case.owner)):
        Case.objects.filter(pk=child.pk).update(closed_at=flow.NOW, outcome="done", step="終了")
    withdraw(case)
    assert machine.now(child).outcome == "done"
    with pytest.raises(TooLate):
        withdraw(machine.now(child))


def test_what_the_other_form_does_not_take_comes_to_a_person() -> None:
    bad = with_step(
        CALLING, "現地の確認", call={"kata": "telling", "answers": {"氏名": "氏名", "メール": "メール"}}
    )
    machine.adopt(automatic.telling(items=[*automatic.ITEMS[:2], automatic.NUMBERED]))
    machine.adopt(package("calling", bad))
    case = machine.sent("calling")
    flow.act("oumi-clerk", case, "進める")
    machine.run()
    assert (machine.now(case).step, machine.kinds(case)[-2]) == ("手で確認", "service.failed")


def test_what_has_been_retired_in_the_meantime_comes_to_a_person() -> None:
    case = machine.at_call()
    with scope(Actor.system(case.owner)):
        Adoption.objects.filter(kata="telling").update(retired_at=flow.NOW)
    machine.run()
    assert machine.now(case).step == "手で確認"


def test_nothing_is_called_that_the_town_does_not_use() -> None:
    with pytest.raises(KataErrors, match="telling"):
        machine.adopt(automatic.calling())
    machine.adopt(automatic.telling(), cast.MIDORINO)
    with pytest.raises(KataErrors):
        machine.adopt(automatic.calling())


def test_a_circle_of_calls_is_refused_when_it_would_close() -> None:
    def kata(name: str, then: str) -> object:
        call = {"kata": then, "answers": {"氏名": "氏名"}}
        return machine.adopt(package(name, with_step(CALLING, "現地の確認", call=call)))

    machine.adopt(package("second", automatic.TELLING))
    kata("first", "second")
    changed = {"kata": "first", "answers": {"氏名": "氏名"}}
    with pytest.raises(KataErrors, match="first"):
        machine.adopt(package("second", with_step(CALLING, "現地の確認", call=changed), version="1.1.0"))
