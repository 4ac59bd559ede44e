"""Readings: checked and hinted at, never changed in the store."""

from __future__ import annotations

import pytest

from yuimaru.core.japan.names import is_katakana, search_key, to_katakana


@pytest.mark.parametrize(
    "reading", ["アオバ", "アオバ ハナコ", "アオバ　ハナコ", "ジョン・スミス", "ヴァーノン", "ヰ"]
)
def test_katakana_readings(reading: str) -> None:
    assert is_katakana(reading)


@pytest.mark.parametrize(
    "reading", ["", " ", "あおば", "ｱｵﾊﾞ", "青葉", "Aoba", "アオバ1", "アオバ\n", "アオバ-"]
)
def test_what_is_no_katakana_reading(reading: str) -> None:
    assert not is_katakana(reading)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("あおば", "アオバ"),
        ("ｱｵﾊﾞ ﾊﾅｺ", "アオバ ハナコ"),
        ("ゔぁいす", "ヴァイス"),
        ("青葉", "青葉"),
        ("Ａ", "Ａ"),
    ],
)
def test_the_hint_shows_katakana(typed: str, hint: str) -> None:
    assert to_katakana(typed) == hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("あおば はなこ", "ｱｵﾊﾞﾊﾅｺ"),
        ("葛\U000e0100城", "葛城"),
        ("Ｓｍｉｔｈ　John", "smithjohn"),
        ("\ufa19谷", "神谷"),
    ],
)
def test_search_keys_meet(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_small_and_large_kana_stay_different_readings() -> None:
    assert search_key("キョウコ") != search_key("キヨウコ")
