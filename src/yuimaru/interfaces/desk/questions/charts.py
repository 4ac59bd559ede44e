"""Numbers as places in a picture: bars of subjects, and a map of subjects by month. Units are those of the SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yuimaru.services.questions.queries import Needs, Subject

WIDTH = 360  # narrow enough for a phone: labels stand above what they name
MOST_BARS, MOST_ROWS = 10, 8
_BAR_ROOM, _STEP, _MAP_STEP, _CELL, _HEAD = 310, 44, 52, 29, 20
_SHADES = 4


@dataclass(frozen=True)
class Bar:
    """One subject: its label, the length of its bar, and where it stands."""

    label: str
    times: int
    top: int
    length: int

    @property
    def behind(self) -> int:
        """Where the number stands."""
        return self.length + 6


@dataclass(frozen=True)
class Cell:
    """One month of a subject; `shade` 0 is empty, 4 the darkest of its row."""

    x: int
    times: int
    shade: int


@dataclass(frozen=True)
class Row:
    """One subject of the map."""

    label: str
    top: int
    cells: list[Cell]


@dataclass(frozen=True)
class Picture:
    """A chart with its height."""

    height: int
    parts: Sequence[Bar | Row]


def named(subject: Subject) -> str:
    """A subject as it is called on the page."""
    return subject.title or _("No document near")


def bars(found: Needs) -> Picture:
    """The subjects asked most as bars."""
    subjects = _with_a_document(found)[:MOST_BARS]
    longest = max((subject.times for subject in subjects), default=1)
    parts = [
        Bar(named(subject), subject.times, place * _STEP, max(2, _BAR_ROOM * subject.times // longest))
        for place, subject in enumerate(subjects)
    ]
    return Picture(len(parts) * _STEP, parts)


def seasons(found: Needs) -> Picture:
    """The same subjects by month; each row is shaded by itself, so that its season shows."""
    subjects = _with_a_document(found)[:MOST_ROWS]
    parts = [
        Row(named(subject), _HEAD + place * _MAP_STEP, _cells(subject))
        for place, subject in enumerate(subjects)
    ]
    return Picture(_HEAD + len(parts) * _MAP_STEP, parts)


def _with_a_document(found: Needs) -> list[Subject]:
    """What is near no document is no one subject; the table tells how much that is."""
    return [subject for subject in found.subjects if subject.title]


def _cells(subject: Subject) -> list[Cell]:
    most = max(subject.by_month)
    return [
        Cell(place * (_CELL + 1), times, -(-_SHADES * times // most) if times else 0)
        for place, times in enumerate(subject.by_month)
    ]
