"""Values of the language and what FEEL says about comparing and calculating them; None is "unknown"."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Literal, TypeAlias

from yuimaru.core.japan.partial_dates import PartialDate

Value: TypeAlias = (
    "str | bool | int | Decimal | date | PartialDate | Sequence[Value] | Mapping[str, Value] | None"
)
Facts: TypeAlias = Mapping[str, Value]
Kind = Literal["text", "number", "yesno", "date", "list", "record"]

# Exact types, not isinstance: a bool is no number here, a datetime no date, and a float is no value at all.
KINDS: dict[type, Kind] = {
    str: "text",
    bool: "yesno",
    int: "number",
    Decimal: "number",
    date: "date",
    PartialDate: "date",
    list: "list",
    tuple: "list",
    dict: "record",
}
ORDERED: dict[type, Kind] = {str: "text", int: "number", Decimal: "number", date: "date", PartialDate: "date"}

# FEEL numbers are decimal128: 34 digits, half to even; without traps every misuse gives not-finite.
DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
LARGEST_WHOLE = 34  # digits up to which a whole result is kept as int

ORDERS: dict[str, Callable[[Any, Any], bool | None]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def kind(value: Value) -> Kind | None:
    """The kind of a value; None for unknown and for anything that is no value of the language."""
    return KINDS.get(type(value))


def equal(left: Value, right: Value) -> bool | None:
    """`=` of FEEL: unknown equals only unknown; values of different kinds cannot be compared (None)."""
    if left is None or right is None:
        return left is right
    common = KINDS.get(type(left))
    if common is None or common != KINDS.get(type(right)):
        return None
    if common == "list":
        a, b = _members(left), _members(right)
        return all_of([equal(x, y) for x, y in zip(a, b, strict=True)]) if len(a) == len(b) else False
    if common == "record":
        one, other = _fields(left), _fields(right)
        return all_of([equal(one[key], other[key]) for key in one]) if one.keys() == other.keys() else False
    if common == "date" and (type(left) is PartialDate or type(right) is PartialDate):
        return _same_day(left, right)
    return left == right


def ordered(symbol: str, left: Value, right: Value) -> bool | None:
    """`<`, `<=`, `>`, `>=` of FEEL: None unless both are numbers, both texts or both dates."""
    common = ORDERED.get(type(left))
    if common is None or common != ORDERED.get(type(right)):
        return None
    return ORDERS[symbol](left, right)


def member(value: Value, members: Sequence[Value]) -> bool:
    """Whether a list holds a value; values of another kind simply are not it."""
    return any(equal(value, each) is True for each in members)


def all_of(verdicts: Sequence[Value]) -> bool | None:
    """Three-valued `and`: one false decides, otherwise anything but true leaves it unknown."""
    if any(verdict is False for verdict in verdicts):
        return False
    return True if all(verdict is True for verdict in verdicts) else None


def any_of(verdicts: Sequence[Value]) -> bool | None:
    """Three-valued `or`: one true decides, otherwise anything but false leaves it unknown."""
    if any(verdict is True for verdict in verdicts):
        return True
    return False if all(verdict is False for verdict in verdicts) else None


def opposite(verdict: Value) -> bool | None:
    """Three-valued `not`."""
    return (not verdict) if isinstance(verdict, bool) else None


def add(left: Value, right: Value) -> Value:
    """Sum of two numbers or two texts joined; None for anything else."""
    if type(left) is str and type(right) is str:
        return left + right
    return _calculate(DECIMAL128.add, left, right)


def subtract(left: Value, right: Value) -> Value:
    """Difference of two numbers."""
    return _calculate(DECIMAL128.subtract, left, right)


def multiply(left: Value, right: Value) -> Value:
    """Product of two numbers."""
    return _calculate(DECIMAL128.multiply, left, right)


def divide(left: Value, right: Value) -> Value:
    """Quotient of two numbers to 34 digits; division by zero is None."""
    return _calculate(DECIMAL128.divide, left, right)


def plain(number: Decimal) -> int | Decimal | None:
    """A whole result as int, another as Decimal without trailing zeros, one that is not finite as None."""
    if not number.is_finite():
        return None
    if number.adjusted() < LARGEST_WHOLE and number == number.to_integral_value():
        return int(number)
    return number.normalize(DECIMAL128)


def whole(value: Value) -> int | None:
    """The value as an int when it is a whole number of at most 34 digits."""
    if type(value) is int:
        return value
    if type(value) is Decimal:
        number = plain(value)
        return number if type(number) is int else None
    return None


def _calculate(operation: Callable[[Decimal, Decimal], Decimal], left: Any, right: Any) -> Value:
    if ORDERED.get(type(left)) != "number" or ORDERED.get(type(right)) != "number":
        return None
    return plain(operation(Decimal(left), Decimal(right)))


def _same_day(left: Any, right: Any) -> bool | None:
    """Dates known in part differ for certain or else nobody knows."""
    partial, other = (left, right) if type(left) is PartialDate else (right, left)
    return None if partial.overlaps(other) else False


def _members(value: Value) -> Sequence[Value]:
    assert isinstance(value, (list, tuple))
    return value


def _fields(value: Value) -> Mapping[str, Value]:
    assert isinstance(value, dict)
    return value
