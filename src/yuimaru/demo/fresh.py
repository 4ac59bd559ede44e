"""Beginning anew on PostgreSQL, where the rows do not lie in the data folder."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import click

from yuimaru.config import env

FICTIONAL = "99"  # no municipality has a code that begins so


def empty_postgresql() -> None:
    """Remove every row, as the owner of the tables.

    :raises click.UsageError: a body that is not a demo's is registered there.
    """
    from django.conf import settings
    from django.core.management import call_command

    from yuimaru.foundation.tenancy.queries import list_public_bodies

    if list_public_bodies().exclude(code__startswith=FICTIONAL).exists():
        raise click.UsageError(
            "このデータベースには実在の団体が登録されているため、消しません。 / "
            "Real organisations are registered in this database: it is not erased."
        )
    alias = "owner" if "owner" in settings.DATABASES else "default"
    call_command("flush", database=alias, verbosity=0, interactive=False)


@contextmanager
def schema_of_its_own(database: str | None = None) -> Iterator[dict[str, str]]:
    """The environment of an empty store: nothing on SQLite, else a schema that is there for so long.

    `database` stands for `YUIMARU_DATABASE` where it is given. The role that owns the tables must be allowed to create schemas, as the owner of the database is.
    """
    address, owner = database or env.database(), env.database_owner()
    if address is None:
        yield {}
        return
    import psycopg

    name = f"yuimaru_check_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(owner or address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
    except psycopg.Error as refused:
        raise click.UsageError(
            f"確かめるための場所をデータベースに作れません: {refused} / No schema could be created for the check."
        ) from None
    try:
        yield {
            variable: within(name, found)
            for variable, found in ((env.DATABASE, address), (env.OWNER, owner))
            if found is not None
        }
    finally:
        with psycopg.connect(owner or address, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


def within(schema: str, address: str) -> str:
    """The same database, in which names are looked up in this schema only."""
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{schema}"
