"""All answers that make a difference: a finite list that stands for every answer an item may get, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import inf
from typing import Any, TypeAlias

from yuimaru.core.kata.conversation.readings import Readings
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.models import Item

MOST_OPTIONS = 6  # of a multiple choice: 64 answers
MOST_NUMBERS = 12
NANO = Decimal("0.000000001")  # decimals are stored with up to nine places
LINES = frozenset({"text", "longtext", "name", "kana", "address", "phone", "mail"})

# A value as a whole number of the smallest steps that its type knows (None: no value of the type), back again as it is
# stored, the least, the greatest and a usual one.
Steps: TypeAlias = tuple[Callable[[Value], int | None], Callable[[int], Any], float, float, int]


def alternatives(item: Item, readings: Readings, constants: Facts) -> list[Any] | None:
    """Stored answers that stand for all there can be, no answer included; None where no list is known to do."""
    found = _answers(item, readings, constants)
    if found is None:
        return None
    return found if item.required else [*found, None]


def _answers(item: Item, readings: Readings, constants: Facts) -> list[Any] | None:
    if item.type == "consent":
        return [True] if item.required else [True, False]
    if item.type == "yesno":
        return [True, False]
    if item.type == "choice":
        return [option.id for option in item.options]
    if item.type == "choices":
        return list(_choices(item)) if len(item.options) <= MOST_OPTIONS else None
    few = item.type in ("int", "money") and item.min is not None and item.max is not None
    if few and (item.max or 0) - (item.min or 0) < MOST_NUMBERS:
        return list(range(item.min or 0, (item.max or 0) + 1))
    if item.id in readings.otherwise or item.partial:
        return None
    cuts = [value for cut in readings.cuts.get(item.id, ()) for value in _single(cut(constants))]
    if item.type in LINES:
        return None if item.id in readings.ranked else _lines(cuts)
    return _steps(item, cuts) if item.type in _STEPS else None


def _single(value: Value) -> Sequence[Value]:
    """The values that a constant holds an item against: of a list each of its members, nothing for null."""
    if isinstance(value, (list, tuple)):
        return value
    return () if value is None else (value,)


def _choices(item: Item) -> Iterator[list[str]]:
    together = [option.id for option in item.options if not option.alone]
    yield from ([option.id] for option in item.options if option.alone)
    for count in range(1, len(together) + 1):
        yield from map(list, combinations(together, count))


def _lines(cuts: Sequence[Value]) -> list[Any]:
    """Every text asked for, and one that nobody asks for."""
    texts = sorted({value for value in cuts if isinstance(value, str)})
    return [*texts, max(texts, default="") + "他"]


def _steps(item: Item, cuts: Sequence[Value]) -> list[Any] | None:
    """Every constant, the values just beside it, and the bounds: between two of them nothing changes."""
    count, back, least, greatest, usual = _STEPS[item.type]
    places = {usual}
    for cut in cuts:
        place = count(cut)
        if place is None:
            return None
        places |= {place - 1, place, place + 1}
    if item.min is not None:
        places.add(low := count(item.min) or 0)
        least = low
    if item.max is not None:
        places.add(high := count(item.max) or 0)
        greatest = high
    return [back(each) for each in sorted(places) if least <= each <= greatest]


def _whole(value: Value) -> int | None:
    """A fraction stands just above the whole number before it; both neighbours are tried with it."""
    return int(value // 1) if isinstance(value, (int, Decimal)) else None


def _nanos(value: Value) -> int | None:
    return int(value / NANO) if isinstance(value, (int, Decimal)) else None


def _day(value: Value) -> int | None:
    return value.toordinal() if isinstance(value, date) else None


def _month(value: Value) -> int | None:
    return value.year * 12 + value.month - 1 if isinstance(value, date) else None


def _minute(value: Value) -> int | None:
    if not (isinstance(value, str) and len(value) == len("08:30") and value[2] == ":"):
        return None
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes) if hours.isdecimal() and minutes.isdecimal() else None


_STEPS: Mapping[str, Steps] = {
    "int": (_whole, int, -inf, inf, 0),
    "money": (_whole, int, 0, inf, 0),
    "number": (_nanos, lambda nanos: format(nanos * NANO, "f"), -inf, inf, 0),
    "date": (
        _day,
        lambda day: date.fromordinal(day).isoformat(),
        date.min.toordinal(),
        date.max.toordinal(),
        date(2026, 4, 1).toordinal(),
    ),
    "month": (
        _month,
        lambda month: f"{month // 12:04}-{month % 12 + 1:02}",
        1000 * 12,
        9999 * 12 + 11,
        2026 * 12,
    ),
    "time": (_minute, lambda minute: f"{minute // 60:02}:{minute % 60:02}", 0, 24 * 60 - 1, 0),
}
