"""The canonical form: an expression of this language written in full FEEL, as other DMN engines read it.

Every group is put in parentheses, Japanese function names become FEEL's own, or the calculation that FEEL
would need. What FEEL has no words for (opening days, dates known in part) raises NoFeel.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import singledispatch

from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.functions import FUNCTIONS
from yuimaru.core.kata.expressions.nodes import Node, Test
from yuimaru.core.kata.expressions.values import Value

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_ARGUMENT = re.compile(r"\{(all|\d)(?:\|(\w+))?\}")


class NoFeel(ValueError):
    """Raised for what FEEL cannot say; `what` is the function or the value."""

    def __init__(self, what: str) -> None:
        super().__init__(f"FEEL has no form of {what}")
        self.what = what


@singledispatch
def to_feel(node: Node) -> str:
    """A parsed expression in the FEEL of DMN 1.4; raises NoFeel."""
    raise TypeError(type(node))


def cell_to_feel(cell: nodes.Cell) -> str:
    """The unary tests of a cell in FEEL; raises NoFeel."""
    if not cell.tests:
        return "-"
    tests = ", ".join(_test(each) for each in cell.tests)
    return f"not({tests})" if cell.negated else tests


def literal(value: Value) -> str:
    """A value as FEEL writes it; raises NoFeel."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, (int, Decimal)):
        return format(value, "d" if isinstance(value, int) else "f")
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    raise NoFeel(str(value))


@to_feel.register(nodes.Literal)
def _literal(node: nodes.Literal) -> str:
    written = literal(node.value)
    return f"({written})" if written.startswith("-") else written


@to_feel.register(nodes.Name)
def _name(node: nodes.Name) -> str:
    return node.id


@to_feel.register(nodes.Path)
def _path(node: nodes.Path) -> str:
    return f"{to_feel(node.source)}.{node.field}"


@to_feel.register(nodes.Negative)
def _negative(node: nodes.Negative) -> str:
    return f"(-{to_feel(node.operand)})"


@to_feel.register(nodes.Arithmetic)
@to_feel.register(nodes.Comparison)
def _two(node: nodes.Arithmetic | nodes.Comparison) -> str:
    return f"({to_feel(node.left)} {node.operator} {to_feel(node.right)})"


@to_feel.register(nodes.Logic)
def _logic(node: nodes.Logic) -> str:
    return "(" + f" {node.operator} ".join(to_feel(each) for each in node.operands) + ")"


@to_feel.register(nodes.Not)
def _not(node: nodes.Not) -> str:
    return f"not({to_feel(node.operand)})"


@to_feel.register(nodes.Choose)
def _choose(node: nodes.Choose) -> str:
    return f"(if {to_feel(node.condition)} then {to_feel(node.yes)} else {to_feel(node.no)})"


@to_feel.register(nodes.ListOf)
def _list(node: nodes.ListOf) -> str:
    return f"[{', '.join(to_feel(each) for each in node.members)}]"


@to_feel.register(nodes.In)
def _in(node: nodes.In) -> str:
    tests = ", ".join(_test(each) for each in node.tests)
    single = len(node.tests) == 1 and isinstance(node.tests[0], (nodes.Range, nodes.ListOf))
    return f"({to_feel(node.subject)} in {tests if single else f'({tests})'})"


@to_feel.register(nodes.Between)
def _between(node: nodes.Between) -> str:
    return f"({to_feel(node.subject)} between {to_feel(node.low)} and {to_feel(node.high)})"


@to_feel.register(nodes.Call)
def _call(node: nodes.Call) -> str:
    function = FUNCTIONS[node.function]
    if not function.feel:
        raise NoFeel(node.function)
    arguments = [to_feel(each) for each in node.arguments]

    def filled(match: re.Match[str]) -> str:
        place, otherwise = match.groups()
        if place == "all":
            return ", ".join(arguments)
        return arguments[int(place)] if int(place) < len(arguments) else otherwise

    return _ARGUMENT.sub(filled, function.feel)


def _test(test: Test) -> str:
    if isinstance(test, nodes.Range):
        opening, closing = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
        return f"{opening}{literal(test.low.value)}..{literal(test.high.value)}{closing}"
    if isinstance(test, nodes.Against):
        return f"{test.operator} {to_feel(test.operand)}"
    return to_feel(test)
