"""What a question takes for granted is heard, and told to be otherwise only where one quote clearly says so."""

from __future__ import annotations

import pytest

from tests.services.knowledge.town import TODAY, add, note, town
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.rules.premise import Correction, assumed, correction, is_assuming, put_plainly


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("転入届は30日以内ですよね？", ["30日"]),
        ("転入届は三十日以内でしたっけ", ["30日"]),
        ("届け出は1か月以内ですか", ["1か月"]),
        ("プールは無料でしょう？", ["無料"]),
        ("収集は火曜と金曜だよね", ["火曜日", "金曜日"]),
        ("請求は2か月に1回でしたよね", ["2か月に1回"]),
        ("手続は1万円ですよね", ["1万円"]),
    ],
)
def test_a_figure_that_is_taken_for_granted_is_heard(question: str, words: list[str]) -> None:
    assert [value.words for value in assumed(question)] == words


@pytest.mark.parametrize(
    "question",
    [
        "転入届は何日以内ですか",
        "うちの子は3歳ですが、保育所に入れますか",
        "引っ越して30日たちました。転入届は出せますか",
        "手数料は300円と聞きました。どこで払いますか",
        "令和8年度の保険料はいくらでしょう",
    ],
)
def test_the_askers_own_case_and_open_questions_take_no_figure_for_granted(question: str) -> None:
    assert assumed(question) == ()


def test_a_question_that_only_asks_is_no_assumption() -> None:
    assert not is_assuming("登録は必要でしょうか")
    assert is_assuming("登録は必要でしょう")


@pytest.mark.parametrize(
    ("question", "quote", "said", "holds"),
    [
        ("転入届は30日以内ですよね", "転入届は、14日以内に届け出てください。", "30日", "14日"),
        ("登録は無料ですよね", "登録の手数料は、1件300円です。", "無料", "300円"),
        ("登録は300円ですよね", "登録は無料です。", "300円", "無料"),
        ("収集は月曜ですよね", "収集は、毎月第3水曜日です。", "月曜日", "水曜日"),
        ("本は10冊借りられますよね", "借りられる数：1人5冊／期間：2週間", "10冊", "5冊"),
    ],
)
def test_the_quote_corrects(question: str, quote: str, said: str, holds: str) -> None:
    assert correction(assumed(question), [quote]) == Correction(said, holds, quote)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("転入届は14日以内ですよね", ["14日以内に届け出てください。"]),
        ("届け出は1か月以内ですよね", ["30日以内に届け出てください。"]),
        ("届け出は30日以内ですよね", ["申請の期限は、1年です。"]),
        ("手数料は300円ですよね", ["窓口は350円です。", "コンビニは250円です。"]),
        ("手数料は300円ですよね", ["窓口は350円です。", "証明書は300円です。"]),
        ("手数料は300円ですよね", ["手数料は窓口でお尋ねください。"]),
        ("転入届は30日以内ですよね", ["転入届の日から90日を過ぎると、カードは失効します。"]),
    ],
)
def test_what_agrees_or_cannot_be_compared_is_not_corrected(question: str, quotes: list[str]) -> None:
    assert correction(assumed(question), quotes) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
def test_the_answer_says_so_and_shows_the_quote_first() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        wrong = queries.ask(owner, "粗大ごみの手数料は500円ですよね？", TODAY)
        assert wrong.as_json()["correction"] == {
            "said": "500円",
            "holds": "300円",
            "message": "ご質問の「500円」とは違い、文書では「300円」です。",
        }
        assert wrong.sentences[0].text == "粗大ごみの手数料は、1点につき300円です。"
        right = queries.ask(owner, "粗大ごみの手数料は300円ですよね？", TODAY)
        assert (right.outcome, right.correction) == ("answer", None)


@pytest.mark.parametrize(
    ("question", "plainly"),
    [
        ("葬祭費は3万円だと聞きましたが間違いないですか", "葬祭費は3万円ですよね"),
        ("転入届は30日以内で合っていますか？", "転入届は30日以内ですよね"),
        ("手数料は200円と言われましたが、正しいですか", "手数料は200円ですよね"),
        ("間違いを直すにはどうしますか", "間違いを直すにはどうしますか"),
        ("手続は合っていますかと聞かれました", "手続は合っていますかと聞かれました"),
    ],
)
def test_a_request_to_confirm_is_put_plainly(question: str, plainly: str) -> None:
    assert put_plainly(question) == plainly
