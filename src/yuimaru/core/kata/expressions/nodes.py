"""The syntax tree. Every node knows the 1-based character it begins at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from yuimaru.core.kata.expressions.values import Value

ArithmeticOperator = OneOf["+", "-", "*", "/"]
ComparisonOperator = OneOf["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    id: str
    at: int


@dataclass(frozen=True, slots=True)
class Path:
    source: Node
    field: str
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node
    at: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: ArithmeticOperator
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: ComparisonOperator
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True)
class Logic:
    operator: OneOf["and", "or"]
    operands: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    operand: Node
    at: int


@dataclass(frozen=True, slots=True)
class Choose:
    condition: Node
    yes: Node
    no: Node
    at: int


@dataclass(frozen=True, slots=True)
class ListOf:
    members: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Range:
    """`[a..b]`, `(a..b)` and the mixed forms; both ends are literals of one kind, in order."""

    low: Literal
    high: Literal
    low_closed: bool
    high_closed: bool
    at: int


@dataclass(frozen=True, slots=True)
class Against:
    """A unary test with an operator: `< 3`."""

    operator: ComparisonOperator
    operand: Node
    at: int


@dataclass(frozen=True, slots=True)
class In:
    subject: Node
    tests: tuple[Test, ...]
    at: int
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    subject: Node
    low: Node
    high: Node
    at: int
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The unary tests of one table cell; no tests at all is `-`, any value."""

    tests: tuple[Test, ...]
    negated: bool


Node: TypeAlias = (
    Literal
    | Name
    | Path
    | Negative
    | Arithmetic
    | Comparison
    | Logic
    | Not
    | Choose
    | ListOf
    | In
    | Between
    | Call
)
Test: TypeAlias = Node | Range | Against


def children(node: Node | Test) -> tuple[Node | Test, ...]:
    """The parts directly under a node, in the order in which they are written."""
    match node:
        case Literal() | Name():
            return ()
        case Path(source=source):
            return (source,)
        case Negative(operand=operand) | Not(operand=operand) | Against(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case Logic(operands=parts) | ListOf(members=parts) | Call(arguments=parts):
            return parts
        case Choose(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
        case Range(low=low, high=high):
            return (low, high)
        case In(subject=subject, tests=tests):
            return (subject, *tests)
        case Between(subject=subject, low=low, high=high):
            return (subject, low, high)
