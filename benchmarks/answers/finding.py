"""Finding on public sets: a city's questions and their entries, and whether two shown sentences hold the answer."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from benchmarks.figures import Figure
from yuimaru.core.text import evaluation, metrics
from yuimaru.core.text.meaning.parts import Parts, chosen
from yuimaru.interfaces.cli import django
from yuimaru.interfaces.cli.acting import asking, encoding

SPAN_QUESTIONS = 1_000


def measure(data: Path | None) -> list[Figure]:
    """nDCG, hits and processor time on localgovfaq, and JSQuAD's answers within two shown sentences."""
    found = {**_retrieval(_folder(data, "localgovfaq")), **_spans(_folder(data, "jsquad"))}
    return [
        Figure("ndcg_at_10", found.get("ndcg"), "", target=0.67, goal=0.70),
        Figure("ndcg_by_words", found.get("ndcg_by_words"), ""),
        Figure("hit_at_1", found.get("hit_at_1"), "", target=0.60, goal=0.64),
        Figure("hit_at_3", found.get("hit_at_3"), "", target=0.80, goal=0.84),
        Figure("hit_at_10", found.get("hit_at_10"), "", target=0.90, goal=0.94),
        Figure("query_cpu_ms_p50", found.get("query_ms"), "ms", 40, better="less"),
        Figure("jsquad_two_sentences", found.get("two_sentences"), "", target=0.90, goal=0.93),
    ]


def _folder(data: Path | None, name: str) -> Path | None:
    return data / name if data is not None and (data / name).is_dir() else None


def _parts() -> Parts:
    return chosen(settings.SEARCH_PARTS, reads_twice=settings.SEARCH_READS_TWICE)


def _retrieval(folder: Path | None) -> dict[str, float]:
    if folder is None:
        return {}
    django.name_settings()
    files = folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels.tsv"
    found = evaluation.retrieval(*files, _parts(), progress=encoding)
    return {
        "ndcg": round(found.scores.ndcg, 4),
        "ndcg_by_words": round(evaluation.retrieval(*files, Parts()).scores.ndcg, 4),
        **{f"hit_at_{depth}": round(share, 4) for depth, share in found.scores.hits.items()},
        "query_ms": round(metrics.percentile(found.query_ms, 0.5), 2),
    }


def _spans(folder: Path | None) -> dict[str, float]:
    if folder is None:
        return {}
    django.configure()
    from yuimaru.services.knowledge.queries.spans import spans

    files = folder / "corpus.jsonl", folder / "queries.jsonl"
    found = spans(*files, _parts(), most=SPAN_QUESTIONS, encoding=encoding, asking=asking)
    return {"two_sentences": found.share}
