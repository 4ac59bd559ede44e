"""Reading a database file as it lies there, whatever version wrote it: with sqlite3 alone, without models."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from yuimaru.foundation.audit import rules as audit
from yuimaru.foundation.backups.manifest import ChainHead, Manifest
from yuimaru.foundation.backups.report import Problem

Migration = tuple[str, str]


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, which is not changed."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
        yield connection


def snapshot(source: Path, target: Path) -> None:
    """Copy a database that others write to meanwhile, as it is at one moment, into one file without a journal."""
    with reading(source) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def tables(connection: sqlite3.Connection) -> dict[str, int]:
    """Every table with its number of rows."""
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 — from the schema
        for (name,) in named.fetchall()
    }


def migrations(connection: sqlite3.Connection) -> tuple[Migration, ...]:
    """The migrations that were applied, in their order; none in a database that was never set up."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone()
    if not known:
        return ()
    return tuple(connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall())


def heads(connection: sqlite3.Connection) -> tuple[ChainHead, ...]:
    """Where every chain stands."""
    found = connection.execute("SELECT owner_id, seq, hash FROM audit_head ORDER BY owner_id").fetchall()
    return tuple(ChainHead(owner_id=owner, seq=seq, hash=hash) for owner, seq, hash in found)


def broken_chains(connection: sqlite3.Connection, noted: tuple[ChainHead, ...] = ()) -> list[str]:
    """ "OWNER/SEQ" of the first event that does not hold, for every chain that does not."""
    stored = {head.owner_id: (head.seq, head.hash) for head in heads(connection)}
    known = {head.owner_id: (head.seq, head.hash) for head in noted}
    owners = {owner for (owner,) in connection.execute("SELECT DISTINCT owner_id FROM audit_event")}
    broken = []
    for owner in sorted(owners | stored.keys() | known.keys()):
        rows = connection.execute(
            "SELECT id, seq, kind, about, at, prev, body, hash FROM audit_event WHERE owner_id = ? ORDER BY seq",
            (owner,),
        )
        head = stored.get(owner, (0, audit.GENESIS))
        verdict = audit.judge((audit.Row(*row) for row in rows), head, known.get(owner))
        if not verdict.ok:
            broken.append(f"{owner}/{verdict.first_bad}")
    return broken


def stored_files(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Owner and SHA-256 of every file that a row names."""
    return connection.execute("SELECT DISTINCT owner_id, sha256 FROM files_storedfile").fetchall()


def check(connection: sqlite3.Connection, manifest: Manifest) -> Iterator[Problem]:
    """What in a database does not agree with the manifest or with itself; chains apart."""
    for name, pragma in (("integrity", "integrity_check"), ("references", "foreign_key_check")):
        found = connection.execute(f"PRAGMA {pragma}").fetchmany(1)
        if found not in ([], [("ok",)]):
            yield Problem(
                name,
                f"データベースの検査（{pragma}）が通りません。",
                f"The database fails {pragma}.",
            )
    counted = tables(connection)
    for table in sorted(counted.keys() | manifest.tables.keys()):
        held, noted = counted.get(table), manifest.tables.get(table)
        if held != noted:
            yield Problem(
                "counts",
                f"表 {table} の行数が目録と合いません（{held}、目録では{noted}）。",
                f"Table {table} holds {held} rows, the manifest says {noted}.",
            )
    if migrations(connection) != manifest.migrations:
        yield Problem(
            "migrations",
            "データベースの版が目録と合いません。",
            "The database is not at the version that the manifest names.",
        )
