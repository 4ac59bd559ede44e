"""Fixtures: an installation with the cast, a file, a mail and a key, in a folder of the test's own; its backup."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests import cast
from yuimaru.foundation.backups import actions, inventory

TEXT = "児童手当のご案内".encode()


@pytest.fixture(scope="session")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The tests' database as a file."""
    path = tmp_path_factory.mktemp("built") / inventory.DATABASE
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")
    return path


@pytest.fixture
def installation(var: Path, built: Path) -> Path:
    """The data folder."""
    sha256 = hashlib.sha256(TEXT).hexdigest()
    shutil.copy(built, var / inventory.DATABASE)
    with closing(sqlite3.connect(var / inventory.DATABASE)) as file:
        file.execute(
            "INSERT INTO files_storedfile (id, owner_id, name, media_type, size, sha256, purpose, stored_at)"
            " VALUES (?, 2, 'a.txt', 'text/plain', ?, ?, 'document', ?)",
            (uuid.uuid4().hex, len(TEXT), sha256, cast.BUILT_AT.isoformat()),
        )
        file.commit()
    for name, content in {
        f"files/2/{sha256[:2]}/{sha256}": TEXT,
        "mail/20261122-1.log": b"Subject: x",
        "keys/signing.key": b"k" * 64,
    }.items():
        (var / name).parent.mkdir(parents=True)
        (var / name).write_bytes(content)
    return var


@pytest.fixture
def backup(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, with its keys beside."""
    out = tmp_path_factory.mktemp("out") / "copy"
    assert actions.make(var=installation, out=out, at=cast.BUILT_AT).errors == []
    return out
