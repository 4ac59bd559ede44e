"""A decision of a kata made ready to run: each column looks up its rows, the rest is a bitwise `and`."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yuimaru.core.japan.partial_dates import PartialDate
from yuimaru.core.kata.expressions import (
    Cell,
    Compiled,
    CompiledTest,
    ExpressionError,
    Facts,
    Value,
    compile_expression,
    compile_tests,
    names,
    nodes,
)
from yuimaru.core.kata.expressions.near import suggestion
from yuimaru.core.kata.models import Decision, Row, TableOutput
from yuimaru.core.kata.tables.axes import covered
from yuimaru.core.kata.tables.columns import Column, Lookup, bits, cell_source, parse_test
from yuimaru.core.kata.tables.outputs import RowOutputs, compile_output, compile_values, formula_in
from yuimaru.core.kata.tables.policies import RANKED, SETTLE, SINGLE
from yuimaru.core.kata.tables.results import TableError, TableProblem, TableResult, in_cell

NO_ROW = TableResult((), None)
MOST_CELLS = 5_000
MOST_ALTERNATIVES = 10_000
MOST_CHARACTERS = 60_000  # of different texts: each is parsed once
COMMAS = ",，、"
ANYTHING = nodes.Cell((), negated=False)


@dataclass(frozen=True)
class OpenCell:
    """A cell that reads names and so must be asked anew for all facts; `row` is its row's bit."""

    row: int
    column: Column
    test: CompiledTest


@dataclass(frozen=True)
class Table:
    """A compiled decision table."""

    decision: Decision
    columns: tuple[Column, ...]
    outputs: tuple[RowOutputs, ...]
    applies: Compiled | None  # the table's `when`
    lookups: tuple[Lookup, ...]
    open_cells: tuple[OpenCell, ...]
    row_ids: tuple[str, ...]
    orders: tuple[tuple[str, tuple[Value, ...]], ...]  # output id → its values, the foremost first

    def decide(self, facts: Facts) -> TableResult:
        """The rows that hit and their outputs; raises TableError when rows contradict the hit policy."""
        rows = self.matching(facts)
        if not rows:
            return NO_ROW
        hit = self.decision.hit
        if hit != "F" and (rows & (rows - 1) or hit not in SINGLE):
            return SETTLE[hit](self, bits(rows), facts)
        first = (rows & -rows).bit_length() - 1
        return TableResult(self.row_ids[first : first + 1], self.outputs_of(first, facts))

    def matching(self, facts: Facts) -> int:
        """All rows whose cells are all true, as bits; bit 0 is the first row."""
        rows = -1
        # Written out rather than called: this loop is what a decision costs.
        for name, read, by_type, unknown, elsewhere, asked in self.lookups:
            value: Any = facts.get(name) if name is not None else read(facts)
            known = by_type.get(type(value))
            if known is not None:
                at_cut = known[0].get(value)
                rows &= known[2][bisect_left(known[1], value)] if at_cut is None else at_cut
            elif value is None:
                rows &= unknown
            else:
                rows &= asked(value) if type(value) is PartialDate else elsewhere
            if not rows:
                return 0
        if self.open_cells:
            scope = self.scope(facts)
            for cell in self.open_cells:
                if rows & cell.row and cell.test(cell.column.read(facts), scope) is not True:
                    rows ^= cell.row
        return rows

    def scope(self, facts: Facts) -> dict[str, Value]:
        """What formulas and cells may read: the facts and the table's inputs under their ids."""
        return {**facts, **{column.id: column.read(facts) for column in self.columns}}

    def rows(self, result: TableResult) -> list[Row]:
        """The rows of the decision that a result names, in its order."""
        rows = {row.id: row for row in self.decision.rows}
        return [rows[each] for each in result.rows]

    def ids(self, rows: list[int]) -> tuple[str, ...]:
        """The ids of rows by their number."""
        return tuple(self.row_ids[row] for row in rows)

    def outputs_of(self, row: int, facts: Facts) -> dict[str, Value]:
        """The outputs of a row by its number."""
        outputs = self.outputs[row]
        return outputs.values(self.scope(facts) if outputs.formulas else facts)


def compile_table(decision: Decision) -> Table:
    """Compile a decision; raises TableError with everything that is wrong in its cells and expressions."""
    compiler = _Compiler(decision)
    compiler.limit_size()
    if not compiler.problems:
        compiler.count_cells()
    if not compiler.problems:
        columns = tuple(compiler.column(place) for place in range(len(decision.inputs)))
        outputs = tuple(compiler.row_outputs(row) for row in decision.rows)
        applies = compiler.expression(decision.when, "when") if decision.when else None
        orders = compiler.orders(outputs)
    if compiler.problems:
        raise TableError(decision.id, compiler.problems)
    return Table(
        decision,
        columns,
        outputs,
        applies,
        tuple(column.lookup() for column in columns),
        tuple(
            OpenCell(1 << row, column, column.tests[row])
            for column in columns
            for row, tests in enumerate(column.covered)
            if tests is None
        ),
        tuple(row.id for row in decision.rows),
        orders,
    )


class _Compiler:
    """Compiles part by part and keeps every problem met on the way."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.problems: list[TableProblem] = []
        self.parsed = lru_cache(self._parsed)  # many rows ask the same

    def limit_size(self) -> None:
        """A table stays small enough to be compiled and proved while its author waits; nothing is parsed before."""
        rows, inputs = self.decision.rows, self.decision.inputs
        texts = [cell for row in rows for cell in row.tests if isinstance(cell, str)]
        formulas = [formula_in(cell) or "" for row in rows for cell in row.then]
        alternatives = len(texts) + sum(text.count(sign) for text in texts for sign in COMMAS)
        self._limit(len(rows) * len(inputs), MOST_CELLS, "条件のセル", "個", "cells of conditions")
        self._limit(alternatives, MOST_ALTERNATIVES, "条件に並べる値", "個", "values in its conditions")
        self._limit(
            sum(map(len, {*texts, *formulas})),
            MOST_CHARACTERS,
            "異なる条件と式",
            "文字",
            "characters of cells",
        )

    def _limit(self, found: int, most: int, ja: str, unit: str, en: str) -> None:
        if found > most:
            message_ja = f"表が大きすぎます。{ja}は{most:,}{unit}までですが、{found:,}{unit}あります。"
            message_en = f"The table is too large: it has {found:,} {en}; {most:,} are allowed."
            self.problems.append(TableProblem("too_large", message_ja, message_en))

    def count_cells(self) -> None:
        """Every row has as many conditions and outputs as the table has columns."""
        inputs, outputs = len(self.decision.inputs), len(self.decision.outputs)
        for row in self.decision.rows:
            for code, found, wanted, ja, en in (
                ("input_count", len(row.tests), inputs, "条件", "conditions"),
                ("output_count", len(row.then), outputs, "結果", "outputs"),
            ):
                if found != wanted:
                    message_ja = f"行「{row.id}」の{ja}は{wanted}個必要ですが、{found}個あります。"
                    message_en = f"Row “{row.id}” has {found} {en}; the table needs {wanted}."
                    self.problems.append(TableProblem(code, message_ja, message_en, row.id))

    def expression(self, text: str, column: str) -> Compiled:
        try:
            return compile_expression(text)
        except ExpressionError as error:
            self.problems.append(in_cell(error.problem, None, column))
            return lambda facts: None

    def cell(self, row: Row, place: int) -> tuple[Cell, CompiledTest]:
        try:
            return self.parsed(cell_source(row.tests[place]))
        except ExpressionError as error:
            self.problems.append(in_cell(error.problem, row.id, self.decision.inputs[place].id))
            return ANYTHING, compile_tests(ANYTHING)

    def _parsed(self, source: str) -> tuple[Cell, CompiledTest]:
        cell = parse_test(source)
        return cell, compile_tests(cell)

    def column(self, place: int) -> Column:
        given = self.decision.inputs[place]
        text = given.expression or given.id
        read = self.expression(text, given.id)
        parsed = [self.cell(row, place) for row in self.decision.rows]
        return Column(
            given.id,
            given.label or given.id,
            text,
            frozenset() if self.problems else frozenset(names(text)),
            read,
            tuple(cell_source(row.tests[place]) for row in self.decision.rows),
            tuple(cell for cell, _ in parsed),
            tuple(test for _, test in parsed),
            tuple(covered(cell, {}) for cell, _ in parsed),
        )

    def row_outputs(self, row: Row) -> RowOutputs:
        fixed: dict[str, Value] = {}
        formulas: list[tuple[str, Compiled]] = []
        for raw, output in zip(row.then, self.decision.outputs, strict=True):
            fixed[output.id] = None
            try:
                found = compile_output(raw, output)
            except ExpressionError as error:
                self.problems.append(in_cell(error.problem, row.id, output.id))
                continue
            if callable(found):
                formulas.append((output.id, found))
            else:
                fixed[output.id] = found
        return RowOutputs(fixed, tuple(formulas))

    def orders(self, rows: tuple[RowOutputs, ...]) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        """The values of every output that lists them; each fixed output must be one of them."""
        found = []
        for output in self.decision.outputs:
            try:
                values = compile_values(output)
            except ExpressionError as error:
                self.problems.append(in_cell(error.problem, None, output.id))
                continue
            if values:
                found.append((output.id, values))
            for row, outputs in zip(self.decision.rows, rows, strict=True):
                value = outputs.fixed[output.id]
                if values and value is not None and value not in values:
                    self.problems.append(_not_listed(row.id, output, str(value), values))
        if self.decision.hit in RANKED and not found and not self.problems:
            ja = "hit が P か O の表では、結果のどれかに values（優先する順の値）が必要です。"
            en = "A table with hit policy P or O needs values (foremost first) for one of its outputs."
            self.problems.append(TableProblem("no_order", ja, en))
        return tuple(found)


def _not_listed(row: str, output: TableOutput, value: str, values: tuple[Value, ...]) -> TableProblem:
    ja, en = suggestion(value, map(str, values))
    return TableProblem(
        "unlisted_output",
        f"行「{row}」の結果「{output.id}」の「{value}」は、values にありません。{ja}",
        f"Row “{row}”, output “{output.id}”: “{value}” is not one of its values.{en}",
        row,
        output.id,
    )
