"""Data of another version: what a later one has written is refused, an earlier one's is copied before it changes."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Collection
from pathlib import Path

import click

from yuimaru.foundation.backups import inventory


def refuse_later(unknown: Collection[tuple[str, str]], var: Path) -> None:
    """Refuse data that a later version has written.

    :raises click.UsageError: migrations were applied that this version does not know.
    """
    if unknown:
        raise click.UsageError(
            f"このデータ（{var}）は、より新しい版のゆいまーるで使われています。その版で開くか、"
            f"{var / inventory.COPIES} の更新前の写しを使ってください。何も変えていません。 / "
            "This data was used by a newer version of Yuimaru: open it with that version, or use the copy "
            "from before the upgrade. Nothing was changed."
        )


def copy_first(var: Path) -> None:
    """Copy the SQLite database of an earlier version before migrations run.

    :raises click.UsageError: a server is working on it.
    :raises click.ClickException: there is no room for a copy.
    """
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
