"""What fields hold before anybody typed, and what the summary says about where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.core.kata.sample import ACCOUNT
from tests.core.kata.test_items import TODAY, codes, make

from yuimaru.core.kata import forms
from yuimaru.core.kata.program import Program

ITEMS = """\
          - {id: 本人, type: yesno, label: ご本人ですか}
          - {id: 氏名, type: name, label: お名前, when: 本人 = true}
          - {id: フリガナ, type: kana, label: フリガナ}
      - id: 続き
        title: 続き
        items:
          - {id: 宛名, type: text, label: 宛名, prefill: {from: item, of: 氏名}}
          - {id: 記入日, type: date, label: 記入日, prefill: {from: today}}
          - {id: 口座, type: bank_account, label: 口座, prefill: {from: item, of: フリガナ}}
"""
FIRST = {"本人": True, "氏名": "青葉 陽菜", "フリガナ": "アオバ ヒナ"}


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return make(tmp_path_factory.mktemp("letter"), ITEMS)


def sources(letter: Program, answers: Mapping[str, Any], lang: str = "ja") -> dict[str, str]:
    found = forms.summary(letter, "減免", answers, today=TODAY, params={}, lang=lang)
    return {row.label: row.source for step in found for row in step.rows if row.source}


def test_what_nobody_answered_is_offered_and_what_was_taken_back_is_not(letter: Program) -> None:
    offered = forms.prefilled(forms.Origin(letter, "減免", FIRST, TODAY, "ja"), "続き")
    assert offered == {"宛名": "青葉 陽菜", "記入日": "2026-11-24", "口座": {"holder": "アオバ ヒナ"}}
    fields = forms.as_fields(letter, "減免", "続き", offered)
    assert (fields["記入日.year"], fields["口座.holder"], fields["口座.number"]) == ("8", "アオバ ヒナ", "")
    emptied = {**FIRST, "宛名": None, "記入日": None, "口座": None}
    assert forms.prefilled(forms.Origin(letter, "減免", emptied, TODAY, "ja"), "続き") == {}


def test_the_summary_says_where_an_answer_came_from_until_it_is_changed(letter: Program) -> None:
    answers = {
        **FIRST,
        "宛名": "青葉 陽菜",
        "記入日": "2026-11-24",
        "口座": {**ACCOUNT, "holder": "アオバ ヒナ"},
    }
    assert sources(letter, answers) == {
        "宛名": "「お名前」の答えから",
        "記入日": "きょうの日付",
        "口座の名義": "「フリガナ」の答えから",
    }
    assert sources(letter, answers, "en")["記入日"] == "today’s date"
    assert sources(letter, {**answers, "宛名": "別の名", "記入日": "2026-11-23", "口座": ACCOUNT}) == {}


def test_an_answer_that_is_hidden_is_no_source(letter: Program) -> None:
    assert "宛名" not in sources(letter, {**FIRST, "本人": False, "宛名": "青葉 陽菜"})


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("{id: 乙, type: text, label: 乙, prefill: {from: item, of: 無}}", "unknown_name"),
        ("{id: 乙, type: text, label: 乙, prefill: {from: item, of: 末}}", "unknown_name"),
        ("{id: 乙, type: text, label: 乙, prefill: {from: item}}", "unknown_name"),
        ("{id: 乙, type: date, label: 乙, prefill: {from: item, of: 甲}}", "prefill_type"),
        ("{id: 乙, type: text, label: 乙, prefill: {from: today}}", "prefill_type"),
        ("{id: 乙, type: consent, label: 乙, prefill: {from: item, of: 甲}}", "does_not_fit"),
        ("{id: 乙, type: signature, label: 乙, prefill: {from: item, of: 甲}}", "does_not_fit"),
    ],
)
def test_a_source_that_cannot_be(tmp_path: Path, item: str, code: str) -> None:
    items = [
        f"          - {each}\n"
        for each in ("{id: 甲, type: text, label: 甲}", item, "{id: 末, type: text, label: 末}")
    ]
    assert code in codes(tmp_path, "".join(items))


GROUP = """\
      - id: 世帯
        title: 世帯の方
        repeat: {id: 世帯員, title: 世帯の方, min: 2, max: 5}
        items:
          - {id: 世帯員氏名, type: name, label: お名前}
          - {id: 世帯員住所, type: text, label: 送り先, prefill: {from: item, of: 宛名}}
          - {id: 届出日, type: date, label: 届出日, prefill: {from: today}}
"""


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return make(tmp_path_factory.mktemp("household"), ITEMS + GROUP)


def test_a_group_begins_with_members_that_hold_what_is_known(household: Program) -> None:
    origin = forms.Origin(household, "減免", {**FIRST, "宛名": "月浜の家"}, TODAY, "ja")
    member = {"世帯員住所": "月浜の家", "届出日": "2026-11-24"}
    assert forms.prefilled(origin, "世帯") == {"世帯員": [member, member]}
    told = forms.sources(origin, "世帯")
    assert told["世帯員.1.世帯員住所"] == "「宛名」の答えから"
    assert told["世帯員.0.届出日"] == "きょうの日付"
    fields = forms.as_fields(household, "減免", "世帯", forms.prefilled(origin, "世帯"))
    assert fields["世帯員.1.世帯員住所"] == "月浜の家"


def test_a_group_that_was_answered_is_left_as_it_is(household: Program) -> None:
    answers = {**FIRST, "宛名": "月浜の家", "世帯員": [{"世帯員氏名": "青葉 湊"}]}
    origin = forms.Origin(household, "減免", answers, TODAY, "ja")
    assert (forms.prefilled(origin, "世帯"), forms.sources(origin, "世帯")) == ({}, {})


def test_the_summary_says_where_a_members_answer_came_from(household: Program) -> None:
    members = [{"世帯員住所": "月浜の家", "届出日": "2026-11-24"}, {"世帯員住所": "別の家"}]
    found = forms.summary(
        household, "減免", {**FIRST, "宛名": "月浜の家", "世帯員": members}, today=TODAY, params={}
    )
    said = {row.path: row.source for step in found for row in step.rows if step.member is not None}
    assert said["世帯員.0.世帯員住所"] == "「宛名」の答えから"
    assert said["世帯員.1.世帯員住所"] == ""


def test_a_member_cannot_take_from_itself(tmp_path: Path) -> None:
    inside = GROUP.replace("of: 宛名", "of: 世帯員氏名")
    assert "unknown_name" in codes(tmp_path, ITEMS + inside)
