"""Counting, calculating and looking into texts: the functions that FEEL has too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Any

from yuimaru.core.japan.partial_dates import PartialDate
from yuimaru.core.kata.expressions.functions.function import Function, Implementation
from yuimaru.core.kata.expressions.types import ANY, LIST, NUMBER, TEXT, YESNO, Type
from yuimaru.core.kata.expressions.values import (
    DECIMAL128,
    ORDERED,
    Value,
    add,
    kind,
    plain,
    whole,
)

LEAST_SCALE, MOST_SCALE = -6111, 6176  # of decimal128


def _counted(*arguments: Value) -> Value:
    return len(_gathered(arguments))


def _total(*arguments: Value) -> Value:
    numbers = _gathered(arguments)
    if not numbers or any(kind(each) != "number" for each in numbers):
        return None
    return reduce(add, numbers)


def _extreme(choose: Callable[[Iterable[Any]], Any]) -> Implementation:
    def run(*arguments: Value) -> Value:
        values = _gathered(arguments)
        kinds = {ORDERED.get(type(each)) for each in values}
        if len(kinds) != 1 or None in kinds or any(type(each) is PartialDate for each in values):
            return None
        found: Value = choose(values)
        return found

    return run


def _gathered(arguments: Sequence[Value]) -> Sequence[Value]:
    """`sum([a, b])` and `sum(a, b)` mean the same."""
    first = arguments[0]
    return first if len(arguments) == 1 and isinstance(first, (list, tuple)) else arguments


def _rounded(rounding: str) -> Implementation:
    def run(number: int | Decimal, places: Value = 0) -> Value:
        scale, exact = whole(places), Decimal(number)
        if scale is None or not LEAST_SCALE <= scale <= MOST_SCALE:
            return None
        if exact.as_tuple().exponent >= -scale:  # type: ignore[operator]
            return plain(exact)  # it has no more places than are wanted
        return plain(exact.quantize(Decimal(1).scaleb(-scale, DECIMAL128), rounding, DECIMAL128))

    return run


def _positive(number: int | Decimal) -> Value:
    return plain(abs(Decimal(number)))


PLAIN_FUNCTIONS = (
    Function(("count", "件数"), (LIST,), Type("number", whole=True, low=0), _counted, feel="count({0})"),
    Function(("sum", "合計"), (ANY,), NUMBER, _total, variadic=True, feel="sum({all})"),
    Function(("min", "最小"), (ANY,), ANY, _extreme(min), variadic=True, feel="min({all})"),
    Function(("max", "最大"), (ANY,), ANY, _extreme(max), variadic=True, feel="max({all})"),
    Function(
        ("contains", "含む"), (TEXT, TEXT), YESNO, lambda text, part: part in text, feel="contains({0}, {1})"
    ),
    Function(
        ("始まる",),
        (TEXT, TEXT),
        YESNO,
        lambda text, part: text.startswith(part),
        feel="starts with({0}, {1})",
    ),
    Function(
        ("終わる",), (TEXT, TEXT), YESNO, lambda text, part: text.endswith(part), feel="ends with({0}, {1})"
    ),
    Function(("文字数",), (TEXT,), Type("number", whole=True, low=0), len, feel="string length({0})"),
    Function(
        ("floor", "切り捨て"),
        (NUMBER, NUMBER),
        NUMBER,
        _rounded(ROUND_FLOOR),
        optional=1,
        feel="floor({all})",
    ),
    Function(
        ("ceiling", "切り上げ"),
        (NUMBER, NUMBER),
        NUMBER,
        _rounded(ROUND_CEILING),
        optional=1,
        feel="ceiling({all})",
    ),
    Function(
        ("四捨五入",),
        (NUMBER, NUMBER),
        NUMBER,
        _rounded(ROUND_HALF_UP),
        optional=1,
        feel="round half up({0}, {1|0})",
    ),
    Function(("abs", "絶対値"), (NUMBER,), NUMBER, _positive, feel="abs({0})"),
    Function(
        ("空",),
        (ANY,),
        YESNO,
        lambda value: value is None or value in ("", [], ()),
        takes_unknown=True,
        feel='(if {0} = null then true else if {0} = "" then true else if {0} = [] then true else false)',
    ),
)
