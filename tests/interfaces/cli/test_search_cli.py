"""`yuimaru search`: what there is, said in one object, and honest when something is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from tests.core.text import wheels

from yuimaru.core.text.meaning import parts
from yuimaru.core.text.meaning.place import VECTORS
from yuimaru.interfaces.cli import search


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "SEARCH_PARTS", tmp_path / "parts")
    parts.forget()
    return tmp_path / "parts"


def test_what_cannot_be_fetched_is_named_and_the_rest_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*args: object, **named: object) -> None:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(subprocess, "run", unreachable)
    prepared = CliRunner().invoke(search.search, ["prepare", "--json"])
    assert prepared.exit_code == 1
    assert json.loads(prepared.stdout) == {
        "folder": str(folder),
        "parts": {"sentences": True, "words": False, "synonyms": True},
    }
    assert "この部品なしで動きます" in prepared.stderr
    monkeypatch.setattr(subprocess, "run", lambda command, **named: _download(command))
    parts.forget()
    again = CliRunner().invoke(search.search, ["prepare", "--json"])
    assert again.exit_code == 0
    assert json.loads(again.stdout)["parts"]["words"] is True
    assert CliRunner().invoke(search.search, ["status"]).exit_code == 0
    shutil.rmtree(folder / VECTORS)
    parts.forget()
    assert CliRunner().invoke(search.search, ["status"]).exit_code == 1


def test_an_installation_that_searches_by_words_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SEARCH_PARTS", None)
    for command in ("prepare", "status"):
        done = CliRunner().invoke(search.search, [command, "--json"])
        assert done.exit_code == 0
        assert json.loads(done.stdout)["folder"] is None


def _download(command: list[str]) -> None:
    place = Path(command[command.index("-d") + 1])
    wheels.write(place / "some.whl", {1: 0}, 1)
