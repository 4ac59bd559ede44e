"""From tokens to the tree: one method per rule of docs/reference/expressions.md, precedence as in FEEL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar, cast

from yuimaru.core.japan.partial_dates import PartialDate, read_date
from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.lexer import Token
from yuimaru.core.kata.expressions.nodes import Node, Test
from yuimaru.core.kata.expressions.problems import ExpressionError, error
from yuimaru.core.kata.expressions.stream import Stream
from yuimaru.core.kata.expressions.values import kind, ordered

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
CONSTANTS = {"true": True, "false": False, "null": None}
DASHES = frozenset(
    "-\uff0d\u2212\u30fc\uff70\u2010\u2013\u2014\u2015"
)  # what keyboards give for the cell “-”
DATE_WORDS = frozenset({"date", "日付"})
T = TypeVar("T")


def parse(text: str) -> Node:
    """Parse one expression; raises ExpressionError at the first character that cannot stand there."""
    parser = _Parser(text)
    return parser.whole(parser.expression)


def parse_cell(text: str) -> nodes.Cell:
    """Parse the unary tests of a table cell: `-`, `< 3`, `[0..3)`, `"a", "b"`, `not("a")`."""
    if text.strip() in DASHES:
        return nodes.Cell((), negated=False)
    parser = _Parser(text)
    parser.refuse_thousands()
    cell = parser.whole(parser.cell)
    _refuse_dashed_range(cell)
    return cell


class _Parser(Stream):
    # Expressions, loosest binding first.

    def expression(self) -> Node:
        if self.sees("if"):
            at = self.take().at
            condition = self.expression()
            self.expect("then")
            yes = self.expression()
            self.expect("else")
            return nodes.Choose(condition, yes, self.expression(), at)
        return self.either()

    def either(self) -> Node:
        parts = [self.both()]
        while self.accept("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else nodes.Logic("or", tuple(parts), parts[0].at)

    def both(self) -> Node:
        parts = [self.comparison()]
        while self.accept("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else nodes.Logic("and", tuple(parts), parts[0].at)

    def comparison(self) -> Node:
        left = self.sum()
        if self.sees(*COMPARISONS):
            operator = cast(nodes.ComparisonOperator, self.take().text)
            left = nodes.Comparison(operator, left, self.sum(), left.at)
        elif self.accept("between"):
            low = self.sum()
            self.expect("and")
            left = nodes.Between(left, low, self.sum(), left.at)
        elif self.accept("in"):
            left = nodes.In(left, self.tests_after_in(), left.at)
        if self.sees(*COMPARISONS, "between", "in"):
            raise self.misplaced(
                "比較を続けて書くときは and でつなぎます。", "Join two comparisons with “and”."
            )
        return left

    def sum(self) -> Node:
        left = self.product()
        while self.sees("+", "-"):
            operator = cast(nodes.ArithmeticOperator, self.take().text)
            left = nodes.Arithmetic(operator, left, self.product(), left.at)
        return left

    def product(self) -> Node:
        left = self.signed()
        while self.sees("*", "/"):
            operator = cast(nodes.ArithmeticOperator, self.take().text)
            left = nodes.Arithmetic(operator, left, self.signed(), left.at)
        return left

    def signed(self) -> Node:
        if not self.sees("-"):
            return self.path()
        at = self.take().at
        operand = self.signed()
        if isinstance(operand, nodes.Literal) and kind(operand.value) == "number":
            return nodes.Literal(-operand.value, at)  # type: ignore[operator]
        return nodes.Negative(operand, at)

    def path(self) -> Node:
        node = self.primary()
        while self.accept("."):
            if self.now.kind != "name":
                raise self.misplaced("「.」の後には項目の名前を書きます。", "A name must follow the dot.")
            node = nodes.Path(node, self.take().text, node.at)
        return node

    def primary(self) -> Node:
        token = self.now
        if token.kind in ("number", "text"):
            return nodes.Literal(self.take().value, token.at)
        if token.kind == "name":
            self.take()
            return self.call(token) if self.sees("(") else nodes.Name(token.text, token.at)
        if self.sees(*CONSTANTS):
            return nodes.Literal(CONSTANTS[self.take().text], token.at)
        if self.accept("not"):
            self.expect("(")
            operand = self.expression()
            self.expect(")")
            return nodes.Not(operand, token.at)
        if self.accept("("):
            inner = self.expression()
            self.refuse_open_ends()
            self.expect(")")
            return replace(inner, grouped=True) if isinstance(inner, (nodes.In, nodes.Between)) else inner
        if self.accept("["):
            return nodes.ListOf(self.separated(self.expression, "]"), token.at)
        raise self.misplaced()

    def call(self, name: Token) -> Node:
        self.expect("(")
        arguments = self.separated(self.expression, ")")
        return (
            _date(name, arguments) if name.text in DATE_WORDS else nodes.Call(name.text, arguments, name.at)
        )

    def separated(self, rule: Callable[[], T], closing: str) -> tuple[T, ...]:
        found: list[T] = []
        if not self.accept(closing):
            found.append(rule())
            while self.accept(","):
                found.append(rule())
            self.refuse_open_ends()
            self.expect(closing)
        return tuple(found)

    # Tests: what stands after `in` and in the cells of tables.

    def cell(self) -> nodes.Cell:
        # `not(...)` takes tests in a cell; `not(x) = …` would be an expression, which no cell needs.
        if self.accept("not"):
            self.expect("(")
            return nodes.Cell(self.one_or_more(")"), negated=True)
        tests = [self.test()]
        while self.accept(","):
            tests.append(self.test())
        return nodes.Cell(tuple(tests), negated=False)

    def tests_after_in(self) -> tuple[Test, ...]:
        if self.sees("(") and not self.range_ahead():
            self.take()
            return self.one_or_more(")")
        return (self.test(),)

    def one_or_more(self, closing: str) -> tuple[Test, ...]:
        if self.sees(closing):
            raise self.misplaced("値を1つ以上書いてください。", "At least one value is needed.")
        return self.separated(self.test, closing)

    def test(self) -> Test:
        if self.sees(*COMPARISONS):
            token = self.take()
            return nodes.Against(cast(nodes.ComparisonOperator, token.text), self.sum(), token.at)
        return self.range() if self.range_ahead() else self.sum()

    def range_ahead(self) -> bool:
        """Whether a bracket opens a range: a literal and two dots follow it."""
        if not self.sees("[", "("):
            return False
        index = self.index + 1
        index += self.tokens[index].text == "-"
        if self.tokens[index].text in DATE_WORDS and self.tokens[index].kind == "name":
            index += 3
        return index + 1 < len(self.tokens) and self.tokens[index + 1].text == ".."

    def range(self) -> nodes.Range:
        opening = self.take()
        low = self.end_of_range()
        self.expect("..")
        high = self.end_of_range()
        if not self.sees("]", ")"):
            raise self.misplaced("範囲は「]」か「)」で閉じます。", "Close the range with ] or ).")
        closing = self.take()
        closed = (opening.text == "[", closing.text == "]")
        if ordered("<=" if all(closed) else "<", low.value, high.value) is not True:
            raise error(
                "range_order",
                "範囲は小さい値から大きい値の順に、同じ種類の値で書いてください。",
                "Write a range from the smaller to the larger value, both of one kind.",
                opening.at,
            )
        return nodes.Range(low, high, *closed, at=opening.at)

    def end_of_range(self) -> nodes.Literal:
        at, negative = self.now.at, self.accept("-")
        is_day = self.now.kind == "name" and self.now.text in DATE_WORDS
        if not (self.now.kind == "number" or (not negative and (self.now.kind == "text" or is_day))):
            raise _open_ends(at)
        node = self.primary()
        if not isinstance(node, nodes.Literal) or isinstance(node.value, PartialDate):
            raise _open_ends(at)
        return nodes.Literal(-node.value, at) if negative else node  # type: ignore[operator]

    def refuse_open_ends(self) -> None:
        if self.sees(".."):
            raise _open_ends(self.now.at)

    def refuse_thousands(self) -> None:
        """`1,000` in a cell would be read as "1 or 0"; nobody who writes it means that."""
        for left, comma, right in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            adjacent = comma.text == "," and left.at + len(left.text) == comma.at and comma.at + 1 == right.at
            if adjacent and left.kind == right.kind == "number" and len(left.text) <= 3 == len(right.text):
                both = f"{left.text}{right.text}", f"{left.text}, {right.text}"
                raise error(
                    "thousands",
                    f"けた区切りの「,」は書けません。{both[0]} か「{both[1]}」と書いてください。",
                    f"Digits cannot be grouped by a comma. Write {both[0]} or “{both[1]}”.",
                    comma.at,
                )


def _open_ends(at: int) -> ExpressionError:
    return error(
        "range_literal",
        "範囲の両端には値をそのまま書きます。項目を使うときは between を使ってください。",
        "Both ends of a range are plain values. Use “between” to compare with an item.",
        at,
    )


def _date(name: Token, arguments: tuple[Node, ...]) -> nodes.Literal:
    match arguments:
        case (nodes.Literal(value=str(text), at=at),):
            try:
                return nodes.Literal(_day(name.text, text), name.at)
            except ValueError:
                raise error(
                    "bad_date",
                    f'「{text[:40]}」という日付はありません。date("2026-04-01") か date("令和8年4月1日") の形で書いてください。',
                    f'“{text[:40]}” is not a date. Write it as date("2026-04-01").',
                    at,
                ) from None
    raise error(
        "bad_date",
        'date の中には "2026-04-01" か "令和8年4月1日" の形の日付を1つ書きます。',
        'Put one date such as "2026-04-01" into date().',
        name.at,
    )


def _day(word: str, text: str) -> date | PartialDate:
    """`日付` reads any written date; `date` is FEEL's, which has the one form, and the Japanese years beside it."""
    return read_date(text) if word == "日付" or "年" in text or "X" in text else date.fromisoformat(text)


def _refuse_dashed_range(cell: nodes.Cell) -> None:
    """`1-3` would be read as a subtraction; whoever writes it in a cell means a range."""
    for test in cell.tests:
        match test:
            case nodes.Arithmetic("-", nodes.Literal(value=int(low)), nodes.Literal(value=int(high)), at=at):
                raise error(
                    "dashed_range",
                    f"範囲は [{low}..{high}] の形で書いてください。",
                    f"Write a range as [{low}..{high}].",
                    at,
                )
