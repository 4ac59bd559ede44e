"""A case goes on under another definition only when nothing of it is lost; the preview names every place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.kata.sample import ANSWERS, KATA, TODAY, ready
from tests.services.cases import inquiry

from yuimaru.core.kata.movement import Token
from yuimaru.core.kata.moves import Course, Done, Preview, Waiting, preview, renamed_branch
from yuimaru.core.kata.overlays import NoSuchPlace, overlaid
from yuimaru.core.kata.package import canonical, load
from yuimaru.core.kata.problems import KataErrors
from yuimaru.core.kata.program import Program

Change = Callable[..., Program]
DUE = TODAY + timedelta(days=2)


@pytest.fixture
def old(tmp_path: Path) -> Program:
    return ready(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Change:
    """The sample kata with some of its text replaced."""

    def changed(*replaced: tuple[str, str]) -> Program:
        text = KATA
        for before, after in replaced:
            assert before in text, before
            text = text.replace(before, after)
        return ready(tmp_path / "new", text)

    return changed


def course(step: str = "審査", *done: Done, **more: Any) -> Course:
    """A case of the sample kata that waits at a step."""
    waiting = (Waiting(Token(step), TODAY, DUE),)
    answers = {**ANSWERS, **more.pop("answers", {})}
    last = TODAY + timedelta(days=14)
    return Course(answers, TODAY, TODAY, last, more.pop("waiting", waiting), done, **more)


def checked(action: str = "通す", answers: dict[str, Any] | None = None) -> Done:
    given = {"区画あり": True} if answers is None else answers
    return Done(Token("審査"), action, "", given, since=TODAY, on=TODAY)


def codes(found: Preview) -> set[tuple[str, str]]:
    return {(reason.path, reason.code) for reason in found.reasons}


def test_onto_the_same_definition_everything_stays(old: Program) -> None:
    found = preview(old, old, course("決定", checked()), {})
    assert found.ok
    assert {each.change for each in found.answers} == {"kept"}
    assert [(each.before, each.after, each.was_due, each.due) for each in found.steps] == [
        (Token("決定"), Token("決定"), DUE, DUE)
    ]
    assert (found.tables, found.notices, found.was_due) == ((), (), found.due)


@pytest.mark.parametrize(
    ("replaced", "answers", "path", "code"),
    [
        (("          - {id: 備考, type: longtext, label: 備考}\n", ""), {"備考": "木陰"}, "希望.備考", "gone"),
        (("{id: 備考, type", "{id: ひとこと, type"), {"備考": "木陰"}, "希望.備考", "renamed"),
        (("label: 備考}", "label: 備考, when: 市内 = false}"), {"備考": "木陰"}, "希望.備考", "hidden"),
        (("- {id: 備考, type: longtext", "- {id: 備考, type: int"), {"備考": "木陰"}, "希望.備考", "unfit"),
        (("options: [くわ, じょうろ", "options: [すき, じょうろ"), {}, "希望.道具", "unfit"),
        (("{id: 年齢, type: int, label: 年齢, required: true, min: 0, max: 120}", "{id: 年齢, type: int, label: 年齢, max: 20}"),
         {}, "家族.年齢", "unfit"),
        (("repeat: {id: 仲間,", "repeat: {id: 同行者,"), {}, "家族.仲間氏名", "renamed"),
    ],
)  # fmt: skip
def test_an_answer_that_would_be_lost_refuses_the_move(
    old: Program,
    new: Change,
    replaced: tuple[str, str],
    answers: dict[str, Any],
    path: str,
    code: str,
) -> None:
    found = preview(old, new(replaced), course(answers=answers), {})
    assert (f"forms.申込.{path}", code) in codes(found)
    assert "lost" in {each.change for each in found.answers}


def test_an_unanswered_item_that_vanishes_is_no_loss(old: Program, new: Change) -> None:
    program = new(("          - {id: 備考, type: longtext, label: 備考}\n", ""))
    assert preview(old, program, course(), {}).ok


def test_a_correction_under_way_counts_as_answers(old: Program, new: Change) -> None:
    program = new(("          - {id: 備考, type: longtext, label: 備考}\n", ""))
    found = preview(old, program, course("補正", corrections=({"備考": "木陰"},)), {})
    assert codes(found) == {("forms.申込.希望.備考", "gone")}


def test_what_is_newly_wanted_is_told_and_does_not_refuse(old: Program, new: Change) -> None:
    program = new(
        ("label: 備考}", "label: 備考, required: true}"),
        ("type: text, label: 暗証のことば", "type: longtext, label: 暗証のことば"),
        ("title: いっしょに使う方, min: 1", "title: いっしょに使う方, min: 2"),
    )
    found = preview(old, program, course(answers={"暗証": "山"}), {})
    assert found.ok
    told = {each.path: each.change for each in found.answers if each.change != "kept"}
    assert told == {"暗証": "retyped", "備考": "missing", "仲間": "unchecked"}


def test_tables_that_come_to_something_else_are_shown(old: Program, new: Change) -> None:
    program = new(("then: [3000, 市内の方の小さい区画です]", "then: [3500, 市内の方の小さい区画です]"))
    found = preview(old, program, course(), {})
    assert found.ok
    (table,) = found.tables
    assert table.before is not None
    assert table.after is not None
    assert (table.table, table.before["円"], table.after["円"]) == ("料金", 3000, 3500)


def test_a_decision_that_was_made_never_changes(old: Program, new: Change) -> None:
    program = new(("then: [3000, 市内の方の小さい区画です]", "then: [6000, 市内の方の小さい区画です]"))
    decision = Done(Token("決定"), "承認", "", {}, since=TODAY, on=TODAY, decides=True)
    assert codes(preview(old, program, course("抽選", checked(), decision), {})) == {
        ("decisions.料金", "decided")
    }
    undecided = new(("      decides: true\n", ""), ("nature: disposition", "nature: fact"))
    assert ("workflow.決定", "decision_gone") in codes(
        preview(old, undecided, course("抽選", checked(), decision), {})
    )


def test_a_step_that_vanished_needs_a_name_in_the_new_definition(old: Program, new: Change) -> None:
    program = new(
        ("    - id: 審査\n", "    - id: 形式審査\n"),
        ("  start: 審査", "  start: 形式審査"),
        ("{id: 再提出, to: 審査}", "{id: 再提出, to: 形式審査}"),
        ("not_by: 審査", "not_by: 形式審査"),
        ("due: {days: 2}", "due: {days: 5}"),
    )
    assert codes(preview(old, program, course(), {})) == {("workflow.審査", "step_gone")}
    assert codes(preview(old, program, course("決定", checked()), {})) == {
        ("workflow.審査", "past_step_gone")
    }
    found = preview(old, program, course(), {"審査": "形式審査"})
    assert found.ok
    (step,) = found.steps
    assert (step.after.step, step.was_due, step.due) == ("形式審査", DUE, date(2026, 12, 1))
    assert preview(old, program, course("決定", checked()), {"審査": "形式審査"}).ok
    assert ("workflow.ない工程", "no_step") in codes(preview(old, program, course(), {"審査": "ない工程"}))
    assert ("workflow.審査", "not_work") in codes(preview(old, program, course(), {"審査": "利用開始"}))
    assert ("workflow.審査", "actor") in codes(preview(old, program, course(), {"審査": "補正"}))


def test_the_form_that_officials_filled_is_kept_or_the_move_refused(old: Program, new: Change) -> None:
    without = new(("      form: 点検\n", ""))
    assert codes(preview(old, without, course("決定", checked()), {})) == {
        ("workflow.審査.form", "form_gone")
    }
    other = new(("区画あり, type: yesno, label: 空いて", "空きあり, type: yesno, label: まだ空いて"))
    assert codes(preview(old, other, course("決定", checked()), {})) == {("forms.点検.点検.区画あり", "gone")}


def test_the_standard_period_is_counted_again_and_with_the_clock(old: Program, new: Change) -> None:
    program = new(("standard_period: {days: 14", "standard_period: {days: 30"))
    assert preview(old, program, course(), {}).due == date(2026, 12, 24)
    returned = Done(
        Token("補正"), "再提出", "", {}, since=TODAY, on=TODAY + timedelta(days=5), stopped_clock=True
    )
    assert preview(old, program, course("審査", checked("戻す"), returned), {}).due == date(2027, 1, 4)


def test_notices_that_may_still_come_are_compared(old: Program, new: Change) -> None:
    program = new(
        ("使用料は«料金.円»円です。", "使用料は、«料金.円»円です。"), ("notify: [不承認通知]", "notify: []")
    )
    told = {each.notice: each.change for each in preview(old, program, course("決定", checked()), {}).notices}
    assert told == {"不承認通知": "gone", "承認通知": "reworded"}


def test_a_step_where_nothing_could_be_done_refuses_the_move(old: Program, new: Change) -> None:
    program = new(("actions: [{id: 当選, to: 利用開始}, {id: 落選, to: 不承認, needs_note: true}]",
                   "actions: [{id: 当選, to: 利用開始, when: 広さ = \"大\"}]"))  # fmt: skip
    decision = Done(Token("決定"), "承認", "", {}, since=TODAY, on=TODAY, decides=True)
    assert codes(preview(old, program, course("抽選", checked(), decision), {})) == {
        ("workflow.抽選", "stuck")
    }


def test_another_kata_is_no_place_to_go(old: Program, new: Change) -> None:
    assert codes(preview(old, new(("kata: garden-plot", "kata: other-plot")), course(), {})) == {
        ("kata", "other_kata")
    }


def _inquiry(folder: Path, *replaced: tuple[str, str]) -> Program:
    text = inquiry.TEXT.replace("JOIN", "all")
    for before, after in replaced:
        assert before in text, before
        text = text.replace(before, after)
    folder.mkdir()
    (folder / "kata.yaml").write_text(text, encoding="utf-8")
    return Program(load(folder).canonical)


def _asked() -> Course:
    waiting = tuple(
        Waiting(Token(step, (("照会", number),)), TODAY, None)
        for number, step in enumerate(("税の照会", "福祉の照会"))
    )
    return Course({"氏名": "青葉 陽菜"}, TODAY, TODAY, None, waiting)


def test_parallel_work_moves_only_into_the_same_branches(tmp_path: Path) -> None:
    old = _inquiry(tmp_path / "a")
    assert preview(old, _inquiry(tmp_path / "b", ("days: 2", "days: 3")), _asked(), {}).ok
    wider = _inquiry(
        tmp_path / "c",
        ("parallel: [税の照会, 福祉の照会]", "parallel: [税の照会, 福祉の照会, 住所の照会]"),
        ("    - {id: 世帯の確認,", "    - {id: 住所の照会, title: 住所, by: 担当, actions: [{id: 答える, to: 照会}]}\n    - {id: 世帯の確認,"),
    )  # fmt: skip
    assert ("workflow.照会", "branch") in codes(preview(old, wider, _asked(), {}))
    renamed = _inquiry(
        tmp_path / "d", ("照会, title: 関係課への照会", "問合せ, title: 問合せ"), ("to: 照会}", "to: 問合せ}")
    )
    assert ("workflow.照会", "branch") in codes(preview(old, renamed, _asked(), {}))
    assert preview(old, renamed, _asked(), {"照会": "問合せ"}).ok
    assert renamed_branch((("照会", 1),), {"照会": "問合せ"}) == (("問合せ", 1),)


def test_two_steps_cannot_become_one(tmp_path: Path) -> None:
    old = _inquiry(tmp_path / "a", ("parallel: [税の照会, 福祉の照会]", "parallel: [福祉の照会, 税の照会]"))
    branch = (("照会", 0),)
    waiting = tuple(Waiting(Token(step, branch), TODAY, None) for step in ("税の照会", "福祉の照会"))
    found = preview(old, old, Course({}, TODAY, TODAY, None, waiting), {"税の照会": "福祉の照会"})
    assert ("workflow.福祉の照会", "collide") in codes(found)


@given(st.sets(st.sampled_from(["備考", "暗証", "面積", "口座", "メール"])))
@settings(max_examples=30, deadline=None)
def test_exactly_the_answers_that_are_given_and_gone_are_lost(removed: set[str]) -> None:
    """An oracle of its own: the ids that were answered and are not in the new text."""
    given = {"備考": "木陰", "面積": "12", "メール": "haruna@example.jp"}
    lines = KATA.splitlines(keepends=True)
    kept = [line for line in lines if not any(f"- {{id: {name}," in line for name in removed)]
    text = "".join(kept)
    if "口座" in removed:
        text = text.replace(", when: 空(口座) = false", "")
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        found = preview(ready(Path(one)), ready(Path(two), text), course(answers=given), {})
    lost = {reason.path.rpartition(".")[2] for reason in found.reasons}
    assert lost == removed & given.keys()


def test_an_overlay_changes_the_word_at_its_path_and_nothing_else(tmp_path: Path) -> None:
    ready(tmp_path)
    package = load(tmp_path).package
    changed = overlaid(package, {
        "forms.申込.申込者.氏名.label": "申し込む方のお名前",
        "workflow.審査.due.days": 4,
        "i18n.en.forms.申込.申込者.title": "Who applies",
        "decisions.料金.rows.f1.ground": "条例第5条の2",
    })  # fmt: skip
    assert changed.kata.forms[0].steps[0].items[0].label == "申し込む方のお名前"
    assert changed.i18n["en"]["forms.申込.申込者.title"] == "Who applies"
    assert canonical(overlaid(changed, {
        "forms.申込.申込者.氏名.label": "お名前",
        "workflow.審査.due.days": 2,
        "i18n.en.forms.申込.申込者.title": "Applicant",
        "decisions.料金.rows.f1.ground": "条例第5条第1項",
    })) == canonical(package)  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "forms.申込.申込者.住所.label",
        "forms.申込.申込者.氏名",
        "forms.申込.申込者.氏名.id",
        "version",
        "kata",
        "decisions.料金.rows.f1.then",
        "workflow.決定.actions.承認.title",
        "i18n.fr.title",
        "",
    ],
)
def test_an_overlay_leads_to_one_word_or_nowhere(tmp_path: Path, path: str) -> None:
    ready(tmp_path)
    with pytest.raises(NoSuchPlace):
        overlaid(load(tmp_path).package, {path: "x"})


def test_an_overlay_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    ready(tmp_path)
    with pytest.raises(KataErrors):
        overlaid(load(tmp_path).package, {"forms.申込.申込者.氏名.required": "多分"})
