"""The demo towns' documents asked with the questions of questions.jsonl, and with those of the demo itself.

The search goes by words and our own list here, as in every test; with vectors it finds more.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import thread_time

import pytest
from ruamel.yaml import YAML

from tests import cast
from tests.services.knowledge.town import DEMO, TODAY, publish_demo, town
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.rules.answer import Answer

OWN = Path(__file__).parent / "questions.jsonl"
CODES = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)


@dataclass(frozen=True)
class Asked:
    """A question put to a town, with what it got."""

    code: str
    question: str
    kind: str
    quote: str
    answer: Answer
    texts: dict[str, str]
    cpu_ms: float


def _questions() -> Iterator[tuple[str, str, str, str]]:
    for line in OWN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["municipality"], row["question"], row["kind"], row["quote"]


def _demo_questions() -> Iterator[tuple[str, str, str, str]]:
    for code, kinds in YAML(typ="safe").load(DEMO / "questions.yaml").items():
        for kind, cases in kinds.items():
            for case in cases:
                told = case if isinstance(case, dict) else {"question": case}
                yield code, told["question"], kind, told.get("quote", "")


@pytest.fixture
def asked(db: None, var: Path) -> dict[str, list[Asked]]:
    """Publish the demo documents, then ask everything once."""
    found: dict[str, list[Asked]] = {"own": [], "demo": []}
    for code in CODES:
        with town(code) as (owner, actor):
            assert publish_demo(owner, actor).refused == []
            texts = {str(document.pk): document.text for document in queries.list_documents(owner)}
            for name, questions in (("own", _questions()), ("demo", _demo_questions())):
                for place, question, kind, quote in questions:
                    if place != code:
                        continue
                    before = thread_time()
                    answer = queries.ask(owner, question, TODAY)
                    spent = (thread_time() - before) * 1000
                    found[name].append(Asked(code, question, kind, quote, answer, texts, spent))
    return found


def test_the_demo_towns_answer_as_they_should(asked: dict[str, list[Asked]]) -> None:
    everything = asked["own"] + asked["demo"]
    for one in everything:
        _is_verbatim_and_own(one)
    own, demo = _outcomes(asked["own"]), _outcomes(asked["demo"])
    spent = median(one.cpu_ms for one in everything)
    sys.stdout.write(f"\nown: {dict(own)}\ndemo: {dict(demo)}\nprocessor time per question: {spent:.1f} ms\n")
    wrong = [
        one.question for one in everything if one.kind in ("off_topic", "neighbour") and one.answer.sentences
    ]
    assert wrong == []
    assert [
        one.question for one in everything if one.kind == "off_topic" and one.answer.outcome != "none"
    ] == []
    answerable = [one for one in asked["own"] if one.kind == "answerable"]
    assert sum(_is_right(one) for one in answerable) >= 0.9 * len(answerable)
    colloquial = [one for one in asked["demo"] if one.kind == "answerable"]
    assert sum(_is_right(one) for one in colloquial) >= 0.5 * len(colloquial)
    assert sum(_is_right(one) or _is_close(one) for one in colloquial) >= 0.75 * len(colloquial)
    unanswerable = [one for one in asked["own"] if one.kind == "unanswerable"]
    assert sum(one.answer.outcome == "answer" for one in unanswerable) <= 0.3 * len(unanswerable)


def _is_verbatim_and_own(one: Asked) -> None:
    shown = [citation for sentence in one.answer.sentences for citation in sentence.citations]
    assert all(sentence.citations for sentence in one.answer.sentences)
    for citation in (*shown, *one.answer.close):
        text = one.texts[str(citation.document_id)]  # a foreign document is a KeyError
        assert citation.quote in text
        assert citation.url.startswith(f"/m/{one.code}/documents/{citation.document_id}#p-")
    for sentence in one.answer.sentences:
        assert sentence.text == sentence.citations[0].quote
    assert (one.answer.refusal is None) == (one.answer.outcome == "answer")
    assert bool(one.answer.close) == (one.answer.outcome == "close")


def _is_right(one: Asked) -> bool:
    return any(one.quote in sentence.text for sentence in one.answer.sentences)


def _is_close(one: Asked) -> bool:
    return any(one.quote in citation.quote or citation.quote in one.quote for citation in one.answer.close)


def _outcomes(asked: list[Asked]) -> Counter[str]:
    return Counter(f"{one.kind} {one.answer.outcome}" for one in asked)
