"""Decision tables after the DMN standard."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from yuimaru.core.kata.models.words import Cell, Expression, Line, Model, Name

HitPolicy = Literal["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]


class TableInput(Model):
    """A column of conditions; `is` is the expression tested, the id itself when left out."""

    id: Name
    label: Line | None = None
    expression: Expression | None = Field(default=None, alias="is")


class TableOutput(Model):
    id: Name
    label: Line | None = None
    type: Literal["text", "int", "yesno", "date"] = "text"
    unit: Line | None = None
    aggregate: Literal["sum", "max", "min", "list"] | None = None
    values: list[Cell] = Field(
        default_factory=list, max_length=60
    )  # all there are; under P and O the first wins


class Row(Model):
    """One rule: unary tests, outputs (text beginning with `=` is an expression), ground (law, article)."""

    id: Name
    tests: list[Cell] = Field(alias="if")
    then: list[Cell]
    ground: Line | None = None
    note: Line | None = None  # the rule in everyday words, shown to residents as the reason


class Decision(Model):
    """A DMN decision table. With `each`, it runs once per member of a repeat group."""

    id: Name
    title: Line
    hit: HitPolicy = "U"
    each: Name | None = None
    when: Expression | None = None  # the table applies only when this is true
    inputs: list[TableInput] = Field(min_length=1, max_length=30)
    outputs: list[TableOutput] = Field(min_length=1, max_length=20)
    rows: list[Row] = Field(min_length=1, max_length=2000)
    statutory: bool = False  # fixed by law: a local change is shown as 独自変更あり
