"""One contract for every place in which an index may be kept: a file of one server, or a table that servers share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.db import connection, transaction

from tests import cast, stores
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.core.text import evaluation
from yuimaru.core.text.meaning.encoder import Role, unit
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.meaning.weights import WIDTH, Floats
from yuimaru.core.text.ranking.encoded import Kept
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.ranking.item import Hit
from yuimaru.core.text.ranking.search import search
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.models import Prepared
from yuimaru.services.knowledge.queries import generation, shared
from yuimaru.services.knowledge.queries.reach import Reach

pytestmark = pytest.mark.usefixtures("var")

MANUAL = (
    "# くらしの手引き\n\n## 粗大ごみ\n\nソファや机は粗大ごみです。手数料は1点につき300円です。\n\n"
    "## 児童手当\n\n児童手当は偶数月の10日に振り込みます。'引用' と C:\\道 と C++ もあります。\n\n"
    "## 転入届\n\n住み始めた日から14日以内に届け出てください。\n"
)
QUESTIONS = (
    "粗大ごみの手数料はいくら",
    "ソファを捨てたい",
    "手当はいつ",
    "引っ越してきた",
    "C++",
    "天気",
    "。",
)
ON_POSTGRESQL = pytest.mark.store("postgresql")


class Bigrams:
    """An encoder by neighbouring characters: likeness that a test can follow, and that differs for every text."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        self.read += texts
        vectors = np.full((len(texts), WIDTH), 0.01, np.float32)
        for row, text in enumerate(texts):
            for first, second in pairwise(text):
                vectors[row, (ord(first) * 31 + ord(second)) % WIDTH] += 1
        return unit(vectors)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Bigrams:
    made = Bigrams()
    monkeypatch.setattr(settings, "SEARCH_PARTS", Path("nowhere"))
    monkeypatch.setattr(generation, "search_parts", lambda: Parts(encoder=made))
    return made


@pytest.fixture(
    params=[
        "a file",
        pytest.param("a table with pgvector", marks=ON_POSTGRESQL),
        pytest.param("a table without pgvector", marks=ON_POSTGRESQL),
    ]
)
def backend(request: pytest.FixtureRequest, committed: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where what has been worked out is kept."""
    name = str(request.param)
    monkeypatch.setattr(shared, "is_shared", lambda: name != "a file")
    if name == "a table without pgvector":
        columns = ", ".join(f"ALTER {column} TYPE real[]" for column in ("about", "says"))
        stores.administer(f"ALTER TABLE knowledge_prepared {columns}", connection.settings_dict["NAME"])
    return name


def _hits(owner: Organisation) -> dict[str, list[Hit]]:
    return _asked(generation.current_index(Reach(owner), TODAY), generation.search_parts())


def _asked(index: Index, parts: Parts) -> dict[str, list[Hit]]:
    return {text: search(index, text, 10, parts) for text in QUESTIONS}


def _expected(owner: Organisation, parts: Parts) -> dict[str, list[Hit]]:
    """What an index gives that is built in one go, of nothing but the items."""
    with evaluation.indexed(generation.items(Reach(owner).documents(TODAY)), parts) as index:
        return _asked(index, parts)


def _assert_alike(found: dict[str, list[Hit]], expected: dict[str, list[Hit]]) -> None:
    for question, hits in expected.items():
        assert [hit.key for hit in found[question]] == [hit.key for hit in hits], question
        assert [hit.score for hit in found[question]] == pytest.approx([hit.score for hit in hits], abs=1e-5)
        assert [hit.likeness for hit in found[question]] == pytest.approx([hit.likeness for hit in hits])


def test_the_same_items_and_questions_give_the_same_order_and_scores(backend: str, encoder: Bigrams) -> None:
    with town() as (owner, actor):
        add(owner, actor, note("manual.md", MANUAL), note("fees.md", FEES))
        _assert_alike(_hits(owner), _expected(owner, Parts()))  # by words, until the worker comes
        actions.encode(owner=owner)
        found = _hits(owner)
        _assert_alike(found, _expected(owner, Parts(encoder=encoder)))
    assert found[QUESTIONS[0]][0].likeness is not None
    assert found["。"] == []


def test_what_another_town_has_is_never_found(backend: str, encoder: Bigrams) -> None:
    own: dict[str, set[str]] = {}
    for code, text in ((cast.OUMI, MANUAL), (cast.MIDORINO, FEES)):
        with town(code) as (owner, actor):
            add(owner, actor, note(text=text))
            actions.encode(owner=owner)
            own[code] = {item.key for item in generation.items(Reach(owner).documents(TODAY))}
    for code, keys in own.items():
        with town(code) as (owner, _):
            assert {hit.key for hits in _hits(owner).values() for hit in hits} <= keys
            assert not Prepared.objects.exclude(owner=owner).exists()


def test_a_change_is_seen_once_it_is_committed(backend: str, encoder: Bigrams) -> None:
    with town() as (owner, actor):
        (first,) = add(owner, actor, note("fees.md", FEES)).added
        actions.encode(owner=owner)
        before = _hits(owner)
        with transaction.atomic():
            add(owner, actor, note("fees.md", FEES.replace("300", "500")))
            transaction.set_rollback(True)
        _assert_alike(_hits(owner), before)
        add(owner, actor, note("fees.md", FEES.replace("300", "500")))
        assert not _keys(_hits(owner)) & _keys(before)
        (last,) = queries.list_documents(owner)
        actions.withdraw(document_id=last.pk, by=actor, at=AT)
        assert _keys(_hits(owner)) == set()
        assert first.id != last.pk


def test_what_is_gone_is_forgotten_and_what_stays_is_not_encoded_again(
    backend: str, encoder: Bigrams
) -> None:
    with town() as (owner, actor):
        add(owner, actor, note("manual.md", MANUAL), note("fees.md", FEES))
        actions.encode(owner=owner)
        encoder.read.clear()
        add(owner, actor, note("fees.md", FEES.replace("300", "500")))
        actions.encode(owner=owner)
        assert {text for text in encoder.read if "300" in text or "児童" in text} == set()
        with generation.kept(owner) as store:
            assert store.missing(generation.items(Reach(owner).documents(TODAY))) == []
        assert Prepared.objects.count() == (
            0 if backend == "a file" else len(generation.items(Reach(owner).documents(TODAY)))
        )


@ON_POSTGRESQL
@pytest.mark.usefixtures("committed")
def test_a_second_server_takes_over_what_the_first_has_worked_out(
    encoder: Bigrams, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town() as (owner, actor):
        add(owner, actor, note("manual.md", MANUAL))
        assert _on_another_server(owner)["粗大ごみの手数料はいくら"][0].likeness is None
        actions.encode(owner=owner)
        encoder.read.clear()
        monkeypatch.setattr(Kept, "cuts", lambda self, items: pytest.fail("cut again") if items else [])
        _assert_alike(_on_another_server(owner), _hits(owner))
        assert {text for text in encoder.read if not text.startswith(QUESTIONS)} == set()


def _keys(found: dict[str, list[Hit]]) -> set[str]:
    return {hit.key for hits in found.values() for hit in hits}


def _on_another_server(owner: Organisation) -> dict[str, list[Hit]]:
    """Ask a process that has another data folder and no index opened yet."""
    before = settings.VAR
    settings.VAR = before / "second"
    try:
        with Index(generation.build(Reach(owner), TODAY)) as index:
            return _asked(index, generation.search_parts())
    finally:
        settings.VAR = before
