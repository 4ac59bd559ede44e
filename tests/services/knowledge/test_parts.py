"""Two questions in one are both answered, or it is said which of them is not."""

from __future__ import annotations

import pytest

from tests.services.knowledge.town import TODAY, add, note, town
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.rules.parts import parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("粗大ごみの手数料はいくらで、どこで出せますか", ["粗大ごみの手数料はいくらで", "粗大ごみはどこで出せますか"]),
        (
            "粗大ごみの出し方と住民票の手数料を教えてください",
            ["粗大ごみの出し方を教えてください", "住民票の手数料を教えてください"],
        ),
        ("手数料はいくらで、どこで払いますか", ["手数料はいくらで", "手数料はどこで払いますか"]),
        (
            "住民票の写しはいくらですか。児童手当はいつ振り込まれますか",
            ["住民票の写しはいくらですか。", "児童手当はいつ振り込まれますか"],
        ),
        (
            "引っ越してきました。転入届はいつまでですか？あと、何が必要ですか",
            ["引っ越してきました。転入届はいつまでですか？", "引っ越してきました。転入届は何が必要ですか"],
        ),
    ],
)  # fmt: skip
def test_a_question_is_parted_and_each_part_keeps_the_topic(question: str, asked: list[str]) -> None:
    assert [part.question for part in parts(question)] == asked


@pytest.mark.parametrize(
    "question",
    [
        "",
        "粗大ごみの手数料はいくらですか",
        "引っ越してきました。転入届はいつまでですか",
        "いつ、だれが、どこで、何を、どうするのですか。いくらですか。なぜですか。",
        "転入届は30日以内ですよね",
        "父と子の住民票の手数料を教えてください",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
def test_both_parts_are_answered_with_their_quotes() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        answer = queries.ask(owner, "粗大ごみの手数料はいくらですか。粗大ごみの収集はいつですか", TODAY)
        assert [sentence.text for sentence in answer.sentences] == [
            "粗大ごみの手数料は、1点につき300円です。",
            "収集は毎週月曜日です。",
        ]
        assert (answer.outcome, answer.unanswered) == ("answer", ())


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
def test_the_part_that_no_document_answers_is_named() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        question = "粗大ごみの手数料はいくらですか。花火大会はいつですか"
        answer = queries.ask(owner, question, TODAY)
        assert [sentence.text for sentence in answer.sentences] == [
            "粗大ごみの手数料は、1点につき300円です。"
        ]
        assert (answer.question, answer.unanswered) == (question, ("花火大会はいつですか",))
        assert queries.ask(owner, "花火大会はいつで、どこでありますか", TODAY).outcome == "none"


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
def test_who_is_asking_does_not_keep_the_answer_away() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        question = "山田太郎です。電話は090-0000-1234です。粗大ごみの手数料はいくらですか"
        answer = queries.ask(owner, question, TODAY)
        assert (answer.outcome, answer.question) == ("answer", question)
