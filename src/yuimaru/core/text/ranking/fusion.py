"""One order out of several: each score is put on the scale of its own spread over all items, then they are mixed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.weights import Floats

Mixed = tuple[float, Floats, NDArray[np.bool_] | None]  # weight, scores, and which items have one (all)


def mixed(parts: Sequence[Mixed]) -> Floats:
    """Add the standard scores by weight; an item that a part says nothing about stands at that part's mean."""
    total = np.zeros(len(parts[0][1]), np.float32)
    for weight, scores, known in parts:
        total += weight * _standard(scores, known)
    return total


def _standard(scores: Floats, known: NDArray[np.bool_] | None) -> Floats:
    counted = scores if known is None else scores[known]
    spread = float(counted.std()) if len(counted) else 0.0
    if not spread:
        return np.zeros_like(scores)
    found: Floats = (scores - counted.mean()) / spread
    return found if known is None else np.where(known, found, np.float32(0))
