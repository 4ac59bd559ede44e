"""The installation's own keys (KEK): files readable by their owner only, never in the database nor its backup."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

CURRENT = "kek.current"
TOMBSTONES = "destroyed.log"


class MissingKey(Exception):
    """The key file that something was sealed with is not here: data without its keys, or keys of elsewhere."""


def folder() -> Path:
    """Where the keys lie; created readable by its owner only."""
    path: Path = settings.VAR / "keys"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def current() -> str:
    """The id of the key that new data keys are wrapped with; the first one is made when none is there."""
    try:
        return (folder() / CURRENT).read_text()
    except FileNotFoundError:
        return make()


def make() -> str:
    """Make a further key and wrap new data keys with it from now on; gives its id."""
    name = secrets.token_hex(4)
    _write(folder() / f"kek-{name}.key", secrets.token_hex(32))
    pointer = folder() / f"{CURRENT}.{name}"
    _write(pointer, name)
    pointer.rename(folder() / CURRENT)
    return name


def get(name: str) -> bytes:
    """A key by its id; raises MissingKey."""
    return _read(folder() / f"kek-{name}.key")


def drop(name: str) -> None:
    """Delete a key that wraps nothing any more."""
    (folder() / f"kek-{name}.key").unlink(missing_ok=True)
    _read.cache_clear()


def bury(key_id: str) -> None:
    """Note a destroyed data key outside the database, so that no restored backup revives it."""
    with (folder() / TOMBSTONES).open("a") as log:
        log.write(f"{key_id}\n")
        log.flush()
        os.fsync(log.fileno())


def buried() -> set[str]:
    """The ids of all data keys that were destroyed here."""
    try:
        return set((folder() / TOMBSTONES).read_text().split())
    except FileNotFoundError:
        return set()


@lru_cache(maxsize=16)
def _read(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text())
    except FileNotFoundError:
        raise MissingKey(path.name) from None


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
