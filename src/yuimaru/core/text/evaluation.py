"""Measuring the search on a labelled set in BEIR's files, through the product's own index and words."""

import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yuimaru.core.text import metrics
from yuimaru.core.text.meaning.parts import Parts
from yuimaru.core.text.ranking import encoded, index
from yuimaru.core.text.ranking.item import Item
from yuimaru.core.text.ranking.search import search

_WORDS = "BM25 (k1=1.2, b=0.75) over Sudachi core mode A, normalized forms, expanded"
_DEPTH = 10

BY_WORDS = Parts()

Progress = Callable[[int, int], None]  # how many items of how many are encoded


def silently(done: int, of: int) -> None:
    """Report no progress."""


class UnreadableSet(Exception):
    """A file of the set cannot be read; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Scores of the ranking, and the processor time of each query in milliseconds on one thread."""

    method: str
    scores: metrics.Scores
    query_ms: list[float]

    def as_json(self) -> dict[str, object]:
        """Give the figures under the names of the contract."""
        scores = self.scores
        return {
            "method": self.method,
            "queries": scores.queries,
            "queries_with_correct": scores.queries_with_correct,
            "ndcg@10": round(scores.ndcg, 4),
            "mrr@10": round(scores.mrr, 4),
            **{f"hit@{depth}": round(share, 4) for depth, share in scores.hits.items()},
            "recall@10": round(scores.recall, 4),
            "query_ms": {
                "p50": round(metrics.percentile(self.query_ms, 0.5), 3),
                "p95": round(metrics.percentile(self.query_ms, 0.95), 3),
            },
        }


def retrieval(
    corpus: Path, queries: Path, qrels: Path, parts: Parts = BY_WORDS, *, progress: Progress = silently
) -> Retrieval:
    """Index the corpus, ask every labelled query and score the first ten; raises UnreadableSet."""
    labels = read_qrels(qrels)
    asked = {key: text for key, text in read_queries(queries) if key in labels}
    with indexed(list(read_corpus(corpus)), parts, progress=progress) as opened:
        search(opened, "暖機", _DEPTH, parts)
        rankings, spent = _ask(opened, asked, parts)
    method = f"{_WORDS}; {parts.name}" if parts.name else _WORDS
    return Retrieval(method, metrics.score(rankings, labels), spent)


@contextmanager
def indexed(items: Sequence[Item], parts: Parts, *, progress: Progress = silently) -> Iterator[index.Index]:
    """Build an index of items as the product does for a municipality, for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="yuimaru-evaluate-") as place:
        folder = Path(place) / "index"
        folder.mkdir()
        with encoded.Encoded(Path(place) / "vectors.sqlite") as vectors:
            if parts.encoder is not None:
                missing = vectors.missing(items)
                for done in vectors.add(missing, parts.encoder):
                    progress(done, len(missing))
            index.build(
                folder, items, vectors=parts.vectors, encoded=vectors if parts.encoder is not None else None
            )
        with index.Index(folder) as opened:
            yield opened


def _ask(
    opened: index.Index, asked: dict[str, str], parts: Parts
) -> tuple[dict[str, list[str]], list[float]]:
    rankings, spent = {}, []
    for key, text in asked.items():
        before = time.thread_time()
        hits = search(opened, text, _DEPTH, parts)
        spent.append((time.thread_time() - before) * 1000)
        rankings[key] = [hit.key for hit in hits]
    return rankings, spent


def read_corpus(path: Path) -> Iterator[Item]:
    """Read the documents of a corpus (`_id`, `title`, `text` a line) as items to index."""
    for row in _rows(path, "_id", "text"):
        yield Item(row["_id"], row.get("title", ""), row["text"])


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Read the queries (`_id`, `text` a line)."""
    for row in _rows(path, "_id", "text"):
        yield row["_id"], row["text"]


def read_answers(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read the questions (`text`) with the strings that answer each (`answers`, one or more a line)."""
    for number, row in _numbered(path, "text"):
        answers = row.get("answers")
        if not isinstance(answers, list) or not answers or not all(isinstance(each, str) for each in answers):
            raise UnreadableSet(f"{path} {number}行目: answersに、答えの文字列の一覧がありません。")
        yield row["text"], answers


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read the labels: query, document and grade on a tab-separated line under one heading line."""
    labels: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_lines(path), start=1):
        if number == 1 or not line.strip():
            continue
        try:
            query, document, grade = line.split("\t")
            labels[query][document] = int(grade)
        except ValueError as error:
            said = f"{path} {number}行目: 「質問 文書 等級」のタブ区切りではありません。"
            raise UnreadableSet(said) from error
    return dict(labels)


def _rows(path: Path, *needed: str) -> Iterator[dict[str, str]]:
    for _, row in _numbered(path, *needed):
        yield row


def _numbered(path: Path, *needed: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            complete = all(isinstance(row[name], str) for name in needed)
        except (ValueError, KeyError, TypeError):
            complete = False
        if not complete:
            raise UnreadableSet(f"{path} {number}行目: 文字列の{'と'.join(needed)}がありません。")
        yield number, row


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as opened:
            yield from opened
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSet(f"{path} を読めません。") from error
