"""The kata language: how many decisions one core makes with a table of 30 rows and 6 inputs."""

from __future__ import annotations

import random
from itertools import islice, product
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.case_steps import measure_steps
from benchmarks.engines import measure_others
from benchmarks.figures import Figure
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import compile_table

RUNS = 5
PEOPLE = 20_000
REASONS = ("出生", "転入", "監護", "その他")
AGES = ("[0..3)", "[3..12)", "[12..16)", "[16..18]", "> 18")
INCOMES = ("< 2000000", "[2000000..6220000)", ">= 6220000")


def measure(data: Path | None, profile: str) -> list[Figure]:
    """Decisions per CPU second, beside other engines where they are installed; neither `data` nor `profile` makes a difference to it."""
    speed = median(_decisions_per_second() for _ in range(RUNS))
    ours = Figure("decisions_per_second", round(speed), "1/s", target=150_000, goal=150_000)
    return [ours, measure_steps(), *measure_others(allowance_table(), people(PEOPLE))]


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
