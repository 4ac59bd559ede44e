"""The words that a question is searched with: its own, words that mean the same, and near ones that the items use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from yuimaru.core.text.meaning import synonyms
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.meaning.synonyms import Synonyms, Terms, Units
from yuimaru.core.text.meaning.wordvectors import WordVectors
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.tokens import tokens

# What questions on any subject say; it tells little about which item answers.
_ASKING = (
    "教える 知る 欲しい 聞く 分かる 良い 何 何処 どう 何時 いくら 思う 場合 時 人 為 下さる 必要 方法 出来る"
)
_ASKED = 0.3  # weight of such a word, beside 1 for the others
_SAME = 0.4  # weight of a word that means the same, shared among its units
_NEAR = 0.4  # weight of a near word, times its cosine
_NEIGHBOURS = 5
_NEAR_ENOUGH = 0.5  # cosine

_LONGEST_EVERYDAY = 4  # units of what people say


def own_weights(units: Sequence[str]) -> dict[str, float]:
    """The weights of a question's own words."""
    asking = _asking()
    return {form: times * (_ASKED if form in asking else 1.0) for form, times in Counter(units).items()}


def added_weights(units: Sequence[str], index: Index, parts: Parts) -> dict[str, float]:
    """The weights of the words that a question does not say itself, the weightiest first."""
    found: dict[str, float] = {}
    for form, weight in (*_same(units, parts.synonyms), *_near(units, index, parts.vectors)):
        if form not in units:
            found[form] = max(weight, found.get(form, 0.0))
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def equivalents(units: Sequence[str]) -> Iterator[tuple[Units, Units]]:
    """Every run of a question's words that has an official term in our own list, with each of the terms."""
    return _listed(units, synonyms.everyday())


def _same(units: Sequence[str], listed: Synonyms | None) -> Iterator[tuple[str, float]]:
    others = [other for _, other in (*equivalents(units), *_listed(units, synonyms.related()))]
    if listed is not None:
        others += [other for run in synonyms.runs(units) for other in listed.of(run)]
    for other in others:
        for form in other:
            yield form, _SAME / len(other)


def _listed(units: Sequence[str], terms: Terms) -> Iterator[tuple[Units, Units]]:
    for run in synonyms.runs(units, _LONGEST_EVERYDAY):
        for other in terms.get(run, ()):
            yield run, other


def _near(units: Sequence[str], index: Index, vectors: WordVectors | None) -> Iterator[tuple[str, float]]:
    if vectors is None:
        return
    telling = [form for form in units if form not in _asking()]
    for nearest in index.near(telling, vectors).values():
        for near in nearest[:_NEIGHBOURS]:
            if near.cosine > _NEAR_ENOUGH:
                yield near.form, _NEAR * near.cosine


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    return frozenset(tokens(_ASKING))
