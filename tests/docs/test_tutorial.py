"""The commands of the tutorial on joining, carried out as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from yuimaru.interfaces.cli.municipality import municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "join.md"


def test_every_command_of_the_tutorial_does_what_it_says() -> None:
    lines = re.findall(r"^\./yuimaru municipality (.+)$", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE)
    told = []
    for line in lines:
        result = CliRunner().invoke(municipality, shlex.split(line))
        assert result.exit_code == 0, f"{line}: {result.output}"
        told.append(result.stdout)
    joined, again, listed, added, address = told
    assert "登録しました（団体 1" in joined
    assert '"municipality": 0' in again
    assert "990043  花野町（町）" in listed
    assert "登録しました" in added
    assert address.startswith("/accounts/first/")
