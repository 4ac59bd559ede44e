"""Checking a backup without restoring it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from yuimaru.foundation.backups import archive, database, inventory, keys
from yuimaru.foundation.backups.manifest import Manifest
from yuimaru.foundation.backups.report import Problem, Refused, Report
from yuimaru.foundation.files.queries import path_of


def keys_beside(path: Path) -> Path:
    """Where the keys of a backup lie unless they were taken elsewhere: FILE.keys."""
    return path.with_name(f"{path.name}.keys")


def known_migrations() -> set[database.Migration]:
    """Every migration that this version knows."""
    return set(MigrationLoader(None).disk_migrations)


def unknown_migrations(applied: Iterable[database.Migration]) -> list[database.Migration]:
    """What was applied by a later version than this one."""
    return sorted(set(applied) - known_migrations())


def verify(path: Path, *, keys_file: Path | None = None) -> Report:
    """Check seal, hashes, counts, the database itself and every chain; the keys too when they are given."""
    try:
        manifest = archive.read_manifest(path, "data")
        problems = from_the_future(manifest)
        with tempfile.TemporaryDirectory(prefix="yuimaru-verify-") as folder:
            copy = Path(folder) / inventory.DATABASE
            problems += archive.unpack(
                path, manifest, lambda name: copy if name == inventory.DATABASE else None
            )
            if keys_file is not None:
                problems += _check_keys(keys_file, manifest, Path(folder))
            return judge(copy, manifest, problems)
    except Refused as refused:
        return Report.of(refused)


def _check_keys(path: Path, manifest: Manifest, folder: Path) -> list[Problem]:
    found = archive.read_manifest(path, "keys")
    problems = list(archive.unpack(path, found, folder.joinpath))
    return [*problems, *keys.mismatch(keys.fingerprints(folder), manifest.keys)]


def from_the_future(manifest: Manifest) -> list[Problem]:
    """Refuse what this version does not know how to read."""
    if unknown_migrations(manifest.migrations):
        raise archive.newer()
    return []


def judge(path: Path, manifest: Manifest, problems: list[Problem]) -> Report:
    """The report on a database that was taken out of a backup, added to what was found on the way."""
    report = Report(
        tables=manifest.tables,
        files=sum(each.name != inventory.DATABASE for each in manifest.files),
        errors=problems,
    )
    try:
        with database.reading(path) as connection:
            report.tables = database.tables(connection)
            report.errors += database.check(connection, manifest)
            report.errors += _lost_files(connection, manifest)
            broken = database.broken_chains(connection, manifest.heads)
    except sqlite3.DatabaseError as error:
        report.errors.append(
            Problem(
                "database",
                f"データベースを読めません（{error}）。",
                f"The database cannot be read ({error}).",
            )
        )
        return report
    report.chains_ok = not broken
    report.errors += [
        Problem(
            "chain",
            f"操作記録が合いません（団体の内部番号/記録の番号: {place}）。",
            f"The log does not hold at owner/event {place}.",
        )
        for place in broken
    ]
    return report


def _lost_files(connection: sqlite3.Connection, manifest: Manifest) -> list[Problem]:
    """Rows of files whose bytes are not in the backup."""
    held = {each.name for each in manifest.files}
    lost = []
    for owner_id, sha256 in database.stored_files(connection):
        name = path_of(owner_id=owner_id, sha256=sha256).relative_to(settings.VAR).as_posix()
        if name not in held:
            lost.append(
                Problem(
                    "lost_file",
                    f"ファイル {name} の中身がありません。",
                    f"The bytes of {name} are missing.",
                )
            )
    return lost
