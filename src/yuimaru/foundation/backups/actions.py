"""Making a backup while the server runs, and putting one back into an empty folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import check_password, identify_hasher

from yuimaru import __version__
from yuimaru.foundation.backups import archive, database, inventory, keys, queries
from yuimaru.foundation.backups.manifest import FORMAT, Entry, Manifest
from yuimaru.foundation.backups.report import Problem, Refused, Report


class NothingThere(Exception):
    """The data folder holds no database."""


class NotEmpty(Exception):
    """There is something already where a backup would be written."""


def make(*, var: Path, out: Path, at: datetime) -> Report:
    """Write `out` and `out`.keys, then verify both; the server may go on writing.

    :raises NothingThere: the data folder holds no database.
    :raises NotEmpty: one of the two files exists; nothing is overwritten.
    """
    if not (var / inventory.DATABASE).exists():
        raise NothingThere(str(var))
    out_keys = queries.keys_beside(out)
    if out.exists() or out_keys.exists():
        raise NotEmpty(str(out if out.exists() else out_keys))
    with tempfile.TemporaryDirectory(prefix=".yuimaru-backup-", dir=out.parent) as folder:
        copy, data, kept_apart = (Path(folder) / name for name in (inventory.DATABASE, "data", "keys"))
        # First the rows, then the bytes: files never change, so every row of the copy finds its own.
        database.snapshot(var / inventory.DATABASE, copy)
        _write_data(data, var=var, copy=copy, at=at)
        _write_keys(kept_apart, var=var, at=at)
        kept_apart.rename(out_keys)
        data.rename(out)
    _sync_folder(out.parent)
    return queries.verify(out, keys_file=out_keys)


def _write_data(path: Path, *, var: Path, copy: Path, at: datetime) -> None:
    sources = [(inventory.DATABASE, copy)]
    for store in inventory.STORES:
        sources += inventory.stored_files(var, store)
    with database.reading(copy) as connection:
        manifest = Manifest(
            format=FORMAT,
            kind="data",
            version=__version__,
            made_at=at.isoformat(),
            files=_entries(sources),
            keys=keys.fingerprints(var),
            migrations=database.migrations(connection),
            tables=database.tables(connection),
            heads=database.heads(connection),
        )
    archive.write(path, manifest, sources)


def _write_keys(path: Path, *, var: Path, at: datetime) -> None:
    sources = keys.files(var)
    manifest = Manifest(
        format=FORMAT,
        kind="keys",
        version=__version__,
        made_at=at.isoformat(),
        files=_entries(sources),
        keys=keys.fingerprints(var),
    )
    archive.write(path, manifest, sources)


def _entries(sources: list[tuple[str, Path]]) -> tuple[Entry, ...]:
    return tuple(archive.entry(name, path) for name, path in sources)


@dataclass(frozen=True)
class SignIn:
    """Somebody who must be able to sign in afterwards; without a password only their account is looked at."""

    login: str
    password: str | None = field(default=None, repr=False)


def restore(source: Path, folder: Path, *, keys_file: Path, sign_in: SignIn | None = None) -> Report:
    """Put data and keys into an empty folder, and check there what was put; a refused backup leaves nothing.

    :raises NotEmpty: the folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(str(folder))
    workshop = folder / ".restoring"
    workshop.mkdir(parents=True, mode=0o700)
    try:
        report = _put(source, workshop, keys_file=keys_file, sign_in=sign_in)
        if report.ok:
            _move_in(workshop, folder)
        return report
    except Refused as refused:
        return Report.of(refused)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _move_in(workshop: Path, folder: Path) -> None:
    """The database comes last: without it the folder is nobody's installation."""
    os.sync()
    for path in sorted(workshop.iterdir(), key=lambda path: path.name == inventory.DATABASE):
        path.rename(folder / path.name)
    _sync_folder(folder)


def _put(source: Path, folder: Path, *, keys_file: Path, sign_in: SignIn | None) -> Report:
    manifest, key_manifest = archive.read_manifest(source, "data"), archive.read_manifest(keys_file, "keys")
    problems = [
        *queries.from_the_future(manifest),
        *archive.unpack(source, manifest, folder.joinpath),
        *archive.unpack(keys_file, key_manifest, folder.joinpath),
        *keys.mismatch(keys.fingerprints(folder), manifest.keys),
    ]
    (folder / inventory.KEYS).chmod(0o700)
    report = queries.judge(folder / inventory.DATABASE, manifest, problems)
    if report.ok and sign_in is not None:
        report.errors += _try_sign_in(folder / inventory.DATABASE, sign_in)
    return report


def _try_sign_in(path: Path, sign_in: SignIn) -> list[Problem]:
    """Whether the account is there, is active, and has a password that this one is, or that could be checked."""
    with database.reading(path) as connection:
        found = connection.execute(
            "SELECT password, is_active FROM people_user WHERE login = ?", (sign_in.login,)
        ).fetchone()
    if found is not None and found[1] and _opens(found[0], sign_in.password):
        return []
    return [
        Problem(
            "login",
            f"{sign_in.login} でログインできません。",
            f"{sign_in.login} cannot sign in.",
        )
    ]


def _opens(stored: str, password: str | None) -> bool:
    if password is not None:
        return check_password(password, stored)
    try:
        return bool(identify_hasher(stored).safe_summary(stored))
    except ValueError:
        return False


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
