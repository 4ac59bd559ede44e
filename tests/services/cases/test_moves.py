"""A running case ends on the definition it began with; moving it is previewed, explicit, and loses nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow, inquiry
from yuimaru.core.kata.models import Cell, Kata, Package
from yuimaru.core.kata.overlays import NoSuchPlace
from yuimaru.core.kata.package import canonical, digest, load
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions import Moved
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import Looked, done_by_step, program_of, standings, status
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.catalogue import queries as published
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures.models import Draft

pytestmark = pytest.mark.django_db
KATA = "jidou-teate"
DUE = "workflow.決裁.due.days"
TITLE = ('"title":"形式審査"', '"title":"書類の審査"')


def adopt(
    params: dict[str, Cell] | None = None,
    overlay: dict[str, Cell] | None = None,
    days: int = 0,
    town_code: str = cast.OUMI,
) -> str:
    """Change what a town runs of the child allowance; gives the new definition."""
    town = get_municipality(town_code)
    by = Actor.system(town)
    with scope(by):
        adopted = catalogue.adopt(
            owner=town, publication=published.latest_publication(KATA), params=params or {}, overlay=overlay,
            valid_from=flow.TODAY + timedelta(days=days), by=by, at=flow.NOW,
        )  # fmt: skip
    return adopted.definition_id


def publish(*replaced: tuple[str, str], version: str = "2.0.0") -> None:
    """Publish a newer version of the child allowance, with words of its JSON replaced, and adopt it."""
    loaded = load(Path(__file__).parents[3] / "katas" / KATA)
    text = loaded.package.kata.model_copy(update={"version": version}).model_dump_json(
        by_alias=True, exclude_defaults=True
    )
    for before, after in replaced:
        assert before in text, before
        text = text.replace(before, after)
    package = Package(kata=Kata.model_validate_json(text))
    written = canonical(package)
    newer = replace(loaded, package=package, canonical=written, sha256=digest(written))
    town = get_municipality(cast.OUMI)
    by = Actor.system(town)
    with scope(by):
        catalogue.publish(loaded=newer, publisher=town, by=by, at=flow.NOW + timedelta(minutes=1))
    adopt()


def look(login: str = "", steps: dict[str, str] | None = None, kata: str = KATA) -> list[Looked]:
    town = get_municipality(cast.OUMI)
    by = actor(login) if login else Actor.system(town)
    with scope(by):
        return actions.preview_moves(owner=town, kata=kata, by=by, at=flow.NOW, steps=steps or {})


def move(
    looked: list[Looked], steps: dict[str, str] | None = None, login: str = "oumi-admin", kata: str = KATA
) -> list[Moved]:
    town, by = get_municipality(cast.OUMI), actor(login)
    chosen = {each.case.pk: each.digest for each in looked}
    with scope(by):
        return actions.move_cases(owner=town, kata=kata, chosen=chosen, steps=steps or {}, by=by, at=flow.NOW)


def finish(case: Case) -> Case:
    """Play a case that waits for its first step to its end, with a correction on the way."""
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    by = Actor.resident(case.owner)
    current = flow.case(cast.OUMI, case.number)
    with scope(by):
        answers = {**current.submission.answers, "職業": "会社員"}
        actions.resubmit(case=current, answers=answers, key="key-correction", by=by, at=flow.NOW)
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案", "要件を満たしています。")
    decide(case)
    return flow.case(cast.OUMI, case.number)


def decide(case: Case) -> None:
    """Draft the decision and let it go its route, with or without the team leader's mark as the town has set."""
    flow.draft_decision(case)
    with suppress(Forbidden):
        flow.sign("oumi-leader", case)
    flow.sign("oumi-decider", case)


def test_a_running_case_ends_on_its_definition_whatever_is_adopted_meanwhile() -> None:
    case, begun = flow.sent_case(), flow.draft()
    definition = case.definition_id
    waiting = flow.waiting(case)
    changed = {
        adopt(params={"補正期限日数": 28}),
        adopt(
            params={"補正期限日数": 28}, overlay={DUE: 9, "forms.請求.請求者.氏名.label": "請求する方の名前"}
        ),
        adopt(params={"補正期限日数": 21}, days=3),
    }
    publish(TITLE)
    assert definition not in changed
    assert (flow.waiting(case).due_on, flow.case(cast.OUMI, case.number).due_on) == (
        waiting.due_on,
        case.due_on,
    )
    ended = finish(case)
    assert (ended.outcome, ended.definition_id) == ("accepted", definition)
    assert ended.submission.definition_id == definition
    with scope(Actor.system(ended.owner)):
        corrected = Task.objects.get(case=ended, step="補正")
        assert corrected.due_on == flow.TODAY + timedelta(days=14)
    sent = flow.send(begun, key="key-of-the-draft")
    assert flow.case(cast.OUMI, sent.number).definition_id == begun.definition_id == definition
    later = flow.case(cast.OUMI, flow.send(flow.draft(), key="key-of-a-new-one").number)
    assert program_of(later).work_step("形式審査").title == "書類の審査"


def test_an_overlay_survives_an_upgrade_and_a_lost_path_refuses_it() -> None:
    adopt(overlay={DUE: 9})
    publish(TITLE)
    begun = program_of(flow.sent_case())
    due = begun.work_step("決裁").due
    assert due is not None
    assert (due.days, begun.work_step("形式審査").title) == (9, "書類の審査")
    with pytest.raises(NoSuchPlace, match="ない工程"):
        adopt(overlay={"workflow.ない工程.title": "x"})


def test_what_begins_later_waits_for_its_day() -> None:
    now, then = adopt(params={"補正期限日数": 20}), adopt(params={"補正期限日数": 25}, days=12)
    town = get_municipality(cast.OUMI)
    with scope(Actor.resident(town)):
        held = [
            published.get_adopted(town, KATA, on=flow.TODAY + timedelta(days=days)).definition_sha256
            for days in (0, 11, 12, 40)
        ]
        listed = [
            [each.definition_sha256 for each in published.list_adopted(town, on=flow.TODAY + timedelta(days=days))
             if each.kata_id == KATA]
            for days in (0, 12)
        ]  # fmt: skip
    assert held == [now, now, then, then]
    assert listed == [[now], [then]]


def test_a_moved_case_ends_on_the_new_definition_with_its_correction() -> None:
    case = flow.sent_case()
    due = flow.waiting(case).due_on
    publish(('"days":2', '"days":6'))
    looked = look()
    assert [(each.case.number, each.preview.ok) for each in looked] == [(case.number, True)]
    (step,) = looked[0].preview.steps
    assert step.was_due == due != step.due
    assert [each.result for each in move(looked)] == ["moved"]
    moved = flow.case(cast.OUMI, case.number)
    assert moved.definition_id == program_of(moved).sha256 != case.definition_id
    assert moved.submission.definition_id == case.definition_id, "what was sent stays as it was sent"
    assert flow.waiting(moved).due_on == step.due
    last = [entry for entry in audit.about(case.owner_id, f"case:{case.pk}") if entry.kind == "case.migrated"]
    assert [(entry.data["from"], entry.data["to"]) for entry in last] == [
        (case.definition_id, moved.definition_id)
    ]
    ended = finish(moved)
    assert (ended.outcome, ended.definition_id) == ("accepted", moved.definition_id)
    assert ended.submission.definition_id == moved.definition_id
    with scope(Actor.resident(ended.owner)):
        assert status(ended, lang="ja").closed


def test_moving_twice_changes_nothing_the_second_time() -> None:
    case = flow.sent_case()
    publish()
    looked = look()
    assert [each.result for each in move(looked)] == ["moved"]
    before = len(audit.about(case.owner_id, f"case:{case.pk}"))
    assert [each.result for each in move(looked)] == ["already"]
    assert len(audit.about(case.owner_id, f"case:{case.pk}")) == before
    assert look() == []


def test_a_draft_on_its_route_keeps_its_case_where_it_is() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    publish()
    (free,) = look()
    assert free.preview.ok
    flow.draft_decision(case)
    (held,) = look()
    assert [reason.code for reason in held.preview.reasons] == ["circulating"]
    assert [each.result for each in move([free])] == ["stale"]
    assert [each.result for each in move([held])] == ["refused"]
    for login in ("oumi-leader", "oumi-decider"):
        flow.sign(login, case)
    assert flow.case(cast.OUMI, case.number).definition_id == case.definition_id


def test_a_stale_preview_moves_nothing() -> None:
    case, other = flow.sent_case(), flow.case(cast.OUMI, flow.send(flow.draft(), key="key-of-another").number)
    publish()
    looked = look()
    flow.act("centre-agent", case, "不備なし")
    assert {each.number: each.result for each in move(looked)} == {
        case.number: "stale",
        other.number: "moved",
    }
    assert flow.case(cast.OUMI, case.number).definition_id == case.definition_id
    again = look()
    adopt(params={"補正期限日数": 30})
    assert [each.result for each in move(again)] == ["stale"], "the target changed, too"


def test_a_case_that_ended_or_is_unknown_is_left_alone() -> None:
    case = flow.sent_case()
    publish()
    looked = look()
    by = Actor.resident(case.owner)
    with scope(by):
        actions.withdraw(case=case, by=by, at=flow.NOW)
    assert [each.result for each in move(looked)] == ["unknown"]
    assert flow.case(cast.OUMI, case.number).definition_id == case.definition_id


def test_a_lost_answer_refuses_the_move_by_its_path() -> None:
    case = flow.sent_case()
    publish(('"フリガナ"', '"読み方"'))
    looked = look()
    assert [reason.code for reason in looked[0].preview.reasons] == ["gone"]
    (moved,) = move(looked)
    assert (moved.result, moved.reasons) == ("refused", looked[0].preview.reasons)
    assert flow.case(cast.OUMI, case.number).definition_id == case.definition_id


def test_a_case_stays_under_its_mandate() -> None:
    case = flow.sent_case()
    steps = {"形式審査": "書類審査"}
    publish(('"形式審査"', '"書類審査"'))
    assert [reason.code for reason in look()[0].preview.reasons] == ["step_gone"]
    looked = look(steps=steps)
    assert [reason.code for reason in looked[0].preview.reasons] == ["mandate"]
    assert [each.result for each in move(looked, steps)] == ["refused"]
    for mandate in Mandate.objects.filter(owner__code=cast.OUMI, kata=KATA):
        Mandate.objects.filter(pk=mandate.pk).update(steps=[*mandate.steps, "書類審査"])
    assert [each.result for each in move(look(steps=steps), steps)] == ["moved"]
    assert flow.waiting(case).step == "書類審査"
    flow.act("centre-agent", flow.case(cast.OUMI, case.number), "不備なし")
    assert flow.waiting(case).step == "内容審査"


def test_parallel_branches_move_with_their_join_and_past_steps_with_their_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    inquiry.adopt(tmp_path / "a")
    case = inquiry.sent_case()
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "照会する")
    text = inquiry.TEXT.replace("version: 1.0.0", "version: 1.1.0")
    for before, after in (("照会, title: 関係課への照会", "問合せ, title: 問合せ"), ("to: 照会}", "to: 問合せ}"),
                          ("{id: 審査, title: 審査", "{id: 点検, title: 点検"), ("start: 審査", "start: 点検"),
                          ("to: 審査}", "to: 点検}"), ("not_by: 審査", "not_by: 点検")):  # fmt: skip
        text = text.replace(before, after)
    inquiry.adopt(tmp_path / "b", text=text)
    steps = {"照会": "問合せ", "審査": "点検"}
    assert not look(kata=inquiry.KATA)[0].preview.ok
    looked = look(steps=steps, kata=inquiry.KATA)
    assert [each.result for each in move(looked, steps, kata=inquiry.KATA)] == ["moved"]
    moved = flow.case(cast.OUMI, case.number)
    assert moved.step == "問合せ"
    for task in inquiry.waiting(moved):
        inquiry.act("oumi-clerk", task, "答える")
    for task in inquiry.waiting(moved):
        inquiry.act("oumi-clerk", task, "対象")
    (decision,) = inquiry.waiting(moved)
    with scope(Actor.system(moved.owner)):
        assert done_by_step(moved)["点検"] == actor("oumi-clerk").user_id
    inquiry.act("oumi-decider", decision, "承認")
    assert flow.case(cast.OUMI, case.number).outcome == "accepted"


def test_a_correction_under_way_goes_along() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    by = Actor.resident(case.owner)
    with scope(by):
        draft = procedures.start_correction(
            submission=case.submission, definition=case.definition_id, by=by, at=flow.NOW
        )
        procedures.save_step(draft=draft, step_id="口座", values={"職業": "会社員"}, by=by, at=flow.NOW)
    publish()
    assert [each.result for each in move(look())] == ["moved"]
    current = flow.case(cast.OUMI, case.number)
    with scope(by):
        kept = Draft.objects.select_related("key").get(pk=draft.pk)
        assert (kept.answers, kept.definition_id) == ({"職業": "会社員"}, current.definition_id)
        answers = {**current.submission.answers, **kept.answers}
        sent = actions.resubmit(case=current, answers=answers, key="key-correction", by=by, at=flow.NOW)
    assert sent.definition_id == current.definition_id
    assert flow.waiting(current).step == "形式審査"


def test_a_notice_of_a_step_before_the_move_is_still_written() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    event = audit.about(case.owner_id, f"case:{case.pk}")[-1]
    publish(('"補正"', '"修正"'))
    steps = {"補正": "修正"}
    assert [each.result for each in move(look(steps=steps), steps)] == ["moved"]
    told: dict[str, Any] = {
        "id": "event-1", "owner": cast.OUMI, "about": f"case:{case.pk}", "data": dict(event.data),
    }  # fmt: skip
    jobs.tell_moved(told, at=flow.NOW)
    with scope(Actor.system(case.owner)):
        assert Notice.objects.filter(kind="補正通知", about=f"case:{case.pk}").exists()


@pytest.mark.parametrize("login", ["oumi-clerk", "oumi-decider", "oumi-auditor"])
def test_only_who_manages_adoptions_moves_cases(login: str) -> None:
    flow.sent_case()
    with pytest.raises(Forbidden):
        look(login)
    with pytest.raises(Forbidden):
        move([], login=login)


def test_another_town_and_an_operator_cannot_even_see_it() -> None:
    flow.sent_case()
    for login in ("midorino-admin", "centre-lead"):
        with pytest.raises(NotVisible):
            look(login)
        with pytest.raises(NotVisible):
            move([], login=login)


def test_looking_is_in_the_log_with_the_cases_and_without_their_answers() -> None:
    case = flow.sent_case()
    publish()
    look("oumi-admin")
    (entry,) = [each for each in audit.latest(case.owner_id, 20) if each.kind == "cases.previewed"]
    assert entry.data["cases"] == [str(case.pk)]
    assert case.submission.answers["氏名"] not in str(entry)


def test_how_many_cases_stand_on_which_definition() -> None:
    case = flow.sent_case()
    publish()
    newer = flow.case(cast.OUMI, flow.send(flow.draft(), key="key-of-a-new-one").number)
    by = actor("oumi-admin")
    with scope(by):
        found = standings(case.owner, by=by, on=flow.TODAY)
    assert [(each.definition, each.version, each.cases) for each in found if each.kata == KATA] == [
        (case.definition_id, case.definition.version, 1),
        (newer.definition_id, "2.0.0", 1),
    ]
