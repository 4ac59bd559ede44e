"""Which items hold which words, and how much that counts: Okapi BM25, worked out when the index is built.

One SQLite file with a row for each word. It gives the scores of all items, for words that weigh differently, and the
texts of single items: they may stand in a very long document that would have to be read whole.
"""

from __future__ import annotations

import math
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.weights import Floats

K1, B = 1.2, 0.75

_FORMAT = 3
_CACHE = 256  # KB that an open file keeps; of many towns' files many are open, and the system keeps them all anyway
_SCHEMA = """
CREATE TABLE item (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE word (form TEXT PRIMARY KEY, items BLOB NOT NULL, gains BLOB NOT NULL) WITHOUT ROWID;
"""


class StaleIndex(Exception):
    """The file is no index of this version and has to be built again."""


def write(path: Path, texts: Mapping[str, str], counts: Sequence[Counter[str]]) -> None:
    """Write the words of all items to a new file and bring it to the disk; `texts` are theirs, by their keys."""
    lengths = np.array([held.total() for held in counts], np.float32)
    norms = K1 * (1 - B + B * lengths / (lengths.mean() if len(lengths) else 1))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + _SCHEMA)
        numbered = ((number, *each) for number, each in enumerate(texts.items()))
        connection.executemany("INSERT INTO item VALUES (?, ?, ?)", numbered)
        for form, (items, times) in sorted(holders(counts).items()):
            gains = _idf(len(texts), len(items)) * times * (K1 + 1) / (times + norms[items])
            row = (form, items.tobytes(), gains.astype(np.float32).tobytes())
            connection.execute("INSERT INTO word VALUES (?, ?, ?)", row)
        connection.execute(f"PRAGMA user_version={_FORMAT}")
        connection.execute("COMMIT")
    with path.open("rb") as written:
        os.fsync(written.fileno())


def holders(counts: Sequence[Counter[str]]) -> dict[str, tuple[NDArray[np.int32], Floats]]:
    """For each word the items that hold it and how often they do."""
    found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, held in enumerate(counts):
        for form, times in held.items():
            found[form][0].append(number)
            found[form][1].append(times)
    return {
        form: (np.array(items, np.int32), np.array(times, np.float32))
        for form, (items, times) in found.items()
    }


def rarity(size: int, holding: int) -> float:
    """Weigh a word by how few of so many items hold it (natural logarithm); one that all hold weighs a little still."""
    return math.log(1 + (size + 0.5) / (holding + 0.5))


def _idf(size: int, holding: int) -> float:
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


class Words:
    """A written file opened for reading, by all threads of a process; it closes when nobody has it any more."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises StaleIndex when it is missing, damaged or of another version."""
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._connection.execute(f"PRAGMA cache_size=-{_CACHE}")
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            keys = self._connection.execute("SELECT key FROM item ORDER BY number") if version else ()
            self.keys = [key for (key,) in keys]
        except sqlite3.DatabaseError as damage:
            raise StaleIndex(str(path)) from damage
        if version != _FORMAT:
            self.close()
            raise StaleIndex(str(path))

    def texts(self, keys: Sequence[str]) -> dict[str, str]:
        """The texts of some items by their keys."""
        found = (self._connection.execute("SELECT key, text FROM item WHERE key = ?", (key,)) for key in keys)
        return {key: text for rows in found for key, text in rows}

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """The weighted BM25 score of every item."""
        found = np.zeros(len(self.keys), np.float32)
        for form, weight in weights.items():
            row = self._connection.execute("SELECT items, gains FROM word WHERE form = ?", (form,)).fetchone()
            if row is not None:
                found[np.frombuffer(row[0], np.int32)] += weight * np.frombuffer(row[1], np.float32)
        return found

    def held(self, forms: Iterable[str]) -> dict[str, int]:
        """Count for each word the items that hold it."""
        return {form: self._held(form) for form in set(forms)}

    def _held(self, form: str) -> int:
        counted = "SELECT length(items) / 4 FROM word WHERE form = ?"
        row = self._connection.execute(counted, (form,)).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __del__(self) -> None:
        if hasattr(self, "_connection"):
            self.close()
