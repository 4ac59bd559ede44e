"""`yuimaru model`: set up switched off, shown without its key, refused where it would carry questions anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import cast

from yuimaru.interfaces.cli.model import model

pytestmark = pytest.mark.django_db
KEY = "sk-canary-7391"
SET = (
    "set --municipality {code} --kind azure --url https://models.example.jp --model town-small --region 東日本 "
    "--deployment {deployment} --monitoring off --contract 令和8年度契約 --checked-on 2026-11-01 --json"
)


def _run(line: str, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(model, [*line.split(), *more])
    return done.exit_code, done.output


@pytest.fixture
def key(tmp_path: Path) -> str:
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    return str(path)


def test_it_is_set_up_switched_on_shown_and_off(key: str) -> None:
    status, said = _run(SET.format(code=cast.OUMI, deployment="regional"), "--key-file", key)
    assert status == 0
    assert json.loads(said)["enabled"] is False
    for command, enabled in (("on", True), ("off", False)):
        status, said = _run(f"{command} --municipality {cast.OUMI} --json")
        assert (status, json.loads(said)["enabled"]) == (0, enabled)
    status, said = _run(f"show --municipality {cast.OUMI} --json")
    told = json.loads(said)
    assert (told["model"]["contract"], told["sent"], told["tokens"]) == ("令和8年度契約", {}, 0)
    assert KEY not in said


def test_a_deployment_that_may_run_anywhere_needs_an_express_word() -> None:
    line = SET.format(code=cast.OUMI, deployment="global")
    status, said = _run(line)
    assert status == 2
    assert "国外での処理" in said
    assert _run(line, "--accept-abroad")[0] == 0


@pytest.mark.parametrize("code", [cast.MIDORINO, "990999"])
def test_what_is_not_set_up_cannot_be_switched(code: str) -> None:
    status, said = _run(f"on --municipality {code}")
    assert status == 2
    assert code in said
