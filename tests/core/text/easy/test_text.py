"""Whole texts: numbers, negations and what stands between sentences never change, and the score counts what is there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.text.agreement import denials
from yuimaru.core.text.easy import dates
from yuimaru.core.text.easy.checking import check
from yuimaru.core.text.easy.findings import REASONS, Kind
from yuimaru.core.text.easy.inflection import VERBS, Form, inflect
from yuimaru.core.text.easy.rewriting import rewrite
from yuimaru.core.text.easy.sentence import findings
from yuimaru.core.text.easy.terms import NOUN, PROPOSED, Term, everyday, listed, matches, terms
from yuimaru.core.text.tokens import spoken

HARD = [term.said for term in listed()]
PARTS = st.one_of(
    st.sampled_from(HARD),
    st.sampled_from(["してください", "しない", "します", "を", "は", "が", "に", "。", "、", "\n", "「", "」", "〜", "ご", "等"]),
    st.integers(0, 99_999).map(str),
    st.sampled_from(["円", "日", "月", "人", "時", "歳以上", "日以内", "午前", "令和8年", "平成31年4月", "ない", "ません", "不要"]),
    st.text(max_size=4),
)  # fmt: skip


def digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_numbers_and_negations_never_change(text: str) -> None:
    """But for the years of an era, which are the same years in the western calendar."""
    easy = rewrite(text)
    western = [one.words if one.is_changed else one.original for one in easy.sentences]
    for before, after in zip(
        (dates.in_western(one.original) for one in easy.sentences), western, strict=True
    ):
        assert digits(dates.in_western(after)) == digits(before)
    assert [denials(one.words) for one in easy.sentences] == [denials(one.original) for one in easy.sentences]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.lists(PARTS, max_size=8).map("".join))
def test_every_finding_is_a_place_of_the_text(strange: str, plain: str) -> None:
    text = strange + plain
    report = check(text)
    assert all(0 <= one.start < one.end <= len(text) for one in report.findings)
    assert 0 <= report.score.plain <= report.score.sentences
    assert 0 <= report.score.hard <= report.score.words
    assert 0 <= report.score.read <= report.score.kanji


def test_what_stands_between_the_sentences_stays() -> None:
    text = "  お知らせ\n\n・申請書を提出してください。  ・印鑑を持参してください。\n"
    assert rewrite(text).text == "  お知らせ\n\n・申請書を出してください。  ・はんこを持ってきてください。\n"


def test_the_score_says_what_can_be_counted() -> None:
    report = check("書類（しょるい）を出してください。氏名（しめい）を記入してください。\n町の紙です。")
    score = report.score
    assert (score.sentences, score.plain, score.longest) == (3, 2, 12)
    assert (score.hard, score.kanji, score.read) == (2, 6, 2)
    assert score.plain_share == pytest.approx(2 / 3)
    assert score.hard_share == pytest.approx(2 / score.words)


def test_an_empty_text_has_nothing_hard() -> None:
    score = check(" \n").score
    assert (score.sentences, score.plain_share, score.hard_share, score.longest) == (0, 1.0, 0.0, 0)
    assert rewrite("").text == ""


def test_missing_readings_are_said_once_for_a_text() -> None:
    kinds = [one.kind for one in check("町の紙です。市の紙です。").findings]
    assert kinds.count(Kind.READING) == 1
    assert Kind.READING not in [one.kind for one in check("町（まち）の紙（かみ）です。").findings]


def test_every_kind_is_explained_in_both_languages() -> None:
    assert REASONS.keys() == set(Kind)
    assert all(each.name_ja and each.name_en and each.ja.endswith("。") for each in REASONS.values())
    assert all(each.en.endswith(".") for each in REASONS.values())


def test_the_list_is_long_and_every_word_on_it_is_met_once() -> None:
    said = [term.said for term in listed()]
    assert len(said) >= 250
    assert len({tuple(each.form for each in spoken(word)) for word in said}) == len(said), "two are one word"
    assert {term.use for term in listed()} == {*VERBS, NOUN, PROPOSED, "並", "語"}
    assert all(term.easy and term.easy != term.said for term in listed())


@pytest.mark.parametrize(
    "term", [term for term in listed() if term.use != PROPOSED], ids=lambda term: term.said
)
def test_the_easy_words_are_not_hard_themselves(term: Term) -> None:
    assert not [
        one.words for one in findings(term.easy) if one.kind in (Kind.WORD, Kind.KATAKANA, Kind.COMPOUND)
    ]


@pytest.mark.parametrize(
    "said", [term.said for term in listed() if term.said.endswith("する") and term.use != "語"]
)
def test_every_verb_of_the_list_is_found_in_a_sentence(said: str) -> None:
    before = "これ" if said[0] in "をがにへま" else ""
    stem = said.removesuffix("する")
    assert [one.term.said for one in matches(f"{before}{stem}してください")] == [said]


def test_everyday_loan_words_are_not_hard() -> None:
    hard = {term.said for term in terms().values()}
    assert not everyday("katakana") & hard
    assert not everyday("letters") & hard


@pytest.mark.parametrize(
    ("verb", "group", "told"),
    [
        ("払う", "五段", "払っ 払い 払わ 払え 払おう"),
        ("書く", "五段", "書い 書き 書か 書け 書こう"),
        ("引っ越していく", "五段", "引っ越していっ 引っ越していき 引っ越していか 引っ越していけ 引っ越していこう"),
        ("出す", "五段", "出し 出し 出さ 出せ 出そう"),
        ("飲む", "五段", "飲ん 飲み 飲ま 飲め 飲もう"),
        ("見せる", "一段", "見せ 見せ 見せ 見せれ 見せよう"),
        ("持ってくる", "カ変", "持ってき 持ってき 持ってこ 持ってくれ 持ってこよう"),
        ("用意する", "サ変", "用意し 用意し 用意し 用意すれ 用意しよう"),
    ],
)  # fmt: skip
def test_verbs_of_every_group_are_inflected(verb: str, group: str, told: str) -> None:
    forms = (Form.TE, Form.MASU, Form.NAI, Form.BA, Form.WILL)
    assert [inflect(verb, group, form) for form in forms] == told.split()
    assert inflect(verb, group, Form.PLAIN) == verb
