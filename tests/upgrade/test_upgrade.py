"""Upgrades: old data is copied and brought up to date, newer data is left alone, an interruption does no harm."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.upgrade.landing import RECORDED
from yuimaru.config.server.supervisor import only_server
from yuimaru.foundation.backups import database, inventory, upgrades

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, tzinfo=UTC)
NEXT = "tests.upgrade.next_version"


def run(var: Path, *command: str, settings: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module of Python on a data folder, with today's settings or the next version's."""
    environment = {**os.environ, "YUIMARU_VAR": str(var), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment["DJANGO_SETTINGS_MODULE"] = settings or "yuimaru.config.settings"
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def listed(var: Path, settings: str = "") -> subprocess.CompletedProcess[str]:
    """Any command that needs the data."""
    return run(var, "yuimaru", "municipality", "list", "--json", settings=settings)


def fingerprint(var: Path) -> str:
    """What lies in the database file."""
    return hashlib.sha256((var / inventory.DATABASE).read_bytes()).hexdigest()


def migrations(path: Path) -> tuple[tuple[str, str], ...]:
    with database.reading(path) as connection:
        return database.migrations(connection)


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the previous landing."""
    var = tmp_path_factory.mktemp("landing")
    built = run(var, "tests.upgrade.landing")
    assert built.returncode == 0, built.stderr
    return var


def test_data_of_the_previous_landing_lives_on_through_every_version(landing: Path) -> None:
    before, then = fingerprint(landing), migrations(landing / inventory.DATABASE)

    with only_server(landing):
        served = listed(landing)
    assert (served.returncode, fingerprint(landing)) == (2, before)
    assert "サーバを止めてください" in served.stderr

    today = listed(landing)
    assert today.returncode == 0, today.stderr
    assert "更新前の写し" in today.stderr
    assert json.loads(today.stdout)["municipalities"] == [
        {"code": "990027", "name": "みどり野町", "kind": "town"}
    ]
    [copy] = (landing / inventory.COPIES).iterdir()
    assert migrations(copy / inventory.DATABASE) == then
    with database.reading(landing / inventory.DATABASE) as connection:
        assert database.broken_chains(connection) == []
        assert connection.execute("SELECT uncertain FROM jobs_job").fetchall() == [(0,)]
    assert "更新前の写し" not in listed(landing).stderr, "once"

    (landing / "die").touch()
    killed = listed(landing, NEXT)
    assert killed.returncode == -9
    half_way = migrations(landing / inventory.DATABASE)
    assert ("later", "0001_initial") in half_way
    assert ("later", "0002_interrupted") not in half_way

    (landing / "die").unlink()
    went_on = listed(landing, NEXT)
    assert went_on.returncode == 0, went_on.stderr
    copies = sorted((landing / inventory.COPIES).iterdir())
    assert len(copies) == 2, "the state half-way is not copied"
    assert ("later", "0001_initial") not in migrations(copies[-1] / inventory.DATABASE)

    newer, copied = fingerprint(landing), sorted((landing / inventory.COPIES).iterdir())
    refused = listed(landing)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert len(refused.stderr.splitlines()) == 1
    assert "より新しい版" in refused.stderr
    assert fingerprint(landing) == newer
    assert sorted((landing / inventory.COPIES).iterdir()) == copied


def test_migrations_that_have_landed_never_change() -> None:
    """Data folders that ran them exist: what is new comes in a further migration."""
    landed: dict[str, str] = json.loads(RECORDED.read_text())["landed"]
    assert landed
    for name, digest in landed.items():
        app, _, stem = name.partition(".")
        [path] = (ROOT / "src" / "yuimaru").glob(f"*/{app}/migrations/{stem}.py")
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == digest, name


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder with two migrations applied."""
    with closing(sqlite3.connect(tmp_path / inventory.DATABASE)) as connection:
        connection.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name)")
        connection.executemany(
            "INSERT INTO django_migrations (app, name) VALUES (?, ?)", [("a", "1"), ("a", "2")]
        )
        connection.commit()
    return tmp_path


def _apply(var: Path, name: str) -> None:
    with closing(sqlite3.connect(var / inventory.DATABASE)) as connection:
        connection.execute("INSERT INTO django_migrations (app, name) VALUES ('a', ?)", (name,))
        connection.commit()


def test_three_copies_are_kept(old: Path) -> None:
    for number in range(5):
        upgrades.copy_first(old, at=AT + timedelta(days=number))
        _apply(old, f"{number + 3}")
        upgrades.settle(old)
    kept = sorted(path.name[:8] for path in (old / inventory.COPIES).iterdir())
    assert kept == ["20261124", "20261125", "20261126"]


def test_an_upgrade_that_never_began_is_copied_anew(old: Path) -> None:
    """Work may have gone on with the old version meanwhile: the copy must hold it."""
    first = upgrades.copy_first(old, at=AT)
    with closing(sqlite3.connect(old / inventory.DATABASE)) as connection:
        connection.execute("CREATE TABLE written_meanwhile (id)")
    second = upgrades.copy_first(old, at=AT + timedelta(hours=1))
    assert not first.exists()
    with database.reading(second / inventory.DATABASE) as connection:
        assert "written_meanwhile" in database.tables(connection)


def test_an_upgrade_that_ended_unnoticed_does_not_keep_the_next_one_from_its_copy(old: Path) -> None:
    first = upgrades.copy_first(old, at=AT)
    _apply(old, "3")
    upgrades.settle(old)  # the next start finds everything up to date
    second = upgrades.copy_first(old, at=AT + timedelta(days=1))
    assert second != first
    assert len(migrations(second / inventory.DATABASE)) == 3


def test_without_room_for_a_copy_nothing_is_left_behind(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database, "snapshot", full)
    with pytest.raises(OSError, match="No space"):
        upgrades.copy_first(old, at=AT)
    assert list((old / inventory.COPIES).iterdir()) == []
