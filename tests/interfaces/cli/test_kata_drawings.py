"""`yuimaru kata bpmn` and `kata picture`: what is written where, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner
from tests.core.kata import sample

from yuimaru.config.commandline import Commands, cli
from yuimaru.interfaces.cli.kata import kata

KATAS = Path(__file__).parents[3] / "katas"
NAMED = "{http://www.omg.org/spec/BPMN/20100524/MODEL}definitions"


def call(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and stdout of a command."""
    result = CliRunner().invoke(kata, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def test_bpmn_goes_to_a_file_or_to_stdout(tmp_path: Path) -> None:
    folder, file = sample.write(tmp_path / "plot"), tmp_path / "plot.bpmn"
    code, out = call("bpmn", folder)
    assert (code, ElementTree.fromstring(out).tag) == (0, NAMED)  # noqa: S314
    assert call("bpmn", folder, file)[0] == 0
    assert file.read_text("utf-8") == out
    assert json.loads(call("bpmn", folder, "--json")[1]) == {"ok": True, "bpmn": out}


def test_the_picture_goes_to_a_file_in_either_shape_and_language(tmp_path: Path) -> None:
    folder, file = sample.write(tmp_path / "plot"), tmp_path / "plot.svg"
    seen = set()
    for more in ([], ["--narrow"], ["--lang", "en"]):
        assert call("picture", folder, file, *more, "--json") == (0, '{"ok": true, "errors": []}\n')
        assert ElementTree.parse(file).getroot().tag.endswith("svg")  # noqa: S314
        seen.add(file.read_text("utf-8"))
    assert len(seen) == 3


def test_what_has_no_workflow_is_an_honest_negative(tmp_path: Path) -> None:
    for command in ("bpmn", "picture"):
        code, out = call(command, KATAS / "kansen-selfcheck", tmp_path / "out", "--json")
        assert (code, json.loads(out)["ok"]) == (1, False)
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_wrong_input(tmp_path: Path) -> None:
    folder = sample.write(tmp_path / "plot")
    with pytest.raises(click.UsageError, match="書けません"):
        kata.main(["bpmn", str(folder), str(tmp_path / "no" / "where")], standalone_mode=False)


def test_the_command_line_knows_them() -> None:
    assert isinstance(cli, Commands)
    group = cli.get_command(click.Context(cli), "kata")
    assert isinstance(group, click.Group)
    assert {"bpmn", "picture", "check"} <= set(group.commands)
