"""Which values a column can meet, and any part of them in words: 「3以上18以下」, 「出生」か「転入」."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from yuimaru.core.japan.eras import format_date
from yuimaru.core.japan.partial_dates import PartialDate
from yuimaru.core.kata.expressions import Cell, Type, Value, nodes
from yuimaru.core.kata.tables.axes import Axis
from yuimaru.core.kata.tables.columns import Column, bits, runs

ONE_DAY = timedelta(days=1)
ONE_BY_ONE = ("number", "date", "text", "yesno")  # kinds that have an axis


@dataclass(frozen=True, slots=True)
class Domain:
    """The places of an axis that values can have; on a stepped axis nothing lies between two steps.

    Where an answer may be missing, one more place after those of the axis stands for that (`missing`).
    """

    axis: Axis
    places: int
    stepped: bool
    options: tuple[Any, ...] = ()  # the only values there are, in the order in which the author gives them
    missing: int = 0  # the place, as a bit, of no answer at all; 0 where there always is one

    @property
    def answered(self) -> int:
        """The places of values."""
        return self.places & ~self.missing


@dataclass(frozen=True, slots=True)
class Bounds:
    """A run of values; None = no end on that side."""

    low: Any
    low_closed: bool
    high: Any
    high_closed: bool


def domain(column: Column, of: Type) -> Domain | None:
    """The domain of a column of a type; None where its values cannot be laid out on one axis.

    A type that is not known is read off the cells; its numbers may then have fractions and no bounds.
    """
    kind = of.kind or _only_kind(column)
    if kind not in ONE_BY_ONE:
        return None
    more: list[Value] = (
        [*of.options] if kind == "text" else [end for end in (of.low, of.high) if end is not None]
    )
    axis = column.axis(kind, more)
    stepped = kind == "date" or (kind == "number" and of.whole)
    points = axis.cuts if kind == "yesno" else of.options
    if points:
        places = sum(1 << axis.place(point) for point in points)
    else:
        first = 0 if of.low is None else axis.place(of.low)
        last = axis.places - 1 if of.high is None else axis.place(of.high)
        places = sum(1 << place for place in range(first, last + 1) if not stepped or _inhabited(axis, place))
    missing = 1 << axis.places if of.optional or any(map(names_null, column.cells)) else 0
    return Domain(axis, places | missing, stepped and not points, points, missing)


def places_held(column: Column, row: int, within: Domain, values: Mapping[str, Value]) -> int:
    """The places of a domain where the cell of a row holds."""
    places = column.places(row, within.axis) & within.answered
    missing = within.missing and column.tests[row](None, values) is True
    return places | within.missing if missing else places


def names_null(cell: Cell) -> bool:
    """Whether a cell speaks of missing answers: `null`, `not(null)`, `!= null`."""
    return any(_is_null(test.operand if isinstance(test, nodes.Against) else test) for test in cell.tests)


def words(within: Domain, places: int, lang: str = "ja") -> str | None:
    """Some places of a domain in words; None when they are all of it."""
    places &= within.places
    if places == within.places:
        return None
    if within.missing:
        return _answered_words(within, places, lang)
    if within.axis.kind == "yesno":
        return yesno(places >> 3 & 1 == 1, lang)
    if within.axis.kind == "text" and _is_choice(within, places):
        return _options(within, places, lang)
    parts = [_bounds_words(each, lang) for each in _bounds(within, places)]
    return ("、または" if lang == "ja" else " or ").join(parts)


def _answered_words(within: Domain, places: int, lang: str) -> str:
    """Places of a domain in which answers may be missing."""
    missing = value_words(None, lang)
    if places == within.missing:
        return missing
    known = replace(within, places=within.answered, missing=0)
    told = words(known, places, lang)
    if told is None:
        return "回答あり" if lang == "ja" else "answered"
    if not places & within.missing:
        return told
    return f"{told}、または{missing}" if lang == "ja" else f"{told} or {missing}"


def value_words(value: Value, lang: str = "ja") -> str:
    """A value as a person would read it."""
    if value is None:
        return "未回答" if lang == "ja" else "not answered"
    if isinstance(value, bool):
        return yesno(value, lang)
    if isinstance(value, PartialDate):
        return value.written(lang)
    if isinstance(value, date):
        return format_date(value, lang, weekday=False)
    if isinstance(value, (int, Decimal)):
        grouping = "" if -10_000 < value < 10_000 else ","
        return format(value, grouping + ("d" if isinstance(value, int) else "f"))
    if isinstance(value, str):
        return f"「{value}」" if lang == "ja" else f"“{value}”"
    return str(value)


def yesno(value: bool, lang: str) -> str:
    """はい or いいえ."""
    return ("はい" if value else "いいえ") if lang == "ja" else ("yes" if value else "no")


def _only_kind(column: Column) -> Any:
    """The one kind of constant in a column; text for a column that tests nothing at all."""
    kinds = {each.kind for tests in column.covered for test in tests or () for each in test.stretches}
    return "text" if not kinds else kinds.pop() if len(kinds) == 1 else None


def _inhabited(axis: Axis, place: int) -> bool:
    """Whether a place of a stepped axis holds any value: whole numbers and days leave small stretches empty."""
    if place % 2:
        cut = axis.cuts[place // 2]
        return not isinstance(cut, Decimal) or cut == cut.to_integral_value()
    if place in (0, axis.places - 1):
        return True
    low, high = axis.cuts[place // 2 - 1], axis.cuts[place // 2]
    return bool(_step(low, up=True) < high)


def _step(value: Any, *, up: bool) -> Any:
    """The nearest step above or below a value."""
    if isinstance(value, date):
        return min(date.max - ONE_DAY, value) + ONE_DAY if up else max(date.min + ONE_DAY, value) - ONE_DAY
    return math.floor(value) + 1 if up else math.ceil(value) - 1


def _is_choice(within: Domain, places: int) -> bool:
    """Whether all texts that the table does not name are treated alike."""
    between = sum(1 << place for place in range(0, within.axis.places, 2)) & within.places
    return places & between in (0, between)


def _options(within: Domain, places: int, lang: str) -> str:
    others = any(place % 2 == 0 for place in bits(places))
    quoted = [
        value_words(option, lang)
        for option in within.options or within.axis.cuts
        if bool(places >> within.axis.place(option) & 1) != others
    ]
    if lang == "ja":
        return f"{''.join(quoted)}以外" if others else "か".join(quoted)
    return f"anything but {', '.join(quoted)}" if others else " or ".join(quoted)


def _bounds(within: Domain, places: int) -> Iterator[Bounds]:
    """The runs of places as bounds; places that no value has do not break a run."""
    cuts, outer = within.axis.cuts, runs(within.places)
    first_of_all, last_of_all = outer[0][0], outer[-1][1]
    for first, last in runs(places | ~within.places & (1 << within.axis.places) - 1):
        kept = [place for place in range(first, last + 1) if within.places >> place & 1]
        if not kept:
            continue
        first, last = kept[0], kept[-1]
        single = first == last and first % 2 == 1
        low = None if first == first_of_all and not single else cuts[(first - 1) // 2]
        high = None if last == last_of_all and not single else cuts[last // 2]
        found = Bounds(low, first % 2 == 1, high, last % 2 == 1)
        yield _closed(found) if within.stepped else found


def _closed(bounds: Bounds) -> Bounds:
    """On a stepped axis "more than 2" is "3 or more"."""
    low, high = bounds.low, bounds.high
    if low is not None and not bounds.low_closed:
        low = _step(low, up=True)
    if high is not None and not bounds.high_closed:
        high = _step(high, up=False)
    return Bounds(low, True, high, True)


def _bounds_words(bounds: Bounds, lang: str) -> str:
    low = None if bounds.low is None else value_words(bounds.low, lang)
    high = None if bounds.high is None else value_words(bounds.high, lang)
    if low is not None and low == high:
        return low
    if lang != "ja":
        return _bounds_english(bounds, low, high)
    if isinstance(bounds.low if low else bounds.high, date):
        return (f"{low}から" if low and high else f"{low}以後" if low else "") + (
            f"{high}まで" if low and high else f"{high}以前" if high else ""
        )
    upper = "" if high is None else f"{high}以下" if bounds.high_closed else f"{high}未満"
    if low is None:
        return upper
    if bounds.low_closed:
        return f"{low}以上{upper}"
    return f"{low}を超え{upper}" if upper else f"{low}を超える値"


def _bounds_english(bounds: Bounds, low: str | None, high: str | None) -> str:
    lower = "" if low is None else f"at least {low}" if bounds.low_closed else f"more than {low}"
    upper = "" if high is None else f"at most {high}" if bounds.high_closed else f"less than {high}"
    return " and ".join(part for part in (lower, upper) if part)


def _is_null(test: nodes.Test) -> bool:
    return isinstance(test, nodes.Literal) and test.value is None
