"""The encoder's vectors of items, kept by content: what has not changed is never encoded again.

An item has two: of what it is about, and of what it says. They are kept in a file, which is a cache and can be
thrown away, or wherever else several servers can share them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.encoder import Encoder, unit
from yuimaru.core.text.meaning.weights import WIDTH
from yuimaru.core.text.ranking.item import Cut, Item, cut
from yuimaru.core.text.ranking.matrix import Matrix, shortened

Halves = NDArray[np.float16]

_KIND = (
    b"multilingual-e5-small, subject read in both ways, 300 characters of text\n"  # names the way of encoding
)
_BEGINNING = 300  # characters
_PATIENCE = 20  # seconds that one writer waits for another
_TOGETHER = 16  # items between two commits

_SCHEMA = "CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, about BLOB, says BLOB) WITHOUT ROWID"
_NOTHING = np.zeros(WIDTH, np.float16)


class Pair(NamedTuple):
    """The vectors of an item: of what it is about, and of what it says."""

    about: Halves
    says: Halves


class Kept(ABC):
    """What has been worked out of one owner's items, by content."""

    def missing(self, items: Iterable[Item]) -> list[Item]:
        """The items whose vectors are not here yet."""
        known = self._known()
        return [item for item in items if digest(item) not in known]

    def add(self, items: Sequence[Item], encoder: Encoder, *, at_once: int = 1) -> Iterator[int]:
        """Encode items on so many cores and keep their vectors, some at a time; gives how many are done each time."""
        parts = [items[start : start + _TOGETHER] for start in range(0, len(items), _TOGETHER)]
        done = 0
        with ThreadPoolExecutor(
            at_once
        ) as cores:  # the encoder leaves the interpreter to others while it works
            for part, pairs in zip(parts, cores.map(partial(_encoded, encoder=encoder), parts), strict=True):
                self._write(pairs)
                done += len(part)
                yield done

    def matrices(self, items: Sequence[Item]) -> tuple[Matrix, Matrix]:
        """The vectors of items in their order: what they are about, and what they say; empty rows where missing."""
        found, nothing = self._read(), Pair(_NOTHING, _NOTHING)
        pairs = [found.get(digest(item), nothing) for item in items]
        about, says = (
            np.array([pair[side] for pair in pairs], np.float32).reshape(-1, WIDTH) for side in (0, 1)
        )
        return shortened(about), shortened(says)

    def cuts(self, items: Sequence[Item]) -> list[Cut]:
        """The words of items in their order."""
        return [cut(item) for item in items]

    @abstractmethod
    def _known(self) -> set[bytes]:
        """The digests of the items whose vectors are here."""

    @abstractmethod
    def _read(self) -> Mapping[bytes, Pair]:
        """All vectors, by the digests of their items."""

    @abstractmethod
    def _write(self, pairs: Mapping[bytes, Pair]) -> None:
        """Keep vectors; what is here already stays as it is."""

    @abstractmethod
    def keep_only(self, items: Iterable[Item]) -> None:
        """Forget everything about other items."""


class Encoded(Kept):
    """The vectors of one owner's items in a file."""

    def __init__(self, path: Path) -> None:
        """Open the file; one that is damaged is begun anew."""
        try:
            self._connection = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = _opened(path)

    def _known(self) -> set[bytes]:
        return {name for (name,) in self._connection.execute("SELECT digest FROM vector")}

    def _read(self) -> Mapping[bytes, Pair]:
        rows = self._connection.execute("SELECT digest, about, says FROM vector")
        return {
            name: Pair(np.frombuffer(about, np.float16), np.frombuffer(says, np.float16))
            for name, about, says in rows
        }

    def _write(self, pairs: Mapping[bytes, Pair]) -> None:
        rows = [(name, pair.about.tobytes(), pair.says.tobytes()) for name, pair in pairs.items()]
        with self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", rows)

    def keep_only(self, items: Iterable[Item]) -> None:
        """Forget everything about other items."""
        gone = self._known() - {digest(item) for item in items}
        with self._connection:
            self._connection.executemany("DELETE FROM vector WHERE digest = ?", [(name,) for name in gone])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._connection.close()


def digest(item: Item) -> bytes:
    """Name an item by its content and the way of encoding."""
    return hashlib.sha256(_KIND + f"{item.about}\0{item.text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    connection.execute(_SCHEMA)
    return connection


def _encoded(items: Sequence[Item], encoder: Encoder) -> dict[bytes, Pair]:
    pairs = map(Pair, _abouts(items, encoder), _says(items, encoder))
    return dict(zip(map(digest, items), pairs, strict=True))


def _abouts(items: Sequence[Item], encoder: Encoder) -> Halves:
    """A question is looked for by other questions, but it is found like a passage: it is read in both ways."""
    texts = [item.about.replace("\n", " ") for item in items]
    return unit(encoder.encode(texts, "passage") + encoder.encode(texts, "query")).astype(np.float16)


def _says(items: Sequence[Item], encoder: Encoder) -> Halves:
    """What an answer is about stands at its beginning; later windows of it make its vector worse, not better."""
    return encoder.encode([item.text[:_BEGINNING] for item in items], "passage").astype(np.float16)
