"""Finding and reading the files that `documents add` is given, whatever lies in the folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yuimaru.core.text.extract import LARGEST_CONTAINER, LARGEST_FILE, is_container

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.models import Organisation
    from yuimaru.services.knowledge.actions import Incoming, Intake

_PART = 100  # files
_PART_TOLD = 20  # files; fewer are done before anybody wonders
_PART_SIZE = 60_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file: the name it gets as a document, and whether it is only a link, which is not followed."""

    name: str
    path: Path
    is_link: bool
    is_given: bool = False  # by itself, not by its folder

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
            files.append(Found(path.name, path.resolve(), is_link=False, is_given=True))
        else:
            raise click.UsageError(f"ファイル {path} は見つかりません。 / There is no file {path}.")
    return files


def content(path: Path) -> bytes:
    """The bytes of a file, at most one more than it may have: a longer one is refused by that."""
    most = LARGEST_CONTAINER if is_container(path.name) else LARGEST_FILE
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most + 1)


def parts(files: Sequence[Found]) -> Iterator[Sequence[Found]]:
    """Files in parts that are read and written together: so many, of about the same number, and never too large."""
    if not files:
        return
    share = -(-len(files) // -(-len(files) // _PART))
    part: list[Found] = []
    size = 0
    for file in files:
        weight = 0 if file.is_link else file.path.stat().st_size
        if part and (len(part) == share or size + weight > _PART_SIZE):
            yield part
            part, size = [], 0
        part.append(file)
        size += weight
    yield part


def shown(files: Sequence[Found], name: str) -> str:
    """The path of what became a document of this name: that of its file, or of the archive or mail it lay in."""
    for file in files:
        if file.name == name:
            return file.shown
        if is_container(file.name) and name.startswith(f"{file.name}/"):
            return f"{file.shown}{name[len(file.name) :]}"
    opened = [file for file in files if file.is_given and is_container(file.name)]
    return f"{opened[0].shown}/{name}" if len(opened) == 1 else name


def in_parts(
    files: Sequence[Found], *, owner: Organisation, by: Actor, keep_duplicates: bool, **facts: Any
) -> Intake:
    """Take files in part by part: what is committed stays, so that a second run goes on where one was stopped."""
    from django.utils.timezone import now

    from yuimaru.services.knowledge import actions

    whole = actions.Intake()
    done = 0
    try:
        for part in parts(files):
            items = [_incoming(file, facts) for file in part]
            done += len(part)
            intake = actions.add_documents(
                owner=owner,
                items=items,
                by=by,
                at=now(),
                keep_duplicates=keep_duplicates,
                more_follows=done < len(files),
            )
            whole.extend(intake)
            if len(files) > _PART_TOLD:
                click.echo(
                    f"\r登録しています / taking in: {done}/{len(files)}", nl=done == len(files), err=True
                )
    except KeyboardInterrupt:
        click.echo(
            f"\n中断しました。{len(whole.added)}件は登録済みです。同じコマンドで続きから登録します。 / "
            f"Stopped. {len(whole.added)} documents are in; the same command goes on from there.",
            err=True,
        )
        raise click.exceptions.Exit(130) from None
    return whole


def _incoming(file: Found, facts: Mapping[str, Any]) -> Incoming:
    from yuimaru.services.knowledge.actions import Incoming

    held = b"" if file.is_link else content(file.path)
    return Incoming(name=file.name, content=held, is_link=file.is_link, as_folder=file.is_given, **facts)


def _inside(folder: Path) -> list[Found]:
    return [
        Found(str(path.relative_to(folder)), path, is_link=path.is_symlink())
        for path in sorted(folder.rglob("*"))
        if not path.name.startswith(".") and (path.is_symlink() or path.is_file())
    ]
