"""Expressions, cells and outputs of one table as the FEEL of a DMN document, and the names that they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuimaru.core.kata.expressions import (
    FUNCTIONS,
    Cell,
    Node,
    NoFeel,
    Value,
    cell_to_feel,
    nodes,
    parse,
    to_feel,
)
from yuimaru.core.kata.expressions.feel import literal
from yuimaru.core.kata.expressions.names import cell_names, names_in, replaced
from yuimaru.core.kata.models import Cell as RawCell
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables.compile import Table
from yuimaru.core.kata.tables.outputs import formula_in
from yuimaru.core.kata.tables.results import TableError, TableProblem

Change = Callable[[Node], Node | None]


class Spelling:
    """How one table is written in FEEL; `decisions` are the tables whose results it may name.

    A call that FEEL has no words for (opening days) becomes an input: `calls` keeps its text and name.
    """

    def __init__(self, table: Table, decisions: Mapping[str, Decision], calls: dict[str, str]) -> None:
        self.table = table
        self.decisions = decisions
        self.calls = calls
        self.needed: set[str] = set()
        # What stands for a column's id in cells and formulas: its calculation, which DMN does not name.
        self.columns = {
            column.id: parse(column.expression) for column in table.columns if column.expression != column.id
        }

    def text(self, text: str, place: str) -> str:
        """An expression that may not name columns; raises TableError where FEEL has no words for it."""
        return self._feel(lambda: replaced(parse(text), self._other), None, place)

    def cell(self, cell: Cell, row: str, column: str) -> str:
        """The tests of a cell."""
        return self._feel(lambda: replaced(cell, self._inlined), row, column)

    def output(self, raw: RawCell, fixed: Value, row: str, output: str) -> str:
        """An output: its formula, or its value."""
        formula = formula_in(raw)
        if formula is None:
            return literal(fixed)
        return self._feel(lambda: replaced(parse(formula), self._inlined), row, output)

    def _feel(self, spelled: Callable[[], Node | Cell], row: str | None, column: str) -> str:
        try:
            found = spelled()
            self.needed |= cell_names(found) if isinstance(found, Cell) else names_in(found)
            return cell_to_feel(found) if isinstance(found, Cell) else to_feel(found)
        except NoFeel as none:
            raise self._untranslatable(none, row, column) from None

    def _inlined(self, node: Node) -> Node | None:
        if isinstance(node, nodes.Name) and node.id in self.columns:
            return replaced(self.columns[node.id], self._other)
        return self._called(node, self._inlined) or self._result(node)

    def _other(self, node: Node) -> Node | None:
        return self._called(node, self._other) or self._result(node)

    def _called(self, node: Node, change: Change) -> Node | None:
        if not isinstance(node, nodes.Call) or FUNCTIONS[node.function].feel:
            return None
        arguments = ", ".join(to_feel(replaced(each, change)) for each in node.arguments)
        text = f"{node.function}({arguments})"
        return nodes.Name(self.calls.setdefault(text, f"{node.function}_{len(self.calls) + 1}"), node.at)

    def _result(self, node: Node) -> Node | None:
        """`月額.円` of a table with one output is `月額` in DMN."""
        match node:
            case nodes.Path(source=nodes.Name(id=name) as source) if name in self.decisions:
                return source if len(self.decisions[name].outputs) == 1 else None
        return None

    def _untranslatable(self, none: NoFeel, row: str | None, column: str) -> TableError:
        where = f"行「{row}」の列「{column}」" if row else f"列「{column}」"
        problem = TableProblem(
            "no_feel",
            f"{where}の「{none.what}」は、DMNの言葉（FEEL）に書き直せません。",
            f"{f'Row “{row}”, column' if row else 'Column'} “{column}”: “{none.what}” has no form in FEEL.",
            row,
            column,
        )
        return TableError(self.table.decision.id, [problem])
