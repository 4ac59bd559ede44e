"""How alike two texts are by their words' vectors: rare words count most, what all texts share is taken off.

Smooth inverse frequency (Arora, Liang and Ma 2017), with the idf of the items as weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from yuimaru.core.text.meaning.encoder import unit
from yuimaru.core.text.meaning.weights import Floats
from yuimaru.core.text.meaning.wordvectors import WIDTH, WordVectors
from yuimaru.core.text.ranking.words import holders, rarity

_SHARED = "shared.npy"


class Shared:
    """What the texts of an index have in common: their mean and the direction they differ in most."""

    def __init__(self, mean: Floats, direction: Floats) -> None:
        self._mean = mean
        self._direction = direction

    @classmethod
    def among(cls, vectors: Floats) -> Shared:
        """Work it out from unit vectors."""
        mean = vectors.mean(axis=0) if len(vectors) else np.zeros(WIDTH, np.float32)
        apart = vectors - mean
        return cls(mean, np.linalg.eigh(apart.T @ apart)[1][:, -1].astype(np.float32))

    def taken_off(self, vectors: Floats) -> Floats:
        """Give what is particular to each text, as unit vectors; a text without known words stays nothing."""
        apart = (vectors - self._mean) * (np.abs(vectors).max(axis=1, keepdims=True, initial=0) > 0)
        return unit(apart - np.outer(apart @ self._direction, self._direction))

    def save(self, folder: Path) -> None:
        """Write it beside the vectors."""
        np.save(folder / _SHARED, np.stack([self._mean, self._direction]))

    @classmethod
    def open(cls, folder: Path) -> Shared | None:
        """Read it; None where no vectors were built."""
        return cls(*np.load(folder / _SHARED)) if (folder / _SHARED).exists() else None


def summed(counts: Sequence[Counter[str]], weights: Mapping[str, float], vectors: WordVectors) -> Floats:
    """Give the unit sum of the weighted word vectors of each text."""
    sums = np.zeros((len(counts), WIDTH), np.float32)
    held = holders(counts)
    for form, row in vectors.rows(held).items():
        items, times = held[form]
        sums[items] += np.outer(times * weights.get(form, rarity(len(counts), 0)), vectors.of([row])[0])
    return unit(sums)
