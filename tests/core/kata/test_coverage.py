"""What examples reach: every branch of conditions, of ways side by side and of due dates, and whole notices."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.kata import sample

from yuimaru.core.kata.examples import Report, run_all
from yuimaru.core.kata.package import load

KATA = """\
kata: bench-adoption
version: 1.0.0
title: ベンチの里親
summary: 公園のベンチの里親になるための手続です。
facts: {deadline: いつでも, fee: かかりません, minutes: 3, result: 14日以内}
roles: [{id: 担当, title: 担当}, {id: 造園, title: 造園}]
forms:
  - id: 申込
    title: 申込
    steps:
      - id: 本人
        title: 本人
        items:
          - {id: 氏名, type: name, label: 氏名, required: true}
          - {id: 呼び名, type: text, label: 呼び名}
          - {id: 団体, type: yesno, label: 団体ですか, required: true}
      - id: 仲間
        title: 仲間
        when: 団体 = true
        repeat: {id: 会員, title: 会員, min: 1}
        items:
          - {id: 年齢, type: int, label: 年齢, required: true}
          - {id: 保護者, type: name, label: 保護者, required: true, when: 年齢 < 15}
decisions:
  - {id: 割引, title: 割引, when: 団体 = true, inputs: [{id: 団体}], outputs: [{id: 率, type: int}], rows: [{id: r1, if: ['-'], then: [5]}]}
workflow:
  start: 照会
  steps:
    - {id: 照会, title: 照会, parallel: [道の確認, 木の確認], join: any, actions: [{id: そろった, to: 決定}]}
    - {id: 道の確認, title: 道の確認, by: 担当, actions: [{id: よい, to: 照会}]}
    - {id: 木の確認, title: 木の確認, by: 造園, due: {days: 3}, overdue: よい, actions: [{id: よい, to: 照会}]}
    - {id: 決定, title: 決定, by: 担当, actions: [{id: 決める, to: 里親, when: 団体 = false}, {id: 決める, to: 里親}]}
    - {id: 里親, title: 里親, end: done, nature: fact, notify: [決定通知]}
notices:
  - {id: 決定通知, title: 決定, subject: «団体名», body: '«氏名» 様、«呼び名»をよろしくお願いします。'}
"""

ALONE = """\
- id: alone
  title: 1人で
  today: "2026-11-24"
  answers: {氏名: 青葉 陽菜, 団体: false}
  acts: [{step: 道の確認, action: よい}, {step: 決定, action: 決める}]
  expect: {end: 里親}
"""
GROUP = """\
- id: group
  title: 団体で
  today: "2026-11-24"
  answers: {氏名: 青葉 陽菜, 呼び名: うみどり, 団体: true, 会員: [{年齢: 40}, {年齢: 9, 保護者: 青葉 陽菜}]}
  acts: [{step: 木の確認, action: よい}, {step: 決定, action: 決める}]
  expect: {end: 里親}
"""


def report(folder: Path, examples: str) -> Report:
    found = run_all(
        load(sample.write(folder, KATA, {"examples/plots.yaml": examples, "i18n/en.yaml": "{}"})).package
    )
    assert [(each.id, each.failures) for each in found.failed] == []
    return found


def test_everything_is_reached_by_both(tmp_path: Path) -> None:
    found = report(tmp_path, ALONE + GROUP)
    assert found.covered
    assert (found.coverage.branches, found.coverage.notices) == ((11, 11), (1, 1))


@pytest.mark.parametrize(
    ("examples", "missing"),
    [
        (
            ALONE,
            [
                "判定表の行「割引.r1」",
                "操作「木の確認.よい」",
                "操作「決定.決める（2番目）」",
                "画面「申込.仲間」を表示する場合",
                "項目「申込.仲間.保護者」を尋ねる場合",
                "項目「申込.仲間.保護者」を尋ねない場合",
                "判定表「割引」を使う場合",
                "操作「決定.決める（1番目）」ができない場合",
                "工程「木の確認」の期限が過ぎて「よい」を行う場合",
                "通知「決定通知」（差し込む項目がすべてそろうもの）",
            ],
        ),
        (
            GROUP,
            [
                "操作「道の確認.よい」",
                "操作「決定.決める（1番目）」",
                "画面「申込.仲間」を表示しない場合",
                "判定表「割引」を使わない場合",
                "操作「決定.決める（1番目）」ができる場合",
            ],
        ),
    ],
    ids=["alone", "group"],
)
def test_what_is_missing_is_named_in_words(tmp_path: Path, examples: str, missing: list[str]) -> None:
    assert report(tmp_path, examples).coverage.unreached == missing


def test_a_branch_that_nothing_leads_into_is_named(tmp_path: Path) -> None:
    elsewhere = KATA.replace("start: 照会", "start: 決定")
    loaded = load(sample.write(tmp_path, elsewhere, {"examples/plots.yaml": "[]", "i18n/en.yaml": "{}"}))
    unreached = run_all(loaded.package).coverage.unreached
    assert "工程「照会」から「木の確認」に分かれて進む場合" in unreached
