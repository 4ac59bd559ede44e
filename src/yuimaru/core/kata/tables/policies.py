"""Hit policies (DMN 8.2.10): what a table gives when more than one of its rows applies, or may apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.tables.outputs import aggregated
from yuimaru.core.kata.tables.results import TableError, TableProblem, TableResult

if TYPE_CHECKING:
    from yuimaru.core.kata.tables.compile import Table

SINGLE = frozenset("UAPF")  # one row, or rows that say the same
RANKED = frozenset("PO")  # need the order of output values
COLLECTED = {"C+": "sum", "C<": "min", "C>": "max", "C#": "count"}

Settle = Callable[["Table", list[int], Facts], TableResult]


def _not_unique(table: Table, rows: list[int], facts: Facts) -> TableResult:
    raise _contradiction(
        table, rows, "not_unique", "同時に当てはまりました", "apply at the same time. Make their conditions distinct"
    )  # fmt: skip


def _alike(table: Table, rows: list[int], facts: Facts) -> TableResult:
    """A: rows may overlap as long as they say the same."""
    first, *others = (table.outputs_of(row, facts) for row in rows)
    if any(each != first for each in others):
        raise _contradiction(
            table, rows, "not_alike", "違う結果で同時に当てはまりました", "apply together with different outputs. Make them agree"
        )  # fmt: skip
    return TableResult(table.ids(rows), first)


def _foremost(table: Table, rows: list[int], facts: Facts) -> TableResult:
    """P: the row whose outputs stand first in the order of output values."""
    found = [table.outputs_of(row, facts) for row in rows]
    best = min(range(len(rows)), key=lambda place: _rank(table, found[place]))
    return TableResult(table.ids(rows[best : best + 1]), found[best])


def _listed(table: Table, rows: list[int], facts: Facts) -> TableResult:
    """R and C: every output as a list, in the order of the rows."""
    return _lists(table, rows, [table.outputs_of(row, facts) for row in rows])


def _ranked(table: Table, rows: list[int], facts: Facts) -> TableResult:
    """O: every output as a list, in the order of output values; rows of one rank keep their order."""
    found = [table.outputs_of(row, facts) for row in rows]
    order = sorted(range(len(rows)), key=lambda place: _rank(table, found[place]))
    return _lists(table, [rows[place] for place in order], [found[place] for place in order])


def _collected(table: Table, rows: list[int], facts: Facts) -> TableResult:
    """C+, C<, C>, C#: numbers as their sum, least, greatest, and the count of rows; texts as a list."""
    found = [table.outputs_of(row, facts) for row in rows]
    how = COLLECTED[table.decision.hit]
    outputs = {
        output.id: aggregated(output, [each[output.id] for each in found], collecting=how)
        for output in table.decision.outputs
    }
    return TableResult(table.ids(rows), outputs)


SETTLE: dict[str, Settle] = {
    "U": _not_unique,
    "A": _alike,
    "P": _foremost,
    "R": _listed,
    "O": _ranked,
    "C": _listed,
    **dict.fromkeys(COLLECTED, _collected),
}


def _lists(table: Table, rows: list[int], found: Sequence[dict[str, Value]]) -> TableResult:
    names = (output.id for output in table.decision.outputs)
    return TableResult(table.ids(rows), {name: [each[name] for each in found] for name in names})


def _rank(table: Table, outputs: dict[str, Value]) -> tuple[int, ...]:
    """The place of each output in its order; what stands in no order comes last."""
    ranks = ((order, outputs[name]) for name, order in table.orders)
    return tuple(order.index(value) if value in order else len(order) for order, value in ranks)


def _contradiction(table: Table, rows: list[int], code: str, ja: str, en: str) -> TableError:
    ids = table.ids(rows)
    problem = TableProblem(
        code,
        f"判定表「{table.decision.title}」で、行「{'」「'.join(ids)}」が{ja}。条件を見直してください。",
        f"Rows “{'”, “'.join(ids)}” of table “{table.decision.id}” {en}.",
    )
    return TableError(table.decision.id, [problem])
