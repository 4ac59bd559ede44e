"""How a form and the tables read its items: against which constants only, or in ways that no list of cases covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yuimaru.core.kata.expressions import Compiled, compile_node, nodes, parse
from yuimaru.core.kata.expressions.names import cell_names, names_in
from yuimaru.core.kata.facts import TODAY
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Table
from yuimaru.core.kata.tables.outputs import formula_in


@dataclass(slots=True)
class Readings:
    """For each name the constants it is held against; names that are also read otherwise, and those that are ranked."""

    fixed: frozenset[str]  # what does not change during a conversation: parameters and today
    cuts: dict[str, list[Compiled]] = field(default_factory=dict)
    otherwise: set[str] = field(default_factory=set)
    ranked: set[str] = field(default_factory=set)

    def expression(self, node: nodes.Node | nodes.Test) -> None:
        """Note how an expression reads its names."""
        match node:
            case nodes.Comparison(left=nodes.Name() as name, right=other) if self._constant(other):
                self._held(name, [nodes.Against(node.operator, other, node.at)])
            case nodes.Comparison(left=other, right=nodes.Name() as name) if self._constant(other):
                self._held(name, [nodes.Against(node.operator, other, node.at)])
            case nodes.In(subject=nodes.Name() as name, tests=tests) if all(map(self._constant, tests)):
                self._held(name, tests)
            case nodes.Between(subject=nodes.Name() as name, low=low, high=high) if self._constant(
                low
            ) and self._constant(high):
                self._held(name, [nodes.Against(">=", low, node.at), nodes.Against("<=", high, node.at)])
            case nodes.Name(id=name):
                self.otherwise.add(name)
            case _:
                for part in nodes.children(node):
                    self.expression(part)

    def table(self, table: Table) -> None:
        """Note how a table reads its names: its columns, cells and formulas."""
        columns = {column.id: column.names for column in table.columns}
        loose: set[str] = set()
        for column in table.columns:
            read = parse(column.expression)
            tests = [test for cell in column.cells for test in cell.tests]
            if isinstance(read, nodes.Name) and all(map(self._constant, tests)):
                self._held(read, tests)
                continue
            self.expression(read)
            loose |= {name for cell in column.cells for name in cell_names(cell)}
        for row in table.decision.rows:
            for formula in filter(None, map(formula_in, row.then)):
                loose |= names_in(parse(formula))
        self.otherwise |= loose.union(*(columns[name] for name in loose & columns.keys()))

    def _constant(self, node: nodes.Node | nodes.Test) -> bool:
        if isinstance(node, nodes.Name):
            return node.id in self.fixed
        return all(map(self._constant, nodes.children(node)))

    def _held(self, name: nodes.Name, tests: Iterable[nodes.Test]) -> None:
        for test in tests:
            if isinstance(test, nodes.Range):
                parts: tuple[nodes.Node, ...] = (test.low, test.high)
            else:
                parts = (test.operand,) if isinstance(test, nodes.Against) else (test,)
            if isinstance(test, nodes.Range) or getattr(test, "operator", "=") not in ("=", "!="):
                self.ranked.add(name.id)
            self.cuts.setdefault(name.id, []).extend(map(compile_node, parts))


def readings(program: Program, form_id: str) -> Readings:
    """How the conditions of a form and all tables read its items."""
    found = Readings(frozenset({TODAY, *program.params}))
    for screen in program.screens(form_id):
        items = [question.item for question in screen.questions]
        texts = [
            screen.step.when,
            *(text for item in items for text in (item.when, item.check, item.expression)),
        ]
        for text in filter(None, texts):
            found.expression(parse(text))
    for table in program.tables.values():
        if table.decision.when:
            found.expression(parse(table.decision.when))
        found.table(table)
    return found
