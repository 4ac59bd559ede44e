"""`yuimaru database`: prepare a PostgreSQL database."""

from __future__ import annotations

import click

from yuimaru.interfaces.cli import django


@click.group()
def database() -> None:
    """The database / データベース。"""


@database.command()
def prepare() -> None:
    """Create or update the tables and grant the serving role its rights / 表を作り、権限を与える。"""
    django.setup(anew=True)
    click.echo("データベースの準備ができました。 / The database is prepared.", err=True)
