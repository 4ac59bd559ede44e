"""Measures of a ranking against graded labels: grade 2 = holds the answer, grade 1 = related.

Gain is 2^grade − 1. nDCG, MRR and recall count every grade from 1; hit@k asks for the best grade of the set.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DEPTH = 10
_HIT_DEPTHS = (1, 3, 10)

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the queries: all labelled ones, for hit@k those that have a document of the best grade."""

    queries: int
    queries_with_correct: int
    ndcg: float
    mrr: float
    recall: float
    hits: Mapping[int, float]


def score(rankings: Mapping[str, Sequence[str]], labels: Mapping[str, Grades]) -> Scores:
    """Score the first ten of each ranking; a labelled query without a ranking counts as nothing found."""
    judged = {query: grades for query, grades in labels.items() if max(grades.values(), default=0) > 0}
    best = max((grade for grades in judged.values() for grade in grades.values()), default=1)
    correct = {query: _with_grade(grades, min(best, 2)) for query, grades in judged.items()}
    answerable = [query for query, documents in correct.items() if documents]

    def first(query: str, depth: int = _DEPTH) -> Sequence[str]:
        return rankings.get(query, ())[:depth]

    return Scores(
        queries=len(judged),
        queries_with_correct=len(answerable),
        ndcg=_mean([ndcg(first(query), grades) for query, grades in judged.items()]),
        mrr=_mean([reciprocal_rank(first(query), grades) for query, grades in judged.items()]),
        recall=_mean([recall(first(query), grades) for query, grades in judged.items()]),
        hits={
            depth: _mean([float(not correct[query].isdisjoint(first(query, depth))) for query in answerable])
            for depth in _HIT_DEPTHS
        },
    )


def ndcg(ranking: Sequence[str], grades: Grades) -> float:
    """Discounted gain of the first ten, beside that of the best possible order."""
    ideal = _discounted(sorted(grades.values(), reverse=True)[:_DEPTH])
    return _discounted([grades.get(key, 0) for key in ranking[:_DEPTH]]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the place of the first labelled document, 0 when there is none."""
    return next((1 / place for place, key in enumerate(ranking, start=1) if grades.get(key, 0) > 0), 0.0)


def recall(ranking: Sequence[str], grades: Grades) -> float:
    """Share of the labelled documents that were found."""
    wanted = _with_grade(grades, 1)
    return len(wanted.intersection(ranking)) / len(wanted) if wanted else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def _with_grade(grades: Grades, least: int) -> set[str]:
    return {key for key, grade in grades.items() if grade >= least}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
