"""The folder of a kata as a command takes it, and what every command prints and returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from yuimaru.core.kata.package import Loaded

FOLDER = click.Path(path_type=Path)


def require_kata(folder: Path) -> None:
    """Refuse a folder without a kata.yaml."""
    if not (folder / "kata.yaml").is_file():
        raise click.UsageError(f"{folder} に kata.yaml がありません。 / There is no kata.yaml in {folder}.")


def loaded(folder: Path) -> Loaded:
    """A kata that can be read, whatever else is wrong with it."""
    from yuimaru.core.kata.package import load
    from yuimaru.core.kata.problems import KataErrors

    require_kata(folder)
    try:
        return load(folder)
    except KataErrors as broken:
        _refuse(folder, len(broken.problems))


def sound(folder: Path) -> Loaded:
    """A kata that can run: loaded and without errors."""
    from yuimaru.core.kata.check import check as check_package
    from yuimaru.core.kata.problems import errors

    found = loaded(folder)
    wrong = errors(check_package(found.package, found.sources))
    if wrong:
        _refuse(folder, len(wrong))
    return found


def _refuse(folder: Path, count: int) -> NoReturn:
    raise click.UsageError(
        f"この型には誤りが{count}か所あります。先に yuimaru kata check {folder} で確かめてください。"
        f" / This kata has {count} error(s). Run yuimaru kata check {folder} first."
    )


def print_json(data: dict[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json.dumps(data, ensure_ascii=False))


def exit_unless(good: bool) -> None:
    """Exit 1 for an honest no."""
    if not good:
        raise click.exceptions.Exit(1)
