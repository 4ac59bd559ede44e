"""Words that mean the same: Sudachi's synonym list, and our own lists from everyday words to official terms.

A word here is a row of one to three units as `tokens` cuts them, so that 国保 and 国民 健康 保険 can meet.
"""

from __future__ import annotations

import csv
import lzma
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from yuimaru.core.text.tokens import tokens

LONGEST = 3  # units of a word

Units = tuple[str, ...]
Terms = dict[Units, tuple[Units, ...]]

_DATA = files("yuimaru.core.text.meaning") / "data"
_LIST = _DATA / "sudachi-synonyms" / "synonyms.txt.xz"
_EVERYDAY, _RELATED = _DATA / "everyday.tsv", _DATA / "related.tsv"
_GROUP, _USE, _WORD = 0, 2, 8  # columns of Sudachi's list
_ASKS_AND_ANSWERS, _STRUCK = "0", "2"


class Synonyms:
    """Sudachi's list, cut into units beforehand."""

    def __init__(self, path: Path) -> None:
        """Open what `write` made; raises FileNotFoundError."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    def of(self, units: Units) -> list[Units]:
        """The other words of the groups that a word belongs to."""
        rows = self._connection.execute("SELECT other FROM synonym WHERE word = ?", (" ".join(units),))
        return [tuple(other.split(" ")) for (other,) in rows]


def write(path: Path) -> None:
    """Cut Sudachi's list into units and write it to a new file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE synonym (word TEXT, other TEXT, PRIMARY KEY (word, other)) WITHOUT ROWID"
        )
        connection.executemany("INSERT OR IGNORE INTO synonym VALUES (?, ?)", _pairs())
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _pairs() -> Iterator[tuple[str, str]]:
    for group in _groups():
        cut = [(" ".join(units), asks) for units, asks in group if 0 < len(units) <= LONGEST]
        for word, asks in cut:
            if asks:
                yield from ((word, other) for other, _ in cut if other != word)


def _groups() -> Iterator[list[tuple[Units, bool]]]:
    groups: dict[str, list[tuple[Units, bool]]] = defaultdict(list)
    with _LIST.open("rb") as packed, lzma.open(packed) as opened:
        for row in csv.reader(line.decode() for line in opened):
            if row and row[_USE] != _STRUCK:
                groups[row[_GROUP]].append((tuple(tokens(row[_WORD])), row[_USE] == _ASKS_AND_ANSWERS))
    yield from groups.values()


@lru_cache(maxsize=1)
def everyday() -> Terms:
    """Our own list, read once: what people say, and the terms that municipalities use for it."""
    return _read(_EVERYDAY)


@lru_cache(maxsize=1)
def related() -> Terms:
    """Our wider list, read once: what people say, and what a document that helps them may speak of."""
    return _read(_RELATED)


def _read(path: Traversable) -> Terms:
    found: Terms = {}
    with path.open(encoding="utf-8") as opened:
        for said, terms in _rows(opened):
            found[said] = (*found.get(said, ()), *terms)
    return found


def _rows(lines: Iterable[str]) -> Iterator[tuple[Units, list[Units]]]:
    for row in csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        if row:
            said, *terms = (tuple(tokens(cell)) for cell in row)
            yield said, terms


def runs(units: Sequence[str], longest: int = LONGEST) -> Iterator[Units]:
    """Every run of neighbouring units, up to a length."""
    for length in range(1, longest + 1):
        for start in range(len(units) - length + 1):
            yield tuple(units[start : start + length])
