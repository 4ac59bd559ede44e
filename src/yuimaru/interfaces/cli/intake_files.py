"""Finding and reading the files that `documents add` is given, whatever lies in the folders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click

from yuimaru.core.text.extract import LARGEST_FILE


@dataclass(frozen=True, slots=True)
class Found:
    """A file: the name it gets as a document, and whether it is only a link, which is not followed."""

    name: str
    path: Path
    is_link: bool

    @property
    def shown(self) -> str:
        """Its path as it can be printed, even when the disk's bytes are no UTF-8."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


def found(paths: tuple[Path, ...]) -> list[Found]:
    """Name the files: one given itself by its file name, one in a given folder by its path inside."""
    files: list[Found] = []
    for path in paths:
        if path.is_dir():
            files.extend(_inside(path))
        elif path.is_file():
            files.append(Found(path.name, path.resolve(), is_link=False))
        else:
            raise click.UsageError(f"ファイル {path} は見つかりません。 / There is no file {path}.")
    return files


def content(path: Path) -> bytes:
    """The bytes of a file, at most one more than a document may have: a longer one is refused by that."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(LARGEST_FILE + 1)


def _inside(folder: Path) -> list[Found]:
    return [
        Found(str(path.relative_to(folder)), path, is_link=path.is_symlink())
        for path in sorted(folder.rglob("*"))
        if not path.name.startswith(".") and (path.is_symlink() or path.is_file())
    ]
