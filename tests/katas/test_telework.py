"""The tables of telework against the law read again: breaks for every minute worked, overtime, night work."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)
REGULAR = 465


@pytest.fixture(scope="module")
def telework() -> Program:
    return program(load(Path("katas/telework")).canonical)


def _decided(telework: Program, **answers: Any) -> dict[str, Any]:
    known = facts(
        telework,
        telework.applicant_form.id,
        {"段階": "終了", "中抜けの有無": False, "命令を受けた": False, **answers},
        today=TODAY,
        params={},
    )
    return {name: result.outputs for name, result in decide_all(telework, known).items()}


def _day(begin: int, worked: int, rest: int) -> dict[str, int]:
    """A day that begins at a minute of the day and ends when all is worked and rested."""
    end = begin + worked + rest
    return {
        "開始時": begin // 60, "開始分": begin % 60, "終了時": end // 60, "終了分": end % 60, "休憩分": rest,
    }  # fmt: skip


def _required(worked: int) -> int:
    """労働基準法34条1項: 45 minutes beyond six hours, one hour beyond eight."""
    return 60 if worked > 8 * 60 else 45 if worked > 6 * 60 else 0


@pytest.mark.parametrize("worked", [1, 359, 360, 361, 479, 480, 481, 600])
@pytest.mark.parametrize("rest", [0, 44, 45, 46, 59, 60, 61])
def test_breaks_are_what_the_law_requires(telework: Program, worked: int, rest: int) -> None:
    found = _decided(telework, **_day(8 * 60, worked, rest))["休憩の判定"]
    enough = "足りています" if rest >= _required(worked) else "足りません"
    assert found == {"休憩": enough, "必要な休憩": _required(worked)}


@pytest.mark.parametrize("away", [1, 30, 44])
@pytest.mark.parametrize("counts_as", ["休憩", "時間休"])
def test_leave_by_the_hour_is_no_break(telework: Program, away: int, counts_as: str) -> None:
    gone = {"離れた時刻": "15:00", "離れた分": away, "扱い": counts_as}
    day = {**_day(8 * 60, 400 + away, 45 - away), "中抜けの有無": True, "中抜け": [gone]}
    found = _decided(telework, **day)["休憩の判定"]
    assert found["休憩"] == ("足りています" if counts_as == "休憩" else "足りません")


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("worked", [REGULAR - 1, REGULAR, REGULAR + 1, REGULAR + 90])
@pytest.mark.parametrize("begin", [4 * 60 + 59, 5 * 60, 8 * 60 + 30])
def test_overtime_is_what_exceeds_the_regular_day(
    telework: Program, ordered: bool, worked: int, begin: int
) -> None:
    found = _decided(telework, 命令を受けた=ordered, **_day(begin, worked, 60))["時間外の判定"]
    beyond = max(0, worked - REGULAR)
    assert found["時間外分"] == beyond
    at_night = begin < 5 * 60
    if not beyond:
        assert found["時間外"] == ("深夜の勤務があります" if at_night else "ありません")
    elif ordered:
        assert found["時間外"].startswith("命令による時間外")
        assert ("深夜" in found["時間外"]) == at_night
    else:
        assert found["時間外"] == "命令のない時間外です"


@pytest.mark.parametrize(("last", "is_night"), [(22 * 60, False), (22 * 60 + 1, True)])
def test_the_night_begins_at_ten(telework: Program, last: int, is_night: bool) -> None:
    found = _decided(telework, **_day(last - 360, 300, 60))["時間外の判定"]
    assert found["時間外"] == ("深夜の勤務があります" if is_night else "ありません")
