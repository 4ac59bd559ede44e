"""What is shown is held against the store itself, so that a filter that lets too much through is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests import cast
from tests.services.knowledge.town import TODAY, add, note, town
from yuimaru.core.text.probes import Probe
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.actions import Incoming
from yuimaru.services.knowledge.queries import ask, evaluating
from yuimaru.services.knowledge.rules.answer import Answer
from yuimaru.services.knowledge.rules.scoring import Result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

QUESTION = "粗大ごみの手数料はいくらですか"
HIDDEN = note("hidden.md")
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=cast.TOKYO)


def _evaluated(owner: Organisation, document: str = "sodai.md") -> Result:
    probe = Probe("1", QUESTION, "answerable", document, "1点につき300円です。")
    (result,) = evaluating.evaluate(owner, [probe], TODAY)
    return result


def _answering(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    def always(owner: Organisation, question: str, today: date) -> Answer:
        return answer

    monkeypatch.setattr(evaluating, "ask", always)


@pytest.mark.parametrize("document", ["ごみ/sodai.md", "sodai.md", "粗大ごみ"])
def test_a_document_goes_by_its_name_with_or_without_folder_and_by_its_title(document: str) -> None:
    with town() as (owner, actor):
        add(owner, actor, note("ごみ/sodai.md"))
        result = _evaluated(owner, document)
    assert (result.outcome, result.place, result.unverified, result.foreign) == ("answer", 1, 0, 0)


def test_close_entries_are_judged_too() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        probe = Probe("1", "粗大ごみの手数料を払う場所はどこですか", "answerable", "sodai.md", "300円")
        (result,) = evaluating.evaluate(owner, [probe], TODAY)
    assert (result.outcome, result.place) == ("close", 1)


def test_altered_words_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        answer = ask(owner, QUESTION, TODAY)
        sentence = answer.sentences[0]
        citation = replace(sentence.citations[0], quote="手数料は無料です。")
        for altered in (
            replace(sentence, text="手数料は無料です。"),
            replace(sentence, citations=()),
            replace(sentence, text=citation.quote, citations=(citation,)),
        ):
            _answering(monkeypatch, replace(answer, sentences=(altered,)))
            assert _evaluated(owner).unverified == 1
        _answering(monkeypatch, replace(answer, outcome="close", sentences=(), close=(citation,)))
        assert _evaluated(owner).unverified == 1


def _withdrawn(owner: Organisation, actor: Actor, answer: Answer) -> None:
    actions.withdraw(document_id=answer.sentences[0].citations[0].document_id, by=actor, at=LATER)


def _superseded(owner: Organisation, actor: Actor, answer: Answer) -> None:
    add(owner, actor, note(text="# 粗大ごみ\n\n無料です。\n"), at=LATER)


@pytest.mark.parametrize("ended", [_withdrawn, _superseded])
def test_what_is_in_force_no_longer_is_counted(
    ended: Callable[[Organisation, Actor, Answer], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        answer = ask(owner, QUESTION, TODAY)
        ended(owner, actor, answer)
        _answering(monkeypatch, answer)
        assert _evaluated(owner).foreign == len(answer.sentences)


@pytest.mark.parametrize(
    "hidden",
    [
        replace(HIDDEN, valid_from=date(2026, 12, 1)),
        replace(HIDDEN, valid_to=date(2026, 11, 23)),
        replace(HIDDEN, audience="staff"),
    ],
)
def test_what_is_not_valid_or_not_public_is_counted(
    hidden: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        answer = ask(owner, QUESTION, TODAY)
        added = add(owner, actor, hidden).added[0].id
        cited = replace(answer.sentences[0].citations[0], document_id=added)
        _answering(monkeypatch, replace(answer, outcome="close", sentences=(), close=(cited,)))
        result = _evaluated(owner)
    assert (result.foreign, result.unverified) == (1, 0)


def test_a_neighbours_document_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    with town(cast.MIDORINO) as (neighbour, actor):
        add(neighbour, actor, note())
        answer = ask(neighbour, QUESTION, TODAY)
    _answering(monkeypatch, answer)
    with town() as (owner, _):
        result = _evaluated(owner)
    assert result.foreign == result.unverified == len(answer.sentences) > 0
    assert result.place is None
