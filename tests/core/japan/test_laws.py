"""References to laws: every way of writing them, what pointers stand for, and which articles changed."""

from __future__ import annotations

import pytest

from yuimaru.core.japan.laws import articles, changed, is_regulation, references

FEES = """# 青海市手数料条例

（趣旨）
第1条　この条例は、地方自治法（昭和22年法律第67号。以下「法」という。）第227条の規定により、手数料について定める。

（手数料の額）
第2条　手数料の額は、別表のとおりとする。
2　前項の額は、申請のときに納める。

（免除）
第3条　市長は、次の各号のいずれかに当たる者の手数料を免除する。
(1)　法第228条に規定する者
(2)　前条第2項の規定により納めた者

附　則
第1条　この条例は、令和8年4月1日から施行する。
"""


def told(text: str, own: str = "") -> list[str]:
    return [str(reference) for reference in references(text, own=own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("児童手当法第4条に当たる人", ["児童手当法第4条"]),
        ("児童手当法 第4条第1項", ["児童手当法第4条第1項"]),
        ("児童手当法第４条第１項第２号", ["児童手当法第4条第1項第2号"]),
        ("児童手当法第十二条", ["児童手当法第12条"]),
        ("民法第七百九条と民法第一二三条", ["民法第709条", "民法第123条"]),
        ("住民基本台帳法第15条の4第3項", ["住民基本台帳法第15条の4第3項"]),
        ("戸籍法第二十二条の二", ["戸籍法第22条の2"]),
        ("「児童手当法」第7条", ["児童手当法第7条"]),
        ("児童手当法（昭和46年法律第73号）第7条・第12条", ["児童手当法第7条", "児童手当法第12条"]),
        ("狂犬病予防法 第4条第4項・第5項", ["狂犬病予防法第4条第4項", "狂犬病予防法第4条第5項"]),
        ("青海市手数料条例第3条第2項により", ["青海市手数料条例第3条第2項"]),
        ("みどり野町手数料条例第3条により", ["手数料条例第3条"]),
        ("町の村営住宅条例第3条により", ["村営住宅条例第3条"]),
        ("子ども・子育て支援法施行規則 第4条", ["子ども・子育て支援法施行規則第4条"]),
        (
            "個人情報の保護に関する法律 第76条第2項・第77条第2項",
            ["個人情報の保護に関する法律第76条第2項", "個人情報の保護に関する法律第77条第2項"],
        ),
        (
            "廃棄物の処理及び清掃に関する法律第6条の2",
            ["廃棄物の処理及び清掃に関する法律第6条の2"],
        ),
        ("児童手当法第3条による。同法第5条も見る。", ["児童手当法第3条", "児童手当法第5条"]),
        (
            "児童手当法第3条第1項の人。同条第2項は別です。",
            ["児童手当法第3条第1項", "児童手当法第3条第2項"],
        ),
        ("介護保険法 第7条第3項、介護保険法施行令 第2条", ["介護保険法第7条第3項", "介護保険法施行令第2条"]),
        ("児童手当法第3条と同法施行規則第1条", ["児童手当法第3条", "児童手当法施行規則第1条"]),
        (
            "児童手当法（以下「法」という。）にもとづき、法第8条の申請",
            ["児童手当法第8条"],
        ),
        ("窓口は第2庁舎の第3会議室です。条件は第1に年齢です。", []),
        ("くわしくは第4条を見てください。", []),
        ("法第4条", []),
    ],
)
def test_what_is_recognised(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_reference_stands_where_it_says() -> None:
    text = "手当は、児童手当法 第４条第1項によります。"
    (found,) = references(text)
    assert text[found.start : found.end] == "児童手当法 第４条第1項"


def test_a_text_about_one_law_need_not_name_it() -> None:
    assert told("30日以内に申し出ます（第87条）。", own="個人情報の保護に関する法律") == [
        "個人情報の保護に関する法律第87条"
    ]


def test_a_regulation_speaks_of_itself_and_of_its_neighbours() -> None:
    assert told(FEES, own="青海市手数料条例") == [
        "地方自治法第227条",
        "地方自治法第228条",
        "青海市手数料条例第2条第2項",
    ]
    assert told("この条例第3条", own="青海市手数料条例") == ["青海市手数料条例第3条"]


def test_the_articles_of_a_regulation() -> None:
    found = articles(FEES)
    assert [article.number for article in found] == ["1", "2", "3"]
    assert found[1].text.startswith("第2条　手数料の額は")
    assert found[1].text.endswith("申請のときに納める。")
    assert is_regulation("青海市手数料条例", FEES)
    assert not is_regulation("手数料のご案内", FEES)
    assert not is_regulation("手数料条例", "手数料は300円です。")


def test_which_articles_changed() -> None:
    after = FEES.replace("申請のときに", "交付のときに").replace("(2)　前条第2項の規定により納めた者\n", "")
    after = after.replace("附　則", "第4条　規則で定める。\n\n附　則").replace("令和8年", "令和9年")
    found = changed(FEES, after)
    assert [(one.number, one.change) for one in found] == [("2", "changed"), ("3", "changed"), ("4", "added")]
    assert [(one.number, one.change) for one in changed(after, FEES)][-1] == ("4", "removed")
    assert changed(FEES, FEES.replace("\n", "\n\n")) == []
