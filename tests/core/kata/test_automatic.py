"""Steps at which nobody acts: what the check refuses, what calls need, and how examples play them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.kata import automatic
from tests.core.kata.automatic import CALLING, ITEMS, TELLING, package, with_step

from yuimaru.core.kata.check import check
from yuimaru.core.kata.check.calls import DEEPEST, calling, check_calls
from yuimaru.core.kata.examples import run_all
from yuimaru.core.kata.models import Kata, Package
from yuimaru.core.kata.problems import errors

OK = {"id": "ok", "to": "終了"}
ERROR = {"id": "error", "to": "電話"}
ANSWERS = {"氏名": "青葉 陽菜", "メール": "haruna@example.jp"}


def codes(checked: Package) -> list[str]:
    return [problem.code for problem in errors(check(checked))]


def test_both_kinds_of_step_are_sound() -> None:
    assert codes(automatic.telling()) == []
    assert codes(automatic.calling()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"by": "担当"}, "automatic_work"),
        ({"decides": True}, "automatic_work"),
        ({"overdue": "ok", "due": {"days": 3}}, "automatic_work"),
        ({"call": {"kata": "other"}}, "automatic_work"),
        ({"service": {"kind": "notice", "notice": "ない通知"}}, "unknown_name"),
        ({"service": {"kind": "notice"}}, "unknown_name"),
        ({"actions": [OK]}, "outcome_missing"),
        ({"actions": [ERROR]}, "outcome_missing"),
        ({"actions": [{**OK, "when": "空(氏名)"}, ERROR]}, "outcome_missing"),
        ({"actions": [OK, ERROR, {"id": "後で", "to": "電話"}]}, "unknown_name"),
        ({"actions": [OK, {**ERROR, "needs_note": True}]}, "automatic_note"),
        ({"actions": [OK, {"id": "error", "to": "お知らせ"}]}, "no_fallback"),
        ({"actions": [OK, {"id": "error", "to": "終了"}]}, "no_fallback"),
    ],
)
def test_a_slip_in_a_step_of_the_machine_is_found(changed: dict[str, Any], code: str) -> None:
    assert code in codes(package("telling", with_step(TELLING, "お知らせ", **changed)))


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ({"kata": "calling"}, "calls_itself"),
        ({"kata": "telling", "answers": {"氏名": "ない項目"}}, "unknown_name"),
    ],
)
def test_a_slip_in_a_call_is_found(call: dict[str, Any], code: str) -> None:
    assert code in codes(package("calling", with_step(CALLING, "現地の確認", call=call)))


def test_a_word_of_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        package("telling", with_step(TELLING, "お知らせ", service={"kind": "shell"}))


def used(*packages: Package) -> dict[str, Kata]:
    return {each.kata.kata: each.kata for each in packages}


def wrong(checked: Package, *others: Package) -> list[str]:
    return [problem.code for problem in check_calls(checked.kata, used(checked, *others))]


def test_a_call_of_what_is_in_use_is_sound() -> None:
    assert wrong(automatic.calling(), automatic.telling()) == []


def test_what_is_not_in_use_or_residents_cannot_apply_for_is_not_called() -> None:
    assert wrong(automatic.calling()) == ["calls_unused"]
    assert wrong(automatic.calling(), automatic.telling(kind="staff")) == ["calls_unused"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"メール": "メール"}, "answer_missing"),
        ({"氏名": "氏名", "ない項目": "氏名"}, "unknown_name"),
        ({"氏名": "暗証"}, "flag_lost"),
        ({"氏名": "メール"}, "flag_lost"),
    ],
)
def test_what_a_call_gives_fits_the_other_form_and_stays_hidden(answers: dict[str, str], code: str) -> None:
    call = {"kata": "telling", "answers": answers}
    parent = package("calling", with_step(CALLING, "現地の確認", call=call))
    assert wrong(parent, automatic.telling()) == [code]


def test_a_hidden_answer_may_go_where_it_stays_hidden() -> None:
    call = {"kata": "telling", "answers": {"氏名": "氏名", "暗証": "暗証", "メール": "メール"}}
    parent = package("calling", with_step(CALLING, "現地の確認", call=call))
    assert wrong(parent, automatic.telling()) == []
    bare = [ITEMS[0], ITEMS[1], {**ITEMS[2], "sensitive": False}]
    assert wrong(parent, automatic.telling(items=bare)) == ["flag_lost"]


def test_every_end_of_the_other_kata_leads_on() -> None:
    ends = with_step(TELLING, "終了", end="accepted")
    assert wrong(automatic.calling(), package("telling", ends)) == ["outcome_missing"]


def chained(name: str, then: str) -> Package:
    return package(name, with_step(CALLING, "現地の確認", call={"kata": then, "answers": {"氏名": "氏名"}}))


def test_calls_that_come_back_to_themselves_are_refused_from_either_side() -> None:
    first, second = chained("first", "second"), chained("second", "first")
    assert wrong(first, second) == ["calls_in_circle"]
    assert wrong(second, first) == ["calls_in_circle"]


def test_calls_stand_within_calls_only_so_deep() -> None:
    names = [f"level-{number}" for number in range(DEEPEST + 1)]
    chain = [chained(name, then) for name, then in zip(names, [*names[1:], "telling"], strict=True)]
    everything = used(*chain, automatic.telling())
    assert [each.code for each in check_calls(chain[0].kata, everything)] == ["calls_too_deep"]
    assert check_calls(chain[1].kata, everything) == []
    assert [each.kata for each in calling(everything, "telling")] == [*names, "telling"]


def example(acts: list[dict[str, Any]], **expect: Any) -> dict[str, Any]:
    return {
        "id": "played",
        "title": "例",
        "today": "2026-11-24",
        "answers": ANSWERS,
        "acts": acts,
        "expect": expect,
    }


def played(base: Package, *examples: dict[str, Any]) -> list[str]:
    whole = Package.model_validate(
        {**base.model_dump(by_alias=True, exclude_defaults=True), "examples": examples}
    )
    assert codes(whole) == []
    return [failure for result in run_all(whole).results for failure in result.failures]


def test_examples_play_what_the_machine_and_the_other_case_come_to() -> None:
    begun = {"step": "確認", "action": "進める"}
    failed = [begun, {"step": "お知らせ", "action": "error"}, {"step": "電話", "action": "伝えた"}]
    assert (
        played(automatic.telling(), example(failed, end="終了", route=["確認", "お知らせ", "電話", "終了"]))
        == []
    )
    assert played(automatic.telling(), example([begun], end="終了")) != []
    taken = [{"step": "受付", "action": "進める"}, {"step": "現地の確認", "action": "withdrawn"}]
    assert played(automatic.calling(), example(taken, end="取下げ")) == []


def test_an_example_does_not_play_an_outcome_that_is_not_there() -> None:
    base = automatic.telling()
    acts = [{"step": "確認", "action": "進める"}, {"step": "お知らせ", "action": "後で"}]
    whole = Package.model_validate(
        {**base.model_dump(by_alias=True, exclude_defaults=True), "examples": [example(acts)]}
    )
    assert codes(whole) == ["unknown_name"]
