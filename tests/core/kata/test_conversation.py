"""A conversation comes to the result of the full form, and asks only what can still change it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.kata import sample

from yuimaru.core.kata.conversation import Turn, turn
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)

CHECK_UP = """\
kata: check-up
version: 1.0.0
language: 1
title: 体調の確認
kind: self_check
summary: 体調の目安をお知らせします。
facts: {deadline: いつでも, fee: かかりません, minutes: 2, result: すぐにわかります}
params: [{id: 電話, label: 電話, type: text, default: 0599-41-0200}]
forms:
  - id: 体調
    title: 体調
    chat: true
    steps:
      - id: 一
        title: 一
        items:
          - {id: 緊急, type: yesno, label: 緊急ですか, required: true}
          - {id: 年齢, type: int, label: 年齢, min: 0, max: 120}
          - {id: 症状, type: choices, label: 症状, options: [熱, せき, {id: なし, label: なし, alone: true}]}
      - id: 二
        title: 二
        when: 年齢 >= 15
        items:
          - {id: 熱, type: number, label: 体温, min: 34, max: 43, when: '"熱" in 症状'}
          - {id: 妊娠, type: yesno, label: 妊娠していますか}
      - id: 三
        title: 三
        items:
          - {id: 接触, type: choice, label: 接触, options: [あり, なし, 不明]}
          - {id: 日, type: date, label: 接触した日, when: 接触 = "あり"}
          - {id: 名前, type: text, label: 名前}
decisions:
  - id: 案内
    title: 案内
    hit: F
    inputs: [{id: 緊急}, {id: 年齢}, {id: 高い, is: '熱 >= 38 or 妊娠 = true'}, {id: 症状なし, is: '"なし" in 症状'}, {id: 接触}]
    outputs: [{id: 行動}, {id: 番号}, {id: 期限, type: date}]
    rows:
      - {id: e1, if: [true, '-', '-', '-', '-'], then: ['119', '119', null]}
      - {id: d1, if: ['-', '< 6', '-', false, '-'], then: [小児, '=電話', null]}
      - {id: d2, if: ['-', '-', true, '-', '-'], then: [受診, '=電話', null]}
      - {id: d3, if: ['-', '-', '-', '-', '"あり"'], then: [観察, '=電話', '=日数後(日, 5)']}
      - {id: n1, if: ['-', '-', '-', '-', 'not("あり")'], then: [通常, '', null]}
  - id: 区分
    title: 区分
    hit: U
    inputs: [{id: 行動, is: 案内.行動}, {id: 年齢}]
    outputs: [{id: 組, type: int}]
    rows:
      - {id: u1, if: ['"119"', '-'], then: [1]}
      - {id: u2, if: ['not("119")', '< 65'], then: [2]}
      - {id: u3, if: ['not("119")', '>= 65'], then: [3]}
      - {id: u4, if: ['not("119")', 'null'], then: [4]}
  - id: 点
    title: 点
    hit: C+
    when: 緊急 = false
    inputs: [{id: 年齢}, {id: 接触}]
    outputs: [{id: 合計, type: int}]
    rows:
      - {id: c1, if: ['>= 65', '-'], then: [2]}
      - {id: c2, if: ['-', '"あり"'], then: [3]}
"""


@pytest.fixture(scope="module")
def check_up(tmp_path_factory: pytest.TempPathFactory) -> Program:
    folder = tmp_path_factory.mktemp("check-up")
    (folder / "kata.yaml").write_text(CHECK_UP, encoding="utf-8")
    return program(load(folder).canonical)


def talk(ready: Program, answers: dict[str, Any]) -> list[Turn]:
    """All turns of a conversation with somebody who would give these answers; unknown ones are skipped."""
    form = ready.applicant_form.id
    given_so_far: dict[str, Any] = {}
    turns = [turn(ready, form, {}, today=TODAY, params={})]
    while turns[-1].question is not None:
        name = turns[-1].question.id
        assert name not in given_so_far, "asked twice"
        given_so_far[name] = answers.get(name)
        turns.append(turn(ready, form, given_so_far, today=TODAY, params={}))
        assert turns[-1].asked == list(given_so_far)
    return turns


def assert_equals_full_form(ready: Program, answers: dict[str, Any]) -> None:
    turns = talk(ready, answers)
    form = ready.applicant_form.id
    full = decide_all(ready, facts(ready, form, answers, today=TODAY, params={}))
    result = turns[-1].result
    assert result is not None
    assert {name: (each.rows, each.outputs) for name, each in result.items()} == {
        name: (each.rows, each.outputs) for name, each in full.items()
    }
    for number, each in enumerate(turns):
        assert len(turns) - 1 - number <= each.most_left


def answers_for(ready: Program) -> st.SearchStrategy[dict[str, Any]]:
    """Every kind of answer set that a form would take, hidden answers included.

    A required question has an answer: what its bounds settle (a day count from 1 on) is not asked in a conversation.
    """
    items = [item for step in ready.applicant_form.steps for item in step.items]
    return st.fixed_dictionaries(
        {item.id: answer_to(item) for item in items if item.required},
        optional={item.id: st.none() | answer_to(item) for item in items if not item.required},
    )


def answer_to(item: Item) -> st.SearchStrategy[Any]:
    options = [option.id for option in item.options]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "yesno": st.booleans(),
        "int": st.integers(item.min or 0, item.max or 130),
        "number": st.decimals(item.min or 0, item.max or 50, places=1).map(str),
        "choice": st.sampled_from(options or [""]),
        "choices": st.lists(st.sampled_from(options or [""]), min_size=1, max_size=3, unique=True),
        "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(str),
    }
    return kinds.get(item.type, st.just("文"))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_conversation_equals_the_full_form(check_up: Program, data: st.DataObject) -> None:
    assert_equals_full_form(check_up, data.draw(answers_for(check_up)))


def test_an_emergency_is_asked_first_and_ends_the_conversation(check_up: Program) -> None:
    turns = talk(check_up, {"緊急": True, "年齢": 70})
    assert [each.question.id for each in turns if each.question] == ["緊急"]
    assert turns[-1].result is not None
    assert turns[-1].result["案内"].rows == ["e1"]
    assert turns[-1].skipped == 4  # 年齢, 症状, 接触, 名前


def test_what_no_row_reads_is_never_asked(check_up: Program) -> None:
    turns = talk(check_up, {"緊急": False, "年齢": 20, "症状": ["熱"], "熱": "39.0", "接触": "なし"})
    assert [each.question.id for each in turns if each.question] == [
        "緊急",
        "年齢",
        "症状",
        "熱",
        "妊娠",
        "接触",
    ]


def test_answers_that_are_no_longer_asked_count_for_nothing(check_up: Program) -> None:
    stale = {"緊急": False, "年齢": 3, "症状": ["せき"], "熱": "39.0", "妊娠": True, "接触": "なし"}
    found = turn(check_up, "体調", stale, today=TODAY, params={})
    assert found.asked == ["緊急", "年齢", "症状", "接触"]
    changed = turn(check_up, "体調", {**stale, "緊急": True}, today=TODAY, params={})
    assert changed.asked == ["緊急"]


def test_a_formula_of_the_result_is_waited_for(check_up: Program) -> None:
    answers = {"緊急": False, "年齢": 30, "症状": ["なし"], "妊娠": False, "接触": "あり", "日": "2026-11-20"}
    last = talk(check_up, answers)[-1]
    assert last.asked[-1] == "日"
    assert last.result is not None
    assert last.result["案内"].outputs == {"行動": "観察", "番号": "0599-41-0200", "期限": date(2026, 11, 25)}


SELF_CHECKS = [
    path.parent
    for path in sorted(Path("katas").glob("*/kata.yaml"))
    if "chat: true" in path.read_text("utf-8")
]


@pytest.mark.parametrize("folder", SELF_CHECKS, ids=lambda folder: folder.name)
def test_the_self_checks_of_the_library_equal_their_full_form(folder: Path) -> None:
    ready = program(load(folder).canonical)

    @settings(max_examples=40, deadline=None)
    @given(answers=answers_for(ready))
    def holds(answers: dict[str, Any]) -> None:
        assert_equals_full_form(ready, answers)

    holds()


def test_a_form_without_tables_asks_nothing(tmp_path: Path) -> None:
    kata = CHECK_UP[: CHECK_UP.index("decisions:")]
    folder = sample.write(tmp_path, kata, {"i18n/en.yaml": "title: Check", "examples/plots.yaml": "[]"})
    found = turn(program(load(folder).canonical), "体調", {}, today=TODAY, params={})
    assert (found.question, found.result, found.most_left) == (None, {}, 0)
