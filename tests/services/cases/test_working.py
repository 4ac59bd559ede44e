"""Who may do what with a task: the municipality, the joint desk under its mandate, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow
from yuimaru.core.kata.workflow import UnknownAction
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.actions.working import AlreadyDone, MissingNote
from yuimaru.services.cases.queries import revealed_items, status

pytestmark = pytest.mark.django_db


def test_the_whole_way_to_an_acceptance() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    flow.act("oumi-decider", case, "承認")
    closed = flow.case(cast.OUMI, case.number)
    assert (closed.step, closed.outcome) == ("認定済", "accepted")
    with scope(Actor.resident(closed.owner)):
        shown = status(closed, lang="ja")
    assert shown.closed
    assert [step.state for step in shown.steps] == ["done"] * 5


def test_a_refusal_keeps_its_reason() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "却下案", "支給の要件にあてはまらないためです。")
    flow.act("oumi-director", case, "承認")
    closed = flow.case(cast.OUMI, case.number)
    assert closed.outcome == "rejected"
    with scope(Actor.resident(closed.owner)):
        assert status(closed, lang="ja").note == "支給の要件にあてはまらないためです。"


def test_a_correction_stops_the_clock_and_keeps_both_submissions() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    asked = flow.case(cast.OUMI, case.number)
    with scope(Actor.resident(asked.owner)):
        correction = status(asked, lang="ja").correction
        assert correction is not None
        assert (correction.note, correction.form_id) == ("口座番号は7けたです。", "請求")
        corrected = {**asked.submission.answers, "電話": "0599-40-1234"}
        actions.resubmit(
            case=asked,
            answers=corrected,
            key=flow.KEY + "-corrected",
            by=Actor.resident(asked.owner),
            at=flow.NOW + timedelta(days=4),
        )
    after = flow.case(cast.OUMI, case.number)
    assert after.submission.answers["電話"] == "0599-40-1234"
    assert asked.submission.answers["電話"] != "0599-40-1234"
    assert after.submission.corrects_id == asked.submission_id
    assert case.due_on is not None
    assert after.due_on == case.due_on + timedelta(days=4)
    assert flow.waiting(after).is_return


def test_nobody_corrects_what_was_not_asked_for() -> None:
    case = flow.sent_case()
    with scope(Actor.resident(case.owner)), pytest.raises(NotVisible):
        actions.resubmit(
            case=case,
            answers=case.submission.answers,
            key=flow.KEY + "-corrected",
            by=Actor.resident(case.owner),
            at=flow.NOW,
        )


def test_who_proposed_does_not_decide() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-decider", case, "認定案")
    with pytest.raises(Forbidden):
        flow.act("oumi-decider", case, "承認")


def test_a_clerk_does_not_decide() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    with pytest.raises(Forbidden):
        flow.act("oumi-clerk", case, "承認")


@pytest.mark.parametrize(
    "login",
    ["midorino-clerk", "midorino-decider", "minato-agent", "shiomi-admin", "shiomi-platform", "oumi-admin"],
)
def test_others_find_nothing(login: str) -> None:
    task = flow.waiting(flow.sent_case())
    with pytest.raises(NotVisible):
        flow.open_task(login, task.pk)


def test_the_centre_sees_only_the_steps_of_its_mandate() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    with pytest.raises(NotVisible):
        flow.open_task("centre-agent", flow.waiting(case).pk)


def test_masks_differ_by_mandate_and_never_exceed_the_step() -> None:
    shown = {
        town: {
            path: flow.open_task("centre-agent", flow.waiting(flow.sent_case(town)).pk).visibility(path)
            for path in ("氏名", "住所", "電話", "児童.0.生年月日", "振込先", "メール")
        }
        for town in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)
    }
    assert shown[cast.OUMI] == {
        "氏名": "shown",
        "住所": "shown",
        "電話": "outside",  # the step does not need it, so even the widest mandate does not show it
        "児童.0.生年月日": "shown",
        "振込先": "shown",
        "メール": "outside",
    }
    assert shown[cast.MIDORINO]["住所"] == "masked"
    assert shown[cast.TSUKIHAMA] == {
        "氏名": "outside",
        "住所": "outside",
        "電話": "outside",
        "児童.0.生年月日": "shown",
        "振込先": "masked",
        "メール": "outside",
    }


def test_a_reveal_needs_a_purpose_is_logged_and_passes() -> None:
    task = flow.waiting(flow.sent_case(cast.MIDORINO))
    agent = actor("centre-agent")
    with flow.standing("centre-agent"):
        with pytest.raises(Forbidden):
            actions.reveal(task_id=task.pk, item="住所", purpose=" ", by=agent, at=flow.NOW, on=flow.TODAY)
        with pytest.raises(Forbidden):
            actions.reveal(
                task_id=task.pk, item="電話", purpose="照会のため", by=agent, at=flow.NOW, on=flow.TODAY
            )
        actions.reveal(
            task_id=task.pk,
            item="住所",
            purpose="書類と突き合わせるため",
            by=agent,
            at=flow.NOW,
            on=flow.TODAY,
        )
        assert revealed_items(task, by=agent, at=flow.NOW + timedelta(minutes=9)) == {"住所"}
        assert revealed_items(task, by=agent, at=flow.NOW + timedelta(minutes=11)) == frozenset()
        assert revealed_items(task, by=actor("centre-lead"), at=flow.NOW) == frozenset()
    [event] = [
        entry for entry in audit.about(task.owner_id, f"case:{task.case_id}") if entry.kind == "item.revealed"
    ]
    assert event.data["item"] == "住所"
    assert "突き合わせる" not in str(event.data), "the purpose is kept with the reveal, not in the log"


@pytest.mark.parametrize("way", ["revoked", "expired", "not yet"])
def test_a_mandate_that_no_longer_holds_ends_with_the_next_request(way: str) -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    mandate = Mandate.objects.get(owner=case.owner)
    flow.open_task("centre-agent", task.pk)
    if way == "revoked":
        tenancy.revoke_mandate(mandate=mandate, by=Actor.system(case.owner), at=flow.NOW)
    else:
        mandate.valid_from = date(2026, 12, 1) if way == "not yet" else mandate.valid_from
        mandate.valid_to = flow.TODAY - timedelta(days=1) if way == "expired" else mandate.valid_to
        mandate.save()
    with pytest.raises(NotVisible):
        flow.open_task("centre-agent", task.pk)


def test_a_private_contractor_never_decides_even_if_a_mandate_says_so() -> None:
    case = flow.sent_case()
    mandate = Mandate.objects.get(owner=case.owner)
    mandate.steps = ["形式審査", "内容審査", "決裁"]
    mandate.save()
    flow.act("centre-agent", case, "不備なし")
    flow.act("centre-lead", case, "認定案")
    with pytest.raises(Forbidden, match="民間委託"):
        flow.act("centre-agent", case, "承認")


def test_leavers_lose_access() -> None:
    task = flow.waiting(flow.sent_case())
    from yuimaru.foundation.people.models import Assignment
    from yuimaru.foundation.people.queries import standings

    assignment = Assignment.objects.select_related("user").get(user__login="oumi-clerk")
    assignment.until = flow.TODAY
    assignment.save()
    assert flow.open_task("oumi-clerk", task.pk)
    assert standings(assignment.user, on=flow.TODAY + timedelta(days=1)) == []


def test_acts_that_are_not_offered_or_lack_a_reason_are_refused() -> None:
    case = flow.sent_case()
    with pytest.raises(UnknownAction):
        flow.act("centre-agent", case, "承認")
    with pytest.raises(MissingNote):
        flow.act("centre-agent", case, "補正を求める", "  ")


def test_two_people_do_not_work_on_one_task() -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    with flow.standing("centre-agent"):
        actions.take(task_id=task.pk, by=actor("centre-agent"), at=flow.NOW, on=flow.TODAY)
    with flow.standing("centre-lead"), pytest.raises(AlreadyDone):
        actions.take(task_id=task.pk, by=actor("centre-lead"), at=flow.NOW, on=flow.TODAY)
    with pytest.raises(AlreadyDone):
        flow.act("centre-lead", case, "不備なし")
    flow.act("centre-agent", case, "不備なし")
    with flow.standing("centre-agent"), pytest.raises(AlreadyDone):
        actions.act(
            task_id=task.pk, action="不備なし", note="", by=actor("centre-agent"), at=flow.NOW, on=flow.TODAY
        )


def test_looking_is_in_the_log_of_the_owner() -> None:
    case = flow.sent_case()
    flow.open_task("centre-agent", flow.waiting(case).pk)
    last = audit.about(case.owner_id, f"case:{case.pk}")[-1]
    assert last.kind == "task.opened"
    assert last.by.endswith(f"@{cast.CENTRE}")
    assert last.data["mandate"]
