"""Why a row applied: its conditions in words beside the values that met them, ground and reason."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.expressions.types import ANY
from yuimaru.core.kata.tables.columns import Column
from yuimaru.core.kata.tables.compile import Table
from yuimaru.core.kata.tables.domains import domain, places_held, value_words, words


@dataclass(frozen=True)
class Condition:
    """One cell: 「年齢」, the value 「2」, what was asked of it 「3未満」."""

    label: str
    value: str
    test: str


@dataclass(frozen=True)
class Because:
    """One row that applied."""

    row: str
    ground: str | None
    note: str | None
    conditions: tuple[Condition, ...]


def explain(table: Table, facts: Facts, lang: str = "ja") -> list[Because]:
    """The rows that apply to facts (one member's facts where the table says `each`), with their conditions.

    Cells that ask nothing (`-`) are left out. Raises TableError as deciding does.
    """
    hits = table.decide(facts).rows
    return [
        Because(row.id, row.ground, row.note, tuple(_conditions(table, number, facts, lang)))
        for number, row in enumerate(table.decision.rows)
        if row.id in hits
    ]


def _conditions(table: Table, row: int, facts: Facts, lang: str) -> list[Condition]:
    return [
        Condition(column.label, value_words(column.read(facts), lang), cell_words(column, row, lang))
        for column in table.columns
        if column.cells[row].tests
    ]


def cell_words(column: Column, row: int, lang: str = "ja") -> str:
    """What the cell of a row asks for; as it is written where it depends on other items."""
    within = None if column.covered[row] is None else domain(column, ANY)
    places = 0 if within is None else places_held(column, row, within, {})
    if within is None or not places:
        return column.sources[row]
    return words(within, places, lang) or column.sources[row]
