"""Follow-up questions and clarifying ones over the demo towns' own documents and procedures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import cast
from tests.services.knowledge.town import AT, TODAY, town
from tests.services.knowledge.turns import PAIRS, Pair
from yuimaru.demo import intake
from yuimaru.services.knowledge.queries import Turn, converse

CODES = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)
UNDERSTOOD = 0.9  # of the pairs of turns, at least


@pytest.fixture
def documents(db: None, var: Path) -> None:
    """What the three towns publish."""
    for code in CODES:
        intake.add(code, at=AT)


@pytest.mark.store("sqlite")
@pytest.mark.usefixtures("documents")
def test_follow_ups_are_understood_with_what_was_asked_before() -> None:
    wrong = [told for pair in PAIRS if (told := _wrong(pair))]
    right = 1 - len(wrong) / len(PAIRS)
    sys.stdout.write(f"\n{len(PAIRS)} pairs, {right:.1%} right\n" + "\n".join(wrong) + "\n")
    assert len(PAIRS) >= 40
    assert right >= UNDERSTOOD


def _wrong(pair: Pair) -> str:
    """What is wrong with how a question was understood, nothing where its subject and its document are right."""
    with town(pair.code) as (owner, _):
        turn = converse(owner, pair.question, pair.before, TODAY, procedures=tuple)
    titles = _titles(turn)
    carried = turn.reading.carried
    took_over = pair.subject in carried if pair.subject else not carried
    if took_over and any(pair.title in title for title in titles):
        return ""
    return f"{pair.code} {pair.before[-1]} → {pair.question}: {turn.reading} {turn.answer.outcome} {titles}"


def _titles(turn: Turn) -> list[str]:
    quoted = [citation for sentence in turn.answer.sentences for citation in sentence.citations]
    return [citation.title for citation in (*quoted, *turn.answer.close)]


@pytest.mark.parametrize(
    "before", ["", "   ", "。、？！", "\x00", "あ" * 5_000, "それは？", "証明書がほしい"]
)
@pytest.mark.parametrize("question", ["", "？", "それは？", "郵送だと？"])
@pytest.mark.django_db
def test_whatever_was_asked_before_a_question_has_an_outcome(before: str, question: str) -> None:
    with town() as (owner, _):
        turn = converse(owner, question, [before] * 9, TODAY, procedures=tuple)
    assert turn.answer.outcome == "none"
    assert turn.answer.question == question
    assert len(turn.reading.carried) <= 60
