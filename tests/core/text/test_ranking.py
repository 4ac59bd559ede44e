"""The index ranks as BM25 does, mixes in meaning where it has parts for it, and says when it is no good."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.text.meaning import synonyms
from yuimaru.core.text.meaning.encoder import Role, unit
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.meaning.weights import WIDTH, Floats
from yuimaru.core.text.ranking.encoded import Encoded
from yuimaru.core.text.ranking.expansion import added_weights, equivalents, own_weights
from yuimaru.core.text.ranking.fusion import mixed
from yuimaru.core.text.ranking.index import Index, build
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.matrix import Matrix, shortened
from yuimaru.core.text.ranking.search import search
from yuimaru.core.text.ranking.words import StaleIndex
from yuimaru.core.text.tokens import tokens

ITEMS = [
    Item("fee", "粗大ごみ", "粗大ごみの手数料は300円です。"),
    Item("day", "粗大ごみ", "粗大ごみの収集は月曜日です。祝日も収集します。"),
    Item("child", "児童手当", "児童手当は偶数月の10日に振り込みます。"),
    Item("odd", "", 'C++ と "引用" と don\'t と 100% と a_b-c と #8000'),
]
ONLY_WORDS = Parts()


class Marks:
    """An encoder whose vectors tell which of some marks stand in a text: what is alike can be read off."""

    MARKS = ("ごみ", "手当", "円", "曜日", "ソファ")

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        self.read += texts
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in enumerate(texts):
            vectors[row, : len(self.MARKS)] = [mark in text for mark in self.MARKS]
            vectors[row, -1] = 0.5
        return unit(vectors)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Index]:
    build(tmp_path, ITEMS)
    with Index(tmp_path) as index:
        yield index


def keys(index: Index, question: str, parts: Parts = ONLY_WORDS) -> list[str]:
    return [hit.key for hit in search(index, question, 10, parts)]


def test_the_nearest_item_comes_first(opened: Index) -> None:
    assert keys(opened, "粗大ごみの手数料") == ["fee", "day"]


def test_scores_are_those_of_bm25(opened: Index) -> None:
    """Okapi BM25 by hand: 手数料 is cut into 手数 and 料, which only the shortest item on rubbish holds."""
    lengths = [len(tokens(f"{item.about} {item.text}")) for item in ITEMS]
    rare = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    gain = rare * 2.2 / (1 + 1.2 * (0.25 + 0.75 * lengths[0] / (sum(lengths) / 4)))
    assert opened.words.scores({"手数": 1.0, "料": 0.5})[0] == pytest.approx(1.5 * gain, rel=1e-5)


def test_no_known_word_finds_nothing(opened: Index) -> None:
    assert keys(opened, "株価") == []
    assert keys(opened, "、。？") == []
    assert search(opened, "", 10, ONLY_WORDS) == []


def test_rare_words_weigh_more_and_unheld_ones_most(opened: Index) -> None:
    rarity = opened.rarity(opened.held(["粗大", "児童", "天気"]))
    assert rarity["粗大"] < rarity["児童"] < rarity["天気"]
    assert opened.held(["粗大", "天気"]) == {"粗大": 2, "天気": 0}


def test_words_full_of_signs_are_words(opened: Index) -> None:
    for question in ("C++", "don't", "#8000", "a_b-c"):
        assert "odd" in keys(opened, question)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_question_breaks_the_search(tmp_path_factory: pytest.TempPathFactory, question: str) -> None:
    folder = tmp_path_factory.mktemp("index")
    build(folder, ITEMS)
    with Index(folder) as index:
        assert len(search(index, question, 3, ONLY_WORDS)) <= 3


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    build(tmp_path, [])
    with Index(tmp_path) as index:
        assert keys(index, "粗大ごみ") == []


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_index_is_said_to_be_stale(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words.sqlite").write_bytes(content)
    with pytest.raises(StaleIndex):
        Index(tmp_path)


def test_a_missing_folder_or_one_of_another_version_is_said_to_be_stale(
    tmp_path: Path, opened: Index
) -> None:
    with pytest.raises(StaleIndex):
        Index(tmp_path / "nowhere")
    opened.close()
    with closing(sqlite3.connect(tmp_path / "words.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StaleIndex):
        Index(tmp_path)


def test_a_damaged_matrix_is_said_to_be_stale(tmp_path: Path) -> None:
    with Encoded(tmp_path / "vectors.sqlite") as vectors:
        assert list(vectors.add(ITEMS, Marks())) == [len(ITEMS)]
        build(tmp_path, ITEMS, encoded=vectors)
    (tmp_path / "about-rows.npy").write_bytes(b"damaged")
    with pytest.raises(StaleIndex):
        Index(tmp_path)


def test_damaged_vectors_are_encoded_again(tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite").write_bytes(b"no database at all" * 100)
    with Encoded(tmp_path / "vectors.sqlite") as vectors:
        assert vectors.missing(ITEMS) == ITEMS


def test_meaning_finds_what_no_word_finds(tmp_path: Path) -> None:
    encoder = Marks()
    parts = Parts(encoder=encoder)
    with Encoded(tmp_path / "vectors.sqlite") as vectors:
        list(vectors.add(ITEMS, encoder))
        build(tmp_path, ITEMS, encoded=vectors)
    with Index(tmp_path) as index:
        best, *_ = search(index, "不要品ごみの値段は何円", 4, parts)
        assert best.key == "fee"
        assert best.likeness is not None
        assert best.likeness > 0.8


def test_what_is_not_encoded_yet_is_found_by_its_words(tmp_path: Path) -> None:
    with Encoded(tmp_path / "vectors.sqlite") as vectors:
        list(vectors.add(ITEMS[:2], Marks()))
        assert vectors.missing(ITEMS) == ITEMS[2:]
        build(tmp_path, ITEMS, encoded=vectors)
    with Index(tmp_path) as index:
        best, *_ = search(index, "児童手当はいつ振り込まれますか", 4, Parts(encoder=Marks()))
        assert (best.key, best.likeness) == ("child", None)


def test_only_what_has_changed_is_encoded_again(tmp_path: Path) -> None:
    encoder = Marks()
    changed = [ITEMS[0]._replace(text="粗大ごみの手数料は400円です。"), *ITEMS[1:]]
    with Encoded(tmp_path / "vectors.sqlite") as vectors:
        list(vectors.add(ITEMS, encoder))
        assert vectors.missing([ITEMS[0]._replace(key="another")]) == []
        encoder.read.clear()
        list(vectors.add(vectors.missing(changed), encoder))
        assert set(encoder.read) == {"粗大ごみ", changed[0].text}
        vectors.keep_only(changed)
        assert vectors.missing(ITEMS) == ITEMS[:1]


def test_eight_bits_keep_the_cosines(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(20, WIDTH)).astype(np.float32))
    vectors[3] = 0
    shortened(vectors).save(tmp_path, "some")
    matrix = Matrix.open(tmp_path, "some")
    assert matrix is not None
    assert np.abs(matrix.cosines(vectors[0]) - vectors @ vectors[0]).max() < 0.01
    assert matrix.cosines(vectors[:2]).shape == (20, 2)
    assert matrix.filled.tolist() == [place != 3 for place in range(20)]
    assert Matrix.open(tmp_path, "other") is None


def test_scores_are_mixed_on_the_scale_of_their_own_spread() -> None:
    """By hand: 1, 2, 3 stand at -1.2247, 0, 1.2247; of 10 and 20, with one unknown between them, at -1 and 1."""
    first = np.array([1, 2, 3], np.float32)
    second = np.array([10, 0, 20], np.float32)
    known = np.array([True, False, True])
    found = mixed([(0.5, first, None), (0.2, second, known)])
    assert found.tolist() == pytest.approx([-0.61237 - 0.2, 0, 0.61237 + 0.2], abs=1e-4)
    assert mixed([(1.0, np.ones(3, np.float32), None)]).tolist() == [0, 0, 0]


def test_words_of_asking_weigh_little() -> None:
    weights = own_weights(tokens("粗大ごみの出し方を教えて"))
    assert weights["粗大"] == 1
    assert weights["教える"] == pytest.approx(0.3)


def test_everyday_words_bring_the_official_ones(opened: Index) -> None:
    units = tokens("ソファを捨てたい")
    assert (("ソファー",), ("粗大", "ごみ")) in list(equivalents(units))
    added = added_weights(units, opened, ONLY_WORDS)
    assert added["粗大"] == pytest.approx(0.2)
    assert not set(added) & set(units)
    assert set(keys(opened, "ソファを捨てたい")) == {"fee", "day"}


def test_what_is_only_related_helps_to_find_and_does_not_stand_for_the_question(opened: Index) -> None:
    units = tokens("傘を捨てる日")
    assert not [pair for pair in equivalents(units) if pair[0] == ("傘",)]
    assert added_weights(units, opened, ONLY_WORDS)["粗大"] == pytest.approx(0.2)


def test_our_own_lists_are_long_and_every_entry_can_be_looked_up() -> None:
    everyday, related = synonyms.everyday(), synonyms.related()
    assert sum(map(len, everyday.values())) >= 1_500
    for said, terms in (*everyday.items(), *related.items()):
        assert 0 < len(said) <= 4, said
        assert all(terms), said
        assert said not in terms
    assert not [
        (said, term) for said, terms in related.items() for term in terms if term in everyday.get(said, ())
    ]
