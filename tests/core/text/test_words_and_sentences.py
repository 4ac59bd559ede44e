"""Words are cut alike everywhere; sentences are places in the text, never new text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.text.sentences import sentences, statements
from yuimaru.core.text.tokens import tokens, words

TEXTS = st.text(alphabet="粗大ごみの手数料は、300円です。「」（）・1. \n　！?a：／", max_size=80)


def test_particles_auxiliaries_and_signs_are_no_words() -> None:
    assert tokens("粗大ごみの手数料は、いくらですか？") == ["粗大", "ごみ", "手数", "料", "幾ら"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("引越し", "引っ越し"),
        ("渡し船", "渡し舟"),
        ("子ども", "子供"),
        ("ＡＢＣ", "abc"),
        ("申込み", "申し込み"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_a_word_knows_how_a_dictionary_lists_it_and_whether_it_can_name_a_subject() -> None:
    noun, verb = words("住民票を捨てた")[0], words("住民票を捨てた")[-1]
    assert (noun.listed, noun.is_noun) == ("住民", True)
    assert (verb.listed, verb.is_noun) == ("捨てる", False)


def test_a_text_longer_than_sudachi_takes_is_cut_like_its_parts() -> None:
    sentence = "転入届は14日以内に出してください。"
    assert tokens(sentence * 3_000) == tokens(sentence) * 3_000
    assert tokens("あ" * 40_000)


def test_threads_cut_at_the_same_time() -> None:
    with ThreadPoolExecutor(8) as pool:
        cut = list(pool.map(tokens, ["児童手当の請求"] * 200))
    assert cut == [["児童", "手当", "請求"]] * 200


def test_sentences_end_at_their_marks_but_not_inside_brackets() -> None:
    text = "「手続」（郵送を含む。）ができます。電話でもかまいません！ Ask us. It is 3.5 kg.\n最後の行"
    assert [span.of(text) for span in sentences(text)] == [
        "「手続」（郵送を含む。）ができます。",
        "電話でもかまいません！",
        "Ask us.",
        "It is 3.5 kg.",
        "最後の行",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_rest() -> None:
    text = "担当（市民課です。電話してください。"
    assert [span.of(text) for span in sentences(text)] == ["担当（市民課です。", "電話してください。"]


def test_lists_and_table_rows_are_quoted_whole() -> None:
    text = "必要なものです。\n・申請書。写しも可。\n・本人確認書類\n品目：布団。毛布も／手数料：300円\nまた来てください。"
    assert [span.of(text) for span in statements(text)] == [
        "必要なものです。",
        "・申請書。写しも可。\n・本人確認書類",
        "品目：布団。毛布も／手数料：300円",
        "また来てください。",
    ]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(0, 80))
def test_every_place_lies_in_the_stretch_in_order_and_no_letter_is_lost(
    text: str, start: int, end: int
) -> None:
    start, end = min(start, len(text)), max(min(start, len(text)), min(end, len(text)))
    for cut in (sentences, statements):
        spans = cut(text, start, end)
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(start <= span.start < span.end <= end for span in spans)
        kept = "".join(span.of(text) for span in spans)
        assert "".join(kept.split()) == "".join(text[start:end].split())
