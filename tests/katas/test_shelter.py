"""The places of the shelter against a second reading of its manual: for every household, one place and the right one."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.notices import merge_fields
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)
WELFARE, WALKING, BIRTH, NONE = {"介護", "医療", "障害"}, "歩行", "妊産婦", "どれもない"
PEOPLE = [
    (needs, age)
    for needs in (["介護"], ["医療", "歩行"], ["障害"], ["歩行"], ["妊産婦"], ["食物"], [NONE])
    for age in (0, 2, 3, 80)
]
HOUSEHOLDS = [[one] for one in PEOPLE] + [[one, ([NONE], 40)] for one in PEOPLE] + [
    [(["歩行"], 82), (["妊産婦"], 30)],
    [([NONE], 1), (["医療"], 9)],
]  # fmt: skip


@pytest.fixture(scope="module")
def shelter() -> Program:
    return program(load(Path("katas/hinanjo-uketsuke")).canonical)


def _place(health: str, stay: str, household: list[tuple[list[str], int]], private: bool) -> str:
    """The manual in its own order: lives first, then infection, then the weakest of the household."""
    if health == "急病":
        return "救急"
    if stay != "屋内":
        return "登録だけ" if stay == "在宅" else "車中泊の場所"
    if health == "発熱":
        return "体調の悪い方の専用スペース"
    if any(WELFARE & set(needs) for needs, _ in household):
        return "福祉スペース"
    if any(BIRTH in needs or age < 3 for needs, age in household):
        return "育児のスペース"
    if private:
        return "専用スペース"
    walking = any(WALKING in needs for needs, _ in household)
    return "段差のない一般スペース" if walking else "一般スペース"


def test_every_household_gets_the_one_place_of_the_manual(shelter: Program) -> None:
    cases = list(product(("いない", "発熱", "急病"), ("屋内", "車", "在宅"), HOUSEHOLDS, (True, False)))
    for health, stay, household, private in cases:
        members = [{"避難者氏名": "青葉", "年齢": age, "配慮": needs} for needs, age in household]
        answers = {
            "体調": health, "過ごし方": stay, "避難者": members, "専用希望": private,
            "ペット": False, "言葉": "日本語", "安否の回答": "答えない",
        }  # fmt: skip
        known = facts(shelter, shelter.applicant_form.id, answers, today=TODAY, params={})
        outputs = decide_all(shelter, known)["割り振り"].outputs
        assert outputs is not None
        assert outputs["場所"] == _place(health, stay, household, private), (health, stay, household)


def test_no_notice_says_where_somebody_is_or_what_they_need(shelter: Program) -> None:
    told = {name for notice in shelter.kata.notices for name in merge_fields(notice.subject + notice.body)}
    assert not told & {"避難所", "場所", "案内", "区画", "車の場所", "体調", "福祉", "育児", "回答のしかた"}


def test_nobody_may_be_told_looks_the_same_whatever_the_reason(shelter: Program) -> None:
    """The page asks for no reason, so that it shows nobody that a protection exists."""
    item = next(
        each for step in shelter.applicant_form.steps for each in step.items if each.id == "安否の回答"
    )
    assert item.sensitive
    assert {option.id for option in item.options} == {"だれにでも", "家族だけ", "答えない"}
