"""The letter: a frame of fixed words, and between them only what was asked and what the documents say."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from yuimaru.services.drafting.rules import letter
from yuimaru.services.drafting.rules.letter import Draft, Procedure, Reply, Statement
from yuimaru.services.knowledge.rules.answer import Answer, Citation, Contact, Location

SODAI, KOTEI = UUID(int=1), UUID(int=2)
FEE = "粗大ごみの手数料は、1点につき300円です。"
DAY = "収集は毎週月曜日です。"
CONTACT = Contact("環境課", "0599-40-0145", "平日 午前8時30分〜午後5時15分")


def citation(
    quote: str = FEE,
    document: UUID = SODAI,
    heading: str | None = "手数料",
    page: int | None = None,
    sharer: str = "",
) -> Citation:
    place = Location(page, None, None, heading)
    return Citation(
        document, "粗大ごみ", 2, place, quote, "/desk/documents/1?s=0-9#p-1", date(2026, 4, 1), sharer
    )


def answer(question: str = "いくらですか") -> Answer:
    return Answer("990019", question, "answer", (), (), None, CONTACT)


def reply(*texts: str, words: str = "粗大ごみはいくらですか", missing: tuple[str, ...] = ()) -> Reply:
    return Reply(words, answer(), tuple(Statement(text, (1,)) for text in texts), missing)


def draft(*replies: Reply, **facts: object) -> Draft:
    told: dict[str, object] = {"sources": letter.numbered([citation()]), "contacts": (CONTACT,)}
    return Draft("青海市", replies or (reply(FEE),), **{**told, **facts})  # type: ignore[arg-type]


def test_a_letter_has_its_parts_in_order() -> None:
    assert letter.letter(draft()) == (
        "«氏名» 様\n\n"
        "お問い合わせいただき、ありがとうございます。\n次のとおりお答えします。\n\n"
        "【お尋ね】\n粗大ごみはいくらですか\n\n"
        "【お答え】\n粗大ごみの手数料は、1点につき300円です。［1］\n\n"
        "【出典】\n［1］「粗大ごみ」 手数料（第2版、令和8年4月1日から）\n\n"
        "【担当】\n環境課 電話 0599-40-0145（平日 午前8時30分〜午後5時15分）\n\n"
        "ご不明な点がありましたら、上の担当までお問い合わせください。\n\n"
        "青海市 環境課"
    )


def test_what_a_notice_says_itself_is_not_said_twice() -> None:
    message = letter.message(draft())
    assert message.startswith("お問い合わせいただき、ありがとうございます。\n\n【お尋ね】")
    assert message.endswith("（平日 午前8時30分〜午後5時15分）")
    assert not {letter.ADDRESSEE, letter.OPENING, letter.CLOSING} & set(message.splitlines())


def test_what_is_not_found_is_named() -> None:
    text = letter.letter(draft(reply(words="猫の登録はできますか"), sources=()))
    assert "【お答え】\nこのお尋ねの答えは、青海市の文書には見つかりませんでした。" in text
    assert "【出典】" not in text


def test_a_part_that_is_not_found_is_named_under_what_is() -> None:
    text = letter.letter(draft(reply(FEE, missing=("どこですか",))))
    assert f"{FEE}［1］\n「どこですか」の答えは、青海市の文書には見つかりませんでした。" in text


def test_several_questions_are_numbered_and_one_is_not() -> None:
    two = letter.letter(draft(reply(FEE), reply(words="猫の登録はできますか")))
    places = [
        two.index(title) for title in ("【お尋ね1】", "【お答え1】", "【お尋ね2】", "【お答え2】", "【出典】")
    ]
    assert places == sorted(places)
    assert "【お尋ね】" in letter.letter(draft())


def test_a_procedure_comes_with_its_address_and_what_to_bring() -> None:
    claim = Procedure("粗大ごみ 収集申込", "/m/990019/procedures/sodaigomi-moushikomi/", ("巻き尺",))
    text = letter.letter(draft(procedures=(claim,)), site="https://oumi.example")
    assert (
        "【お手続】\n「粗大ごみ 収集申込」 https://oumi.example/m/990019/procedures/sodaigomi-moushikomi/\n"
        "用意するもの\n・巻き尺\n\n" in text
    )
    bare = letter.letter(draft(procedures=(Procedure("申請", "/x", ()),)))
    assert "用意するもの" not in bare


def test_what_only_staff_may_read_is_never_in_the_letter() -> None:
    hidden = citation("職員は、手数料を免除できる。", KOTEI)
    inside = draft(internal=(hidden,), near=(letter.Noted(hidden, True),))
    assert letter.letter(inside) == letter.letter(draft())
    assert letter.message(inside) == letter.message(draft())
    assert letter.entry(inside) == FEE


def test_a_faq_takes_the_sentences_alone() -> None:
    assert letter.entry(draft(reply(FEE, DAY))) == f"{FEE}\n{DAY}"
    assert letter.entry(draft(reply())) == ""


def test_a_statement_names_every_source_it_stands_on() -> None:
    assert Statement(FEE, (1, 3)).line == f"{FEE}［1］［3］"


@pytest.mark.parametrize(
    ("citations", "numbers"),
    [
        ([citation(FEE), citation(DAY)], [1, 1]),
        ([citation(FEE), citation(DAY, heading="収集日")], [1, 2]),
        ([citation(FEE), citation(DAY, KOTEI)], [1, 2]),
        ([citation(FEE, page=1), citation(DAY, page=2)], [1, 2]),
        ([citation(FEE), citation(FEE)], [1, 1]),
        ([citation(DAY, KOTEI), citation(FEE), citation("別の文です。", KOTEI)], [1, 2, 1]),
    ],
)
def test_one_place_has_one_number(citations: list[Citation], numbers: list[int]) -> None:
    sources = letter.numbered(citations)
    assert [letter.number_of(sources, each) for each in citations] == numbers
    assert [source.number for source in sources] == sorted(set(numbers))


def test_a_sentence_that_is_quoted_twice_is_listed_once() -> None:
    [source] = letter.numbered([citation(FEE), citation(FEE)])
    assert [quote.quote for quote in source.quotes] == [FEE]


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (citation(), "［1］「粗大ごみ」 手数料（第2版、令和8年4月1日から）"),
        (citation(heading=None), "［1］「粗大ごみ」（第2版、令和8年4月1日から）"),
        (citation(heading="粗大ごみ"), "［1］「粗大ごみ」（第2版、令和8年4月1日から）"),
        (citation(page=3), "［1］「粗大ごみ」 手数料 3ページ（第2版、令和8年4月1日から）"),
        (citation(sharer="汐見県"), "［1］「粗大ごみ」 手数料（汐見県、第2版、令和8年4月1日から）"),
    ],
)
def test_a_source_has_title_heading_edition_and_day(one: Citation, line: str) -> None:
    assert [source.line for source in letter.numbered([one])] == [line]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        (FEE, True),
        ("手数料は、1点につき300円です", True),
        ("粗大ごみの手数料は、1点につき200円です。", False),
        ("粗大ごみの手数料は,1点につき300円です。", False),
        ("粗大ごみの 手数料は、1点につき300円です。", False),
        ("", False),
        (" \n", False),
    ],
)
def test_a_sentence_stands_letter_for_letter_or_not(quote: str, stands: bool) -> None:
    assert letter.is_verbatim(quote, f"# 粗大ごみ\n\n{FEE}\n{DAY}\n") is stands
