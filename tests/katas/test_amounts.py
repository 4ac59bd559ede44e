"""Amounts of money worked out here by hand, apart from the tables: subsidies, fees, charges for rooms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.forms import check_answers
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 6, 1)


def _ready(kata: str) -> Program:
    return program(load(Path("katas") / kata).canonical)


SUBSIDY, CERTIFICATE, ROOM = map(_ready, ("hojokin", "zei-shoumei", "shisetsu-yoyaku"))


def _decided(ready: Program, table: str, output: str, answers: dict[str, Any], **params: Any) -> Any:
    known = facts(ready, ready.applicant_form.id, answers, today=TODAY, params=params)
    outputs = decide_all(ready, known)[table].outputs
    return outputs[output] if outputs else None


def _refused(answers: dict[str, Any], item: str) -> bool:
    found = check_answers(SUBSIDY, SUBSIDY.applicant_form.id, answers, today=TODAY, params=SUBSIDY.params)
    return any(problem.path == item for problem in found)


# kind, what decides it, local contractor, cost, other subsidies → the most that may be applied for
GRANTS = [
    ("太陽光", "3.456", False, 1_200_000, 0, 103_000),  # 3.45 kW × 30,000 = 103,500
    ("太陽光", "3.999", True, 1_200_000, 0, 129_000),  # 3.99 × 30,000 = 119,700; + 10,000
    ("太陽光", "4.00", False, 1_200_000, 0, 120_000),  # just the most
    ("太陽光", "9.9", True, 1_200_000, 0, 130_000),  # the most, + 10,000
    ("太陽光", "4.2", False, 100_500, 0, 100_000),  # no more than it costs
    ("蓄電池", None, False, 987_650, 0, 98_000),  # 10 % = 98,765
    ("蓄電池", None, False, 999_999, 0, 99_000),
    ("蓄電池", None, False, 1_000_000, 0, 100_000),
    ("蓄電池", None, False, 3_000_000, 500_000, 100_000),
    ("給湯器", None, True, 450_000, 408_500, 41_000),  # 41,500 are left of the cost
    ("給湯器", None, False, 450_000, 0, 50_000),
    ("断熱", None, False, 800_000, 123_000, 135_000),  # 20 % of 677,000 = 135,400
    ("断熱", None, True, 800_000, 123_000, 145_000),
    ("活動", None, False, 183_500, 0, 91_000),  # half = 91,750
    ("活動", None, False, 21_999, 0, 10_000),  # 10,999.5
]


def _plan(kind: str, output: str | None, local: bool, cost: int, others: int) -> dict[str, Any]:
    return {
        "段階": "交付申請",
        "種類": kind,
        "出力": output,
        "業者": "区域内" if local else "区域外",
        "対象経費": cost,
        "ほかの補助金": others > 0,
        "ほかの補助額": others,
        "完了予定日": "2026-10-31",
    }


@pytest.mark.parametrize(("kind", "output", "local", "cost", "others", "most"), GRANTS)
def test_a_subsidy_goes_up_to_its_limit_in_full_thousands(
    kind: str, output: str | None, local: bool, cost: int, others: int, most: int
) -> None:
    plan = _plan(kind, output, local, cost, others)
    assert not _refused({**plan, "交付申請額": most}, "交付申請額")
    assert _refused({**plan, "交付申請額": most + 1_000}, "交付申請額")
    assert _refused({**plan, "交付申請額": most - 500}, "交付申請額")
    assert _decided(SUBSIDY, "交付額", "交付する額", {**plan, "交付申請額": most}) == most


@pytest.mark.parametrize("kind", ["太陽光", "蓄電池", "給湯器", "断熱", "活動"])
def test_the_form_reckons_with_the_limit_that_the_table_states(kind: str) -> None:
    plan = _plan(kind, "5", False, 1, 0)
    known = facts(SUBSIDY, SUBSIDY.applicant_form.id, plan, today=TODAY, params=SUBSIDY.params)
    assert known["上限の額"] == _decided(SUBSIDY, "補助率", "上限額", plan)


def test_too_little_is_not_granted() -> None:
    plan = _plan("活動", None, False, 19_999, 0)
    assert _decided(SUBSIDY, "交付額", "交付する額", {**plan, "交付申請額": 9_000}) == 0


# paid, granted, settled → final amount of a storage battery at 10 %
FINAL = [
    (987_650, 98_000, 98_000, 98_000),
    (1_500_000, 98_000, 98_000, 98_000),  # dearer, but no more than was granted
    (920_400, 98_000, 92_000, 92_000),
    (99_999, 98_000, 9_000, 0),  # below the least
]


@pytest.mark.parametrize(("paid", "granted", "settled", "final"), FINAL)
def test_the_final_amount_falls_with_the_cost_and_never_rises(
    paid: int, granted: int, settled: int, final: int
) -> None:
    report = {
        **_plan("蓄電池", None, False, 987_650, 0),
        "段階": "実績報告",
        "実績経費": paid,
        "交付決定額": granted,
        "精算額": settled,
    }
    assert _decided(SUBSIDY, "確定額", "確定する額", report) == final
    assert not _refused(report, "精算額")
    assert _refused({**report, "精算額": settled + 1_000}, "精算額")


def test_what_is_settled_is_the_smaller_of_both() -> None:
    cheaper = {
        **_plan("蓄電池", None, False, 987_650, 0),
        "段階": "実績報告",
        "実績経費": 920_400,
        "交付決定額": 98_000,
    }
    assert _refused({**cheaper, "精算額": 98_000}, "精算額")
    assert _refused({**cheaper, "実績経費": 1_500_000, "精算額": 150_000}, "精算額")


@pytest.mark.parametrize(
    ("kind", "more", "copies", "yen"),
    [
        ("所得証明", {}, 3, 900),
        ("納税証明", {"税目": ["住民税", "軽自動車税", "国保税"]}, 2, 1800),
        ("納税証明", {"税目": ["すべて"]}, 2, 600),
        (
            "評価証明",
            {"物件一覧": [{"物件の種類": "土地", "所在地番": str(lot)} for lot in range(5)]},
            1,
            300,
        ),
        (
            "評価証明",
            {"物件一覧": [{"物件の種類": "土地", "所在地番": str(lot)} for lot in range(7)]},
            2,
            1000,
        ),
        ("車検用", {}, 4, 0),
    ],
)
def test_a_tax_certificate_costs(kind: str, more: dict[str, Any], copies: int, yen: int) -> None:
    answers = {"証明の種類": kind, "通数": copies, "免除の理由": "ない", **more}
    assert _decided(CERTIFICATE, "手数料", "手数料額", answers) == yen


@pytest.mark.parametrize(
    ("room", "time", "local", "commercial", "reduced", "heating", "yen"),
    [
        ("会議室", "午前", True, False, False, False, 800),
        ("会議室", "午後夜間", False, False, False, True, 4200),  # (800 × 2 + 200) × 2 + 300 × 2
        ("ホール", "全日", True, True, False, True, 55_500),  # (6,000 × 3 + 200) × 3 + 300 × 3
        ("ホール", "夜間", False, True, False, False, 37_200),  # (6,000 + 200) × 3 × 2
        ("体育室", "夜間", True, False, True, False, 1400),
        ("調理室", "午前午後", True, True, True, False, 7200),  # no reduction for profit
    ],
)
def test_a_room_costs(
    room: str, time: str, local: bool, commercial: bool, reduced: bool, heating: bool, yen: int
) -> None:
    answers = {
        "部屋": room,
        "時間帯": time,
        "区域": "区域内" if local else "区域外",
        "営利": commercial,
        "入場料": False,
        "減免の理由": "登録団体" if reduced else "ない",
        "冷暖房": heating,
    }
    assert _decided(ROOM, "使用料", "使用料の額", answers) == yen
