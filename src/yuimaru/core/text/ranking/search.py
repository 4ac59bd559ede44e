"""Ranking items for a question by words, by meaning of sentences and by meaning of words, as far as there are parts.

The shares of the mix are round numbers; they were chosen with a view of public question sets, and none was fitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import Encoder, unit
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.meaning.weights import Floats
from yuimaru.core.text.meaning.wordvectors import WordVectors
from yuimaru.core.text.ranking import expansion
from yuimaru.core.text.ranking.fusion import Mixed, mixed
from yuimaru.core.text.ranking.index import Index
from yuimaru.core.text.ranking.item import Hit
from yuimaru.core.text.ranking.likeness import summed
from yuimaru.core.text.ranking.matrix import Matrix
from yuimaru.core.text.tokens import tokens

_WORDS, _ABOUT, _SAYS, _BY_WORDS = 0.2, 0.4, 0.4, 0.1
_BY_WORDS_ALONE = 0.08  # beside the words, where no sentence is encoded
_ABOUT_SHARE = 0.6  # of likeness by words, the rest is for what an item says
_FIRST, _PULL = 5, 0.25  # the first items found pull the question towards themselves a little (Rocchio, 1971)
_HINT = 30  # characters of added words that the encoder reads behind the question; more cost time and tell no more


def search(index: Index, question: str, limit: int, parts: Parts) -> list[Hit]:
    """Give the nearest items, the best first; only such as share a word with the question or are alike."""
    units = [unit_ for unit_ in tokens(question) if "\0" not in unit_]
    if not units or not index.size:
        return []
    own = expansion.own_weights(units)
    added = expansion.added_weights(units, index, parts)
    by_words = index.words.scores({**added, **own})
    blend: list[Mixed] = [(_WORDS, by_words, None)]
    encoded = _Encoded.of(index) if parts.encoder is not None else None
    if parts.vectors is not None:
        blend += _by_words(units, index, parts.vectors, _BY_WORDS_ALONE if encoded is None else _BY_WORDS)
    if parts.encoder is None or encoded is None:
        scores = mixed(blend)
        return [
            Hit(index.keys[at], float(scores[at]), None) for at in _best(scores, limit) if by_words[at] > 0
        ]
    vector = _read(question, added if parts.reads_twice else {}, parts.encoder)
    near = encoded.near(vector)
    first = _best(mixed([*blend, *near.blend]), _FIRST)
    scores = mixed([*blend, *encoded.near(unit(vector + _PULL * encoded.middle(first))).blend])
    return [
        Hit(index.keys[at], float(scores[at]), near.likeness(at))
        for at in _best(scores, limit)
        if by_words[at] > 0 or near.known[at]
    ]


class _Nearness(NamedTuple):
    """How near each item lies to a vector, by what it is about and by what it says, and which items are encoded."""

    about: Floats
    says: Floats
    known: NDArray[np.bool_]

    @property
    def blend(self) -> list[Mixed]:
        return [(_ABOUT, self.about, self.known), (_SAYS, self.says, self.known)]

    def likeness(self, at: int) -> float | None:
        return float(self.about[at] + self.says[at]) / 2 if self.known[at] else None


class _Encoded(NamedTuple):
    """The vectors of an index's items."""

    about: Matrix
    says: Matrix

    @classmethod
    def of(cls, index: Index) -> Self | None:
        return None if index.about is None or index.says is None else cls(index.about, index.says)

    def near(self, vector: Floats) -> _Nearness:
        return _Nearness(self.about.cosines(vector), self.says.cosines(vector), self.about.filled)

    def middle(self, places: Sequence[int]) -> Floats:
        """Where some items lie between them."""
        return unit(sum(side.vectors(places).sum(axis=0) for side in self))


def _read(question: str, added: Mapping[str, float], encoder: Encoder) -> Floats:
    hint = " ".join(added)[:_HINT]
    read = encoder.encode([question, f"{question} {hint}"] if hint else [question], "query")
    return unit(read.sum(axis=0))


def _by_words(units: Sequence[str], index: Index, vectors: WordVectors, share: float) -> list[Mixed]:
    if index.shared is None or index.about_by_words is None or index.says_by_words is None:
        return []
    weights = index.rarity(index.held(units))
    vector = index.shared.taken_off(summed([Counter(units)], weights, vectors))[0]
    about, says = index.about_by_words, index.says_by_words
    scores = _ABOUT_SHARE * about.cosines(vector) + (1 - _ABOUT_SHARE) * says.cosines(vector)
    return [(share, scores, None)]


def _best(scores: Floats, limit: int) -> Sequence[int]:
    limit = min(limit, len(scores))
    nearest = np.argpartition(-scores, limit - 1)[:limit]
    found: list[int] = nearest[np.lexsort((nearest, -scores[nearest]))].tolist()
    return found
