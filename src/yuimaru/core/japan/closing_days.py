"""Closing days of one municipality beside weekends, 祝日 and the turn of the year: its foundation day, a day moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

MOST_DAYS = 60
LONGEST_NAME = 40
LEAP_YEAR = 2024  # 29 February may be a day of every year that has one

_LINE = re.compile(r"(?:(\d{4})[-年])?(\d{1,2})[-月](\d{1,2})日?[ \u3000]+(\S.*)")


class ClosingDayProblem(ValueError):
    """A line that names no closing day: one sentence in both languages."""

    def __init__(self, code: str, ja: str, en: str) -> None:
        super().__init__(en)
        self.code, self.ja, self.en = code, ja, en


@dataclass(frozen=True, slots=True, order=True)
class ClosingDay:
    """One day with its name: of one year, or of every year where `year` is None."""

    month: int
    day: int
    year: int | None
    name: str

    def __str__(self) -> str:
        when = f"{self.month:02}-{self.day:02}"
        return f"{when if self.year is None else f'{self.year}-{when}'} {self.name}"


@dataclass(frozen=True)
class ClosingDays:
    """All of them; `day in closing_days` asks for one date."""

    days: tuple[ClosingDay, ...] = ()

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (day.month, day.day, None) in self._dates or (day.month, day.day, day.year) in self._dates

    def __str__(self) -> str:
        """One line for each, as `closing_days` reads it."""
        return "\n".join(map(str, self.days))

    @cached_property
    def _dates(self) -> frozenset[tuple[int, int, int | None]]:
        return frozenset((each.month, each.day, each.year) for each in self.days)


@lru_cache(maxsize=1024)
def closing_days(text: str) -> ClosingDays:
    """The closing days of a text, one in each line: `11-03 市制記念日`, `2026年12月28日 庁舎の点検`.

    Raises ClosingDayProblem for a line that is none, a day that is told twice, and too many days.
    """
    found = tuple(_days(text))
    if len(found) > MOST_DAYS:
        raise ClosingDayProblem(
            "too_many",
            f"独自の閉庁日は{MOST_DAYS}日までです。{len(found)}日あります。",
            f"There are {len(found)} closing days; {MOST_DAYS} are allowed.",
        )
    return ClosingDays(tuple(sorted(found, key=lambda each: (each.month, each.day, each.year or 0))))


def _days(text: str) -> Iterator[ClosingDay]:
    seen: set[tuple[int | None, int, int]] = set()
    for line in filter(None, map(str.strip, text.splitlines())):
        day = _day(line)
        if (day.year, day.month, day.day) in seen:
            raise ClosingDayProblem(
                "twice",
                f"「{line}」と同じ日が2度書かれています。1つにしてください。",
                f"The day of “{line}” stands there twice. Keep one.",
            )
        seen.add((day.year, day.month, day.day))
        yield day


def _day(line: str) -> ClosingDay:
    found = _LINE.fullmatch(line)
    try:
        if found is None or len(found[4]) > LONGEST_NAME:
            raise ValueError(line)
        day = date(int(found[1] or LEAP_YEAR), int(found[2]), int(found[3]))
    except ValueError:
        raise ClosingDayProblem(
            "closing_day",
            f"「{line[:LONGEST_NAME]}」を閉庁日として読めません。1行に1日ずつ、「11月3日 市制記念日」、その年だけなら"
            f"「2026年12月28日 庁舎の点検」のように、日と名前（{LONGEST_NAME}字まで）を書いてください。",
            f"“{line[:LONGEST_NAME]}” is no closing day. Write one on each line, such as “11-03 Foundation Day”, or"
            f" “2026-12-28 Maintenance” for one year, with a name of up to {LONGEST_NAME} characters.",
        ) from None
    return ClosingDay(day.month, day.day, day.year if found[1] else None, found[4])
