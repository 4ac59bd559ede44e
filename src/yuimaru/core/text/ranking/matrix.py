"""Rows of vectors in 8 bits beside their lengths: a quarter of the room, and cosines that differ by thousandths."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import unit
from yuimaru.core.text.meaning.weights import Floats

Bytes = NDArray[np.int8]

_MOST = 127
# Rows widened to 32 bits at once: they stay in the processor's cache, and below the size that the web processes give
# back to the system each time (config/server/web.py), which took a seventh of the time of a question.
_AT_ONCE = 128


class Matrix:
    """Vectors that are compared with one or more others; an empty row is like nothing."""

    def __init__(self, rows: Bytes, lengths: Floats) -> None:
        self._rows = rows
        self._lengths = lengths

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which rows hold a vector."""
        return self._lengths > 0

    def cosines(self, vectors: Floats) -> Floats:
        """How near each row lies to one unit vector, or to each of several, then one column for each."""
        products = np.empty((len(self._rows), *vectors.shape[:-1]), np.float32)
        for start in range(0, len(self._rows), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            np.matmul(self._rows[part].astype(np.float32), vectors.T, out=products[part])
        lengths = self._lengths if products.ndim == 1 else self._lengths[:, np.newaxis]
        found: Floats = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
        return found

    def vectors(self, places: Sequence[int]) -> Floats:
        """The unit vectors of some rows."""
        return unit(self._rows[places].astype(np.float32))

    def save(self, folder: Path, name: str) -> None:
        """Bring the matrix to the disk."""
        for suffix, content in (("rows", self._rows), ("lengths", self._lengths)):
            with (folder / f"{name}-{suffix}.npy").open("wb") as written:
                np.save(written, content)
                written.flush()
                os.fsync(written.fileno())

    @classmethod
    def open(cls, folder: Path, name: str) -> Matrix | None:
        """Open a saved matrix; it stays on the disk and all processes share it. None where there is none."""
        if not (folder / f"{name}-lengths.npy").exists():
            return None
        rows = np.load(folder / f"{name}-rows.npy", mmap_mode="r")
        return cls(rows, np.load(folder / f"{name}-lengths.npy"))


def shortened(vectors: Floats) -> Matrix:
    """Round vectors to 8 bits, each by its own largest number."""
    most = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scaled = np.divide(vectors * _MOST, most, out=np.zeros_like(vectors), where=most > 0)
    rows = np.rint(scaled).astype(np.int8)
    return Matrix(rows, np.linalg.norm(rows.astype(np.float32), axis=1).astype(np.float32))
