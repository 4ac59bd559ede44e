"""A set of questions that answers are measured with, one JSON object a line, as a municipality keeps its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from yuimaru.core.text.evaluation import UnreadableSet

Kind = Literal[
    "answerable", "unanswerable", "off_topic", "wrong_premise", "neighbour", "expired", "injection"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_NEEDED = {"answerable": "document", "wrong_premise": "quote"}  # what a kind cannot be judged without


@dataclass(frozen=True, slots=True)
class Probe:
    """評価の質問: a question and what it should find; `document` and `quote` are empty where nothing should be."""

    id: str
    question: str
    kind: Kind
    document: str = ""
    quote: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether the municipality's own documents in force hold what is asked."""
        return bool(self.document) and self.kind in ("answerable", "wrong_premise", "injection")


def read_probes(path: Path) -> list[Probe]:
    """Read a set; raises UnreadableSet, which names the line and what is wrong with it."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise UnreadableSet(f"{path} を読めません（UTF-8のファイルが必要です）。") from None
    probes = list(_read(path, lines))
    if not probes:
        raise UnreadableSet(f"{path} に質問がありません。")
    return probes


def _read(path: Path, lines: list[str]) -> Iterator[Probe]:
    known: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            probe = _probe(line)
            if probe.id in known:
                raise ValueError(f"id「{probe.id}」が前の行にもあります。")
        except ValueError as wrong:
            raise UnreadableSet(f"{path} {number}行目: {wrong}") from None
        known.add(probe.id)
        yield probe


def _probe(line: str) -> Probe:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise ValueError("JSONのオブジェクトではありません。")
    kind = row.get("kind")
    if kind not in KINDS:
        raise ValueError(f"kindは {'、'.join(KINDS)} のどれかです。")
    needed = ("id", "question", *filter(None, [_NEEDED.get(kind)]))
    told = {name: _text(row, name) for name in ("id", "question", "document", "quote")}
    for name in needed:
        if not told[name].strip():
            raise ValueError(f"{name}がありません（{kind}）。")
    return Probe(kind=kind, **told)


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or _UNWRITABLE.search(value):
        raise ValueError(f"{name}が文字列ではないか、扱えない文字を含みます。")
    return value
