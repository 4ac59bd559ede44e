"""A sentence stands on its quotes, or it is not shown: each way of saying something else is found."""

from __future__ import annotations

import pytest

from yuimaru.core.text.agreement import Fault, faults

MOVED = "転入届は、新しい住所に住み始めた日から14日以内に、窓口で届け出てください。"
YOUNG = "3歳未満の児童1人につき、月額15,000円を支給します。"
THIRD = "第3子以降は、年齢にかかわらず月額30,000円です。"
RICH = "所得が限度額以上の方は、手当の対象になりません。"
HOURS = "開館時間は、午前9時から午後6時30分までです。"
TWO_TERMS = "申請は出生の日から15日以内に、変更は30日前までに届け出てください。"
CLOSED = "年末年始は休みです。"


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        (MOVED, [MOVED]),
        ("新しい住所に住み始めた日から十四日以内に窓口で転入届を出してください。", [MOVED]),
        ("3歳未満の児童1人につき、月額1万5千円です。", [YOUNG]),
        ("第3子以降は、年齢にかかわらず月額3万円です。", [YOUNG, THIRD]),
        ("所得が限度額以上の方は対象になりません。", [RICH]),
        ("年末年始はお休みです。", [CLOSED]),
        ("開館時間は、9時から18時30分までです。", [HOURS]),
    ],
)
def test_what_stands_on_a_quote_passes(sentence: str, quotes: list[str]) -> None:
    assert faults(sentence, quotes, "転入届はいつまでに出しますか") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "quotes", "fault"),
    [
        ("転入届は、住み始めた日から30日以内に窓口で届け出てください。", [MOVED], Fault.NUMBER),
        ("転入届は、住み始めた日から14か月以内に窓口で届け出てください。", [MOVED], Fault.NUMBER),
        ("転入届は、住み始めた日から14日以内に郵送で届け出てください。", [MOVED], Fault.WORD),
        ("転入届は14日以内に窓口で届け出てください。", [MOVED], Fault.CONDITION),  # from which day?
        ("転入届は、住み始めた日から14日までに窓口で届け出てください。", [MOVED], Fault.CONDITION),
        ("転入届は、住み始めた日から14日以内に窓口で届け出てはいけません。", [MOVED], Fault.MODALITY),
        ("3歳未満の児童1人につき、月額30,000円を支給します。", [YOUNG, THIRD], Fault.NUMBER),
        ("3歳以上の児童1人につき、月額15,000円を支給します。", [YOUNG], Fault.CONDITION),
        ("3歳未満の児童1人につき、月額15,000円を支給しません。", [YOUNG], Fault.NEGATION),
        ("開館時間は、午前9時から午後9時までです。", [HOURS], Fault.NUMBER),
        ("開館時間は、午後6時30分から午前9時までです。", [HOURS], Fault.NUMBER),
        ("申請は出生の日から30日以内に、変更は15日前までに届け出てください。", [TWO_TERMS], Fault.NUMBER),
        ("所得が限度額以上の方は手当の対象になります。", [RICH], Fault.NEGATION),
        ("年末年始は休みではありません。", [CLOSED], Fault.NEGATION),
        (
            "窓口に来る必要はありませんということはありません。",
            ["窓口に来る必要はありません。"],
            Fault.NEGATION,
        ),
        ("年末年始は休みです。https://example.com/", [CLOSED], Fault.SIGN),
        ("年末年始は[休み](javascript:x)です。", [CLOSED], Fault.SIGN),
        ("年末年始は\u202e休みです。", [CLOSED], Fault.SIGN),
        ("年末年始は休みです。0599-40-9999に電話してください。", [CLOSED], Fault.NUMBER),
    ],
)
def test_what_says_something_else_is_found(sentence: str, quotes: list[str], fault: Fault) -> None:
    assert fault in faults(sentence, quotes, "転入届はいつまでに出しますか")


def test_nothing_stands_on_no_quote() -> None:
    assert faults("年末年始は休みです。", []) == frozenset(Fault)
