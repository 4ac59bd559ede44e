"""The parts that search by meaning is made of, as they were set up in a folder; each may be missing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from yuimaru.core.text.meaning.encoder import Encoder, GraphEncoder, PackageEncoder, Remembering
from yuimaru.core.text.meaning.place import GRAPH, SYNONYMS, VECTORS
from yuimaru.core.text.meaning.synonyms import Synonyms
from yuimaru.core.text.meaning.weights import NoWeights, Weights, packed_file
from yuimaru.core.text.meaning.wordvectors import WordVectors

T = TypeVar("T")

_opened: dict[tuple[int, Path], Parts] = {}


@dataclass(frozen=True)
class Parts:
    """What there is; without any of it, search goes by the words alone."""

    encoder: Encoder | None = None
    vectors: WordVectors | None = None
    synonyms: Synonyms | None = None
    reads_twice: bool = True  # a question is encoded alone and with added words, not once only

    @property
    def name(self) -> str:
        """Names the parts that an index is built with."""
        given = (("encoder", self.encoder), ("word vectors", self.vectors))
        return ", ".join(name for name, part in given if part is not None)


def chosen(folder: Path | None, *, reads_twice: bool) -> Parts:
    """What an installation searches with, by its settings."""
    return replace(opened(folder), reads_twice=reads_twice) if folder else Parts()


def opened(folder: Path) -> Parts:
    """Open what stands in a folder, once for a process; whatever is missing or damaged is left out.

    A forked process opens its own: files and threads of the one it came from are not there any more. What it
    inherited is kept and never touched, since ending an encoder without its threads would wait for ever.
    """
    mine = (os.getpid(), folder)
    if mine not in _opened:
        _opened[mine] = _open(folder)
    return _opened[mine]


def forget() -> None:
    """Open the parts again with the next question: they were set up anew."""
    _opened.clear()


def _open(folder: Path) -> Parts:
    return Parts(
        encoder=_encoder(folder / GRAPH),
        vectors=_if_there(lambda: WordVectors(folder / VECTORS)),
        synonyms=_if_there(lambda: Synonyms(folder / SYNONYMS)),
    )


def _encoder(graph: Path) -> Encoder | None:
    made: Encoder | None = None
    if graph.exists():
        made = _if_there(lambda: GraphEncoder(graph, Weights(packed_file())))
    made = made or _if_there(PackageEncoder)
    return Remembering(made) if made else None


def _if_there(make: Callable[[], T]) -> T | None:
    try:
        return make()
    except (OSError, ValueError, ImportError, NoWeights, RuntimeError):
        return None
