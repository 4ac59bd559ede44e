"""The static check: names, types and the written form, before a kata goes live. It reports all it finds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import singledispatchmethod

from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.functions import FUNCTIONS, Function, unknown_function
from yuimaru.core.kata.expressions.near import suggestion
from yuimaru.core.kata.expressions.nodes import Node, Test
from yuimaru.core.kata.expressions.parser import parse, parse_cell
from yuimaru.core.kata.expressions.problems import ExpressionError, ExpressionProblem, problem
from yuimaru.core.kata.expressions.types import (
    ANY,
    NUMBER,
    PLAIN,
    TEXT,
    YESNO,
    Type,
    list_of,
    type_of_value,
)
from yuimaru.core.kata.expressions.values import ORDERED

MOST_PROBLEMS = 10  # reported of one expression; who mends ten sees the rest
ORDERED_KINDS = frozenset(ORDERED.values())


def check(text: str, known: Mapping[str, Type], expect: Type | None = None) -> list[ExpressionProblem]:
    """Everything wrong with an expression over the known names; `expect` is the type it must give."""
    try:
        node = parse(text)
    except ExpressionError as error:
        return [error.problem]
    checker = _Checker(known)
    with suppress(_Enough):
        found = checker.type_of(node)
        if expect is not None:
            checker.expect(found, expect, node.at)
    return checker.problems


def check_cell(text: str, column: Type, known: Mapping[str, Type]) -> list[ExpressionProblem]:
    """Everything wrong with a table cell that tests values of the column's type."""
    try:
        cell = parse_cell(text)
    except ExpressionError as error:
        return [error.problem]
    checker = _Checker(known)
    with suppress(_Enough):
        for test in cell.tests:
            checker.test(column, test)
    return checker.problems


def infer(text: str, known: Mapping[str, Type]) -> Type:
    """The type an expression gives; ANY where it cannot be told. Raises ExpressionError."""
    try:
        return _Checker(known).type_of(parse(text))
    except _Enough:
        return ANY


class _Enough(Exception):
    """There are as many problems as anybody mends at once."""


class _Checker:
    def __init__(self, known: Mapping[str, Type]) -> None:
        self.known = known
        self.problems: list[ExpressionProblem] = []

    def report(self, code: str, ja: str, en: str, at: int) -> Type:
        self.note(problem(code, ja, en, at))
        return ANY

    def note(self, found: ExpressionProblem) -> None:
        self.problems.append(found)
        if len(self.problems) == MOST_PROBLEMS:
            raise _Enough

    def expect(self, found: Type, wanted: Type, at: int) -> None:
        if not found.fits(wanted):
            self.report(
                "wrong_type",
                f"ここには{wanted.ja}が必要ですが、{found.ja}になっています。",
                f"A {wanted.en} is needed here, not a {found.en}.",
                at,
            )

    def same(self, left: Type, right: Type, at: int) -> None:
        if not left.fits(right):
            self.report(
                "different_types",
                f"{left.ja}と{right.ja}は比べられません。",
                f"A {left.en} cannot be compared with a {right.en}.",
                at,
            )

    def offered(self, subject: Type, other: Node) -> None:
        """A literal compared with a choice must be one of its options."""
        if not (subject.options and isinstance(other, nodes.Literal) and isinstance(other.value, str)):
            return
        if other.value not in subject.options:
            ja, en = suggestion(other.value, subject.options)
            self.report(
                "unknown_option",
                f"「{other.value}」という選択肢はありません。{ja}",
                f"There is no option “{other.value}”.{en}",
                other.at,
            )

    def unknown_name(self, name: str, known: Mapping[str, Type], at: int, hint: str = "") -> Type:
        ja, en = suggestion(name, known)
        return self.report(
            "unknown_name",
            f"「{name}」という項目はありません。{ja or hint}",
            f"There is no item “{name}”.{en}",
            at,
        )

    @singledispatchmethod
    def type_of(self, node: Node) -> Type:
        raise TypeError(type(node))

    @type_of.register(nodes.Literal)
    def _(self, node: nodes.Literal) -> Type:
        return type_of_value(node.value)

    @type_of.register(nodes.Name)
    def _(self, node: nodes.Name) -> Type:
        if node.id in self.known:
            return self.known[node.id]
        return self.unknown_name(node.id, self.known, node.at, f'文字のときは "{node.id}" と書きます。')

    @type_of.register(nodes.Path)
    def _(self, node: nodes.Path) -> Type:
        source = self.type_of(node.source)
        group = source.of or ANY if source.kind == "list" else source
        if group.kind is None:
            return ANY
        if group.kind != "record":
            ja, en = (
                f"{group.ja}の中に「{node.field}」はありません。",
                f"A {group.en} has no part “{node.field}”.",
            )
            return self.report("unknown_name", ja, en, node.at)
        if node.field not in group.fields:
            return self.unknown_name(node.field, group.fields, node.at) if group.fields else ANY
        found = group.fields[node.field]
        return list_of(found) if source.kind == "list" else found

    @type_of.register(nodes.Negative)
    def _(self, node: nodes.Negative) -> Type:
        self.expect(self.type_of(node.operand), NUMBER, node.operand.at)
        return NUMBER

    @type_of.register(nodes.Arithmetic)
    def _(self, node: nodes.Arithmetic) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if node.operator == "+" and "text" in (left.kind, right.kind):
            self.expect(left, TEXT, node.left.at)
            self.expect(right, TEXT, node.right.at)
            return TEXT
        if left.kind == right.kind == "date":
            ja = "日付どうしは計算できません。日数後(日付, 日数) と比べてください。"
            return self.report(
                "wrong_type", ja, "Dates cannot be calculated with. Compare with 日数後(date, days).", node.at
            )
        self.expect(left, NUMBER, node.left.at)
        self.expect(right, NUMBER, node.right.at)
        whole = left.whole and right.whole and node.operator != "/"
        unknown = left.kind is None and right.kind is None and node.operator == "+"
        return ANY if unknown else Type("number", whole=whole)

    @type_of.register(nodes.Comparison)
    def _(self, node: nodes.Comparison) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        self.same(left, right, node.at)
        self.offered(left, node.right)
        self.offered(right, node.left)
        if node.operator not in ("=", "!="):
            self.orderable(left if left.kind else right, node.at)
        return YESNO

    def orderable(self, found: Type, at: int) -> None:
        if found.kind is not None and found.kind not in ORDERED_KINDS:
            self.report("wrong_type", f"{found.ja}に大小はありません。", f"A {found.en} has no order.", at)

    @type_of.register(nodes.Logic)
    def _(self, node: nodes.Logic) -> Type:
        for operand in node.operands:
            self.expect(self.type_of(operand), YESNO, operand.at)
            if isinstance(operand, (nodes.In, nodes.Between)) and not operand.grouped:
                word = "in" if isinstance(operand, nodes.In) else "between"
                self.report(
                    "parenthesise",
                    f"and や or と並べるときは、{word} の部分をかっこで囲んでください。",
                    f"Put the part with “{word}” in parentheses next to “and” and “or”.",
                    operand.at,
                )
        return YESNO

    @type_of.register(nodes.Not)
    def _(self, node: nodes.Not) -> Type:
        self.expect(self.type_of(node.operand), YESNO, node.operand.at)
        return YESNO

    @type_of.register(nodes.Choose)
    def _(self, node: nodes.Choose) -> Type:
        self.expect(self.type_of(node.condition), YESNO, node.condition.at)
        return self.type_of(node.yes).joined(self.type_of(node.no))

    @type_of.register(nodes.ListOf)
    def _(self, node: nodes.ListOf) -> Type:
        found = [self.type_of(member) for member in node.members]
        if not found:
            return Type("list")
        joined = found[0]
        for member in found[1:]:
            joined = joined.joined(member)
        return list_of(joined)

    @type_of.register(nodes.In)
    def _(self, node: nodes.In) -> Type:
        subject = self.type_of(node.subject)
        for test in node.tests:
            self.test(subject, test)
        return YESNO

    @type_of.register(nodes.Between)
    def _(self, node: nodes.Between) -> Type:
        subject = self.type_of(node.subject)
        for end in (node.low, node.high):
            found = self.type_of(end)
            self.same(subject, found, end.at)
            self.orderable(found, end.at)
        return YESNO

    @type_of.register(nodes.Call)
    def _(self, node: nodes.Call) -> Type:
        arguments = [self.type_of(each) for each in node.arguments]
        function = FUNCTIONS.get(node.function)
        if function is None:
            self.note(unknown_function(node.function, node.at))
            return ANY
        wrong = function.count_problem(len(arguments), node.at)
        if wrong is not None:
            self.note(wrong)
            return function.result
        for place, found in enumerate(arguments):
            self.expect(found, function.parameter(place), node.arguments[place].at)
        return _result(function, arguments, node.arguments)

    def test(self, subject: Type, test: Test) -> None:
        """A unary test must be comparable with what it tests."""
        if isinstance(test, nodes.Range):
            self.same(subject, type_of_value(test.low.value), test.at)
        elif isinstance(test, nodes.Against):
            found = self.type_of(test.operand)
            self.same(subject, found, test.at)
            self.offered(subject, test.operand)
            if test.operator not in ("=", "!="):
                self.orderable(found, test.operand.at)
        else:
            found = self.type_of(test)
            members = (found.of or ANY) if found.kind == "list" and subject.kind != "list" else found
            self.same(subject, members, test.at)
            for literal in test.members if isinstance(test, nodes.ListOf) else (test,):
                self.offered(subject, literal)


def _result(function: Function, arguments: list[Type], nodes_of: tuple[Node, ...]) -> Type:
    """min and max give what they were given; a sum of whole numbers is whole, and so is what is rounded to ones."""
    name = function.names[0]
    if name in ("floor", "ceiling", "四捨五入"):
        return Type("number", whole=len(nodes_of) == 1 or _is_no_fraction(nodes_of[1]))
    if name == "abs":
        return Type("number", whole=arguments[0].whole)
    if name not in ("sum", "min", "max"):
        return function.result
    member = (arguments[0].of or ANY) if len(arguments) == 1 and arguments[0].kind == "list" else arguments[0]
    for other in arguments[1:]:
        member = member.joined(other)
    if name == "sum":
        return Type("number", whole=member.whole)
    return replace(PLAIN[member.kind], whole=member.whole) if member.kind else ANY


def _is_no_fraction(places: Node) -> bool:
    """Whether the number of places, told in digits, is 0 or negative: -3 rounds to thousands."""
    return isinstance(places, nodes.Literal) and isinstance(places.value, int) and places.value <= 0
