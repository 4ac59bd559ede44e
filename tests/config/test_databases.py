"""The address of the database is read once and refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import ROOT
from yuimaru.config import databases, env
from yuimaru.demo import fresh

ADDRESS = "postgresql://serving:p%40ss@db.example.jp:6432/towns?sslmode=require"


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YUIMARU_DATABASE", raising=False)
    monkeypatch.delenv("YUIMARU_DATABASE_OWNER", raising=False)


def test_without_an_address_the_rows_lie_in_the_data_folder(tmp_path: Path) -> None:
    [(alias, found)] = databases.chosen(tmp_path).items()
    assert (alias, found["NAME"]) == ("default", tmp_path / "yuimaru.sqlite3")


def test_an_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUIMARU_DATABASE", ADDRESS)
    [(alias, found)] = databases.chosen(tmp_path).items()
    assert alias == "default"
    assert (found["USER"], found["PASSWORD"]) == ("serving", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.jp", "6432", "towns")
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert "ATOMIC_REQUESTS" not in found


def test_the_owner_is_a_connection_of_its_own_and_kept_from_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YUIMARU_DATABASE", ADDRESS)
    monkeypatch.setenv("YUIMARU_DATABASE_OWNER", ADDRESS.replace("serving", "owning"))
    assert databases.chosen(tmp_path)["owner"]["USER"] == "owning"
    inherited = env.without_owner()
    assert "YUIMARU_DATABASE" in inherited
    assert not any("owning" in value for value in inherited.values())


@pytest.mark.parametrize("address", ["mysql://root:geheim@host/towns", "postgresql://host:geheim/towns"])
def test_another_address_is_refused_in_one_line_without_its_password(address: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "yuimaru", "municipality", "list"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "YUIMARU_DATABASE": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "geheim" not in ended.stderr


@pytest.mark.parametrize(
    ("address", "within"),
    [
        ("postgresql://a@h/d", "postgresql://a@h/d?options=-csearch_path%3Dx"),
        ("postgresql://a@/d?host=/s", "postgresql://a@/d?host=/s&options=-csearch_path%3Dx"),
    ],
)
def test_a_check_looks_into_its_own_schema_only(address: str, within: str) -> None:
    assert fresh.within("x", address) == within
