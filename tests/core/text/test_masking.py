"""What must not leave the house does not; what a question is about stays."""

from __future__ import annotations

import pytest

from yuimaru.core.text.masking import mask, without_asker


@pytest.mark.parametrize(
    ("told", "secrets"),
    [
        ("電話は0599-41-0198です", ["0599-41-0198"]),
        ("０９０－１２３４－５６７８に電話してください", ["０９０－１２３４－５６７８"]),
        ("マイナンバーは1234-5678-9018です", ["1234-5678-9018"]),
        ("123456789018でよいですか", ["123456789018"]),
        ("12\u200b3456\u200b789018でよいですか", ["3456", "789018"]),  # cut by what cannot be seen
        ("口座は普通 1234567 です", ["1234567"]),
        ("カードは 4111 1111 1111 1111 です", ["4111 1111 1111 1111"]),
        ("yamazato.taku@example.jp に返事をください", ["yamazato.taku@example.jp"]),
        ("汐見県みどり野町本町3-5に住んでいます", ["みどり野町本町3-5"]),
        ("みどり野町本町二丁目１番地です", ["本町二丁目"]),
        ("〒999-0412の家です", ["999-0412"]),
        ("私は山田太郎です", ["山田", "太郎"]),
        ("佐藤花子さんの住民票がほしい", ["佐藤", "花子"]),
        ("氏名：ヤマザト　タクミ、生まれは平成", ["ヤマザト"]),
        ("原さんの印鑑登録", ["原さん"]),
    ],
)
def test_personal_data_is_hidden(told: str, secrets: list[str]) -> None:
    masked = mask(told)
    assert not [secret for secret in secrets if secret in masked.text], masked.text
    assert masked.hidden


@pytest.mark.parametrize(
    "told",
    [
        "児童手当は3歳未満なら15,000円ですか",
        "令和8年4月1日から14日以内に届け出ますか",
        "2026年11月22日に第2子が生まれました",
        "青海市の粗大ごみは何点まで出せますか",
        "120リットルの袋は50円ですか",
        "転入届は市役所に出しますか",
    ],
)
def test_what_a_question_is_about_stays(told: str) -> None:
    assert mask(told).text == told


def test_the_same_secret_has_one_name_and_others_their_own() -> None:
    masked = mask("0599-41-0198か0599-41-0110です。0599-41-0198は自宅です。")
    assert masked.text == "〔電話1〕か〔電話2〕です。〔電話1〕は自宅です。"
    assert masked.hidden == {"〔電話1〕": "0599-41-0198", "〔電話2〕": "0599-41-0110"}
    assert masked.kinds == {"電話": 2}


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("山田太郎です。電話は090-0000-1234です。住民票の写しはいくらですか", "住民票の写しはいくらですか"),
        ("わたしは鈴木花子と申します、児童手当はいつ", "児童手当はいつ"),
        ("住民票の写しはいくらですか 連絡先 yamazato.taku@example.jp", "住民票の写しはいくらですか"),
        ("マイナンバーは1234-5678-9018です。再交付はどこで", "再交付はどこで"),
    ],
)
def test_who_is_asking_is_left_out_of_what_is_searched(told: str, asked: str) -> None:
    assert without_asker(told) == asked


@pytest.mark.parametrize(
    "told", ["港町1-1の収集はいつですか", "さくら保育所の一時預かりはいくら", "織田信長の展示はいつまで", "8月10日は開いていますか"]
)  # fmt: skip
def test_places_days_and_names_that_nobody_gives_as_theirs_stay(told: str) -> None:
    assert without_asker(told) == told
