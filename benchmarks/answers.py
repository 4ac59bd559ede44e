"""Finding: how well a city's questions find their answers, beside a reference BM25 over the same words."""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from benchmarks.figures import Figure
from yuimaru.core.text import evaluation, index, metrics
from yuimaru.core.text.tokens import tokens
from yuimaru.services.knowledge.rules import evidence
from yuimaru.services.knowledge.rules.question import understand

K1, B = 1.2, 0.75
DEPTH = 10
PARAGRAPHS_READ = 3
SPAN_QUESTIONS = 1_000

NAMES = {
    "ndcg_at_10": "",
    "ndcg_from_reference": "",
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
    found = _on(data / "localgovfaq")
    reference = reference_ndcg(data / "localgovfaq")
    hits = found.scores.hits
    return [
        Figure("ndcg_at_10", round(found.scores.ndcg, 4), "", target=0.50),
        Figure("ndcg_from_reference", _apart(found.scores.ndcg, reference), "", target=0.01, better="less"),
        Figure("hit_at_1", round(hits[1], 4), ""),
        Figure("hit_at_3", round(hits[3], 4), ""),
        Figure("hit_at_10", round(hits[10], 4), ""),
        Figure(
            "query_cpu_ms_p50", round(metrics.percentile(found.query_ms, 0.5), 2), "ms", 40, better="less"
        ),
        Figure("jsquad_two_sentences", two_sentences(data / "jsquad"), ""),
    ]


class ReferenceBM25:
    """Okapi BM25 in its plainest form, to hold the product's index against."""

    def __init__(self, items: Iterable[index.Item]) -> None:
        self.lengths: dict[str, int] = {}
        self.held: dict[str, dict[str, int]] = defaultdict(dict)
        for key, text in items:
            words = tokens(text)
            self.lengths[key] = len(words)
            for word, count in Counter(words).items():
                self.held[word][key] = count
        self.mean = sum(self.lengths.values()) / len(self.lengths)

    def search(self, question: str, limit: int) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in tokens(question):
            holders = self.held.get(word, {})
            rarity = math.log(1 + (len(self.lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            for key, count in holders.items():
                norm = K1 * (1 - B + B * self.lengths[key] / self.mean)
                scores[key] += rarity * count * (K1 + 1) / (count + norm)
        return sorted(scores, key=lambda key: -scores[key])[:limit]


def reference_ndcg(folder: Path) -> float:
    """nDCG@10 of the reference on a set."""
    reference = ReferenceBM25(evaluation.read_corpus(folder / "corpus.jsonl"))
    queries = evaluation.read_queries(folder / "queries.jsonl")
    rankings = {key: reference.search(text, DEPTH) for key, text in queries}
    return metrics.score(rankings, evaluation.read_qrels(folder / "qrels.tsv")).ndcg


def two_sentences(folder: Path) -> float | None:
    """The share of JSQuAD's questions whose answer string stands in the first two chosen sentences."""
    if not folder.is_dir():
        return None
    rows = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    asked = random.Random(2026).sample(rows, min(SPAN_QUESTIONS, len(rows)))
    texts = dict(evaluation.read_corpus(folder / "corpus.jsonl"))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "index.sqlite"
        index.build(path, evaluation.read_corpus(folder / "corpus.jsonl"))
        with index.Index(path) as opened:
            right = sum(_answers(opened, texts, row["text"], row["answers"]) for row in asked)
    return round(right / len(asked), 4)


def _answers(opened: index.Index, texts: dict[str, str], text: str, answers: list[str]) -> bool:
    question = understand(text)
    rarity = opened.rarity(opened.held(question.weights))
    weights = {form: rare * question.weights[form] for form, rare in rarity.items()}
    candidates = []
    for key, score in opened.search(text, PARAGRAPHS_READ):
        title, _, words = texts[key].partition("\n")
        candidates.append(evidence.Candidate(key, title, "", "", words, score))
    chosen = evidence.choose(question, weights, evidence.rate(question, weights, candidates))
    return any(answer in statement.text for statement in chosen[:2] for answer in answers)


def _on(folder: Path) -> evaluation.Retrieval:
    return evaluation.retrieval(folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels.tsv")


def _apart(one: float, other: float) -> float:
    return round(abs(one - other), 4)
