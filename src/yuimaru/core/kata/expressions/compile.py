"""Turns a tree into nested closures: no source text is ever executed, and a decision costs microseconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any, TypeAlias

from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.functions import FUNCTIONS, unknown_function
from yuimaru.core.kata.expressions.nodes import Node, Test
from yuimaru.core.kata.expressions.parser import parse, parse_cell
from yuimaru.core.kata.expressions.problems import ExpressionError
from yuimaru.core.kata.expressions.values import (
    ORDERED,
    ORDERS,
    Facts,
    Value,
    add,
    any_of,
    divide,
    equal,
    member,
    multiply,
    opposite,
    ordered,
    subtract,
)

Compiled: TypeAlias = Callable[[Facts], Value]
CompiledTest: TypeAlias = Callable[[Value, Facts], bool | None]

ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {"+": add, "-": subtract, "*": multiply, "/": divide}


def compile_expression(text: str) -> Compiled:
    """Compile an expression into a function of the facts; raises ExpressionError when it is none."""
    return compile_node(parse(text))


def compile_cell(text: str) -> CompiledTest:
    """Compile a table cell into a three-valued test of a value (the facts serve names used in the cell)."""
    return compile_tests(parse_cell(text))


def compile_tests(cell: nodes.Cell) -> CompiledTest:
    """Compile parsed unary tests."""
    if not cell.tests:
        return lambda value, facts: True
    passes = _any_test(cell.tests)
    if cell.negated:
        return lambda value, facts: opposite(passes(value, facts))
    return passes


@singledispatch
def compile_node(node: Node) -> Compiled:
    """Compile one node of the tree."""
    raise TypeError(type(node))


@compile_node.register(nodes.Literal)
def _literal(node: nodes.Literal) -> Compiled:
    value = node.value
    return lambda facts: value


@compile_node.register(nodes.Name)
def _name(node: nodes.Name) -> Compiled:
    name = node.id
    return lambda facts: facts.get(name)


@compile_node.register(nodes.Path)
def _path(node: nodes.Path) -> Compiled:
    source, field = compile_node(node.source), node.field

    def run(facts: Facts) -> Value:
        value = source(facts)
        if type(value) is dict:
            return value.get(field)
        if type(value) is list:
            return [each.get(field) if type(each) is dict else None for each in value]
        return None

    return run


@compile_node.register(nodes.Negative)
def _negative(node: nodes.Negative) -> Compiled:
    operand = compile_node(node.operand)
    return lambda facts: subtract(0, operand(facts))


@compile_node.register(nodes.Arithmetic)
def _arithmetic(node: nodes.Arithmetic) -> Compiled:
    calculate, left, right = ARITHMETIC[node.operator], compile_node(node.left), compile_node(node.right)
    return lambda facts: calculate(left(facts), right(facts))


@compile_node.register(nodes.Comparison)
def _comparison(node: nodes.Comparison) -> Compiled:
    left, right = compile_node(node.left), compile_node(node.right)
    if node.operator == "=":
        return lambda facts: equal(left(facts), right(facts))
    if node.operator == "!=":
        return lambda facts: opposite(equal(left(facts), right(facts)))
    compare = ORDERS[node.operator]

    def run(facts: Facts) -> bool | None:
        a: Any = left(facts)
        b: Any = right(facts)
        common = ORDERED.get(type(a))
        return compare(a, b) if common is not None and common == ORDERED.get(type(b)) else None

    return run


@compile_node.register(nodes.Logic)
def _logic(node: nodes.Logic) -> Compiled:
    operands = tuple(compile_node(each) for each in node.operands)
    decisive = node.operator == "or"

    def run(facts: Facts) -> bool | None:
        verdict: bool | None = not decisive
        for operand in operands:
            value = operand(facts)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                verdict = None
        return verdict

    return run


@compile_node.register(nodes.Not)
def _not(node: nodes.Not) -> Compiled:
    operand = compile_node(node.operand)
    return lambda facts: opposite(operand(facts))


@compile_node.register(nodes.Choose)
def _choose(node: nodes.Choose) -> Compiled:
    condition, yes, no = compile_node(node.condition), compile_node(node.yes), compile_node(node.no)
    return lambda facts: yes(facts) if condition(facts) is True else no(facts)


@compile_node.register(nodes.ListOf)
def _list(node: nodes.ListOf) -> Compiled:
    members = tuple(compile_node(each) for each in node.members)
    return lambda facts: [each(facts) for each in members]


@compile_node.register(nodes.In)
def _in(node: nodes.In) -> Compiled:
    subject, passes = compile_node(node.subject), _any_test(node.tests)
    return lambda facts: passes(subject(facts), facts)


@compile_node.register(nodes.Between)
def _between(node: nodes.Between) -> Compiled:
    subject, low, high = compile_node(node.subject), compile_node(node.low), compile_node(node.high)

    def run(facts: Facts) -> bool | None:
        value = subject(facts)
        above, below = ordered(">=", value, low(facts)), ordered("<=", value, high(facts))
        return None if above is None or below is None else above and below

    return run


@compile_node.register(nodes.Call)
def _call(node: nodes.Call) -> Compiled:
    function = FUNCTIONS.get(node.function)
    if function is None:
        raise ExpressionError(unknown_function(node.function, node.at))
    wrong = function.count_problem(len(node.arguments), node.at)
    if wrong is not None:
        raise ExpressionError(wrong)
    arguments = tuple(compile_node(each) for each in node.arguments)
    call = function.call
    return lambda facts: call([each(facts) for each in arguments])


def _any_test(tests: tuple[Test, ...]) -> CompiledTest:
    compiled = tuple(_test(each) for each in tests)
    if len(compiled) == 1:
        return compiled[0]
    return lambda value, facts: any_of([each(value, facts) for each in compiled])


def _test(test: Test) -> CompiledTest:
    if isinstance(test, nodes.Range):
        return _range(test)
    if isinstance(test, nodes.Against):
        return _against(test)
    operand = compile_node(test)

    def run(value: Value, facts: Facts) -> bool | None:
        expected = operand(facts)
        return member(value, expected) if type(expected) is list else equal(value, expected)

    return run


def _range(test: nodes.Range) -> CompiledTest:
    low: Any = test.low.value
    high: Any = test.high.value
    above, below = ORDERS[">=" if test.low_closed else ">"], ORDERS["<=" if test.high_closed else "<"]
    common = ORDERED[type(low)]

    def run(value: Value, facts: Facts) -> bool | None:
        return above(value, low) and below(value, high) if ORDERED.get(type(value)) == common else None

    return run


def _against(test: nodes.Against) -> CompiledTest:
    operand, operator = compile_node(test.operand), test.operator
    if operator == "=":
        return lambda value, facts: equal(value, operand(facts))
    if operator == "!=":
        return lambda value, facts: opposite(equal(value, operand(facts)))
    return lambda value, facts: ordered(operator, value, operand(facts))
