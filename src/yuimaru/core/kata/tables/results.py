"""What a table gives back: the rows it hit and their outputs, or the problems that stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yuimaru.core.kata.expressions import ExpressionProblem, Value


class TableResult(NamedTuple):
    """The ids of the rows that hit, and the outputs by id; no outputs when no row hit."""

    rows: tuple[str, ...]
    outputs: dict[str, Value] | None


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One mistake in a table: stable code, sentence in both languages, row, column, character of the cell."""

    code: str
    message_ja: str
    message_en: str
    row: str | None = None
    column: str | None = None
    position: int | None = None


class TableError(ValueError):
    """A table that cannot be compiled, or whose rows contradict its hit policy for these facts."""

    def __init__(self, table: str, problems: Sequence[TableProblem]) -> None:
        super().__init__("; ".join(f"{table}: {problem.message_en}" for problem in problems))
        self.table = table
        self.problems = list(problems)


def in_cell(problem: ExpressionProblem, row: str | None, column: str) -> TableProblem:
    """The problem of a cell's expression, with the cell it stands in."""
    where_ja = f"行「{row}」の列「{column}」" if row else f"列「{column}」"
    where_en = f"Row “{row}”, column “{column}”" if row else f"Column “{column}”"
    return TableProblem(
        problem.code,
        f"{where_ja}の{problem.message_ja}",
        f"{where_en}: {problem.message_en}",
        row,
        column,
        problem.position,
    )
