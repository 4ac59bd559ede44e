"""Finding: how well a city's questions find their answers, and how often two shown sentences hold the answer."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from benchmarks.figures import Figure
from yuimaru.core.text import evaluation, metrics
from yuimaru.core.text.meaning.parts import Parts, opened
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.search import search
from yuimaru.interfaces.cli import django
from yuimaru.services.knowledge.rules import evidence
from yuimaru.services.knowledge.rules.question import understand
from yuimaru.services.knowledge.rules.senses import Senses

PARAGRAPHS_READ = 8  # as many as a question to a municipality reads
SPAN_QUESTIONS = 1_000

NAMES = {
    "ndcg_at_10": "",
    "ndcg_by_words": "",
    "hit_at_1": "",
    "hit_at_3": "",
    "hit_at_10": "",
    "query_cpu_ms_p50": "ms",
    "jsquad_two_sentences": "",
}


def measure(data: Path | None, profile: str) -> list[Figure]:
    """nDCG, hits and processor time on localgovfaq, and JSQuAD's answers within two shown sentences."""
    if data is None or not (data / "localgovfaq").is_dir():
        return [Figure(name, None, unit) for name, unit in NAMES.items()]
    django.name_settings()
    parts = opened(settings.SEARCH_PARTS) if settings.SEARCH_PARTS else Parts()
    found = _on(data / "localgovfaq", parts)
    hits = found.scores.hits
    spent = round(metrics.percentile(found.query_ms, 0.5), 2)
    return [
        Figure("ndcg_at_10", round(found.scores.ndcg, 4), "", target=0.67, goal=0.70),
        Figure("ndcg_by_words", round(_on(data / "localgovfaq", Parts()).scores.ndcg, 4), ""),
        Figure("hit_at_1", round(hits[1], 4), "", target=0.60, goal=0.64),
        Figure("hit_at_3", round(hits[3], 4), "", target=0.80, goal=0.84),
        Figure("hit_at_10", round(hits[10], 4), "", target=0.90, goal=0.94),
        Figure("query_cpu_ms_p50", spent, "ms", 40, better="less"),
        Figure("jsquad_two_sentences", two_sentences(data / "jsquad", parts), "", target=0.90, goal=0.93),
    ]


def two_sentences(folder: Path, parts: Parts) -> float | None:
    """The share of JSQuAD's questions whose answer string stands in the first two chosen sentences."""
    if not folder.is_dir():
        return None
    rows = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    asked = random.Random(2026).sample(rows, min(SPAN_QUESTIONS, len(rows)))
    items = {item.key: item for item in evaluation.read_corpus(folder / "corpus.jsonl")}
    with evaluation.indexed(list(items.values()), parts) as index:
        right = sum(_answers(index, items, row["text"], row["answers"], parts) for row in asked)
    return round(right / len(asked), 4)


def _answers(index: Index, items: Mapping[str, Item], text: str, answers: list[str], parts: Parts) -> bool:
    question = understand(text)
    rarity = index.rarity(index.held(list(question.weights)))
    weights = {form: rare * question.weights[form] for form, rare in rarity.items()}
    candidates = [
        evidence.Candidate(hit.key, items[hit.key].about, "", "", items[hit.key].text, hit.score)
        for hit in search(index, text, PARAGRAPHS_READ, parts)
    ]
    chosen = evidence.choose(question, weights, evidence.rate(question, weights, Senses(), candidates))
    return any(answer in statement.text for statement in chosen[:2] for answer in answers)


def _on(folder: Path, parts: Parts) -> evaluation.Retrieval:
    return evaluation.retrieval(
        folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels.tsv", parts
    )
