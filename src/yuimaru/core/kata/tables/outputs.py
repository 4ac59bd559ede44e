"""The right side of a table: what a row gives, and how the outputs of several rows or members become one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from yuimaru.core.kata.expressions import Compiled, ExpressionError, Facts, Type, Value, compile_expression
from yuimaru.core.kata.expressions.problems import error
from yuimaru.core.kata.expressions.types import DATE, TEXT, WHOLE, YESNO
from yuimaru.core.kata.expressions.values import add
from yuimaru.core.kata.models import Cell, TableOutput

TYPES: dict[str, Type] = {"text": TEXT, "int": WHOLE, "yesno": YESNO, "date": DATE}
_YESNO = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class RowOutputs:
    """The outputs of one row: fixed values, and formulas for those that are None there."""

    fixed: dict[str, Value]
    formulas: tuple[tuple[str, Compiled], ...]

    def values(self, scope: Facts) -> dict[str, Value]:
        """A new dict of output id → value."""
        found = dict(self.fixed)
        for name, formula in self.formulas:
            found[name] = formula(scope)
        return found


def formula_in(raw: Cell) -> str | None:
    """The expression of an output cell that begins with `=`."""
    return raw[1:] if isinstance(raw, str) and raw.startswith("=") else None


def compile_output(raw: Cell, output: TableOutput) -> Value | Compiled:
    """The value of an output cell as the output's type, or its compiled formula; raises ExpressionError."""
    formula = formula_in(raw)
    if formula is not None:
        return compile_expression(formula)
    if raw is None:
        return None
    value = _value(raw, output.type)
    if value is None:
        raise _not_of_type(raw, output)
    return value


def aggregated(output: TableOutput, values: Sequence[Value], *, collecting: str | None = None) -> Value:
    """One value out of several: by the output's `aggregate`, else the distinct values in order.

    Where rows are collected (C+, C<, C>, C#), numbers without `aggregate` follow the hit policy; a count counts
    rows whatever they say. One unknown value makes a sum, least or greatest unknown; the sum of nothing is 0.
    """
    how: str | None = output.aggregate
    if how is None and collecting is not None:
        how = collecting if joins(output, collecting) else None
    if how == "list":
        return list(values)
    if how == "count":
        return len(values)
    if how is None:
        flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
        return list(dict.fromkeys(value for value in flat if value is not None))
    if any(value is None for value in values):
        return None
    if how == "sum":
        start: Value = 0
        return reduce(add, values, start)
    known: list[Any] = list(values)
    return (max if how == "max" else min)(known, default=None)


def joins(output: TableOutput, collecting: str) -> bool:
    """Whether a collecting hit policy makes one value of this output."""
    return collecting == "count" or output.type == "int" or (output.type == "date" and collecting != "sum")


def compile_values(output: TableOutput) -> tuple[Value, ...]:
    """The values that an output may have, in their order; raises ExpressionError for what is no such value."""
    found = []
    for raw in output.values:
        value = None if formula_in(raw) is not None else _value(raw, output.type)
        if value is None:
            raise _not_of_type(raw, output)
        found.append(value)
    return tuple(found)


def _not_of_type(raw: Cell, output: TableOutput) -> ExpressionError:
    wanted = TYPES[output.type]
    return error(
        "output_type", f"「{raw}」は{wanted.ja}として読めません。", f"“{raw}” is not a {wanted.en}.", 1
    )


def _value(raw: Cell, wanted: str) -> Value:
    if raw is None:
        return None
    if isinstance(raw, bool):
        return raw if wanted == "yesno" else None
    if isinstance(raw, int):
        return raw if wanted == "int" else str(raw) if wanted == "text" else None
    if wanted == "text":
        return raw
    plain = unicodedata.normalize("NFKC", raw).strip()
    if wanted == "yesno":
        return _YESNO.get(plain)
    try:
        return int(plain) if wanted == "int" else date.fromisoformat(plain)
    except ValueError:
        return None
