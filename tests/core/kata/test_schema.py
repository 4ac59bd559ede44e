"""The JSON Schema of a form agrees with its checks: it takes all that they take, and refuses every wrong shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.core.kata import sample, test_items
from tests.core.kata.sample import ACCOUNT, ANSWERS, FORM

from yuimaru.core.kata import forms
from yuimaru.core.kata.program import Program

TODAY = sample.TODAY
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12)
    | st.sampled_from(["小", "大", "2026-02-30", "2026-W47-2", "12.5", "1_0", "１２", "08:30", "123456789018", "1945-XX-XX"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return sample.ready(tmp_path_factory.mktemp("plot"))


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return test_items.make(tmp_path_factory.mktemp("relief"))


def validator(program: Program) -> Any:
    schema = forms.answers_schema(program.applicant_form, program.title())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def taken(program: Program, answers: Mapping[str, Any]) -> bool:
    """Whether the form takes the answers."""
    form = program.applicant_form.id
    return not forms.check_answers(program, form, answers, today=TODAY, params={})


def sent(program: Program, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as a system sends them: what is not asked or not answered is left out."""
    return forms.clean(program, program.applicant_form.id, answers, today=TODAY, params={})


def test_what_is_right_is_valid(plot: Program, relief: Program) -> None:
    for program, answers in ((plot, ANSWERS), (relief, test_items.FILLED)):
        assert taken(program, answers)
        assert validator(program).is_valid(answers)


@given(data=st.data())
def test_what_the_form_takes_is_valid(plot: Program, relief: Program, data: st.DataObject) -> None:
    program, right = data.draw(st.sampled_from([(plot, ANSWERS), (relief, test_items.FILLED)]))
    names = sorted({item.id for step in program.applicant_form.steps for item in step.items} - {"写し"})
    some = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=3))
    answers = {**right, **some}
    if taken(program, answers):
        assert list(validator(program).iter_errors(sent(program, answers))) == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("氏名", 1),
        ("氏名", "字" * 201),
        ("生年月日", "令和8年1月1日"),
        ("生年月日", "2026-W47-2"),
        ("市内", "はい"),
        ("仲間", []),
        ("仲間", [{"仲間氏名": "青葉 湊"}]),
        ("仲間", [{"仲間氏名": "青葉 湊", "年齢": 121}]),
        ("仲間", [{"仲間氏名": "青葉 湊", "年齢": 30, "趣味": "釣り"}]),
        ("仲間", [ANSWERS["仲間"][0]] * 4),
        ("広さ", "中"),
        ("道具", ["くわ", "くわ"]),
        ("道具", ["のこぎり"]),
        ("面積", "広い"),
        ("面積", "1_0"),
        ("面積", 51),
        ("口座", {**ACCOUNT, "number": "12"}),
        ("口座", {**ACCOUNT, "kind": "定期"}),
        ("口座", {**ACCOUNT, "balance": "1"}),
        ("同意", False),
        ("知らない項目", "x"),
    ],
)
def test_a_wrong_shape_is_refused_by_both(plot: Program, name: str, wrong: Any) -> None:
    answers = {**ANSWERS, name: wrong}
    assert not taken(plot, answers)
    assert not validator(plot).is_valid(answers)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("使用料", "12000"),
        ("使用料", -1),
        ("使用料", 200_001),
        ("残り", 0),
        ("説明", "x"),
        ("開始", "8:30"),
        ("対象月", "2026-13"),
        ("生年月日", "1945"),
        ("番号", "12345678901"),
        ("署名", {"name": "髙橋", "agreed": False, "on": "2026-11-24"}),
        ("署名", {"name": "髙橋", "agreed": True}),
    ],
)
def test_a_wrong_shape_of_the_other_kinds_is_refused_by_both(relief: Program, name: str, wrong: Any) -> None:
    answers = {**test_items.FILLED, name: wrong}
    assert not taken(relief, answers)
    assert not validator(relief).is_valid(answers)


@pytest.mark.parametrize("name", ["氏名", "市内", "道具", "同意"])
def test_a_missing_answer_is_refused_by_both(plot: Program, name: str) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != name}
    assert not taken(plot, answers)
    assert not validator(plot).is_valid(answers)


def test_files_are_left_to_the_pages(plot: Program) -> None:
    file = {"id": "f1", "name": "通帳.pdf", "size": 1000, "media_type": "application/pdf"}
    answers = {**ANSWERS, "口座": ACCOUNT, "写し": file}
    assert taken(plot, answers)
    assert forms.check_no_references(plot, FORM, answers, today=TODAY)
    assert not validator(plot).is_valid(answers)
