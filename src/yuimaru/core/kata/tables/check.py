"""What can be wrong in a table before it runs: names and types of its expressions, cells and formulas."""

from __future__ import annotations

from collections.abc import Mapping

from yuimaru.core.kata.expressions import (
    ANY,
    YESNO,
    ExpressionError,
    ExpressionProblem,
    Type,
    check,
    check_cell,
    infer,
)
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables.columns import cell_source
from yuimaru.core.kata.tables.compile import compile_table
from yuimaru.core.kata.tables.outputs import TYPES, formula_in
from yuimaru.core.kata.tables.results import TableError, TableProblem, in_cell


def check_table(decision: Decision, known: Mapping[str, Type]) -> list[TableProblem]:
    """Everything wrong in a table over the known facts; gaps and overlaps are asked for apart."""
    try:
        compile_table(decision)
    except TableError as error:
        return error.problems
    scope = table_scope(decision, known)
    problems: list[TableProblem] = []

    def note(found: list[ExpressionProblem], row: str | None, column: str) -> None:
        problems.extend(in_cell(each, row, column) for each in found)

    if decision.when:
        note(check(decision.when, known, YESNO), None, "when")
    within = member_scope(decision, known)
    for column in decision.inputs:
        note(check(column.expression or column.id, within), None, column.id)
    for row in decision.rows:
        for cell, column in zip(row.tests, decision.inputs, strict=True):
            note(check_cell(cell_source(cell), scope[column.id], scope), row.id, column.id)
        for cell, output in zip(row.then, decision.outputs, strict=True):
            formula = formula_in(cell)
            if formula is not None:
                note(_formula(formula, scope, TYPES[output.type]), row.id, output.id)
    return problems


def member_scope(decision: Decision, known: Mapping[str, Type]) -> dict[str, Type]:
    """The names that the inputs of a table may read: the facts, and with `each` the items of one member."""
    group = known.get(decision.each, ANY).of if decision.each else None
    return {**known, **(group.fields if group else {})}


def table_scope(decision: Decision, known: Mapping[str, Type]) -> dict[str, Type]:
    """The names that cells and formulas may read: those of the inputs, and the inputs themselves by id."""
    within = member_scope(decision, known)
    return {**within, **{each.id: _type(each.expression or each.id, within) for each in decision.inputs}}


def _type(text: str, known: Mapping[str, Type]) -> Type:
    try:
        return infer(text, known)
    except ExpressionError:
        return ANY


def _formula(text: str, scope: Mapping[str, Type], wanted: Type) -> list[ExpressionProblem]:
    problems = check(text, scope, wanted)
    if not problems and wanted.whole and not _type(text, scope).whole:
        ja = "小数になることがあります。切り捨て( ) などで整数にしてください。"
        en = "This may give a fraction. Round it, for example with floor( )."
        return [ExpressionProblem("not_whole", f"1文字目：{ja}", f"Character 1: {en}", 1)]
    return problems
