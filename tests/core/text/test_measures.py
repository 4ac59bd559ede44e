"""The measures equal their formulas on rankings counted by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from yuimaru.core.text import evaluation, metrics

LABELS = {"q1": {"a": 2, "b": 1}, "q2": {"c": 1}, "q3": {"d": 2}}
RANKINGS = {"q1": ["b", "x", "a"], "q2": ["x", "c"]}


def test_measures_counted_by_hand() -> None:
    scores = metrics.score(RANKINGS, LABELS)
    first = (1 + 3 / math.log2(4)) / (3 + 1 / math.log2(3))
    assert scores.queries == 3
    assert scores.queries_with_correct == 2  # q2 has only a related document
    assert scores.ndcg == pytest.approx((first + 1 / math.log2(3) + 0) / 3)
    assert scores.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert scores.recall == pytest.approx((1 + 1 + 0) / 3)
    assert scores.hits == {1: 0, 3: 0.5, 10: 0.5}


def test_where_a_set_has_one_grade_it_counts_as_correct() -> None:
    scores = metrics.score({"q": ["a"]}, {"q": {"a": 1}})
    assert (scores.queries_with_correct, scores.hits[1]) == (1, 1.0)


def test_only_the_first_ten_count() -> None:
    late = {"q": [str(number) for number in range(10)] + ["a"]}
    scores = metrics.score(late, {"q": {"a": 2}})
    assert (scores.ndcg, scores.mrr, scores.recall, scores.hits[10]) == (0, 0, 0, 0)


def test_percentiles_are_values_that_occurred() -> None:
    assert metrics.percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert metrics.percentile([3.0, 1.0, 2.0, 4.0], 0.95) == 4.0
    assert metrics.percentile([], 0.5) == 0


def _set(
    folder: Path, corpus: str = "", qrels: str = "query-id\tcorpus-id\tscore\nq1\td1\t2\n"
) -> list[Path]:
    rows = [
        {"_id": "d1", "title": "粗大ごみ", "text": "手数料は300円です。"},
        {"_id": "d2", "title": "児童手当", "text": "10日に振り込みます。"},
    ]
    paths = [folder / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv")]
    paths[0].write_text(corpus or "".join(json.dumps(row) + "\n" for row in rows))
    paths[1].write_text('{"_id": "q1", "text": "粗大ごみの料金"}\n{"_id": "q2", "text": "unlabelled"}\n')
    paths[2].write_text(qrels)
    return paths


def _measured(paths: list[Path]) -> evaluation.Retrieval:
    corpus, queries, qrels = paths
    return evaluation.retrieval(corpus, queries, qrels)


def test_a_set_is_measured_through_the_index(tmp_path: Path) -> None:
    report = _measured(_set(tmp_path)).as_json()
    assert (report["queries"], report["ndcg@10"], report["hit@1"], report["recall@10"]) == (1, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("broken", ["{", '{"_id": "d1"}', '{"_id": 1, "text": "x"}', "[]"])
def test_an_unreadable_corpus_is_named_with_its_line(tmp_path: Path, broken: str) -> None:
    with pytest.raises(evaluation.UnreadableSet, match="1行目"):
        _measured(_set(tmp_path, corpus=broken))


def test_unreadable_labels_and_missing_files_are_named(tmp_path: Path) -> None:
    corpus, queries, qrels = _set(tmp_path, qrels="head\nq1 d1 2\n")
    with pytest.raises(evaluation.UnreadableSet, match="2行目"):
        evaluation.retrieval(corpus, queries, qrels)
    with pytest.raises(evaluation.UnreadableSet, match="読めません"):
        evaluation.retrieval(corpus, queries, tmp_path / "nowhere.tsv")
