"""Chains: tables that read each other's outputs (月額.円), put in order, decided one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from yuimaru.core.kata.expressions import ExpressionError, Facts, names
from yuimaru.core.kata.expressions.names import cell_names
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables.columns import parse_test
from yuimaru.core.kata.tables.compile import Table, compile_table
from yuimaru.core.kata.tables.decided import Decided, decided
from yuimaru.core.kata.tables.outputs import formula_in
from yuimaru.core.kata.tables.results import TableError, TableProblem


@dataclass(frozen=True)
class Chain:
    """Compiled tables, each after those that it reads."""

    tables: tuple[Table, ...]

    def decide(self, facts: Facts) -> dict[str, Decided]:
        """What every table says, by id, in the order of the chain; raises TableError."""
        known, found = dict(facts), dict[str, Decided]()
        for table in self.tables:
            result = decided(table, known)
            found[table.decision.id] = result
            known[table.decision.id] = result.outputs
        return found


def compile_chain(decisions: Sequence[Decision]) -> Chain:
    """Order and compile tables; raises TableError for mistakes, and for tables that wait for each other."""
    tables = {each.id: each for each in decisions}
    sorter = TopologicalSorter({each.id: sorted(names_read(each) & tables.keys()) for each in decisions})
    try:
        order = list(sorter.static_order())
    except CycleError as circle:
        ids = list(reversed(circle.args[1]))
        problem = TableProblem(
            "circle",
            f"判定表「{'」→「'.join(ids)}」が互いの結果を待っています。どれか1つの条件から結果を外してください。",
            f"Tables “{'” → “'.join(ids)}” wait for each other. Let one of them do without.",
        )
        raise TableError(ids[0], [problem]) from None
    return Chain(tuple(compile_table(tables[each]) for each in order))


def names_read(decision: Decision) -> set[str]:
    """The names that a table reads anywhere: in `when`, inputs, cells and formulas; broken parts read none."""
    texts = [decision.when or "", *(column.expression or column.id for column in decision.inputs)]
    texts += [formula_in(cell) or "" for row in decision.rows for cell in row.then]
    found: set[str] = set()
    for text in filter(None, texts):
        try:
            found |= names(text)
        except ExpressionError:
            continue
    for raw in (cell for row in decision.rows for cell in row.tests):
        try:
            found |= cell_names(parse_test(raw))
        except ExpressionError:
            continue
    return found
