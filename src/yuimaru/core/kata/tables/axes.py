"""A column as an axis: all values that its cells mention cut it into points and the stretches between them.

With n cuts an axis has 2n + 1 places: place 2k + 1 is the k-th cut itself, place 2k the stretch before it.
Every cell is a set of places, every place a set of rows, both kept as bits of an int. Deciding, explaining
and the search for gaps all read the same axes, so what is proved about a table is what it does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yuimaru.core.kata.expressions import Cell, Kind, Value, compile_node, kind, nodes
from yuimaru.core.kata.expressions.names import cell_names
from yuimaru.core.kata.expressions.values import ORDERED

EVERY_KIND: frozenset[Kind] = frozenset({"text", "number", "yesno", "date", "list", "record"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """The values from `low` to `high`; None = without end on that side."""

    low: Value
    low_closed: bool
    high: Value
    high_closed: bool

    @property
    def kind(self) -> Kind | None:
        return kind(self.low if self.high is None else self.high)


@dataclass(frozen=True, slots=True)
class Covered:
    """Where one test is true, and for which kinds of value it is false elsewhere (else unknown)."""

    stretches: tuple[Stretch, ...] = ()
    everywhere: bool = False
    told: frozenset[Kind] = EVERY_KIND


@dataclass(frozen=True, slots=True)
class Axis:
    """The sorted cuts of one kind of value."""

    kind: Kind
    cuts: tuple[Any, ...]

    @property
    def places(self) -> int:
        """How many places the axis has."""
        return 2 * len(self.cuts) + 1

    def within(self, stretch: Stretch) -> int:
        """The places of a stretch of this axis's kind, as bits."""
        first, last = 0, self.places - 1
        if stretch.low is not None:
            first = self.place(stretch.low) + (not stretch.low_closed)
        if stretch.high is not None:
            last = self.place(stretch.high) - (not stretch.high_closed)
        return (1 << last + 1) - (1 << first) if first <= last else 0

    def place(self, cut: Any) -> int:
        """The place of a value that is a cut."""
        return 2 * bisect_left(self.cuts, cut) + 1


def axis(of: Kind, columns: Iterable[Sequence[Covered]], more: Collection[Value] = ()) -> Axis:
    """The axis on which all constants of one kind in these cells are cuts, and some more."""
    cuts: set[Any] = set(more)
    if of == "yesno":
        cuts |= {False, True}
    ends = (
        end for tests in columns for test in tests for each in test.stretches for end in (each.low, each.high)
    )
    cuts.update(end for end in ends if kind(end) == of)
    return Axis(of, tuple(sorted(cuts)))


def covered(cell: Cell, values: Mapping[str, Value]) -> list[Covered] | None:
    """What each test of a cell covers, or None when the cell reads names that have no value here."""
    if not cell_names(cell) <= values.keys():
        return None
    return [_covered(test, values) for test in cell.tests]


def places_of(cell: Cell, tests: Sequence[Covered], on: Axis) -> int:
    """The places of an axis where a cell is true, as bits."""
    every = (1 << on.places) - 1
    if not tests:
        return every
    places = 0
    for test in tests:
        if test.everywhere:
            places = every
        for stretch in test.stretches:
            places |= on.within(stretch) if stretch.kind == on.kind else 0
    if not cell.negated:
        return places
    return every ^ places if all(on.kind in test.told for test in tests) else 0


def _covered(test: nodes.Test, values: Mapping[str, Value]) -> Covered:
    if isinstance(test, nodes.Range):
        return _between(Stretch(test.low.value, test.low_closed, test.high.value, test.high_closed))
    if isinstance(test, nodes.Against):
        return _against(test.operator, compile_node(test.operand)(values))
    value = compile_node(test)(values)
    if isinstance(value, list):
        return Covered(tuple(_point(each) for each in value if each is not None))
    return _against("=", value)


def _against(operator: nodes.ComparisonOperator, value: Value) -> Covered:
    if operator in ("=", "!=") and value is None:
        return Covered(everywhere=operator == "!=")
    if operator == "=":
        return _between(_point(value))
    if operator == "!=":
        return _between(Stretch(None, False, value, False), Stretch(value, False, None, False))
    if type(value) not in ORDERED:
        return Covered(told=frozenset())
    upwards, closed = operator in (">", ">="), operator in ("<=", ">=")
    return _between(Stretch(value, closed, None, False) if upwards else Stretch(None, False, value, closed))


def _between(*stretches: Stretch) -> Covered:
    """Stretches of one kind: values of another kind cannot be compared with them."""
    found = stretches[0].kind
    return Covered(stretches, told=frozenset({found}) if found else frozenset())


def _point(value: Value) -> Stretch:
    return Stretch(value, True, value, True)
