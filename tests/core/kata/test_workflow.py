"""Workflows and notices: open acts, where they lead, until when, what is promised and written to residents."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.kata import sample
from tests.core.kata.sample import ANSWERS, FORM, TODAY

from yuimaru.core.kata import notices, workflow
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.models import Period
from yuimaru.core.kata.program import Program, UnknownName
from yuimaru.core.kata.workflow import Act


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return sample.ready(tmp_path_factory.mktemp("plot"))


def case(plot: Program, *acts: Act, **answers: object) -> dict[str, Value]:
    known = facts(plot, FORM, {**ANSWERS, **answers}, today=TODAY, params={})
    return workflow.case_facts(plot, with_decisions(known, decide_all(plot, known)), acts)


def test_a_case_begins_at_the_first_step(plot: Program) -> None:
    assert workflow.first(plot) == "審査"
    assert workflow.step(plot, "審査").by == "共同"
    with pytest.raises(UnknownName):
        workflow.step(plot, "審議")


def test_of_actions_with_one_id_the_first_that_holds_is_taken(plot: Program) -> None:
    cheap, dear = case(plot), case(plot, 市内=False)
    assert [action.id for action in workflow.actions(plot, "決定", cheap)] == ["承認", "却下"]
    assert workflow.follow(plot, "決定", "承認", cheap) == "利用開始"
    assert workflow.follow(plot, "決定", "承認", dear) == "抽選"


def test_acts_that_are_not_open_are_refused(plot: Program) -> None:
    for step, action in (("審査", "承認"), ("利用開始", "承認")):
        with pytest.raises(workflow.UnknownAction):
            workflow.follow(plot, step, action, case(plot))


def test_a_case_knows_the_last_act_of_each_step(plot: Program) -> None:
    known = case(plot, Act("審査", "戻す", "足りません"), Act("審査", "通す", answers={"区画あり": True}))
    assert known["審査"] == {"操作": "通す", "理由": None, "区画あり": True}
    assert known["決定"] is None
    assert known["料金"] == {"円": 3000, "言葉": "市内の方の小さい区画です"}


@pytest.mark.parametrize(
    ("period", "due"),
    [
        (Period(days=2), date(2026, 11, 26)),
        (Period(days=14, calendar="calendar"), date(2026, 12, 8)),
        (Period(days=4, calendar="calendar"), date(2026, 11, 30)),  # 11月28日は土曜日
        (Period(days=40, calendar="calendar"), date(2027, 1, 4)),  # 1月3日まで閉庁
        (Period(days="補正期限日数 + 1", calendar="calendar"), date(2026, 12, 9)),
        (Period(days=0), date(2026, 11, 24)),
    ],
)
def test_due_dates(plot: Program, period: Period, due: date) -> None:
    assert workflow.due_date(period, TODAY, case(plot)) == due


def test_days_that_a_municipality_is_closed_do_not_count(plot: Program) -> None:
    closed = {date(2026, 11, 25), date(2026, 11, 26)}
    assert workflow.due_date(Period(days=2), TODAY, case(plot), closed) == date(2026, 11, 30)


@pytest.mark.parametrize("days", ["担当課", "0 - 1", "補正期限日数 / 4", "空欄", "補正期限日数 * 1000"])
def test_a_period_is_a_whole_number_of_days(plot: Program, days: str) -> None:
    with pytest.raises(workflow.PeriodError):
        workflow.due_date(Period(days=days), TODAY, case(plot))


def test_promises_follow_the_way_without_trouble(plot: Program) -> None:
    found = workflow.promises(plot, TODAY, case(plot))
    assert [(each.step_id, each.by) for each in found] == [
        ("審査", date(2026, 11, 26)),
        ("決定", date(2026, 12, 1)),
        ("利用開始", date(2026, 12, 1)),
    ]
    assert found[0].title == "書類の確認"


def test_the_standard_period_is_the_last_promise(plot: Program) -> None:
    many_closed = {date(2026, 11, day) for day in range(25, 31)} | {
        date(2026, 12, day) for day in range(1, 8)
    }
    assert workflow.promises(plot, TODAY, case(plot), extra_closed=many_closed)[-1].by == date(2026, 12, 8)


def test_behind_a_step_without_a_due_date_no_day_is_promised(plot: Program) -> None:
    found = workflow.promises(plot, TODAY, case(plot, 市内=False))
    assert [(each.step_id, each.by) for each in found][-1] == ("利用開始", date(2026, 12, 8))


def test_a_notice_is_its_text_with_the_fields_filled(plot: Program) -> None:
    decisions = decide_all(plot, facts(plot, FORM, ANSWERS, today=TODAY, params={}))
    fields = notices.notice_fields(plot, FORM, ANSWERS, decisions, today=TODAY, params={"担当課": "農政課"})
    subject, body = notices.render(plot, "受付通知", {**fields, "受付番号": "2026-0001"})
    assert subject == "受け付けました（2026-0001）"
    assert body == "髙橋 𠮷郎 様、小さい区画を受け付けました。"
    assert (
        notices.render(plot, "承認通知", fields)[1] == "使用料は3,000円です。市内の方の小さい区画です。農政課"
    )


def test_a_notice_in_english_falls_back_text_by_text(plot: Program) -> None:
    decisions = decide_all(plot, facts(plot, FORM, ANSWERS, today=TODAY, params={}))
    fields = notices.notice_fields(plot, FORM, ANSWERS, decisions, today=TODAY, params={}, lang="en")
    subject, body = notices.render(plot, "受付通知", {**fields, "受付番号": "1"}, "en")
    assert subject == "受け付けました（1）"
    assert body == "Dear 髙橋 𠮷郎, we received your application for: Small plot."
    assert fields["言葉"] == "A small plot for residents"


def test_fields_are_never_read_again_and_none_is_left_out(plot: Program) -> None:
    filled = {"氏名": "«受付番号» {0} %s", "広さ": "", "受付番号": "1\n2"}
    assert notices.render(plot, "受付通知", filled) == (
        "受け付けました（1 2）",
        "«受付番号» {0} %s 様、を受け付けました。",
    )
    with pytest.raises(notices.MissingField):
        notices.render(plot, "受付通知", {"氏名": ""})
    with pytest.raises(UnknownName):
        notices.render(plot, "別の通知", {})


def test_sensitive_and_hidden_answers_are_no_fields(plot: Program) -> None:
    answers = {**ANSWERS, "暗証": "ひみつ", "勤務先": "消える"}
    fields = notices.notice_fields(plot, FORM, answers, {}, today=TODAY, params={})
    assert "暗証" not in fields
    assert fields["勤務先"] == ""
