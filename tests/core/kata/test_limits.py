"""Whatever a stranger writes is answered within a second and 200 MB, and a refusal names the limit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest


@pytest.fixture(scope="module")
def attempts() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.core.kata.hostile"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def test_each_is_answered_within_a_second(attempts: list[dict[str, Any]]) -> None:
    assert len(attempts) > 20
    assert {each["name"]: each["seconds"] for each in attempts[:-1] if each["seconds"] > 1} == {}


def test_all_of_them_together_stay_within_the_memory(attempts: list[dict[str, Any]]) -> None:
    assert attempts[-1]["megabytes"] < 200


def test_every_refusal_of_a_size_names_the_limit(attempts: list[dict[str, Any]]) -> None:
    sized = [each for each in attempts if each["name"].startswith(("expression", "cell", "table"))]
    limits = {
        each["name"]: re.findall(r"[\d,]+(?=個|文字|段|けた| items)", each["stopped"]) for each in sized
    }
    assert all(limits[name] for name in limits if name != "expression: dates")
    assert not [each for each in sized if each["stopped"].startswith("passed")]
