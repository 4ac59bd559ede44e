"""The kata language: how many decisions one core makes with a table of 30 rows and 6 inputs, and how many screens
of a form with 8 items and their conditions it reads and checks.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import islice, product
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from benchmarks.case_steps import measure_steps
from benchmarks.engines import measure_others
from benchmarks.figures import Figure
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.forms import read_step
from yuimaru.core.kata.models import Decision, Package
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import compile_table

RUNS = 5
PEOPLE = 20_000
SCREENS = 4_000
DAY = date(2026, 11, 24)
REASONS = ("出生", "転入", "監護", "その他")
AGES = ("[0..3)", "[3..12)", "[12..16)", "[16..18]", "> 18")
INCOMES = ("< 2000000", "[2000000..6220000)", ">= 6220000")


def measure(data: Path | None, profile: str) -> list[Figure]:
    """Decisions per CPU second, beside other engines where they are installed; neither `data` nor `profile` makes a difference to it."""
    speed = median(_decisions_per_second() for _ in range(RUNS))
    ours = Figure("decisions_per_second", round(speed), "1/s", target=150_000, goal=150_000)
    screens = median(_step_validations_per_second() for _ in range(RUNS))
    forms = Figure("step_validations_per_second", round(screens), "1/s", target=10_000, goal=10_000)
    return [ours, forms, measure_steps(), *measure_others(allowance_table(), people(PEOPLE))]


def allowance_table() -> Decision:
    """A table of the size that large allowances have: 29 rows of conditions and one for all the rest."""
    names = ("年齢", "所得", "同居", "事由", "人数", "在留")
    conditions = product(AGES, INCOMES, ("true", "false"))
    rows = [
        {
            "id": f"r{number}",
            "if": [age, income, together, *_others(number)],
            "then": [number * 500],
            "ground": f"第{number}条",
        }
        for number, (age, income, together) in enumerate(islice(conditions, 29), start=1)
    ]
    rows.append({"id": "r30", "if": ["-"] * 6, "then": [0], "ground": "第30条"})
    return Decision.model_validate(
        {
            "id": "手当",
            "title": "手当の額",
            "hit": "F",
            "inputs": [{"id": name} for name in names],
            "outputs": [{"id": "円", "type": "int"}],
            "rows": rows,
        }
    )


def people(count: int) -> list[Facts]:
    """The same people every time, among them some who left a question open."""
    chance = random.Random(2026)
    return [_person(chance) for _ in range(count)]


def _others(number: int) -> list[str]:
    reason = f'"{REASONS[number % 4]}", "{REASONS[(number + 1) % 4]}"' if number % 2 else "-"
    return [reason, ("-", ">= 1", "[1..6]")[number % 3], ("true", "-")[number % 2]]


def _person(chance: random.Random) -> dict[str, Value]:
    return {
        "年齢": chance.randrange(25),
        "所得": chance.randrange(0, 9_000_000, 1000),
        "同居": chance.random() < 0.7,
        "事由": chance.choice(REASONS),
        "人数": chance.choice([None, 1, 2, 3, 4]),
        "在留": chance.random() < 0.9,
    }


def _decisions_per_second() -> float:
    decide = compile_table(allowance_table()).decide
    everyone = people(PEOPLE)
    started = process_time()
    for person in everyone:
        decide(person)
    return PEOPLE / (process_time() - started)


def moving_form() -> Program:
    """The first screen of a notice of moving: 8 items of different types, 3 of them asked on a condition."""
    items: list[dict[str, Any]] = [
        {"id": "氏名", "type": "name", "label": "お名前", "required": True},
        {"id": "フリガナ", "type": "kana", "label": "フリガナ", "required": True},
        {
            "id": "生年月日",
            "type": "date",
            "label": "生年月日",
            "required": True,
            "check": "生年月日 <= 今日",
        },
        {"id": "電話", "type": "phone", "label": "電話番号", "required": True},
        {"id": "世帯", "type": "choice", "label": "世帯", "required": True, "options": ["一人", "家族"]},
        {
            "id": "人数",
            "type": "int",
            "label": "人数",
            "required": True,
            "when": '世帯 = "家族"',
            "min": 2,
            "max": 12,
        },
        {
            "id": "転入日",
            "type": "date",
            "label": "引っ越した日",
            "required": True,
            "check": "転入日 <= 今日",
        },
        {
            "id": "理由",
            "type": "text",
            "label": "遅れた理由",
            "required": True,
            "when": "日数(転入日, 今日) > 14",
        },
    ]
    kata = {
        "kata": "moving",
        "version": "1.0.0",
        "title": "転入届",
        "kind": "self_check",
        "summary": "転入の届出です。",
        "facts": {"deadline": "14日以内", "fee": "なし", "minutes": 5, "result": "その日"},
        "forms": [{"id": "届", "title": "届", "steps": [{"id": "本人", "title": "本人", "items": items}]}],
    }
    return Program(canonical(Package.model_validate({"kata": kata})))


def typed_screens(count: int) -> list[dict[str, list[str]]]:
    """What people typed, the same every time: full-width digits, and one in five with something wrong."""
    chance = random.Random(2026)
    return [_typed(chance) for _ in range(count)]


def _typed(chance: random.Random) -> dict[str, list[str]]:
    wrong = chance.random() < 0.2
    return {
        "氏名": ["青葉 陽菜"],
        "フリガナ": ["あおば ひな" if wrong else "アオバ ヒナ"],
        "生年月日.era": ["平成"],
        "生年月日.year": ["７"],
        "生年月日.month": [str(chance.randint(1, 12))],
        "生年月日.day": [str(chance.randint(1, 28))],
        "電話": ["０５９９−４１−１２３４"],
        "世帯": [chance.choice(["一人", "家族"])],
        "人数": ["３"],
        "転入日.era": ["令和"],
        "転入日.year": ["8"],
        "転入日.month": [str(chance.choice([10, 11]))],
        "転入日.day": [str(chance.randint(1, 20))],
        "理由": ["入院していたため"],
    }


def _step_validations_per_second() -> float:
    """One core reading, parsing and checking that screen: all that a POST costs before its answers are stored."""
    program, everyone = moving_form(), typed_screens(SCREENS)
    started = process_time()
    for typed in everyone:
        read_step(program, "届", "本人", typed, answers={}, files={}, today=DAY, params={})
    return SCREENS / (process_time() - started)
