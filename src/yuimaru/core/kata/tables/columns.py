"""The left side of a table: one column reads one value and knows which rows that value leaves alive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import xor
from typing import Any, TypeAlias

from yuimaru.core.kata.expressions import Cell, Compiled, CompiledTest, Kind, Value, parse_cell
from yuimaru.core.kata.expressions.problems import error
from yuimaru.core.kata.models import Cell as RawCell
from yuimaru.core.kata.tables.axes import Axis, Covered, axis, places_of

# What a column knows of one kind of value: the rows at each cut, the cuts, the rows before and after each.
AxisRows: TypeAlias = tuple[dict[Any, int], tuple[Any, ...], list[int]]
# The name of the value, or how to read it where it is no mere name; the rows by its type, the rows for an unknown value and for one of any other type; the
# function to ask about a date that is known in part, which has no place on an axis.
Lookup: TypeAlias = tuple[str | None, Compiled, dict[type, AxisRows], int, int, Callable[[Value], int]]

_AXES: tuple[tuple[Kind, tuple[type, ...]], ...] = (
    ("yesno", (bool,)),
    ("number", (int, Decimal)),
    ("text", (str,)),
    ("date", (date,)),
)


@dataclass(frozen=True)
class Column:
    """One input of a table. A cell that reads names is open (`covered` None) until the facts are there."""

    id: str
    label: str
    expression: str
    names: frozenset[str]
    read: Compiled
    sources: tuple[str, ...]
    cells: tuple[Cell, ...]
    tests: tuple[CompiledTest, ...]
    covered: tuple[list[Covered] | None, ...]

    def axis(self, of: Kind, more: Sequence[Value] = ()) -> Axis:
        """The axis on which every constant of this column is a cut."""
        return axis(of, [each for each in self.covered if each is not None], more)

    def places(self, row: int, on: Axis) -> int:
        """The places of an axis where the cell of a row holds, all of them when the cell is open."""
        tests = self.covered[row]
        return (1 << on.places) - 1 if tests is None else places_of(self.cells[row], tests, on)

    def rows_at(self, on: Axis) -> list[int]:
        """For every place of an axis the rows whose cell holds there."""
        changes = [0] * (on.places + 1)
        for row in range(len(self.cells)):
            for first, last in runs(self.places(row, on)):
                changes[first] ^= 1 << row
                changes[last + 1] ^= 1 << row
        return list(accumulate(changes[:-1], xor))

    def rows_for(self, value: Value) -> int:
        """The rows whose cell holds for a value, told by the tests themselves."""
        rows = 0
        for row, test in enumerate(self.tests):
            rows |= (self.covered[row] is None or test(value, {}) is True) << row
        return rows

    def lookup(self) -> Lookup:
        """The rows that each value leaves alive, ready to be searched."""
        by_type: dict[type, AxisRows] = {}
        for of, types in _AXES:
            on = self.axis(of)
            rows = self.rows_at(on)
            at_cut = dict(zip(on.cuts, rows[1::2], strict=True))
            by_type.update(dict.fromkeys(types, (at_cut, on.cuts, rows[0::2])))
        name = self.expression if self.names == {self.expression} else None
        return name, self.read, by_type, self.rows_for(None), self.rows_for([]), self.rows_for


def bits(number: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found


def runs(number: int) -> list[tuple[int, int]]:
    """The unbroken runs of set bits as (first, last), lowest first."""
    found = []
    first = 0
    while number:
        skipped = (number & -number).bit_length() - 1
        number >>= skipped
        length = (~number & (number + 1)).bit_length() - 1
        number >>= length
        found.append((first + skipped, first + skipped + length - 1))
        first += skipped + length
    return found


def cell_source(raw: RawCell) -> str:
    """The text of a cell as the author may have typed it; a bare true, false or number is a literal."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return "" if raw is None else str(raw)


def parse_test(raw: RawCell) -> Cell:
    """The parsed tests of an input cell; raises ExpressionError, for empty cells too."""
    source = cell_source(raw)
    if not source.strip():
        raise error(
            "empty_cell",
            "空のままにはできません。どの値でもよいときは「-」と書いてください。",
            "A cell cannot be empty. Write “-” where any value will do.",
            1,
        )
    return parse_cell(source)
