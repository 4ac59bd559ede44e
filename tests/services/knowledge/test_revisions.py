"""Two revisions of a document: kinds of change and of fact, whom they concern, what moved, the time it takes."""

from __future__ import annotations

import random
from time import process_time

import pytest

from tests.services.knowledge.revised import NAMED, REVISED
from yuimaru.services.knowledge.rules.concerned import concerned, named
from yuimaru.services.knowledge.rules.facts import differing, held
from yuimaru.services.knowledge.rules.gist import MOST, gist
from yuimaru.services.knowledge.rules.revisions import Kind, Line, compare, side_by_side

A, B = ("申請",), ("窓口",)
BIG = 2_000  # sentences


def lines(*told: tuple[tuple[str, ...], str]) -> list[Line]:
    """Sentences one after another, each in a passage of its own."""
    found, place = [], 0
    for number, (path, text) in enumerate(told, start=1):
        found.append(Line(text, path, number, place, place + len(text)))
        place += len(text) + 1
    return found


@pytest.mark.parametrize(("before", "after", "expected"), REVISED)
def test_the_kinds_of_fact_in_which_two_wordings_differ(before: str, after: str, expected: str) -> None:
    assert " ".join(differing(before, after)) == expected
    assert set(differing(after, before)) == set(expected.split()), "whichever is the earlier"


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_who_is_meant_is_told_in_the_sentence_s_own_words(text: str, expected: tuple[str, ...]) -> None:
    assert named(text) == expected
    assert all(name in text for name in named(text))


def test_a_heading_tells_who_is_meant_where_the_sentence_does_not_and_nothing_is_guessed() -> None:
    assert concerned(["書類を出してください。"], ("手当", "町外に住む方へ")) == ("町外に住む方",)
    assert concerned(["世帯主が出してください。"], ("町外に住む方へ",)) == ("世帯主",)
    assert concerned(["書類を出してください。"], ("手当",)) == ()


def test_a_polite_request_lays_down_no_duty_but_a_prohibition_does() -> None:
    assert "duty" not in held("係にお伝えください。")
    assert "duty" in held("館内では食べることができません。")


def test_each_sentence_is_reworded_added_removed_or_untouched() -> None:
    before = lines((A, "手数料は300円です。"), (A, "窓口で受け付けます。"), (A, "印鑑は要りません。"))
    after = lines((A, "手数料は400円です。"), (A, "窓口で受け付けます。"), (B, "日曜日は休みます。"))
    found = compare(before, after)
    assert [(one.kind, one.facts) for one in found.changes] == [
        (Kind.REWORDED, ("money",)),
        (Kind.ADDED, ("day",)),
        (Kind.REMOVED, ("duty", "needed")),
    ]
    assert found.same == 1
    assert found.reworded() == {"money": 1}
    assert found.weighty(Kind.ADDED) == {"day": 1}
    assert compare(before, before).changes == ()


def test_spaces_and_the_width_of_letters_are_no_change() -> None:
    assert compare(lines((A, "手数料は ３００円です。")), lines((A, "手数料は300円です。"))).changes == ()


def test_a_paragraph_that_moved_is_not_told_as_gone_and_new() -> None:
    moving = [(A, "申請書は窓口にあります。"), (A, "印鑑をお持ちください。")]
    staying = [(A, f"{number}番目の決まりがあります。") for number in "一二三四五"]
    for after in ([*staying, *moving], [*staying, *((B, text) for _, text in moving)]):
        found = compare(lines(*moving, *staying), lines(*after))
        assert [one.kind for one in found.changes] == [Kind.MOVED, Kind.MOVED], after
        assert found.same == len(staying)


def test_a_moved_sentence_that_was_reworded_too_is_told_as_both() -> None:
    text = "申請書は、町の窓口か公民館でお渡しします。"
    found = compare(
        lines((A, text), (A, "別の文です。")),
        lines((A, "別の文です。"), (B, text.replace("お渡し", "お配り"))),
    )
    assert [(one.kind, one.is_moved) for one in found.changes] == [(Kind.REWORDED, True)]


def test_a_short_phrase_of_many_places_has_not_moved() -> None:
    found = compare(
        lines((A, "無料です。"), (B, "窓口です。")),
        lines((A, "有りません、全く別の言葉。"), (B, "窓口です。"), (B, "無料です。")),
    )
    assert Kind.MOVED not in {one.kind for one in found.changes}


def test_a_heading_with_another_name_is_one_change_and_its_sentences_stay() -> None:
    told = ["申請書を窓口に出してください。", "結果は1か月後に送ります。"]
    before = lines(*((("助成", "65歳以上の方"), text) for text in told))
    after = lines(*((("助成", "70歳以上の方"), text) for text in told))
    (found,) = compare(before, after).changes
    assert (found.kind, found.facts, found.people) == (
        Kind.REWORDED,
        ("who",),
        ("70歳以上の方", "65歳以上の方"),
    )
    assert found.after is not None
    assert found.after.place == "#p-1"


def test_what_weighs_most_stands_first_and_a_mere_move_last() -> None:
    before = lines(
        (A, "案内の紙を窓口の棚に置いています。"),
        (A, "受付は午前9時からです。"),
        (A, "申請は10月31日までです。"),
        (A, "65歳以上の方に送ります。"),
        (A, "予約が必要です。"),
        (A, "手数料は300円です。"),
        (A, "この文はほかの所へ移ります。"),
    )
    after = lines(
        (A, "案内の紙を窓口の机に置いています。"),
        (A, "受付は午前10時からです。"),
        (A, "申請は12月26日までです。"),
        (A, "70歳以上の方に送ります。"),
        (A, "予約は不要です。"),
        (A, "手数料は400円です。"),
        (B, "この文はほかの所へ移ります。"),
    )
    found = [one.facts[:1] for one in compare(before, after).changes]
    assert found == [("money",), ("day",), ("who",), ("duty",), ("time",), ("words",), ()]


def test_the_words_that_differ_are_marked_a_number_whole() -> None:
    before, after = side_by_side("手数料は3,400円です。", "手数料は3,450円です。")
    assert [(one.text, one.differs) for one in before] == [
        ("手数料は", False),
        ("3,400円", True),
        ("です。", False),
    ]
    assert [one.text for one in after if one.differs] == ["3,450円"]
    for text in ("全角　空白も ある文。", "（かっこ）と「引用」。"):
        assert "".join(one.text for one in side_by_side(text, "別の文。")[0]) == text


@pytest.mark.parametrize("under", [10, BIG])
def test_two_documents_of_two_thousand_sentences_are_compared_in_seconds(under: int) -> None:
    told = _sentences()
    revised = [text.replace("円", "0円") if number % 3 == 0 else text for number, text in enumerate(told)]
    revised[900:900] = [revised.pop(100) for _ in range(5)]
    before, after = (
        lines(*(((f"第{number // under}章",), text) for number, text in enumerate(each)))
        for each in (told, revised)
    )
    began = process_time()
    found = compare(before, after)
    assert process_time() - began < 8, "measured 1.3 s; a comparison of each with each takes minutes"
    assert found.counts()[Kind.REWORDED] > 0.9 * BIG / 3
    assert len(found.changes) < BIG, "most of it is found again"


def test_rows_alike_but_for_their_numbers_find_their_own() -> None:
    before, after = (
        lines(*((A, f"品目：第{number}号の品／手数料：{number * 10 + more}円") for number in range(BIG)))
        for more in (0, 5)
    )
    began = process_time()
    found = compare(before, after).changes
    assert process_time() - began < 8
    assert all(one.before and one.after and one.before.passage == one.after.passage for one in found)
    assert len(found) == BIG


def test_the_excerpt_is_verbatim_short_in_order_and_from_many_headings() -> None:
    told = lines(
        (("制度",), "この手当は、18歳未満の児童を養育している父母に支給します。"),
        (("制度",), "手当は、毎年6月に支給額を決めて、養育している父母に知らせます。"),
        (("申請",), "申請は、生まれた日の翌日から15日以内に行ってください。"),
        (("申請",), "次のものをお持ちください。"),
        (("申請",), "申請には、本人確認書類と通帳の写しが必要です。"),
        (("額",), "支給額は、児童1人につき月額10,000円です。"),
        (("額",), "ただし、第3子以降は30,000円です。"),
        (("窓口",), "申請は、子育て支援課（2階）で受け付けます。"),
        (("余談",), "絵本もあります。"),
        (("余談",), "更新日：令和8年4月1日"),
    )
    found = gist(told)
    assert len(found) <= MOST
    assert [line.start for line in found] == sorted(line.start for line in found)
    assert set(found) <= set(told), "nothing is written anew"
    texts = "".join(line.text for line in found)
    for words in ("18歳未満の児童を養育している父母", "15日以内", "10,000円", "本人確認書類", "子育て支援課"):
        assert words in texts
    assert "ただし" not in texts
    assert "次のもの" not in texts
    assert {("制度",), ("申請",), ("額",), ("窓口",)} <= {line.path for line in gist(told, 4)}
    assert gist([]) == []


def _sentences() -> list[str]:
    drawn = random.Random(1)
    known = [
        "手数料",
        "申請",
        "期限",
        "住民票",
        "児童手当",
        "世帯主",
        "国民健康保険",
        "窓口",
        "証明書",
        "転入",
        "届出",
        "納期",
        "口座",
        "通知",
        "保険料",
        "所得",
        "控除",
        "収集",
        "予約",
        "相談",
    ]
    return [
        "".join(drawn.choice(known) + drawn.choice("はがをにの") for _ in range(drawn.randint(3, 9)))
        + f"{drawn.randint(1, 999)}円です。"
        for _ in range(BIG)
    ]
