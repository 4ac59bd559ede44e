"""Bringing the database up to date, and refusing one on which the towns would not stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from yuimaru.interfaces.cli import upgrading

LOCK = 0x79756D61  # any number, the same on every machine that prepares this database


def prepare(*, anew: bool) -> None:
    """Migrate when the tables are behind, or in any case; on PostgreSQL as their owner, who then grants the rest.

    :raises click.UsageError: see `django.setup`.
    """
    from django.conf import settings
    from django.db import OperationalError, connection

    from yuimaru.foundation.backups import inventory
    from yuimaru.foundation.tenancy.postgresql import roles

    try:
        roles.require_bound_role(connection)
        if _is_behind(settings.VAR) or anew:
            _migrate()
        roles.require_policies(connection)
    except roles.Unconfined as refused:
        raise click.UsageError(str(refused)) from None
    except OperationalError as away:
        if connection.vendor != "postgresql":
            raise
        raise click.UsageError(
            f"データベースに接続できません: {_first_line(away)} / The database does not answer."
        ) from None
    if (settings.VAR / inventory.COPIES).exists():
        from yuimaru.foundation.backups import upgrades

        upgrades.settle(settings.VAR)


def _is_behind(var: Path) -> bool:
    """Whether tables are missing; refuses data of a later version, and copies an earlier one's."""
    from django.db import ProgrammingError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except ProgrammingError:  # the tables are there, but nothing has been granted yet
        return True
    applied = executor.loader.applied_migrations
    upgrading.refuse_later(applied.keys() - executor.loader.disk_migrations.keys(), var)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    if applied and connection.vendor == "sqlite":
        upgrading.copy_first(var)
    return True


def _migrate() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection, connections

    from yuimaru.foundation.tenancy.postgresql import roles

    alias = "owner" if "owner" in settings.DATABASES else "default"
    try:
        with _alone(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            if alias == "owner":
                roles.grant(connections[alias], connection)
    except DatabaseError as refused:
        if not _is_missing_right(refused):
            raise
        raise click.UsageError(
            "データベースの準備が済んでいません。YUIMARU_DATABASE_OWNER に表を所有する役割を指定して "
            "yuimaru database prepare を実行してください。 / The database is not prepared: run yuimaru database "
            "prepare with YUIMARU_DATABASE_OWNER naming the role that owns the tables."
        ) from None
    finally:
        if alias == "owner":
            connections[alias].close()


@contextmanager
def _alone(alias: str) -> Iterator[None]:
    """Keep other machines from preparing the same PostgreSQL database; on SQLite the file lock is enough."""
    from django.db import connections

    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _is_missing_right(error: BaseException | None) -> bool:
    from psycopg.errors import InsufficientPrivilege

    while error is not None:
        if isinstance(error, InsufficientPrivilege):
            return True
        error = error.__cause__ or error.__context__
    return False


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
