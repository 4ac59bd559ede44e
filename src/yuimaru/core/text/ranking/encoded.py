"""The encoder's vectors of items, kept by content: what has not changed is never encoded again.

An item has two: of what it is about, and of what it says. The file is a cache and can be thrown away.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import Encoder, unit
from yuimaru.core.text.meaning.weights import WIDTH
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.matrix import Matrix, shortened

Halves = NDArray[np.float16]

_KIND = (
    b"multilingual-e5-small, subject read in both ways, 300 characters of text\n"  # names the way of encoding
)
_BEGINNING = 300  # characters
_PATIENCE = 20  # seconds that one writer waits for another
_TOGETHER = 16  # items between two commits

_SCHEMA = "CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, about BLOB, says BLOB) WITHOUT ROWID"


class Encoded:
    """The kept vectors of one owner's items."""

    def __init__(self, path: Path) -> None:
        """Open the file; one that is damaged is begun anew."""
        try:
            self._connection = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = _opened(path)

    def missing(self, items: Iterable[Item]) -> list[Item]:
        """The items whose vectors are not here yet."""
        known = {digest for (digest,) in self._connection.execute("SELECT digest FROM vector")}
        return [item for item in items if _digest(item) not in known]

    def add(self, items: Sequence[Item], encoder: Encoder, *, at_once: int = 1) -> Iterator[int]:
        """Encode items on so many cores and keep their vectors, some at a time; gives how many are done each time."""
        parts = [items[start : start + _TOGETHER] for start in range(0, len(items), _TOGETHER)]
        done = 0
        with ThreadPoolExecutor(
            at_once
        ) as cores:  # the encoder leaves the interpreter to others while it works
            for rows in cores.map(partial(_encoded, encoder=encoder), parts):
                with self._connection:
                    self._connection.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", rows)
                done += len(rows)
                yield done

    def matrices(self, items: Sequence[Item]) -> tuple[Matrix, Matrix]:
        """The vectors of items in their order: what they are about, and what they say; empty rows where missing."""
        nothing = bytes(2 * WIDTH)
        found = {
            digest: (about, says)
            for digest, about, says in self._connection.execute("SELECT digest, about, says FROM vector")
        }
        pairs = [found.get(_digest(item), (nothing, nothing)) for item in items]
        about, says = (
            np.frombuffer(b"".join(pair[side] for pair in pairs), np.float16).reshape(-1, WIDTH)
            for side in (0, 1)
        )
        return shortened(about.astype(np.float32)), shortened(says.astype(np.float32))

    def keep_only(self, items: Iterable[Item]) -> None:
        """Forget the vectors of everything else."""
        wanted = {_digest(item) for item in items}
        known = [digest for (digest,) in self._connection.execute("SELECT digest FROM vector")]
        gone = [(digest,) for digest in known if digest not in wanted]
        with self._connection:
            self._connection.executemany("DELETE FROM vector WHERE digest = ?", gone)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    connection.execute(_SCHEMA)
    return connection


def _digest(item: Item) -> bytes:
    return hashlib.sha256(_KIND + f"{item.about}\0{item.text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _encoded(items: Sequence[Item], encoder: Encoder) -> list[tuple[bytes, bytes, bytes]]:
    vectors = zip(items, _abouts(items, encoder), _says(items, encoder), strict=True)
    return [(_digest(item), about.tobytes(), says.tobytes()) for item, about, says in vectors]


def _abouts(items: Sequence[Item], encoder: Encoder) -> Halves:
    """A question is looked for by other questions, but it is found like a passage: it is read in both ways."""
    texts = [item.about.replace("\n", " ") for item in items]
    return unit(encoder.encode(texts, "passage") + encoder.encode(texts, "query")).astype(np.float16)


def _says(items: Sequence[Item], encoder: Encoder) -> Halves:
    """What an answer is about stands at its beginning; later windows of it make its vector worse, not better."""
    return encoder.encode([item.text[:_BEGINNING] for item in items], "passage").astype(np.float16)
