"""The right side of a table: what a row gives, and how the outputs of several rows or members become one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yuimaru.core.kata.expressions import Compiled, Facts, Type, Value, compile_expression, kind
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
        wanted = TYPES[output.type]
        raise error(
            "output_type",
            f"「{raw}」は{wanted.ja}として読めません。",
            f"“{raw}” is not a {wanted.en}.",
            1,
        )
    return value


def aggregated(output: TableOutput, values: Sequence[Value], *, collecting: bool = False) -> Value:
    """One value out of several: by the output's `aggregate`, else the distinct values in order.

    Where rows are collected (C+), whole numbers without `aggregate` are added. One unknown value makes a sum,
    minimum or maximum unknown; the sum of nothing is 0.
    """
    how = output.aggregate or ("sum" if collecting and output.type == "int" else "distinct")
    if how == "list":
        return list(values)
    if how == "distinct":
        return list(dict.fromkeys(value for value in values if value is not None and kind(value) != "list"))
    if any(value is None for value in values):
        return None
    if how == "sum":
        total: Value = 0
        for value in values:
            total = add(total, value)
        return total
    known: list[Any] = list(values)
    return (max if how == "max" else min)(known, default=None)


def _value(raw: str | int | bool, wanted: str) -> Value:
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
