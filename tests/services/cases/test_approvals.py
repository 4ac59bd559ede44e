"""起案・決裁 with rows: the route finds its people, every act is one, and what was approved is what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow
from yuimaru.core.kata.approval import State, Verdict
from yuimaru.core.kata.workflow import UnknownAction
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import Assignment, Post, User
from yuimaru.foundation.people.queries import offices
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_municipality, get_organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions.approving import RouteBlocked
from yuimaru.services.cases.actions.working import AlreadyDone, MissingNote
from yuimaru.services.cases.models import Approval, Case, Mark, Task
from yuimaru.services.cases.queries import Altered, EndedDraft, approved_notice, ended_drafts, open_marks

pytestmark = pytest.mark.django_db
REFUSAL = "支給の要件にあてはまらないためです。"


@pytest.fixture
def proposed() -> Case:
    """A case of 青海市 whose clerk proposes to accept it."""
    return _proposed(cast.OUMI)


def _proposed(town: str, action: str = "認定案", note: str = "", clerk: str = "") -> Case:
    case = flow.case(town, flow.send(flow.draft(town, メール="a@example.jp"), key=f"key-of-{town}").number)
    flow.act("centre-agent", case, "不備なし")
    flow.act(clerk or f"{flow.TOWNS[town]}-clerk", case, action, note)
    return flow.case(town, case.number)


def marks(case: Case) -> list[tuple[str, str, str, bool]]:
    """Kind, title, verdict and whether it is open, of every mark of the latest draft."""
    with scope(Actor.system(case.owner)):
        latest = Approval.objects.filter(task__case=case).latest("drafted_at")
        found = Mark.objects.filter(approval=latest).order_by("number")
        return [(one.kind, one.title, one.verdict, bool(one.opened_at and not one.done_at)) for one in found]


def waiting_for(login: str) -> list[str]:
    """The kinds of marks that wait for a person."""
    with flow.standing(login):
        who = actor(login)
        house = get_municipality(who.organisation_code)
        return [mark.kind for mark in open_marks(who, house, on=flow.TODAY)]


def absent(login: str, deputy: str, since: date = flow.TODAY) -> None:
    """Let the administrator note that somebody is away, and whose post stands in."""
    admin = actor(f"{login.partition('-')[0]}-admin")
    town = get_municipality(admin.organisation_code)
    with scope(admin):
        post = Assignment.objects.get(user__login=deputy).post_id
        people.record_absence(
            owner=town,
            user_id=User.objects.get(login=login).pk,
            since=since,
            until=since + timedelta(days=3),
            deputies=[post],
            by=admin,
            at=flow.NOW,
        )


def test_a_draft_goes_its_route_and_the_case_goes_on(proposed: Case) -> None:
    assert flow.waiting(proposed).waits_for == Task.Waits.DRAFT
    flow.draft_decision(proposed)
    assert flow.waiting(proposed).waits_for == Task.Waits.MARKS
    assert marks(proposed) == [("circulate", "手当係長", "", True), ("decide", "子育て支援課長", "", False)]
    assert (waiting_for("oumi-leader"), waiting_for("oumi-decider")) == (["circulate"], [])
    flow.sign("oumi-leader", proposed)
    assert (waiting_for("oumi-leader"), waiting_for("oumi-decider")) == ([], ["decide"])
    assert flow.sign("oumi-decider", proposed).state == State.APPROVED
    assert flow.case(cast.OUMI, proposed.number).outcome == "accepted"
    kinds = [entry.kind for entry in audit.about(proposed.owner_id, f"case:{proposed.pk}")]
    assert kinds[-4:] == ["approval.drafted", "approval.signed", "approval.signed", "case.moved"]


def test_a_refusal_goes_higher_than_an_acceptance() -> None:
    case = _proposed(cast.MIDORINO, "却下案", REFUSAL)
    flow.draft_decision(case)
    assert [(kind, title) for kind, title, *_rest in marks(case)] == [
        ("circulate", "手当係長"), ("circulate", "子ども課長"), ("decide", "町長"),
    ]  # fmt: skip
    for login in ("midorino-leader", "midorino-decider", "midorino-mayor"):
        flow.sign(login, case)
    assert flow.case(cast.MIDORINO, case.number).outcome == "rejected"


def test_a_village_without_team_leaders_decides_at_once() -> None:
    case = _proposed(cast.TSUKIHAMA)
    flow.draft_decision(case)
    assert marks(case) == [("decide", "住民福祉課長", "", True)]


def test_what_was_approved_is_what_goes_out(proposed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    approval = flow.draft_decision(proposed)
    monkeypatch.setattr("yuimaru.core.kata.notices.render", lambda *_: pytest.fail("rendered anew"))
    for login in ("oumi-leader", "oumi-decider"):
        flow.sign(login, proposed)
    with scope(Actor.system(proposed.owner)):
        [draft] = approval.document["drafts"]
        pinned = draft["texts"]["ja"]
        assert approved_notice(proposed, "認定通知", "ja") == (pinned["subject"], pinned["body"])
        assert approved_notice(proposed, "受付通知", "ja") is None
        assert "15,000円" in pinned["body"]
    moved = [e for e in audit.about(proposed.owner_id, f"case:{proposed.pk}") if e.kind == "case.moved"][-1]
    jobs.tell_moved(
        {"id": "1", "owner": proposed.owner.code, "about": f"case:{proposed.pk}", "data": moved.data},
        at=flow.NOW,
    )
    with scope(Actor.system(proposed.owner)):
        sent = Notice.objects.select_related("key").get(kind="認定通知").content
    assert (sent["subject"], sent["body"]) == (pinned["subject"], pinned["body"])


def test_a_text_that_was_changed_after_the_decision_does_not_go_out(proposed: Case) -> None:
    flow.approve("oumi-decider", proposed)
    with scope(Actor.system(proposed.owner)):
        approval = Approval.objects.select_related("key").get(task__case=proposed)
        changed = approval.document
        changed["drafts"][0]["texts"]["ja"]["body"] = "99,000円"
        approval.document = changed
        approval.save(update_fields=["document_sealed"])
        with pytest.raises(Altered):
            approved_notice(proposed, "認定通知", "ja")


def test_a_refusal_says_why_and_who_decided_before_anybody_has() -> None:
    case = _proposed(cast.OUMI, "却下案", REFUSAL)
    approval = flow.draft_decision(case)
    [draft] = approval.document["drafts"]
    assert draft["notice"] == "却下通知"
    assert REFUSAL in draft["texts"]["ja"]["body"]


def test_the_drafter_may_word_it_and_the_texts_stay_the_katas(proposed: Case) -> None:
    task = flow.waiting(proposed)
    with flow.standing("oumi-clerk"):
        clerk = actor("oumi-clerk")
        approval = actions.draft(
            task_id=task.pk, by=clerk, at=flow.NOW, on=flow.TODAY, subject="第1子の認定", inquiry=" "
        )
        document = approval.document
    assert document["subject"] == "第1子の認定"
    assert "伺います" in document["inquiry"]


def test_a_return_brings_the_draft_back_and_its_reason_is_no_reason_for_the_applicant(proposed: Case) -> None:
    flow.draft_decision(proposed)
    with pytest.raises(MissingNote):
        flow.sign("oumi-leader", proposed, "returned", " ")
    flow.sign("oumi-leader", proposed, "returned", "年金を確かめてください。")
    task = flow.waiting(proposed)
    assert task.step == "内容審査"
    with scope(Actor.system(proposed.owner)):
        decision = Task.objects.get(case=proposed, step="決裁")
        assert decision.note == ""
        assert ended_drafts(proposed) == {decision.pk: EndedDraft(State.RETURNED, "年金を確かめてください。")}
    flow.act("oumi-clerk", proposed, "認定案")
    flow.approve("oumi-decider", proposed)
    assert flow.case(cast.OUMI, proposed.number).outcome == "accepted"


def test_only_the_drafter_takes_it_back_and_only_in_time(proposed: Case) -> None:
    task = flow.waiting(proposed)
    flow.draft_decision(proposed)
    for login, refusal in (("oumi-leader", Forbidden), ("midorino-clerk", NotVisible)):
        with flow.standing(login), pytest.raises(refusal):
            actions.recall(task_id=task.pk, by=actor(login), at=flow.NOW, on=flow.TODAY)
    with flow.standing("oumi-clerk"):
        recalled = actions.recall(task_id=task.pk, by=actor("oumi-clerk"), at=flow.NOW, on=flow.TODAY)
        assert recalled.state == State.RECALLED
        with pytest.raises(AlreadyDone):
            actions.recall(task_id=task.pk, by=actor("oumi-clerk"), at=flow.NOW, on=flow.TODAY)
    assert flow.waiting(proposed).step == "内容審査"
    assert waiting_for("oumi-leader") == []


def test_each_act_is_done_once(proposed: Case) -> None:
    task = flow.waiting(proposed)
    flow.draft_decision(proposed)
    with flow.standing("oumi-clerk"), pytest.raises(AlreadyDone):
        actions.draft(task_id=task.pk, by=actor("oumi-clerk"), at=flow.NOW, on=flow.TODAY)
    with flow.standing("oumi-leader"):
        leader = actor("oumi-leader")
        [mark] = Mark.objects.filter(opened_at__isnull=False)
        actions.sign(mark_id=mark.pk, verdict="approved", by=leader, at=flow.NOW, on=flow.TODAY)
        before = len(audit.about(proposed.owner_id, f"case:{proposed.pk}"))
        with pytest.raises(AlreadyDone):
            actions.sign(mark_id=mark.pk, verdict="approved", by=leader, at=flow.NOW, on=flow.TODAY)
        assert len(audit.about(proposed.owner_id, f"case:{proposed.pk}")) == before


def test_a_mark_is_its_posts_and_waits_its_turn(proposed: Case) -> None:
    flow.draft_decision(proposed)
    for login in ("oumi-clerk", "oumi-decider", "oumi-director", "oumi-counter"):
        with pytest.raises(Forbidden, match="手当係長"):
            flow.sign(login, proposed)
    with flow.standing("oumi-decider"):
        later = Mark.objects.get(kind="decide")
        decider = actor("oumi-decider")
        with pytest.raises(AlreadyDone):
            actions.sign(mark_id=later.pk, verdict="approved", by=decider, at=flow.NOW, on=flow.TODAY)
    with pytest.raises(Forbidden, match="この印では"):
        flow.sign("oumi-leader", proposed, "agreed")
    with pytest.raises(Forbidden, match="この印では"):
        flow.sign("oumi-leader", proposed, "nonsense")


def test_strangers_find_nothing(proposed: Case) -> None:
    flow.draft_decision(proposed)
    with scope(Actor.system(proposed.owner)):
        mark = Mark.objects.order_by("number")[0]
    for login in ("midorino-decider", "minato-agent", "shiomi-admin", "centre-agent"):
        with flow.standing(login):
            for mark_id in (mark.pk, UUID(int=1)):
                with pytest.raises(NotVisible):
                    actions.sign(
                        mark_id=mark_id, verdict="approved", by=actor(login), at=flow.NOW, on=flow.TODAY
                    )


def test_no_step_of_a_route_is_passed_by_the_ordinary_act(proposed: Case) -> None:
    task = flow.waiting(proposed)
    with flow.standing("oumi-clerk"), pytest.raises(UnknownAction):
        actions.act(
            task_id=task.pk, action="承認", note="", by=actor("oumi-clerk"), at=flow.NOW, on=flow.TODAY
        )
    flow.draft_decision(proposed)
    with flow.standing("oumi-decider"), pytest.raises(AlreadyDone):
        actions.act(
            task_id=task.pk, action="承認", note="", by=actor("oumi-decider"), at=flow.NOW, on=flow.TODAY
        )


def test_nobody_of_a_private_contractor_drafts_or_signs(proposed: Case) -> None:
    mandate = Mandate.objects.get(owner=proposed.owner)
    mandate.steps = ["形式審査", "決裁"]
    mandate.save()
    with pytest.raises(Forbidden, match="民間委託"):
        flow.draft_decision(proposed, "centre-agent")
    flow.draft_decision(proposed)
    with pytest.raises(Forbidden, match="民間委託"):
        flow.sign("centre-agent", proposed)


def test_under_a_mandate_that_decides_the_takers_posts_sign(proposed: Case) -> None:
    mandate = Mandate.objects.get(owner=proposed.owner)
    mandate.steps, mandate.legal_form = ["形式審査", "決裁"], Mandate.LegalForm.SUBSTITUTION
    mandate.save()
    with pytest.raises(RouteBlocked):  # the centre has no 係長
        flow.draft_decision(proposed, "centre-agent")
    centre = get_organisation(cast.CENTRE)
    by = Actor.system(centre)
    with scope(by):
        Post.objects.filter(title="業務責任者").update(title="業務係長")
        section = Post.objects.get(title="業務係長").section
        post = people.create_post(
            section=section, title="業務課長", role=Role.OPERATOR_LEAD, by=by, at=flow.NOW
        )
        head = User.objects.create_user("centre-head", name="石原 明")
        people.assign(user=head, post=post, since=date(2026, 4, 1), by=by, at=flow.NOW)
    approval = flow.draft_decision(proposed, "centre-agent")
    assert approval.house == centre
    flow.sign("centre-lead", proposed)
    with pytest.raises(Forbidden, match="業務課長"):
        flow.sign("oumi-decider", proposed)
    assert flow.sign("centre-head", proposed).state == State.APPROVED


def test_a_deputy_decides_for_somebody_away_who_looks_at_it_later(proposed: Case) -> None:
    absent("oumi-decider", "oumi-director")
    flow.draft_decision(proposed)
    assert waiting_for("oumi-director") == []
    flow.sign("oumi-leader", proposed)
    assert waiting_for("oumi-director") == ["decide"]
    assert flow.sign("oumi-director", proposed).state == State.APPROVED
    assert flow.case(cast.OUMI, proposed.number).outcome == "accepted"
    assert waiting_for("oumi-decider") == ["review"]
    assert waiting_for("oumi-director") == []
    assert flow.sign("oumi-decider", proposed, Verdict.READ).state == State.APPROVED
    assert waiting_for("oumi-decider") == []


def test_nobody_stands_in_for_somebody_who_is_there(proposed: Case) -> None:
    absent("oumi-decider", "oumi-director", since=flow.TODAY + timedelta(days=1))
    flow.draft_decision(proposed)
    flow.sign("oumi-leader", proposed)
    with pytest.raises(Forbidden):
        flow.sign("oumi-director", proposed)


def test_who_examined_or_drafted_does_not_decide_but_a_deputy_may() -> None:
    case = _proposed(cast.TSUKIHAMA, clerk="tsukihama-decider")
    flow.draft_decision(case, "tsukihama-clerk")
    with pytest.raises(Forbidden, match="審査や起案"):
        flow.sign("tsukihama-decider", case)
    absent("tsukihama-decider", "tsukihama-mayor")
    flow.sign("tsukihama-mayor", case)
    assert flow.case(cast.TSUKIHAMA, case.number).outcome == "accepted"


def test_a_post_that_nobody_holds_is_named_and_nothing_is_lost(proposed: Case) -> None:
    Assignment.objects.filter(user__login="oumi-leader").update(until=flow.TODAY - timedelta(days=1))
    with pytest.raises(RouteBlocked) as blocked:
        flow.draft_decision(proposed)
    assert [(lack.code, lack.post) for lack in blocked.value.lacks] == [("vacant", "係長")]
    assert flow.waiting(proposed).waits_for == Task.Waits.DRAFT
    Assignment.objects.filter(user__login="oumi-leader").update(until=None)
    flow.draft_decision(proposed)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"title": "手当担当"}, "unknown"), ({"role": "clerk"}, "role")],
)
def test_a_decider_who_is_not_there_or_may_not_decide_is_named(
    proposed: Case, change: dict[str, str], code: str
) -> None:
    with scope(Actor.system(proposed.owner)):
        Post.objects.filter(title="子育て支援課長").update(**change)
    with pytest.raises(RouteBlocked) as blocked:
        flow.draft_decision(proposed)
    assert [(lack.code, lack.post) for lack in blocked.value.lacks] == [(code, "課長")]


def test_several_posts_of_one_name_are_told_apart_by_the_section_of_the_drafter(proposed: Case) -> None:
    by = Actor.system(proposed.owner)
    with scope(by):
        leader = Post.objects.get(title="手当係長")
        other = Post.objects.exclude(section=leader.section).order_by("id")[0].section
        people.create_post(section=other, title="窓口係長", role=Role.CLERK, by=by, at=flow.NOW)
    flow.draft_decision(proposed)
    assert marks(proposed)[0][1] == "手当係長"


def test_a_case_withdrawn_meanwhile_waits_for_nobody(proposed: Case) -> None:
    flow.draft_decision(proposed)
    by = Actor.resident(proposed.owner)
    with scope(by):
        actions.withdraw(case=proposed, by=by, at=flow.NOW)
    assert waiting_for("oumi-leader") == []
    with pytest.raises(AlreadyDone):
        flow.sign("oumi-leader", proposed)


@pytest.fixture
def town() -> Iterator[None]:
    with scope(actor("oumi-admin")):
        yield


def test_an_absence_is_ones_own_or_the_administrators() -> None:
    town = get_municipality(cast.OUMI)
    for login, allowed in (("oumi-decider", True), ("oumi-admin", True), ("oumi-clerk", False)):
        who = actor(login)
        with scope(who):
            found = offices(town, on=flow.TODAY)
            by_title = {office.post.title: office.post.pk for office in found.values()}
            given: dict[str, Any] = {
                "owner": town, "post_id": by_title["子育て支援課長"], "since": flow.TODAY,
                "until": flow.TODAY, "deputies": [by_title["こども部長"]], "by": who, "at": flow.NOW,
            }  # fmt: skip
            if not allowed:
                with pytest.raises(Forbidden):
                    people.record_absence(**given)
                continue
            absence = people.record_absence(**given)
            people.end_absence(owner=town, absence_id=absence.pk, by=who, at=flow.NOW)
    with scope(actor("oumi-clerk")), pytest.raises(Forbidden):
        people.end_absence(owner=town, absence_id=absence.pk, by=actor("oumi-clerk"), at=flow.NOW)


@pytest.mark.parametrize("field", ["who", "since", "until", "deputies"])
@pytest.mark.usefixtures("town")
def test_an_absence_that_makes_no_sense_is_refused(field: str) -> None:
    town = get_municipality(cast.OUMI)
    posts = {one.post.title: one.post.pk for one in offices(town, on=flow.TODAY).values()}
    given: dict[str, Any] = {
        "post_id": posts["子育て支援課長"], "since": flow.TODAY, "until": flow.TODAY,
        "deputies": [posts["こども部長"]],
    }  # fmt: skip
    wrong: dict[str, dict[str, Any]] = {
        "who": {"post_id": UUID(int=1)},
        "since": {"until": flow.TODAY - timedelta(days=1)},
        "until": {"since": flow.TODAY - timedelta(days=9), "until": flow.TODAY - timedelta(days=1)},
        "deputies": {"deputies": [posts["子育て支援課長"]]},
    }
    with pytest.raises(people.InvalidAbsence) as refused:
        people.record_absence(owner=town, by=actor("oumi-admin"), at=flow.NOW, **given | wrong[field])
    assert refused.value.field == field
