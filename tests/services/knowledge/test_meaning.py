"""With vectors or without them: the same promises, and the vectors follow by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from tests import cast
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.core.text.meaning.encoder import Role, unit
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.meaning.weights import WIDTH, Floats
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.queries import generation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

QUESTION = "粗大ごみの手数料はいくらですか"


class Alike:
    """An encoder to which everything means the same, so that only what may be shown can keep a passage away."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        self.read += texts
        return unit(np.ones((len(texts), WIDTH), np.float32))


@pytest.fixture(params=["by words", "with vectors"])
def encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Alike | None:
    """Both ways in which an installation can search."""
    made = Alike() if request.param == "with vectors" else None
    monkeypatch.setattr(settings, "SEARCH_PARTS", Path("nowhere") if made else None)
    monkeypatch.setattr(generation, "chosen", lambda folder, *, reads_twice: Parts(encoder=made))
    return made


def _asked(code: str, question: str = QUESTION) -> list[str]:
    """Every quote that a town shows to a question, as an answer or as close."""
    with town(code) as (owner, _):
        actions.encode(owner=owner)
        answer = queries.ask(owner, question, TODAY)
        return [
            citation.quote for citation in (*answer.close, *(each.citations[0] for each in answer.sentences))
        ]


def test_no_town_shows_what_another_has(encoder: Alike | None) -> None:
    for code, fee in ((cast.OUMI, "300"), (cast.MIDORINO, "500")):
        with town(code) as (owner, actor):
            add(owner, actor, note(text=FEES.replace("300", fee)))
    assert all("500" not in quote for quote in _asked(cast.OUMI))
    assert any("300円" in quote for quote in _asked(cast.OUMI))
    assert any("500円" in quote for quote in _asked(cast.MIDORINO))
    assert _asked(cast.TSUKIHAMA) == []


def test_what_is_withdrawn_or_for_staff_is_not_shown_however_alike(encoder: Alike | None) -> None:
    with town() as (owner, actor):
        (gone,) = add(owner, actor, note("gone.md")).added
        add(owner, actor, note("staff.md", audience="staff"))
        add(owner, actor, note("left.md", "# 図書館\n\n本は2週間借りられます。\n"))
        actions.encode(owner=owner)
        actions.withdraw(document_id=gone.id, by=actor, at=AT)
    assert all("300円" not in quote for quote in _asked(cast.OUMI))


def test_an_index_that_still_holds_a_withdrawn_document_shows_nothing_of_it(encoder: Alike | None) -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        actions.encode(owner=owner)
        assert queries.ask(owner, QUESTION, TODAY).outcome == "answer"
        document = queries.get_document(added.id)
        document.audience = "staff"
        document.save(update_fields=["audience"])
        generation.build(queries.Reach(owner), TODAY)
        answer = queries.ask(owner, QUESTION, TODAY)
        assert (answer.sentences, answer.close) == ((), ())


def test_every_quote_is_verbatim(encoder: Alike | None) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
    for question in (QUESTION, "ソファを捨てるといくら", "収集はいつ", "図書館は何時まで"):
        assert all(quote in FEES for quote in _asked(cast.OUMI, question))


@pytest.mark.parametrize("encoder", ["with vectors"], indirect=True)
def test_the_worker_encodes_what_was_taken_in_and_only_that(encoder: Alike) -> None:
    with town() as (owner, actor):
        add(owner, actor, note("first.md"))
        actions.encode(owner=owner)
        encoder.read.clear()
        add(owner, actor, note("second.md", "# 図書館\n\n本は2週間借りられます。\n"))
        assert generation.current_index(queries.Reach(owner), TODAY).about is not None
    assert Job.objects.filter(kind="documents.encode", done_at=None).count() == 2
    while run_next(at=AT):
        pass
    assert {text for text in encoder.read if "粗大" in text} == set()
    assert "本は2週間借りられます。" in encoder.read
    with town() as (owner, _):
        index = generation.current_index(queries.Reach(owner), TODAY)
        assert index.about is not None
        assert index.about.filled.all()


@pytest.mark.parametrize("encoder", ["with vectors"], indirect=True)
def test_a_large_intake_is_encoded_a_part_at_a_time(encoder: Alike) -> None:
    with town() as (owner, actor):
        sections = "".join(f"## 第{number}節\n\n{number}番目の説明です。\n\n" for number in range(100))
        add(owner, actor, note("long.md", f"# 手引き\n\n{sections}"))
        assert actions.encode(owner=owner, most=64) == 36
        assert generation.current_index(queries.Reach(owner), TODAY).about is not None
    done = 0
    while run_next(at=AT):
        done += 1
    assert done >= 1
    with town() as (owner, _):
        index = generation.current_index(queries.Reach(owner), TODAY)
        assert index.about is not None
        assert index.about.filled.all()
    assert len(encoder.read) == len(set(encoder.read)) + 100  # what a passage is about is read in both ways


@pytest.mark.parametrize("encoder", ["by words"], indirect=True)
def test_without_the_parts_there_is_nothing_to_encode(encoder: None) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert actions.encode(owner=owner) == 0
        assert generation.current_index(queries.Reach(owner), TODAY).about is None
    assert not Job.objects.filter(kind="documents.encode").exists()


def test_an_installation_that_gets_the_parts_later_builds_its_index_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert queries.ask(owner, QUESTION, TODAY).outcome == "answer"
        assert generation.current_index(queries.Reach(owner), TODAY).about is None
        monkeypatch.setattr(settings, "SEARCH_PARTS", Path("nowhere"))
        monkeypatch.setattr(generation, "chosen", lambda folder, *, reads_twice: Parts(encoder=Alike()))
        assert actions.encode(owner=owner) == 0
        assert generation.current_index(queries.Reach(owner), TODAY).about is not None
