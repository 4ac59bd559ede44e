"""What stays the same during a conversation: which names every question, row and table waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from yuimaru.core.kata.conversation.readings import Readings, readings
from yuimaru.core.kata.expressions import names
from yuimaru.core.kata.expressions.names import cell_names
from yuimaru.core.kata.program import Program, Question, Screen
from yuimaru.core.kata.tables import Table
from yuimaru.core.kata.tables.outputs import formula_in


@dataclass(frozen=True, slots=True)
class Place:
    """A question in its step: the names that decide whether it is asked, whether its answer is taken, what it is."""

    screen: Screen
    question: Question
    shown_by: tuple[str, ...]
    checked_by: tuple[str, ...]
    made_of: tuple[str, ...]  # of a computed item


@dataclass(frozen=True, slots=True)
class Cell:
    """What must be known for one cell of a row; without a column it stands for the formulas of the outputs."""

    column: int | None
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """What stays the same during a conversation."""

    program: Program
    form_id: str
    places: dict[str, Place]
    rows: dict[str, list[list[Cell]]]
    applies: dict[str, tuple[str, ...]]
    readings: Readings


@lru_cache(maxsize=64)
def script(program: Program, form_id: str) -> Script:
    """The script of a form; made once and kept."""
    places: dict[str, Place] = {}
    for screen in program.screens(form_id):
        for question in screen.questions if screen.step.repeat is None else ():
            places[question.item.id] = _place(screen, question, places)
    order = (*places, *program.tables)

    def ordered(reads: Iterable[str]) -> tuple[str, ...]:
        found = set(reads)
        return tuple(name for name in order if name in found)

    rows = {name: _rows(table, ordered) for name, table in program.tables.items()}
    applies = {
        name: ordered(names(table.decision.when)) if table.decision.when else ()
        for name, table in program.tables.items()
    }
    return Script(program, form_id, places, rows, applies, readings(program, form_id))


def _place(screen: Screen, question: Question, earlier: Iterable[str]) -> Place:
    item = question.item

    def among(*texts: str | None) -> tuple[str, ...]:
        read = {name for text in texts if text for name in names(text)}
        return tuple(name for name in earlier if name in read)

    return Place(
        screen, question, among(screen.step.when, item.when), among(item.check), among(item.expression)
    )


def _rows(table: Table, ordered: Callable[[Iterable[str]], tuple[str, ...]]) -> list[list[Cell]]:
    return [
        [Cell(column, ordered(reads)) for column, reads in _reads(table, row)]
        for row in range(len(table.decision.rows))
    ]


def _reads(table: Table, row: int) -> Iterator[tuple[int | None, set[str]]]:
    """The testing cells of a row by column, then its formulas, each with the names read, directly or by columns."""
    columns = {column.id: set(column.names) for column in table.columns}

    def through(found: set[str]) -> set[str]:
        return found.union(*(columns[each] for each in found & columns.keys()))

    for place, column in enumerate(table.columns):
        if column.cells[row].tests:
            yield place, columns[column.id] | through(cell_names(column.cells[row]))
    formulas = [formula for cell in table.decision.rows[row].then if (formula := formula_in(cell))]
    if formulas:
        yield None, through({name for formula in formulas for name in names(formula)})
