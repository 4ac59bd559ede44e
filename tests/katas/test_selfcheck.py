"""The self-check says for every case that the published v51 table tells apart what that table says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from yuimaru.core.kata.conversation import turn
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.forms import check_answers
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import Program, program

TODAY = date(2026, 11, 24)
OUTCOMES = yaml.safe_load((Path("tests/katas/selfcheck_outcomes.yaml")).read_text(encoding="utf-8"))
NONE = ["どれもない"]
AGES = {
    "2歳未満": 0, "2〜4歳": 2, "5〜9歳": 5, "10〜18歳": 10, "19〜29歳": 19, "30〜39歳": 30, "40〜49歳": 40,
    "50〜59歳": 50, "60〜64歳": 60, "65〜69歳": 65, "70〜79歳": 70, "80歳以上": 80,
}  # fmt: skip
SYMPTOMS = [
    [name for name, has in zip(("発熱", "せき", "息切れ"), chosen, strict=True) if has]
    for chosen in product((False, True), repeat=3)
]


@dataclass(frozen=True)
class Patient:
    """What the v51 table asks of a person of two years or more without an urgent sign."""

    age: str
    exposed: bool
    symptoms: tuple[str, ...]  # of fever, cough and shortness of breath; none: other symptoms only
    facility: bool
    worker: bool
    illness: bool


def v51(case: Patient) -> set[str]:
    """The messages, read column by column from the published table."""
    few, many = len(case.symptoms) == 1, len(case.symptoms) >= 2
    if not (few or many):
        return {"M7"} if case.exposed and case.facility else {"M10"}
    if case.facility:
        return {"M7"}
    ill = {"M5"} if case.illness else {"M8"}
    if case.exposed:
        return {"M9", "M6"} if case.worker else ill
    if few:
        return {"M8", "M6"} if case.worker else {"M8"}
    if AGES[case.age] >= 65 and not case.illness:
        ill = {"M9"}
    return ill | {"M6"} if case.worker else ill


def patients() -> Iterator[Patient]:
    for age, exposed, symptoms, facility, worker, illness in product(
        list(AGES)[1:], (False, True), SYMPTOMS, (False, True), (False, True), (False, True)
    ):
        if not worker or AGES[age] >= 19:  # younger people are not asked about work
            yield Patient(age, exposed, tuple(symptoms), facility, worker, illness)


def answers(case: Patient) -> dict[str, Any]:
    given = {
        "緊急症状": NONE,
        "だれ": "家族",
        "年齢": case.age,
        "重い症状": NONE,
        "接触": ["流行地域"] if case.exposed else NONE,
        "症状": [*case.symptoms] or ["のど"],
        "入所": case.facility,
        "持病": ["肺"] if case.illness else NONE,
    }
    asked_by_age = {"従事": case.worker} if AGES[case.age] >= 19 else {}
    return given | asked_by_age | ({"幼児の症状": NONE} if case.age == "2〜4歳" else {})


def check() -> Program:
    return program(load(Path("katas/kansen-selfcheck")).canonical)


def messages(ready: Program, given: dict[str, Any]) -> set[str]:
    """The ids of the messages that the kata gives out, by tests/katas/selfcheck_outcomes.yaml."""
    known = facts(ready, "体調", given, today=TODAY, params=ready.params)
    said = decide_all(ready, known)["受診の目安"].outputs
    assert said is not None
    return {message for message, result in OUTCOMES.items() if said.items() >= result.items()}


def test_every_case_of_the_table_gets_its_messages() -> None:
    ready = check()
    cases = list(patients())
    assert len(cases) == 3 * 64 + 8 * 128
    assert {case: said for case in cases if (said := messages(ready, answers(case))) != v51(case)} == {}


def test_the_answers_of_every_kind_of_case_are_those_that_the_form_asks_for() -> None:
    ready = check()
    for case in patients():
        if case.symptoms in ((), ("せき",)):
            assert check_answers(ready, "体調", answers(case), today=TODAY, params=ready.params) == []


def test_urgent_signs_come_before_everything_else() -> None:
    ready = check()
    signs = {item.id: item for step in ready.form("体調").steps for item in step.items}
    worst = Patient("2〜4歳", True, ("発熱", "せき"), True, False, True)
    for sign in (option.id for option in signs["緊急症状"].options or () if option.id not in NONE):
        for age in AGES:
            assert messages(ready, {"緊急症状": [sign], "だれ": "家族", "年齢": age}) == {"M2"}
    for question in ("重い症状", "幼児の症状"):
        for sign in (option.id for option in signs[question].options or () if option.id not in NONE):
            assert messages(ready, {**answers(worst), question: [sign]}) == {"M4"}
    assert messages(ready, {"緊急症状": NONE, "だれ": "いない"}) == {"M1"}
    assert messages(ready, {"緊急症状": NONE, "だれ": "家族", "年齢": "2歳未満"}) == {"M3"}


def test_the_conversation_ends_as_the_full_form_does() -> None:
    ready = check()
    for case in patients():
        if case.age not in ("2〜4歳", "60〜64歳", "65〜69歳") or case.symptoms == ("発熱", "せき", "息切れ"):
            continue
        ended = turn(ready, "体調", answers(case), today=TODAY, params=ready.params)
        assert ended.question is None
        assert ended.result is not None
        short = {name: answers(case)[name] for name in ended.asked}
        assert messages(ready, short) == v51(case)
