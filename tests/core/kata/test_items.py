"""Kinds of items beyond plain text: money, times, months, dates known in part, what is worked out, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.core.kata import sample

from yuimaru.core.kata import forms
from yuimaru.core.kata.check import check
from yuimaru.core.kata.facts import facts
from yuimaru.core.kata.notices import notice_fields
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)
HEAD = """\
kata: fee-relief
version: 1.0.0
language: 1
title: 使用料の減免
kind: self_check
summary: 使用料の減免を求める手続です。
facts: {deadline: いつでも, fee: かかりません, minutes: 5, result: 14日以内}
forms:
  - id: 減免
    title: 減免
    steps:
      - id: 内訳
        title: 内訳
        items:
"""
ITEMS = """\
          - {id: 使用料, type: money, label: 使用料, required: true, max: 200000}
          - {id: 減免額, type: money, label: 減免してほしい額}
          - {id: 残り, type: computed, label: 払う額, is: 使用料 - 減免額, gives: money,
             check: 残り >= 0, message: 減免の額が使用料を超えています。}
          - {id: 説明, type: explanation, label: 全額の減免, text: '**全額**は審査があります。', when: 残り = 0}
          - {id: 開始, type: time, label: 始まる時刻, required: true, check: 開始 >= "08:30"}
          - {id: 対象月, type: month, label: 使う月, required: true}
          - {id: 生年月日, type: date, label: 生年月日, partial: true, check: 生年月日 < 今日}
          - {id: 番号, type: individual_number, label: 個人番号, required: true}
          - {id: 署名, type: signature, label: 上のとおり相違ありません, required: true}
"""
FILLED: dict[str, Any] = {
    "使用料": 12000,
    "減免額": 2000,
    "開始": "08:30",
    "対象月": "2026-12",
    "生年月日": "1945-01-XX",
    "番号": "123456789018",
    "署名": {"name": "髙橋 𠮷郎", "agreed": True, "on": "2026-11-24"},
}
TYPED = {
    "使用料": ["１２，０００円"],
    "減免額": ["¥2,000"],
    "開始.hour": ["８"],
    "開始.minute": ["30"],
    "対象月.era": ["令和"],
    "対象月.year": ["8"],
    "対象月.month": ["12"],
    "生年月日.era": ["昭和"],
    "生年月日.year": ["20"],
    "生年月日.month": ["1"],
    "生年月日.day": [""],
    "生年月日.unknown": ["true"],
    "番号": ["1234-5678 9018"],
    "署名.name": ["髙橋 𠮷郎"],
    "署名.agreed": ["true"],
}


def make(folder: Path, items: str = ITEMS) -> Program:
    files = {"i18n/en.yaml": "title: Relief\n", "examples/plots.yaml": "[]\n"}
    return program(load(sample.write(folder, HEAD + items, files)).canonical)


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return make(tmp_path_factory.mktemp("relief"))


def read(
    relief: Program, data: Mapping[str, Sequence[str]], answers: Mapping[str, Any] | None = None
) -> forms.StepInput:
    return forms.read_step(
        relief, "減免", "内訳", data, answers=answers or {}, files={}, today=TODAY, params={}
    )


def told(relief: Program, **changed: Any) -> list[tuple[str, str]]:
    answers = {name: value for name, value in {**FILLED, **changed}.items() if value is not None}
    found = forms.check_answers(relief, "減免", answers, today=TODAY, params={})
    return [(problem.path, problem.code) for problem in found]


def said(relief: Program, lang: str = "ja", **changed: Any) -> dict[str, str]:
    found = forms.summary(relief, "減免", {**FILLED, **changed}, today=TODAY, params={}, lang=lang)
    return {row.path: row.value for step in found for row in step.rows}


def codes(folder: Path, items: str) -> set[str]:
    files = {"i18n/en.yaml": "title: Relief\n", "examples/plots.yaml": "[]\n"}
    loaded = load(sample.write(folder, HEAD + items, files))
    return {problem.code for problem in check(loaded.package, loaded.sources)}


def test_what_is_typed_becomes_what_is_stored_and_back(relief: Program) -> None:
    found = read(relief, TYPED)
    assert found.problems == []
    assert found.values == FILLED
    again = forms.as_fields(relief, "減免", "内訳", FILLED)
    assert {name: text for name, text in again.items() if name.startswith(("開始", "対象月"))} == {
        "開始.hour": "08", "開始.minute": "30", "対象月.era": "令和", "対象月.year": "8", "対象月.month": "12",
    }  # fmt: skip
    assert (again["生年月日.month"], again["生年月日.day"], again["生年月日.unknown"]) == ("1", "", "true")
    assert (again["使用料"], again["署名.agreed"]) == ("12000", "true")
    kept = read(relief, {name: [text] for name, text in again.items()}, FILLED)
    assert (kept.problems, kept.values) == ([], FILLED)


def test_answers_in_words(relief: Program) -> None:
    assert said(relief) == {
        "使用料": "12,000円",
        "減免額": "2,000円",
        "残り": "10,000円",
        "開始": "午前8時30分",
        "対象月": "令和8年12月",
        "生年月日": "昭和20年1月日不詳",
        "番号": "入力済み（表示しません）",
        "署名": "髙橋 𠮷郎（令和8年11月24日に署名）",
    }
    english = said(relief, "en", 開始="13:00")
    assert (english["残り"], english["開始"], english["対象月"]) == (
        "10,000 yen",
        "1:00 p.m.",
        "December 2026",
    )
    assert said(relief, 開始="00:00")["開始"] == "午前0時"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"使用料": -1, "減免額": None}, ("使用料", "between")),
        ({"使用料": 200_001}, ("使用料", "between")),
        ({"使用料": "12000"}, ("使用料", "money")),
        ({"減免額": -1}, ("減免額", "min")),
        ({"減免額": 12_001}, ("残り", "check")),
        ({"残り": 5}, ("残り", "not_asked")),
        ({"説明": "x"}, ("説明", "not_asked")),
        ({"開始": "24:00"}, ("開始", "time")),
        ({"開始": "08:29"}, ("開始", "check")),
        ({"対象月": "2026-13"}, ("対象月", "month")),
        ({"生年月日": "1945-02-30"}, ("生年月日", "date_form")),
        ({"生年月日": "昭和20年"}, ("生年月日", "date_form")),
        ({"番号": "123456789012"}, ("番号", "individual_number")),
        ({"番号": None}, ("番号", "required")),
        ({"署名": {"name": " ", "agreed": True, "on": "2026-11-24"}}, ("署名", "signature_name")),
        ({"署名": {"name": "髙橋", "agreed": False, "on": "2026-11-24"}}, ("署名", "signature_agreed")),
        ({"署名": {"name": "髙橋", "agreed": True, "on": "2026-11-25"}}, ("署名", "signed_later")),
        ({"署名": "髙橋"}, ("署名", "type")),
    ],
)
def test_a_wrong_answer_is_refused(relief: Program, changed: dict[str, Any], wrong: tuple[str, str]) -> None:
    assert told(relief) == []
    assert told(relief, **changed) == [wrong]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("使用料", "たくさん", "使用料を、円の単位の整数で入力してください。例：12000"),
        ("使用料", "200001", "使用料は0円から200,000円までの数で入力してください。"),
        ("開始.hour", "25", "始まる時刻の時刻を確かめてください。時は0から23まで、分は0から59までです。"),
        ("対象月.month", "13", "月を確かめてください。"),
        (
            "生年月日.unknown",
            "",
            "月や日がわからないときは、「月や日がわかりません」に印を付けてください。"
            "わかるときは、生年月日をすべて入力してください。",
        ),
        ("番号", "1234", "個人番号（マイナンバー）を確かめてください。カードや通知書の12けたの数字です。"),
        ("署名.name", "", "署名する方のお名前を入力してください。"),
        ("署名.agreed", "", "内容を読んで、署名のチェックを付けてください。"),
    ],
)
def test_the_sentence_beside_a_wrong_field(relief: Program, field: str, typed: str, message: str) -> None:
    assert [problem.message for problem in read(relief, {**TYPED, field: [typed]}).problems] == [message]


def test_what_is_worked_out_follows_the_answers_and_is_never_stored(relief: Program) -> None:
    known = facts(relief, "減免", {**FILLED, "残り": 1}, today=TODAY, params={})
    assert known["残り"] == 10_000
    kept = forms.clean(relief, "減免", {**FILLED, "残り": 1, "説明": "x"}, today=TODAY, params={})
    assert kept == FILLED
    assert forms.worked_out(relief, "減免", "内訳", FILLED, today=TODAY, params={}, lang="ja") == {
        "残り": "10,000円"
    }
    step = relief.screen("減免", "内訳").step
    for rest, shown in ((2000, False), (12_000, True)):
        asked = forms.visible_items(relief, "減免", step, {**FILLED, "減免額": rest}, today=TODAY, params={})
        assert ("説明" in [item.id for item in asked]) is shown


def test_an_individual_number_is_never_shown_and_an_empty_field_keeps_it(relief: Program) -> None:
    number = FILLED["番号"]
    shown = [
        *said(relief).values(),
        *forms.as_fields(relief, "減免", "内訳", FILLED).values(),
        *notice_fields(relief, "減免", FILLED, {}, today=TODAY, params={}).values(),
        *map(str, facts(relief, "減免", FILLED, today=TODAY, params={}).values()),
    ]
    assert not any(number in text for text in shown)
    blank = {**TYPED, "番号": [""]}
    assert read(relief, blank, FILLED).values["番号"] == number
    assert read(relief, {**blank, "番号.remove": ["true"]}, FILLED).values["番号"] is None


def test_part_of_a_date_decides_only_what_every_day_of_it_decides(relief: Program) -> None:
    assert told(relief, 生年月日="2026-11-XX") == []  # not required, so what cannot be told is let pass
    assert told(relief, 生年月日="2026-12-XX") == [("生年月日", "check")]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ("{id: あ, type: computed, label: あ}", "no_is"),
        ("{id: あ, type: computed, label: あ, is: 1 / 3}", "not_whole"),
        ("{id: あ, type: computed, label: あ, is: '\"文字\"'}", "wrong_type"),
        ("{id: あ, type: computed, label: あ, is: い}", "unknown_name"),
        ("{id: あ, type: computed, label: あ, is: '1', required: true}", "does_not_fit"),
        ("{id: あ, type: text, label: あ, is: '1'}", "does_not_fit"),
        ("{id: あ, type: text, label: あ, partial: true}", "does_not_fit"),
        ("{id: あ, type: explanation, label: あ}", "no_text"),
        ("{id: あ, type: explanation, label: あ, text: い, hint: う}", "does_not_fit"),
        ('{id: あ, type: individual_number, label: あ, check: あ = "1"}', "unknown_name"),
    ],
)
def test_an_item_that_cannot_be(tmp_path: Path, items: str, code: str) -> None:
    assert code in codes(tmp_path, f"          - {items}\n          - {{id: 末, type: text, label: 末}}\n")


def test_what_a_conversation_or_a_repeat_cannot_ask(tmp_path: Path) -> None:
    items = "          - {id: あ, type: individual_number, label: あ}\n"
    step = "        items:\n"
    repeated = (HEAD + items).replace(step, f"        repeat: {{id: 人, title: 人}}\n{step}")
    chatting = (HEAD + items).replace(
        "    title: 減免\n    steps", "    title: 減免\n    chat: true\n    steps"
    )
    files = {"i18n/en.yaml": "title: Relief\n", "examples/plots.yaml": "[]\n"}
    for text, code in ((repeated, "repeat_type"), (chatting, "chat_type")):
        loaded = load(sample.write(tmp_path, text, files))
        assert code in {problem.code for problem in check(loaded.package, loaded.sources)}
