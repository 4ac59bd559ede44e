"""A wheel like the one that holds the word vectors, with as many words as a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from yuimaru.core.text.meaning.wordvectors import WIDTH


def write(path: Path, rows: Mapping[int, int], vectors: int) -> Path:
    """Write a wheel: which key has which row, and so many vectors that all differ."""
    content = io.BytesIO()
    table = np.eye(vectors, WIDTH, dtype=np.float32) * 3 + 0.1
    np.save(content, table)
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("ja_ginza/ja_ginza-0/vocab/vectors", content.getvalue())
        opened.writestr("ja_ginza/ja_ginza-0/vocab/key2row", _packed(rows))
    return path


def _packed(rows: Mapping[int, int]) -> bytes:
    packed = b"\xdf" + len(rows).to_bytes(4)
    for key, row in rows.items():
        packed += b"\xcf" + key.to_bytes(8)
        packed += row.to_bytes(1) if row < 0x80 else b"\xcd" + row.to_bytes(2)
    return packed
