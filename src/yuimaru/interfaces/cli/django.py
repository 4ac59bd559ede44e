"""Starting Django for a command: settings, translations, and a database that is up to date."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

import click


def configure() -> None:
    """Make Django ready and leave the data as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuimaru.config.settings")
    import django

    django.setup()


def setup() -> None:
    """Make Django ready and bring the database up to date; several processes at once do it one by one."""
    configure()
    from django.conf import settings

    with (settings.VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _compile_translations(Path(settings.ROOT))
        _migrate(settings.VAR)


def _compile_translations(root: Path) -> None:
    """Compile every .po whose .mo is missing or older."""
    for source in root.glob("src/yuimaru/interfaces/*/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as po:
        catalogue = read_po(po)
    unfinished = compiled.with_suffix(".part")
    with unfinished.open("wb") as mo:
        write_mo(mo, catalogue)
    unfinished.rename(compiled)


def _migrate(var: Path) -> None:
    """Bring existing data to this version, after a copy; refuse data of a later version, untouched."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yuimaru.foundation.backups import queries, upgrades

    executor = MigrationExecutor(connection)
    if queries.unknown_migrations(executor.loader.applied_migrations):
        raise click.UsageError(
            f"このデータ（{var}）は、より新しい版のゆいまーるで使われています。その版で開くか、"
            f"{var / upgrades.COPIES} の更新前の写しを使ってください。何も変えていません。 / "
            "This data was used by a newer version of Yuimaru: open it with that version, or use the copy "
            "from before the upgrade. Nothing was changed."
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if executor.loader.applied_migrations and connection.vendor == "sqlite":
            _copy_first(var)
        call_command("migrate", verbosity=0, interactive=False)
    upgrades.settle(var)


def _copy_first(var: Path) -> None:
    from django.utils.timezone import localtime

    from yuimaru.foundation.backups import upgrades

    if _is_served_by_another(var):
        raise click.UsageError(
            f"データを新しい版に合わせる前に、動いているサーバを止めてください（{var}）。 / "
            "Stop the running server before its data is brought to the new version."
        )
    try:
        folder = upgrades.copy_first(var, at=localtime())
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(
            f"更新前の写しを取れないため、更新をやめました（{error}）。何も変えていません。 / "
            f"The copy before the upgrade failed, so nothing was changed ({error})."
        ) from None
    click.echo(
        f"データを新しい版に合わせます。更新前の写し: {folder} / "
        "Bringing the data to the new version; a copy from before lies there.",
        err=True,
    )


def _is_served_by_another(var: Path) -> bool:
    """Whether a server of another process holds the data folder."""
    with (var / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            return lock.read() != str(os.getpid())
        return False
