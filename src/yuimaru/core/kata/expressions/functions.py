"""The functions an expression may call: a closed list, all total (wrong or unknown arguments give None)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from functools import reduce
from typing import Any

from yuimaru.core.japan import ages, calendars
from yuimaru.core.kata.expressions.problems import ExpressionProblem, problem
from yuimaru.core.kata.expressions.types import ANY, DATE, LIST, NUMBER, TEXT, YESNO, Type
from yuimaru.core.kata.expressions.values import (
    DECIMAL128,
    KINDS,
    ORDERED,
    Value,
    add,
    kind,
    plain,
    whole,
)

MOST_DAYS = 36_600  # a hundred years; opening days are counted one by one
MOST_OPEN_DAYS = 3_660

Implementation = Callable[..., Value]


@dataclass(frozen=True)
class Function:
    """A function under its names. `optional` counts trailing parameters, `variadic` repeats the last one."""

    names: tuple[str, ...]
    parameters: tuple[Type, ...]
    result: Type
    run: Implementation
    optional: int = 0
    variadic: bool = False
    takes_unknown: bool = False

    def call(self, arguments: Sequence[Value]) -> Value:
        """Apply to values: None when one of them is unknown or of the wrong kind."""
        if not self.takes_unknown:
            for place, value in enumerate(arguments):
                expected = self.parameter(place).kind
                if value is None or (expected is not None and KINDS.get(type(value)) != expected):
                    return None
        return self.run(*arguments)

    def parameter(self, place: int) -> Type:
        """The type wanted at a place (0-based)."""
        return self.parameters[min(place, len(self.parameters) - 1)]

    def count_problem(self, count: int, at: int) -> ExpressionProblem | None:
        """What is wrong with the number of arguments, if anything."""
        most = len(self.parameters)
        least = most - self.optional
        if least <= count and (count <= most or self.variadic):
            return None
        name = self.names[0]
        wanted = (
            f"{least}つ以上" if self.variadic else f"{least}つ" if least == most else f"{least}つから{most}つ"
        )
        wanted_en = (
            f"{least} or more" if self.variadic else f"{least}" if least == most else f"{least} to {most}"
        )
        return problem(
            "argument_count",
            f"「{name}」のかっこの中には値が{wanted}必要です（いまは{count}つです）。",
            f"“{name}” takes {wanted_en} values, not {count}.",
            at,
        )


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
        return choose(values) if len(kinds) == 1 and None not in kinds else None

    return run


def _gathered(arguments: Sequence[Value]) -> Sequence[Value]:
    """`sum([a, b])` and `sum(a, b)` mean the same."""
    first = arguments[0]
    return first if len(arguments) == 1 and isinstance(first, (list, tuple)) else arguments


def _rounded(rounding: str) -> Implementation:
    def run(number: int | Decimal, places: Value = 0) -> Value:
        scale = whole(places)
        if scale is None or not -34 <= scale <= 34:
            return None
        return plain(Decimal(number).quantize(Decimal(1).scaleb(-scale), rounding, DECIMAL128))

    return run


def _positive(number: int | Decimal) -> Value:
    return plain(abs(Decimal(number)))


def _or_unknown(count: Callable[[date, date], int]) -> Implementation:
    def run(birth: date, on: date) -> Value:
        try:
            return count(birth, on)
        except (ValueError, OverflowError):
            return None

    return run


def _fiscal_year_end(day: date) -> Value:
    try:
        return ages.fiscal_year_end(day)
    except OverflowError:
        return None


def _days_after(start: date, days: Value) -> Value:
    number = whole(days)
    if number is None or abs(number) > MOST_DAYS:
        return None
    try:
        return calendars.add_days(start, number)
    except OverflowError:
        return None


def _open_days_after(start: date, days: Value) -> Value:
    number = whole(days)
    if number is None or not 0 <= number <= MOST_OPEN_DAYS:
        return None
    try:
        return calendars.add_open_days(start, number)
    except OverflowError:
        return None


_AGE = Type("number", whole=True, low=0)

_ALL = (
    Function(("count", "件数"), (LIST,), Type("number", whole=True, low=0), _counted),
    Function(("sum", "合計"), (ANY,), NUMBER, _total, variadic=True),
    Function(("min", "最小"), (ANY,), ANY, _extreme(min), variadic=True),
    Function(("max", "最大"), (ANY,), ANY, _extreme(max), variadic=True),
    Function(("contains", "含む"), (TEXT, TEXT), YESNO, lambda text, part: part in text),
    Function(("始まる",), (TEXT, TEXT), YESNO, lambda text, part: text.startswith(part)),
    Function(("終わる",), (TEXT, TEXT), YESNO, lambda text, part: text.endswith(part)),
    Function(("floor", "切り捨て"), (NUMBER, NUMBER), NUMBER, _rounded(ROUND_FLOOR), optional=1),
    Function(("ceiling", "切り上げ"), (NUMBER, NUMBER), NUMBER, _rounded(ROUND_CEILING), optional=1),
    Function(("四捨五入",), (NUMBER, NUMBER), NUMBER, _rounded(ROUND_HALF_UP), optional=1),
    Function(("abs", "絶対値"), (NUMBER,), NUMBER, _positive),
    Function(("満年齢",), (DATE, DATE), _AGE, _or_unknown(ages.age)),
    Function(("年度年齢",), (DATE, DATE), _AGE, _or_unknown(ages.school_year_age)),
    Function(("年度",), (DATE,), Type("number", whole=True), ages.fiscal_year),
    Function(("年度末",), (DATE,), DATE, _fiscal_year_end),
    Function(("日数後",), (DATE, NUMBER), DATE, _days_after),
    Function(("開庁日後",), (DATE, NUMBER), DATE, _open_days_after),
    Function(
        ("空",), (ANY,), YESNO, lambda value: value is None or value in ("", [], ()), takes_unknown=True
    ),
)

FUNCTIONS: dict[str, Function] = {name: function for function in _ALL for name in function.names}


def unknown_function(name: str, at: int) -> ExpressionProblem:
    """The problem of calling what is not on the list, with the nearest name."""
    near = get_close_matches(name, FUNCTIONS, n=1, cutoff=0.5)
    return problem(
        "unknown_function",
        f"「{name}」という関数はありません。" + (f"「{near[0]}」のことですか。" if near else ""),
        f"There is no function “{name}”." + (f" Did you mean “{near[0]}”?" if near else ""),
        at,
    )
