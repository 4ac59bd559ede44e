"""Forms: what is asked, what typed answers become, what is said about wrong ones, what is shown back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.kata import sample
from tests.core.kata.sample import ACCOUNT, ANSWERS, FORM, TODAY

from yuimaru.core.kata import forms
from yuimaru.core.kata.facts import facts
from yuimaru.core.kata.program import Program, UnknownName

PDF = {"id": "f1", "name": "通帳.pdf", "size": 1000, "media_type": "application/pdf"}

APPLICANT = {
    "氏名": ["髙橋 𠮷郎 "],
    "フリガナ": ["タカハシ　ヨシロウ"],
    "生年月日.era": ["昭和"],
    "生年月日.year": ["５５"],
    "生年月日.month": ["5"],
    "生年月日.day": ["05"],
    "電話": ["０５９９−４１−０１１０"],
    "メール": [""],
    "市内": ["true"],
}
WISHES = {
    "広さ": ["小"],
    "道具": ["くわ", "じょうろ"],
    "面積": ["１２．５"],
    "備考": ["一行目\r\n二行目"],
    "同意": ["true"],
}


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return sample.ready(tmp_path_factory.mktemp("plot"))


def read(
    plot: Program,
    step: str,
    data: Mapping[str, Sequence[str]],
    answers: Mapping[str, Any] | None = None,
    files: Mapping[str, Mapping[str, Any]] | None = None,
    lang: str = "ja",
) -> forms.StepInput:
    return forms.read_step(
        plot, FORM, step, data, answers=answers or {}, files=files or {}, today=TODAY, params={}, lang=lang
    )


def problems(plot: Program, answers: Mapping[str, Any], lang: str = "ja") -> dict[str, str]:
    found = forms.check_answers(plot, FORM, answers, today=TODAY, params={}, lang=lang)
    return {problem.path: problem.message for problem in found}


def test_typed_values_are_stored_names_byte_for_byte_numbers_half_width(plot: Program) -> None:
    found = read(plot, "申込者", APPLICANT)
    assert found.problems == []
    assert found.values == {
        "氏名": "髙橋 𠮷郎 ",
        "フリガナ": "タカハシ　ヨシロウ",
        "生年月日": "1980-05-05",
        "電話": "0599-41-0110",
        "メール": None,
        "市内": True,
        "暗証": None,
    }
    wishes = read(plot, "希望", WISHES)
    assert wishes.problems == []
    assert wishes.values["道具"] == ["くわ", "じょうろ"]
    assert (wishes.values["面積"], wishes.values["備考"]) == ("12.5", "一行目\n二行目")


def test_every_wrong_field_is_told(plot: Program) -> None:
    data = {
        **APPLICANT,
        "氏名": ["　"],
        "フリガナ": ["あおば みなと"],
        "生年月日.era": ["令和"],
        "生年月日.year": ["8"],
        "生年月日.month": ["11"],
        "生年月日.day": ["31"],
        "電話": ["0599-41"],
        "メール": ["aoba"],
        "市内": [],
    }
    found = read(plot, "申込者", data)
    told = {(problem.path, problem.part): problem.message for problem in found.problems}
    assert told == {
        ("氏名", None): "お名前を入力してください。",
        (
            "フリガナ",
            None,
        ): "フリガナを全角カタカナで入力してください。「あおば みなと」は「アオバ ミナト」となります。",
        ("生年月日", "day"): "11月は30日までです。日を確かめてください。",
        ("電話", None): "電話番号のけた数が足りません。市外局番から入力してください。",
        ("メール", None): "メールアドレスの形を確かめてください。例：aoba@example.jp",
        ("市内", None): "「市内にお住まいですか」に答えてください。",
    }
    assert found.values["生年月日"] is None


@pytest.mark.parametrize(
    ("step", "field", "typed", "message"),
    [
        ("希望", "広さ", "中", "広さを、表示されたものの中から選んでください。"),
        ("希望", "広さ", "", "広さを選んでください。"),
        ("希望", "道具", "", "借りたい道具を選んでください。"),
        ("希望", "面積", "広い", "使いたい面積を数字で入力してください。例：36.8"),
        ("希望", "面積", "50.5", "使いたい面積は1から50までの数で入力してください。"),
        ("希望", "備考", "字" * 4001, "備考は4000文字までで入力してください。いまは4001文字です。"),
        ("希望", "同意", "", "内容を読んで、同意のチェックを付けてください。"),
        ("申込者", "氏名", "青葉\x00湊", "お名前に、使えない文字が入っています。その文字を消してください。"),
        ("申込者", "氏名", "青葉\n湊", "お名前は、改行しないで入力してください。"),
        ("申込者", "フリガナ", "青葉", "フリガナを全角カタカナで入力してください。"),
        ("申込者", "生年月日.year", "７０", "昭和は64年1月7日までです。平成7年5月5日ではありませんか。"),
        ("申込者", "市内", "maybe", "「市内にお住まいですか」を、表示されたものの中から選んでください。"),
    ],
)
def test_the_sentence_for_one_wrong_field(
    plot: Program, step: str, field: str, typed: str, message: str
) -> None:
    data = {**(APPLICANT if step == "申込者" else WISHES), field: [typed]}
    assert [problem.message for problem in read(plot, step, data).problems] == [message]


def test_sentences_in_english(plot: Program) -> None:
    told = [problem.message for problem in read(plot, "申込者", {}, lang="en").problems]
    assert told[0] == "Enter “Full name”."
    assert all(text.isascii() or "“" in text for text in told)


def test_a_check_reads_the_whole_step_and_speaks_its_own_sentence(plot: Program) -> None:
    data = {
        **APPLICANT,
        "生年月日.era": ["西暦"],
        "生年月日.year": ["2026"],
        "生年月日.month": ["11"],
        "生年月日.day": ["25"],
    }
    (found,) = read(plot, "申込者", data).problems
    assert (found.path, found.code) == ("生年月日", "check")
    assert found.message == "きょうより後の日付です。生年月日を確かめてください。"


def test_an_item_revealed_by_an_answer_is_named_once(plot: Program) -> None:
    first = read(plot, "申込者", {**APPLICANT, "市内": ["false"]})
    assert first.revealed == ["勤務先"]
    assert [problem.path for problem in first.problems] == ["勤務先"]
    second = read(plot, "申込者", {**APPLICANT, "市内": ["false"], "勤務先": ["しおみ信用組合"]})
    assert (second.revealed, second.problems) == ([], [])
    assert second.values["勤務先"] == "しおみ信用組合"
    hidden = read(plot, "申込者", {**APPLICANT, "勤務先": ["消える"]})
    assert "勤務先" not in hidden.values


def test_members_see_their_own_items(plot: Program) -> None:
    data = {
        "仲間.count": ["2"],
        "仲間.0.仲間氏名": ["青葉 湊"],
        "仲間.0.年齢": ["８"],
        "仲間.0.保護者": ["髙橋 𠮷郎"],
        "仲間.1.仲間氏名": ["青葉 凛"],
        "仲間.1.年齢": ["200"],
        "仲間.1.保護者": ["いらない"],
    }
    found = read(plot, "家族", data, answers={"市内": True})
    assert [(problem.path, problem.code) for problem in found.problems] == [("仲間.1.年齢", "between")]
    assert found.values["仲間"][0] == {"仲間氏名": "青葉 湊", "年齢": 8, "保護者": "髙橋 𠮷郎"}
    assert "保護者" not in found.values["仲間"][1]


@pytest.mark.parametrize(
    ("count", "message"),
    [
        ("0", "いっしょに使う方を1人以上入力してください。"),
        ("4", "いっしょに使う方は3人までです。"),
        ("999", "いっしょに使う方は3人までです。"),
    ],
)
def test_the_number_of_members_is_bounded(plot: Program, count: str, message: str) -> None:
    found = read(plot, "家族", {"仲間.count": [count]}, answers={"市内": True})
    assert (found.problems[0].path, found.problems[0].message) == ("仲間", message)
    assert len(found.values["仲間"]) <= 50


def test_a_member_is_taken_out_of_a_page(plot: Program) -> None:
    data = {
        "仲間.count": ["3"],
        "仲間.0.年齢": ["1"],
        "仲間.1.年齢": ["2"],
        "仲間.2.年齢": ["3"],
        "ほか": ["x"],
    }
    assert forms.without_member(data, "仲間", 1) == {
        "仲間.count": ["2"], "仲間.0.年齢": ["1"], "仲間.1.年齢": ["3"], "ほか": ["x"],
    }  # fmt: skip


def test_a_hidden_step_gives_nothing(plot: Program) -> None:
    found = read(plot, "家族", {"仲間.count": ["1"], "仲間.0.年齢": ["8"]}, answers={"市内": False})
    assert (found.values, found.problems) == ({}, [])
    steps = forms.visible_steps(plot, FORM, {"市内": False}, today=TODAY, params={})
    assert [step.id for step in steps] == ["申込者", "希望"]
    unknown = forms.visible_steps(plot, FORM, {}, today=TODAY, params={})
    assert [step.id for step in unknown] == ["申込者", "希望"]


def test_visible_items_of_a_member(plot: Program) -> None:
    answers = {"市内": True, "仲間": [{"年齢": 30}, {"年齢": 3}]}
    step = plot.screen(FORM, "家族").step
    seen = [
        [item.id for item in forms.visible_items(plot, FORM, step, answers, today=TODAY, params={}, member=n)]
        for n in (0, 1)
    ]
    assert seen == [["仲間氏名", "年齢"], ["仲間氏名", "年齢", "保護者"]]


def test_an_account_is_told_part_by_part(plot: Program) -> None:
    typed = {
        **{f"口座.{part}": [text] for part, text in ACCOUNT.items()},
        "口座.number": ["１２０"],
        "口座.holder": ["髙橋"],
        "口座.kind": [""],
    }
    found = read(plot, "希望", {**WISHES, **typed})
    assert [(problem.path, problem.part) for problem in found.problems] == [
        ("口座", "kind"),
        ("口座", "number"),
        ("口座", "holder"),
    ]
    good = read(
        plot,
        "希望",
        {
            **WISHES,
            **{f"口座.{part}": [text] for part, text in ACCOUNT.items()},
            "口座.number": ["１２００４８２"],
        },
    )
    assert good.values["口座"] == ACCOUNT
    assert good.revealed == ["写し"]
    only_kind = read(plot, "希望", {**WISHES, "口座.kind": ["普通"]})
    assert only_kind.values["口座"] is None


def test_files_stay_until_replaced_or_removed(plot: Program) -> None:
    page = {**WISHES, **{f"口座.{part}": [text] for part, text in ACCOUNT.items()}}
    assert read(plot, "希望", page, files={"写し": PDF}).values["写し"] == PDF
    kept = {"写し": PDF, "口座": ACCOUNT}
    assert read(plot, "希望", page, answers=kept).values["写し"] == PDF
    assert read(plot, "希望", {**page, "写し.remove": ["1"]}, answers=kept).values["写し"] is None
    large = read(plot, "希望", page, files={"写し": {**PDF, "size": 2_000_000, "media_type": "image/png"}})
    assert [problem.message for problem in large.problems] == [
        "ファイルが大きすぎます。1MBまでのファイルを選んでください。",
    ]


def test_options_that_stand_alone(plot: Program) -> None:
    (found,) = read(plot, "希望", {**WISHES, "道具": ["くわ", "なし"]}).problems
    assert found.message == "「どれもいらない」を選ぶときは、ほかのものを選ばないでください。"


def test_one_item_is_read_alone(plot: Program) -> None:
    found = forms.read_item(
        plot, FORM, "広さ", {"広さ": ["大"]}, answers={}, files={}, today=TODAY, params={}
    )
    assert (found.values, found.problems) == ({"広さ": "大"}, [])
    missing = forms.read_item(plot, FORM, "広さ", {}, answers={}, files={}, today=TODAY, params={})
    assert [problem.path for problem in missing.problems] == ["広さ"]
    with pytest.raises(UnknownName):
        forms.read_item(plot, FORM, "高さ", {}, answers={}, files={}, today=TODAY, params={})


def test_good_answers_have_no_problems(plot: Program) -> None:
    assert problems(plot, ANSWERS) == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("氏名", 12), ("氏名", ["青葉"]), ("フリガナ", {"a": 1}), ("生年月日", "2026-2-1"), ("生年月日", 20260201),
        ("生年月日", "2026-02-30"), ("電話", "abc"), ("市内", "true"), ("市内", 1), ("広さ", ["小"]), ("広さ", True),
        ("道具", "くわ"), ("道具", ["くわ", "くわ"]), ("道具", [1]), ("面積", "NaN"), ("面積", "1e999"), ("面積", True),
        ("口座", {"number": 1}), ("口座", {**ACCOUNT, "x": "y"}), ("仲間", {"0": {}}), ("仲間", ["a"]),
        ("同意", "true"), ("氏名", "\ud800"),
    ],
)  # fmt: skip
def test_json_of_another_shape_is_refused(plot: Program, path: str, value: Any) -> None:
    assert path in {found.split(".")[0] for found in problems(plot, {**ANSWERS, path: value})}


def test_unknown_keys_are_refused(plot: Program) -> None:
    answers = {**ANSWERS, "名前": "x", "仲間": [{**ANSWERS["仲間"][0], "身長": 3}]}
    assert set(problems(plot, answers)) == {"名前", "仲間.0.身長"}


def test_clean_keeps_what_is_asked_and_answered(plot: Program) -> None:
    answers = {**ANSWERS, "市内": False, "勤務先": "しおみ信用組合", "備考": " ", "メール": None, "別": 1}
    kept = forms.clean(plot, FORM, answers, today=TODAY, params={})
    assert set(kept) == {*ANSWERS, "勤務先"} - {"仲間"}
    assert list(kept)[:2] == ["氏名", "フリガナ"]
    assert forms.clean(plot, FORM, kept, today=TODAY, params={}) == kept


def test_hidden_answers_are_unknown_to_conditions(plot: Program) -> None:
    known = facts(plot, FORM, {**ANSWERS, "勤務先": "消える"}, today=TODAY, params={"補正期限日数": 20})
    assert known["勤務先"] is None
    assert (known["補正期限日数"], known["今日"]) == (20, TODAY)
    assert facts(plot, FORM, {**ANSWERS, "市内": False}, today=TODAY, params={})["仲間"] is None


def test_the_summary_is_in_words(plot: Program) -> None:
    answers = {**ANSWERS, "暗証": "ひみつ", "口座": ACCOUNT, "面積": "12.5", "写し": PDF}
    steps = forms.summary(plot, FORM, answers, today=TODAY, params={})
    assert [(step.title, step.member) for step in steps] == [
        ("申し込む方", None),
        ("いっしょに使う方（1人目）", 0),
        ("希望", None),
    ]
    rows = {row.label: row.value for step in steps for row in step.rows if step.member is None}
    assert rows["生年月日"] == "昭和55年5月5日"
    assert (rows["市内にお住まいですか"], rows["広さ"], rows["借りたい道具"]) == (
        "はい",
        "小さい区画",
        "くわ",
    )
    assert (rows["メールアドレス"], rows["通帳の写し"]) == ("入力なし", "通帳.pdf")
    assert (rows["金融機関"], rows["口座番号"]) == ("しおみ信用組合 本店（普通）", "末尾 482")
    assert rows["暗証のことば"] == "入力済み（表示しません）"
    assert "ひみつ" not in str(steps)
    assert ACCOUNT["number"] not in str(steps)
    english = forms.summary(plot, FORM, answers, today=TODAY, params={}, lang="en")
    assert {row.label: row.value for row in english[0].rows}["Full name"] == "髙橋 𠮷郎"
    assert english[2].rows[0].value == "Small plot"


def test_fields_are_filled_with_what_was_stored(plot: Program) -> None:
    assert forms.as_fields(plot, FORM, "申込者", ANSWERS) == {
        "氏名": "髙橋 𠮷郎",
        "フリガナ": "タカハシ ヨシロウ",
        "生年月日.era": "昭和",
        "生年月日.year": "55",
        "生年月日.month": "5",
        "生年月日.day": "5",
        "電話": "0599-41-0110",
        "市内": "true",
    }
    assert forms.as_fields(plot, FORM, "家族", {"仲間": [{"年齢": 3}]}) == {
        "仲間.count": "1",
        "仲間.0.年齢": "3",
    }


NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("髙﨑𠮷邊葛󠄀ｶﾞ①Ⅳ"),
    min_size=1,
    max_size=100,
).filter(str.strip)


@given(name=NAMES)
def test_names_are_stored_byte_for_byte(plot: Program, name: str) -> None:
    found = read(plot, "申込者", {**APPLICANT, "氏名": [name]})
    assert found.problems == []
    assert found.values["氏名"].encode() == name.encode()
    assert forms.as_fields(plot, FORM, "申込者", found.values)["氏名"] == name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(answers=st.dictionaries(st.sampled_from([*ANSWERS, "口座", "写し", "面積", "備考", "x"]), JSON))
def test_no_answers_break_anything(plot: Program, answers: dict[str, Any]) -> None:
    told = problems(plot, answers)
    kept = forms.clean(plot, FORM, answers, today=TODAY, params={})
    assert all(message for message in told.values())
    assert problems(plot, kept).keys() <= told.keys()
    forms.summary(plot, FORM, kept, today=TODAY, params={}, lang="en")


def test_unknown_forms_and_steps_are_named(plot: Program, tmp_path: Path) -> None:
    for form_id, step_id in (("様式", "申込者"), (FORM, "画面")):
        with pytest.raises(UnknownName):
            forms.read_step(plot, form_id, step_id, {}, answers={}, files={}, today=TODAY, params={})
