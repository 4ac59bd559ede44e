"""Measuring on a labelled set whether the first two sentences that would be shown hold the answer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yuimaru.core.text import evaluation
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.search import search
from yuimaru.services.knowledge.rules import evidence
from yuimaru.services.knowledge.rules.question import understand
from yuimaru.services.knowledge.rules.senses import Senses

SHOWN = 2  # sentences
_READ = 8  # passages whose sentences are rated, as many as for a question to a municipality
_SEED = 2026
_EVERY = 100  # questions between two words of progress


@dataclass(frozen=True, slots=True)
class Spans:
    """How many questions were asked, and for how many of them the shown sentences hold the answer."""

    queries: int
    right: int

    @property
    def share(self) -> float:
        """The share of the questions that are answered."""
        return round(self.right / self.queries, 4) if self.queries else 0.0

    def as_json(self) -> dict[str, object]:
        """Give the figures under the names of the contract."""
        return {"queries": self.queries, "answer_in_2": self.share}


def spans(
    corpus: Path,
    queries: Path,
    parts: Parts,
    *,
    most: int | None = None,
    encoding: evaluation.Progress = evaluation.silently,
    asking: evaluation.Progress = evaluation.silently,
) -> Spans:
    """Index the corpus and ask all questions, or so many of them drawn the same way each time.

    It ranks, rates and chooses as `ask` does, without a store: whether sentences are shown at all is not judged.
    Raises UnreadableSet.
    """
    asked = list(evaluation.read_answers(queries))
    if most is not None and most < len(asked):
        asked = random.Random(_SEED).sample(asked, most)  # noqa: S311 — a sample, not a secret
    items = {item.key: item for item in evaluation.read_corpus(corpus)}
    right = 0
    with evaluation.indexed(list(items.values()), parts, progress=encoding) as index:
        for number, (text, answers) in enumerate(asked, start=1):
            shown = _shown(index, items, text, parts)
            right += any(answer in sentence for sentence in shown for answer in answers)
            if number % _EVERY == 0 or number == len(asked):
                asking(number, len(asked))
    return Spans(len(asked), right)


def _shown(index: Index, items: Mapping[str, Item], text: str, parts: Parts) -> list[str]:
    question = understand(text)
    rarity = index.rarity(index.held(list(question.weights)))
    weights = {form: rare * question.weights[form] for form, rare in rarity.items()}
    candidates = [
        evidence.Candidate(hit.key, items[hit.key].about, "", items[hit.key].text, hit.score)
        for hit in search(index, text, _READ, parts)
    ]
    rated = evidence.rate(question, weights, Senses(), candidates)
    return [statement.text for statement in evidence.choose(rated)[:SHOWN]]
