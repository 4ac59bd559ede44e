"""Finding and reading the files that `documents add` is given, whatever lies in the folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yuimaru.core.files import folders
from yuimaru.core.files.folders import Found, inside
from yuimaru.core.text.extract import is_container, largest

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.models import Organisation
    from yuimaru.services.knowledge.actions import Incoming, Intake

_PART = 100  # files
_PART_TOLD = 20  # files; fewer are done before anybody wonders
_PART_SIZE = 60_000_000  # bytes


def found(paths: tuple[Path, ...]) -> list[Found]:
    """Name the files: one given itself by its file name, one in a given folder by its path inside."""
    files: list[Found] = []
    for path in paths:
        if path.is_dir():
            files.extend(inside(path))
        elif path.is_file():
            files.append(Found(path.name, path.resolve(), is_link=False, is_given=True))
        else:
            raise click.UsageError(f"ファイル {path} は見つかりません。 / There is no file {path}.")
    return files


def content(path: Path) -> bytes:
    """The bytes of a file, at most one more than it may have: a longer one is refused by that."""
    return folders.content(path, most=largest(path.name))


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
