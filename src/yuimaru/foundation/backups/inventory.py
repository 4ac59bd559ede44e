"""What lies in the data folder and what becomes of it in a backup: every name is decided here, none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

DATABASE = "yuimaru.sqlite3"
STORES = ("files", "mail")  # copied file by file
KEYS = "keys"  # copied into the second file
COPIES = "before-upgrade"  # of the database, made by this installation itself

# Left out, because it can be made again or means nothing elsewhere.
LEFT_OUT = frozenset(
    {
        "index",  # built again from the documents when the next question comes
        "static",
        "watched",  # folders of this machine that documents come from; `documents watch` names them again
        COPIES,
        "demo.json",
        "postal-codes.tsv",  # made again from the list that Japan Post publishes
        "server.lock",
        "server.log",
        "prepare.lock",
        f"{DATABASE}-wal",  # the online copy holds what stands in it
        f"{DATABASE}-shm",
        f"{DATABASE}-next",  # turns at writing
        f"{DATABASE}-turn",
    }
)


def stored_files(var: Path, store: str) -> Iterator[tuple[str, Path]]:
    """Name and place of every finished file of a store; one that is still being written carries a suffix."""
    for path in sorted((var / store).rglob("*")):
        if path.is_file() and not (store == "files" and path.suffix):
            yield path.relative_to(var).as_posix(), path


def strangers(var: Path) -> list[str]:
    """Names in the data folder that no backup takes along and that this version does not know."""
    known = {DATABASE, KEYS, *STORES, *LEFT_OUT}
    return sorted(path.name for path in var.iterdir() if path.name not in known)
