"""What commands share that act for one registered organisation: opening its rows, and telling in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from yuimaru.interfaces.cli import django

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.models import Organisation

municipality_option = click.option("--municipality", "code", required=True, metavar="CODE", help="団体コード")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


@contextmanager
def working_for(code: str) -> Iterator[tuple[Organisation, Actor]]:
    """Open the rows of one registered organisation, acting as the installation itself."""
    django.setup()
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.foundation.tenancy.scope import scope

    try:
        owner = get_organisation(code)
    except NotVisible:
        raise click.UsageError(f"団体 {code} は登録されていません。 / {code} is not registered.") from None
    actor = Actor.system(owner)
    with scope(actor):
        yield owner, actor


def print_json(report: Mapping[str, object]) -> None:
    """Print one JSON object on one line."""
    click.echo(json.dumps(report, ensure_ascii=False))


def encoding(done: int, of: int) -> None:
    """A line that counts on while passages are encoded, for people who wait."""
    click.echo(f"\r意味を調べています / encoding: {done}/{of}", nl=done == of, err=True)


def asking(done: int, of: int) -> None:
    """A line for people who wait while a set of questions is asked."""
    click.echo(f"{done}/{of}問", err=True)
