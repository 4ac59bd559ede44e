"""`yuimaru backup`: one JSON object, exit codes, one-line refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from yuimaru.foundation.backups import queries
from yuimaru.interfaces.cli.backup import backup as command

pytestmark = pytest.mark.django_db


def call(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], input=stdin)


def report(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    assert found.keys() == {"ok", "tables", "files", "chains_ok", "errors"}
    return found


def test_make_verify_restore_and_sign_in(installation: Path, tmp_path: Path) -> None:
    (installation / "notes.txt").write_text("x")
    out = tmp_path.parent / f"{tmp_path.name}-out"
    made = call("make", out, "--json")
    assert made.exit_code == 0, made.output
    assert report(made)["ok"]
    assert "notes.txt" in made.stderr, "what is left out is said"
    verified = call("verify", out, "--json")
    assert (verified.exit_code, report(verified)) == (0, report(made))
    restored = call(
        "restore",
        out,
        tmp_path / "r",
        "--login",
        "oumi-clerk",
        "--password-stdin",
        "--json",
        stdin="yuimaru-demo\n",
    )
    assert (restored.exit_code, report(restored)) == (0, report(made))
    assert (tmp_path / "r" / "keys" / "signing.key").exists()


def test_a_refused_backup_is_exit_code_1_with_its_sentence(backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])
    for result in (call("verify", backup, "--json"), call("restore", backup, tmp_path / "r", "--json")):
        assert result.exit_code == 1
        assert report(result) == {
            "ok": False,
            "tables": {},
            "files": 0,
            "chains_ok": False,
            "errors": [{
                "code": "truncated",
                "message": "copy は途中で切れています。写しを取りなおすか、別の写しを使ってください。 / "
                "copy ends too early: make the backup again or use another one.",
            }],
        }  # fmt: skip
    assert "途中で切れています" in call("verify", backup).stdout


def test_a_wrong_password_is_exit_code_1(backup: Path, tmp_path: Path) -> None:
    result = call(
        "restore", backup, tmp_path / "r", "--login", "oumi-clerk", "--password-stdin", stdin="no\n"
    )
    assert result.exit_code == 1
    assert "oumi-clerk でログインできません" in result.stdout


def test_without_a_password_it_says_that_none_was_tried(backup: Path, tmp_path: Path) -> None:
    result = call("restore", backup, tmp_path / "r", "--login", "oumi-clerk")
    assert result.exit_code == 0
    assert "パスワードは試していません" in result.stderr


def test_keys_may_lie_elsewhere(backup: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "safe"
    shutil.move(queries.keys_beside(backup), elsewhere)
    assert "鍵の写しは確かめていません" in call("verify", backup).stderr
    assert call("verify", backup, "--keys", elsewhere).exit_code == 0
    missing = call("restore", backup, tmp_path / "r")
    assert (missing.exit_code, "--keys" in missing.stderr) == (2, True)
    assert call("restore", backup, tmp_path / "r", "--keys", elsewhere).exit_code == 0


@pytest.mark.parametrize("case", ["unknown file", "not empty", "exists", "no data", "no folder"])
def test_wrong_input_is_one_line_and_exit_code_2(
    backup: Path, installation: Path, tmp_path: Path, case: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    if case == "no data":
        (installation / "yuimaru.sqlite3").unlink()
    result = {
        "unknown file": lambda: call("verify", tmp_path / "nothing"),
        "not empty": lambda: call("restore", backup, tmp_path / "full"),
        "exists": lambda: call("make", backup),
        "no data": lambda: call("make", tmp_path / "new"),
        "no folder": lambda: call("make", tmp_path / "nowhere" / "new"),
    }[case]()
    assert (result.exit_code, result.stdout) == (2, "")
