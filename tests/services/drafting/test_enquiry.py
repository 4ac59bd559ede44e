"""What an enquiry asks: every question by itself, in the words of who asked."""

from __future__ import annotations

import pytest

from yuimaru.services.drafting.rules.enquiry import HIDDEN, asked, nameless

RECORD = """質問1：粗大ごみはどうやって出しますか
文書に見つかった回答：
・粗大ごみ「出し方」 電話で申し込みます。

質問2：いくらですか
「粗大ごみ」のこととして調べました。
文書には見つかりませんでした。"""


@pytest.mark.parametrize(
    ("written", "record", "words"),
    [
        ("市民プールは何時まで開いていますか", "", ["市民プールは何時まで開いていますか"]),
        ("  市民プールは何時までですか。\n", "", ["市民プールは何時までですか。"]),
        ("青葉です。プールは何時までですか。090-0000-1234です。", "", ["プールは何時までですか。"]),
        ("道路に穴があります。", "", ["道路に穴があります。"]),
        ("道路に穴があります。あぶないです。", "", ["道路に穴があります。あぶないです。"]),
        ("粗大ごみはいくらで、どこに出しますか", "", ["粗大ごみはいくらで……", "どこに出しますか"]),
        ("手数料はいくらですか。いつ届きますか？", "", ["手数料はいくらですか。", "いつ届きますか？"]),
        (
            "犬を飼えますか。猫を飼えますか。鳥を飼えますか。",
            "",
            ["犬を飼えますか。", "猫を飼えますか。", "鳥を飼えますか。"],
        ),
        ("予防接種の日を教えてください", "", ["予防接種の日を教えてください"]),
        ("手続がわかりません。困っています。", "", ["手続がわかりません。"]),
        ("", "", []),
        (" \n ", "", []),
        ("", RECORD, ["粗大ごみはどうやって出しますか", "いくらですか"]),
        ("いくらですか（粗大ごみのこと）", RECORD, ["いくらですか（粗大ごみのこと）", "粗大ごみはどうやって出しますか"]),
        ("プールは開いていますか", RECORD, ["プールは開いていますか", "粗大ごみはどうやって出しますか", "いくらですか"]),
        ("粗大ごみはどうやって出しますか？", RECORD, ["粗大ごみはどうやって出しますか？", "いくらですか"]),
        ("", "Question 1: いくらですか\nNot found in the documents.", ["いくらですか"]),
        ("", "書き直した記録。質問の形ではありません。", []),
        ("プールは開いていますか", "質問1：プールは開いていますか。", ["プールは開いていますか"]),
        ("プールは開いていますか。\nプールは開いていますか。", "", ["プールは開いていますか。"]),
    ],
)  # fmt: skip
def test_every_question_stands_by_itself(written: str, record: str, words: list[str]) -> None:
    assert [each.words for each in asked(written, record)] == words


@pytest.mark.parametrize(
    ("written", "record", "looked_up"),
    [
        ("粗大ごみを出します。いくらですか。", "", ["粗大ごみのことで、いくらですか。"]),
        ("いくらですか。粗大ごみを出します。", "", ["粗大ごみのことで、いくらですか。"]),
        ("引っ越します。粗大ごみの手数料はいくらですか。", "", ["粗大ごみの手数料はいくらですか。"]),
        ("はじめまして。粗大ごみはいくらですか。", "", ["粗大ごみはいくらですか。"]),
        (
            "青葉 陽菜です。粗大ごみはいくらですか。090-0000-1234です。",
            "",
            ["粗大ごみはいくらですか。"],
        ),
        (
            "犬を飼えますか。登録の手数料はいくらですか。",
            "",
            ["犬を飼えますか。", "犬のことで、登録の手数料はいくらですか。"],
        ),
        ("道路に穴があります。青葉です。", "", ["道路に穴があります。"]),
        ("いくらですか（粗大ごみのこと）", "", ["粗大ごみのことで、いくらですか"]),
        ("How much? (about: 粗大ごみ)", "", ["粗大ごみのことで、How much?"]),
        ("", RECORD, ["粗大ごみはどうやって出しますか", "粗大ごみのことで、いくらですか"]),
        ("粗大ごみはいくらで、どこに出しますか", "", ["粗大ごみはいくらで", "粗大ごみはどこに出しますか"]),
    ],
)
def test_what_is_looked_up_says_what_it_is_about(written: str, record: str, looked_up: list[str]) -> None:
    assert [each.looked_up for each in asked(written, record, ["青葉 陽菜"])] == looked_up


def test_a_question_is_restated_as_it_was_written() -> None:
    written = "はじめまして。粗大ごみはいくらで、どこに出しますか。犬も飼えますか？"
    assert all(each.words.rstrip("…") in written for each in asked(written))


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("青葉 陽菜です", ["青葉 陽菜"], f"{HIDDEN}です"),
        ("青葉といいます", ["青葉 陽菜"], f"{HIDDEN}といいます"),
        ("プールはいつですか", ["", "青葉 陽菜"], "プールはいつですか"),
        ("hina@example.jpへ", ["青葉 陽菜", "hina@example.jp"], f"{HIDDEN}へ"),
    ],
)
def test_names_are_left_out_whole_or_in_part(text: str, names: list[str], left: str) -> None:
    assert nameless(text, names) == left
