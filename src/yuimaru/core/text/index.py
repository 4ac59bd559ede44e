"""A ranked index of passages: one SQLite FTS5 file over words that we have cut ourselves.

FTS5's bm25() is Okapi BM25 with k1 = 1.2 and b = 0.75. The file is a cache: it can always be built again.
"""

import math
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from yuimaru.core.text.tokens import tokens

# Words arrive cut and in small letters: FTS5 parts them at spaces only, every other sign is a letter.
_SIGNS = """!#$%&()*+,-./:;<=>?@[]^_`{|}~\\""''"""
_SCHEMA = f"""
CREATE TABLE item (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE body USING fts5(words, content='', tokenize="ascii tokenchars '{_SIGNS}'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(body, row);
"""
_FORMAT = 1
_SEARCH = """
SELECT item.key, -bm25(body) FROM body JOIN item ON item.number = body.rowid
WHERE body MATCH ? ORDER BY bm25(body), item.number LIMIT ?
"""


class Item(NamedTuple):
    """What is indexed: a key of the caller's and the text to be found by."""

    key: str
    text: str


class Hit(NamedTuple):
    """One found item with its BM25 score (higher is nearer)."""

    key: str
    score: float


class StaleIndex(Exception):
    """The file is no index of this version and has to be built again."""


def build(path: Path, items: Iterable[Item]) -> int:
    """Write a new index file and bring it to the disk; give the number of items. The path must be free."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        connection.execute("BEGIN")
        count = 0
        for count, item in enumerate(items, start=1):
            connection.execute("INSERT INTO item VALUES (?, ?)", (count, item.key))
            connection.execute(
                "INSERT INTO body (rowid, words) VALUES (?, ?)", (count, " ".join(tokens(item.text)))
            )
        connection.execute("INSERT INTO body (body) VALUES ('optimize')")
        connection.execute(f"PRAGMA user_version={_FORMAT}")
        connection.execute("COMMIT")
    with path.open("rb") as written:
        os.fsync(written.fileno())
    return count


class Index:
    """A built index opened for reading; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises StaleIndex when it is missing, damaged or of another version."""
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            self.size: int = self._connection.execute("SELECT count(*) FROM item").fetchone()[0]
        except sqlite3.DatabaseError as damage:
            raise StaleIndex(str(path)) from damage
        if version != _FORMAT:
            raise StaleIndex(str(path))

    def search(self, question: str | Sequence[str], limit: int) -> list[Hit]:
        """Rank the items by BM25 for a question, given as text or as words already cut."""
        cut = tokens(question) if isinstance(question, str) else question
        cut = [word for word in cut if "\0" not in word]  # SQLite takes a NUL for the end of the query
        if not cut:
            return []
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in cut)
        return [Hit(*row) for row in self._connection.execute(_SEARCH, (match, limit))]

    def rarity(self, held: Mapping[str, int]) -> dict[str, float]:
        """Weigh words by how few items hold them (idf, natural logarithm); an unheld word weighs most."""
        return {word: math.log(1 + (self.size + 0.5) / (count + 0.5)) for word, count in held.items()}

    def held(self, words: Iterable[str]) -> dict[str, int]:
        """Count for each word the items that hold it."""
        return {word: self._held(word) for word in set(words)}

    def _held(self, word: str) -> int:
        row = self._connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()
