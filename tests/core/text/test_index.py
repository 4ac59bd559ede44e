"""The index ranks as BM25 does, takes any word as it is, and says when its file is no good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.answers import ReferenceBM25
from hypothesis import given, settings
from hypothesis import strategies as st

from yuimaru.core.text.index import Index, Item, StaleIndex, build

ITEMS = [
    Item("fee", "粗大ごみの手数料は300円です。"),
    Item("day", "粗大ごみの収集は月曜日です。祝日も収集します。"),
    Item("child", "児童手当は偶数月の10日に振り込みます。"),
    Item("odd", 'C++ と "引用" と don\'t と 100% と a_b-c と #8000'),
]


@pytest.fixture
def opened(tmp_path: Path) -> Index:
    path = tmp_path / "index.sqlite"
    assert build(path, ITEMS) == len(ITEMS)
    return Index(path)


def test_the_nearest_item_comes_first(opened: Index) -> None:
    assert [hit.key for hit in opened.search("粗大ごみの手数料", 10)] == ["fee", "day"]


def test_scores_are_those_of_bm25(opened: Index) -> None:
    reference = ReferenceBM25(ITEMS)
    for question in ("粗大ごみの手数料", "収集は何曜日", "児童手当の振込"):
        assert [hit.key for hit in opened.search(question, 10)] == reference.search(question, 10)


def test_no_known_word_finds_nothing(opened: Index) -> None:
    assert opened.search("明日の天気", 10) == []
    assert opened.search("、。？", 10) == []


def test_rare_words_weigh_more_and_unheld_ones_most(opened: Index) -> None:
    rarity = opened.rarity(opened.held(["粗大", "児童", "天気"]))
    assert rarity["粗大"] < rarity["児童"] < rarity["天気"]
    assert opened.held(["粗大", "天気"]) == {"粗大": 2, "天気": 0}


def test_words_full_of_signs_are_words(opened: Index) -> None:
    for question in ("C++", "don't", "#8000", "a_b-c"):
        assert "odd" in [hit.key for hit in opened.search(question, 10)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), max_size=20))
def test_no_word_breaks_the_search(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    build(path, ITEMS)
    with Index(path) as index:
        index.search(words, 5)
        assert set(index.held(words)) == set(words)


def test_a_very_long_question_is_searched(opened: Index) -> None:
    assert opened.search(["粗大", "手数"] * 2_000, 3)[0].key == "fee"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_index_is_said_to_be_stale(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(content)
    with pytest.raises(StaleIndex):
        Index(path)


def test_a_missing_file_or_one_of_another_version_is_said_to_be_stale(tmp_path: Path, opened: Index) -> None:
    with pytest.raises(StaleIndex):
        Index(tmp_path / "nowhere.sqlite")
    opened.close()
    with closing(sqlite3.connect(tmp_path / "index.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StaleIndex):
        Index(tmp_path / "index.sqlite")
