"""A small made-up kata that uses every part of the language: the ground of the tests in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)
FORM = "申込"

KATA = """\
kata: garden-plot
version: 1.0.0
language: 1
title: 市民農園の申込
summary: 市民農園を使いたい方の手続です。
law: 市民農園条例第3条
facts: {deadline: 2月末まで, fee: かかりません, minutes: 5, result: 14日以内にお知らせします}
bring: [本人確認書類]
params:
  - {id: 担当課, label: 担当課, type: text, default: 産業課}
  - {id: 補正期限日数, label: 補正の期限, type: int, default: 14, min: 7, max: 30}
roles:
  - {id: 共同, title: 共同処理センター, scope: joint}
  - {id: 担当, title: 担当}
  - {id: 決裁者, title: 決裁者}
standard_period: {days: 14, calendar: calendar}
forms:
  - id: 申込
    title: 申込書
    steps:
      - id: 申込者
        title: 申し込む方
        items:
          - {id: 氏名, type: name, label: お名前, required: true}
          - {id: フリガナ, type: kana, label: フリガナ, required: true}
          - {id: 生年月日, type: date, label: 生年月日, required: true,
             check: 生年月日 <= 今日, message: きょうより後の日付です。生年月日を確かめてください。}
          - {id: 電話, type: phone, label: 電話番号, required: true}
          - {id: メール, type: mail, label: メールアドレス}
          - {id: 市内, type: yesno, label: 市内にお住まいですか, required: true}
          - {id: 勤務先, type: text, label: 勤務先の名前, when: 市内 = false, required: true, max_length: 20}
          - {id: 暗証, type: text, label: 暗証のことば, sensitive: true}
      - id: 家族
        title: いっしょに使う方
        when: 市内 = true
        repeat: {id: 仲間, title: いっしょに使う方, min: 1, max: 3}
        items:
          - {id: 仲間氏名, type: name, label: お名前, required: true}
          - {id: 年齢, type: int, label: 年齢, required: true, min: 0, max: 120}
          - {id: 保護者, type: text, label: 保護者の名前, when: 年齢 < 15, required: true}
      - id: 希望
        title: 希望
        items:
          - {id: 広さ, type: choice, label: 広さ, required: true,
             options: [{id: 小, label: 小さい区画}, {id: 大, label: 大きい区画}]}
          - {id: 道具, type: choices, label: 借りたい道具, required: true,
             options: [くわ, じょうろ, {id: なし, label: どれもいらない, alone: true}]}
          - {id: 面積, type: number, label: 使いたい面積, min: 1, max: 50}
          - {id: 口座, type: bank_account, label: 引き落としの口座}
          - {id: 写し, type: file, label: 通帳の写し, accept: [pdf], max_mb: 1, when: 空(口座) = false}
          - {id: 備考, type: longtext, label: 備考}
          - {id: 同意, type: consent, label: 使い方のきまりに同意します, required: true}
  - id: 点検
    title: 点検票
    audience: staff
    steps:
      - id: 点検
        title: 点検
        items:
          - {id: 区画あり, type: yesno, label: 空いている区画がありますか, required: true}
decisions:
  - id: 人数
    title: 使う人の数え方
    each: 仲間
    inputs: [{id: 年齢}]
    outputs: [{id: 人, type: int, aggregate: sum}]
    rows:
      - {id: n1, if: ['< 6'], then: [0], ground: 条例別表}
      - {id: n2, if: ['>= 6'], then: [1], ground: 条例別表}
  - id: 料金
    title: 使用料
    hit: F
    inputs: [{id: 市内}, {id: 広さ}, {id: 人, is: 人数.人}]
    outputs: [{id: 円, type: int, unit: 円}, {id: 言葉}]
    rows:
      - {id: f1, if: [true, '"小"', '-'], then: [3000, 市内の方の小さい区画です], ground: 条例第5条第1項}
      - {id: f2, if: [true, '"大"', '>= 2'], then: [4000, 2人以上で使う大きい区画です], ground: 条例第5条第2項}
      - {id: f3, if: [true, '"大"', '-'], then: [5000, 市内の方の大きい区画です], ground: 条例第5条第2項}
      - {id: f4, if: ['-', '-', '-'], then: [9000, 市外の方です], ground: 条例第5条第3項}
workflow:
  start: 審査
  steps:
    - id: 審査
      title: 審査
      by: 共同
      due: {days: 2}
      sees: [氏名, 広さ, 仲間]
      form: 点検
      resident_title: 書類の確認
      actions:
        - {id: 通す, to: 決定, weight: main}
        - {id: 戻す, to: 補正, needs_note: true}
    - id: 補正
      title: 補正
      by: 申請者
      due: {days: 補正期限日数, calendar: calendar}
      edits: 申込
      stops_clock: true
      notify: [補正通知]
      resident_title: 直していただきたいところ
      actions: [{id: 再提出, to: 審査}]
    - id: 決定
      title: 決定
      by: 決裁者
      not_by: 審査
      decides: true
      due: {days: 3}
      resident_title: 決定
      actions:
        - {id: 承認, to: 利用開始, when: 料金.円 <= 5000, weight: main}
        - {id: 承認, to: 抽選, weight: main}
        - {id: 却下, to: 不承認, needs_note: true, weight: stop}
    - {id: 抽選, title: 抽選待ち, by: 担当, actions: [{id: 当選, to: 利用開始}, {id: 落選, to: 不承認, needs_note: true}]}
    - {id: 利用開始, title: 利用開始, end: accepted, nature: disposition, notify: [承認通知], resident_title: 決まりました}
    - {id: 不承認, title: 不承認, end: rejected, nature: disposition, notify: [不承認通知]}
receipt_notice: 受付通知
notices:
  - {id: 受付通知, title: 受付, subject: '受け付けました（«受付番号»）', body: '«氏名» 様、«広さ»を受け付けました。'}
  - {id: 補正通知, title: 補正, subject: 補正のお願い, body: '«理由»（«団体名»）'}
  - {id: 不承認通知, title: 不承認, subject: 区画について, body: '«理由»。«教示»。«処分庁»'}
  - {id: 承認通知, title: 承認, subject: 決まりました, body: '使用料は«料金.円»円です。«言葉»。«担当課»'}
"""

ENGLISH = """\
title: Application for a garden plot
forms.申込.申込者.title: Applicant
forms.申込.申込者.氏名.label: Full name
forms.申込.希望.広さ.options.小.label: Small plot
decisions.料金.rows.f1.then.言葉: A small plot for residents
notices.受付通知.body: "Dear «氏名», we received your application for: «広さ»."
"""

ANSWERS: dict[str, Any] = {
    "氏名": "髙橋 𠮷郎",
    "フリガナ": "タカハシ ヨシロウ",
    "生年月日": "1980-05-05",
    "電話": "0599-41-0110",
    "市内": True,
    "仲間": [{"仲間氏名": "青葉 湊", "年齢": 30}],
    "広さ": "小",
    "道具": ["くわ"],
    "同意": True,
}

ACCOUNT = {
    "bank_code": "9901",
    "bank_name": "しおみ信用組合",
    "branch_code": "001",
    "branch_name": "本店",
    "kind": "普通",
    "number": "1200482",
    "holder": "タカハシ ヨシロウ",
}

EXAMPLE_FILE = """\
- id: small-plot
  title: 市内の方の小さい区画を、補正のあとで認める
  today: 2026-11-24
  answers:
    氏名: 髙橋 𠮷郎
    フリガナ: タカハシ ヨシロウ
    生年月日: 1980-05-05
    電話: 0599-41-0110
    市内: true
    仲間: [{仲間氏名: 青葉 湊, 年齢: 30}]
    広さ: 大
    道具: [くわ]
    同意: true
  acts:
    - {step: 審査, action: 戻す, note: 広さを確かめてください。}
    - {step: 補正, action: 再提出, answers: {広さ: 小}}
    - {step: 審査, action: 通す}
    - {step: 決定, action: 承認}
  expect:
    decisions: {人数: {人: 1}, 料金: {円: 3000, 言葉: 市内の方の小さい区画です}}
    rows: {料金: [f1], 人数: [n2]}
    end: 利用開始
    route: [審査, 補正, 審査, 決定, 利用開始]
    notices: [受付通知, 補正通知, 承認通知]
- id: nothing-entered
  title: 何も入力していない
  today: 2026-11-24
  answers: {}
  expect:
    problems: [氏名, フリガナ, 生年月日, 電話, 市内, 広さ, 道具, 同意]
"""


def write(folder: Path, kata: str = KATA, files: Mapping[str, str] | None = None) -> Path:
    """Write the sample kata into a folder; `files` replace or add texts by path."""
    contents = {
        "kata.yaml": kata,
        "i18n/en.yaml": ENGLISH,
        "docs/guidance.ja.md": "# 市民農園\n",
        "examples/plots.yaml": EXAMPLE_FILE,
        **(files or {}),
    }
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def ready(folder: Path, kata: str = KATA) -> Program:
    """The sample kata as a program."""
    return program(load(write(folder, kata)).canonical)
