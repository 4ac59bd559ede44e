"""Files in folders that others fill: found by their path inside, links never followed, read up to a limit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its name, and whether it is only a link, which is not followed."""

    name: str
    path: Path
    is_link: bool
    is_given: bool = False  # by itself, not by its folder

    @property
    def shown(self) -> str:
        """Its path as it can be printed, even when the disk's bytes are no UTF-8."""
        return printable(str(self.path))


def printable(name: str) -> str:
    """A name whose bytes are no UTF-8, with those bytes as numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def inside(folder: Path) -> list[Found]:
    """The files of a folder and of those in it, without hidden ones, by their path inside."""
    return [
        Found(str(path.relative_to(folder)), path, is_link=path.is_symlink())
        for path in sorted(folder.rglob("*"))
        if not path.name.startswith(".") and (path.is_symlink() or path.is_file())
    ]


def content(path: Path, *, most: int) -> bytes:
    """The bytes of a file, at most one more than `most`: a longer one is told by that."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most + 1)
