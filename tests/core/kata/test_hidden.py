"""Answers to questions that are no longer asked: they change nothing, and are kept or cleared as the form says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.kata import sample
from tests.core.kata.sample import ACCOUNT, ANSWERS, FORM, KATA, TODAY

from yuimaru.core.kata import forms
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.notices import notice_fields
from yuimaru.core.kata.problems import KataErrors
from yuimaru.core.kata.program import Program

ANYTHING = st.sampled_from(
    [None, "", "秘密のことば", 7, True, ["くわ"], {"name": "秘密"}, ACCOUNT, "1999-01-01"]
)
MEMBER = st.fixed_dictionaries({"仲間氏名": st.just("青葉"), "年齢": st.sampled_from([None, 15, 40])})
FILLED = st.fixed_dictionaries(
    {
        "氏名": st.just("髙橋 𠮷郎"),
        "市内": st.sampled_from([True, False, None]),
        "広さ": st.sampled_from(["小", "大", None]),
        "仲間": st.lists(MEMBER, max_size=3),
        "口座": st.sampled_from([None, ACCOUNT]),
    }
)


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return sample.ready(tmp_path_factory.mktemp("plot"))


@pytest.fixture(scope="module")
def clearing(tmp_path_factory: pytest.TempPathFactory) -> Program:
    text = KATA.replace("    title: 申込書\n", "    title: 申込書\n    hidden: clear\n")
    return sample.ready(tmp_path_factory.mktemp("clearing"), text)


def everything(plot: Program, answers: Mapping[str, Any]) -> list[Any]:
    """All that leaves the draft: what tables decide, what is sent, shown, written in notices, found wrong."""
    known = facts(plot, FORM, answers, today=TODAY, params={})
    decisions = decide_all(plot, known)
    given_in: dict[str, Any] = {"today": TODAY, "params": {}}
    return [
        known,
        {name: (result.rows, result.outputs) for name, result in decisions.items()},
        forms.clean(plot, FORM, answers, **given_in),
        forms.summary(plot, FORM, answers, **given_in),
        notice_fields(plot, FORM, answers, decisions, **given_in),
        forms.check_answers(plot, FORM, answers, **given_in),
    ]


@given(answers=FILLED, values=st.lists(ANYTHING, min_size=4, max_size=4))
def test_a_hidden_answer_changes_nothing_that_is_decided_sent_or_shown(
    plot: Program, answers: dict[str, Any], values: list[Any]
) -> None:
    other = {**answers}
    if answers["市内"] is not False:
        other["勤務先"] = values[0]
    if answers["口座"] is None:
        other["写し"] = values[1]
    if answers["市内"] is True:
        other["仲間"] = [{**each, "保護者": values[2]} for each in answers["仲間"]]
    else:
        other["仲間"] = values[3]
    assert everything(plot, other) == everything(plot, answers)


@given(answers=FILLED)
def test_what_is_cleaned_is_clean(plot: Program, answers: dict[str, Any]) -> None:
    once = forms.clean(plot, FORM, answers, today=TODAY, params={})
    assert forms.clean(plot, FORM, once, today=TODAY, params={}) == once
    assert everything(plot, once)[:2] == everything(plot, answers)[:2]
    assert forms.cleared(plot, FORM, once, today=TODAY, params={}) == {}


def change(program: Program, answers: Mapping[str, Any], **typed: str) -> dict[str, Any]:
    """The draft after the first screen was sent again with other answers."""
    data = {
        name: [text]
        for name, text in forms.as_fields(program, FORM, "申込者", {**ANSWERS, **answers}).items()
    }
    data |= {name: [text] for name, text in typed.items()}
    found = forms.read_step(program, FORM, "申込者", data, answers=answers, files={}, today=TODAY, params={})
    assert found.problems == []
    return {**answers, **found.values}


def test_keep_brings_an_answer_back_and_clear_does_not(plot: Program, clearing: Program) -> None:
    for program, kept in ((plot, True), (clearing, False)):
        away = change(program, ANSWERS, 市内="false", 勤務先="青海工業")
        assert forms.clean(program, FORM, away, today=TODAY, params={}).get("仲間") is None
        assert (away["仲間"] == ANSWERS["仲間"]) is kept
        back = change(program, away, 市内="true")
        assert (back.get("勤務先") == "青海工業") is kept
        assert (forms.clean(program, FORM, back, today=TODAY, params={}).get("仲間") is not None) is kept


def test_clear_also_clears_inside_members(clearing: Program) -> None:
    data = {"仲間.count": ["1"], "仲間.0.仲間氏名": ["青葉 湊"], "仲間.0.年齢": ["30"]}
    young = {**ANSWERS, "仲間": [{"仲間氏名": "青葉 湊", "年齢": 9, "保護者": "青葉 陽菜"}]}
    assert forms.cleared(clearing, FORM, young, today=TODAY, params={}) == {}
    grown = {**young, "仲間": [{**young["仲間"][0], "年齢": 30}]}
    assert forms.cleared(clearing, FORM, grown, today=TODAY, params={}) == {
        "仲間": [{"仲間氏名": "青葉 湊", "年齢": 30}]
    }
    found = forms.read_step(clearing, FORM, "家族", data, answers=young, files={}, today=TODAY, params={})
    assert "保護者" not in found.values["仲間"][0]


def test_a_policy_that_is_none_is_refused(tmp_path: Path) -> None:
    text = KATA.replace("    title: 申込書\n", "    title: 申込書\n    hidden: forget\n")
    with pytest.raises(KataErrors):
        sample.ready(tmp_path, text)
