"""Dates that a register knows in part only (不詳), and every way in which a date may be written down."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from yuimaru.core.japan.eras import ERAS, WESTERN, DateProblem, Era, Part, era_of, format_date, parse_date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d|XX)-(?P<day>\d\d|XX)")
_WRITTEN = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR]|西暦)?(?P<year>元|\d{1,4})(?:年|[./])"
    r"(?:(?P<month>\d{1,2})(?:月|[./])(?:(?P<day>\d{1,2})日?|日?不詳)|(?:月日)?不詳)"
)
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Some day from `earliest` to `latest`: a year or month, cut to its era, of which no more is known.

    Comparing is three-valued: True or False only where it holds, or fails, whichever day it was; else None.
    """

    earliest: date
    latest: date

    def __lt__(self, other: date | PartialDate) -> bool | None:
        return _certain(self.latest < first(other), self.earliest >= last(other))

    def __le__(self, other: date | PartialDate) -> bool | None:
        return _certain(self.latest <= first(other), self.earliest > last(other))

    def __gt__(self, other: date | PartialDate) -> bool | None:
        return _certain(self.earliest > last(other), self.latest <= first(other))

    def __ge__(self, other: date | PartialDate) -> bool | None:
        return _certain(self.earliest >= last(other), self.latest < first(other))

    def overlaps(self, other: date | PartialDate) -> bool:
        """Whether both may be the same day."""
        return self.earliest <= last(other) and first(other) <= self.latest

    def isoformat(self) -> str:
        """`1945-01-XX`, `1945-XX-XX` (ISO 8601-2); a year cut by its era in its Japanese form."""
        year, month = self.earliest.year, self.earliest.month
        if self == _month(year, month):
            return f"{year:04}-{month:02}-XX"
        return f"{year:04}-XX-XX" if self == _year(year) else self.written()

    def written(self, lang: str = "ja") -> str:
        """「昭和20年1月日不詳」, "some day from 1 January 1945 to 31 January 1945"."""
        if lang != "ja":
            ends = (format_date(each, lang, weekday=False) for each in (self.earliest, self.latest))
            return "some day from {} to {}".format(*ends)
        year = format_date(self.latest, weekday=False).partition("年")[0]
        if era_of(self.earliest) != era_of(self.latest):
            year = str(self.latest.year)
        month = f"{self.latest.month}月" if self.earliest.month == self.latest.month else "月"
        return f"{year}年{month}日不詳"


def first(day: date | PartialDate) -> date:
    """The earliest day that a date may be."""
    return day.earliest if isinstance(day, PartialDate) else day


def last(day: date | PartialDate) -> date:
    """The latest day that a date may be."""
    return day.latest if isinstance(day, PartialDate) else day


def read_date(text: str) -> date | PartialDate:
    """A date as written: 2026-04-01, 2026年4月1日, 令和8年4月1日, R8.4.1, 1945-01-XX, 昭和20年1月不詳.

    Full-width characters are read as half-width ones. ValueError when it is no date.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if match := _ISO.fullmatch(plain):
        return _from_iso(match["year"], match["month"], match["day"])
    if match := _WRITTEN.fullmatch(plain):
        era = _LETTERS.get(match["era"] or "", match["era"] or "西暦")
        if match["day"]:
            return parse_date(era, match["year"], match["month"], match["day"])
        return _in_part(era, match["year"], match["month"])
    raise ValueError(text)


def parse_in_part(era: str, year: str, month: str, day: str) -> date | PartialDate:
    """The date written as era, year, month and day, of which the day, or month and day, may be empty.

    Raises DateProblem naming the wrong part.
    """
    if day.strip() or not year.strip():
        return parse_date(era, year, month, day)
    months = f"{month}月" if month.strip() else "月"
    try:
        return read_date(f"{'' if era == WESTERN else era}{year}年{months}日不詳")
    except ValueError:
        wrong: Part = "month" if month.strip() and _is_year(era, year) else "year"
        ja, en = ("月", "month") if wrong == "month" else ("年", "year")
        raise DateProblem(wrong, f"{ja}を確かめてください。", f"Check the {en}.") from None


def _is_year(era: str, year: str) -> bool:
    try:
        read_date(f"{'' if era == WESTERN else era}{year}年月日不詳")
    except ValueError:
        return False
    return True


def _certain(yes: bool, no: bool) -> bool | None:
    return True if yes else False if no else None


def _from_iso(year: str, month: str, day: str) -> date | PartialDate:
    if day != "XX":
        return date.fromisoformat(f"{year}-{month}-{day}")
    return _year(int(year)) if month == "XX" else _month(int(year), int(month))


def _in_part(era: str, year: str, month: str | None) -> PartialDate:
    """A year or month, cut to the days that belong to the era it is written in."""
    named = next((each for each in ERAS if each.name == era), None)
    number = 1 if year == "元" else int(year)
    calendar_year = number if named is None else named.first_year + number - 1
    if calendar_year < 1000:
        raise ValueError("a year of the western calendar has four digits")
    found = _year(calendar_year) if month is None else _month(calendar_year, int(month))
    return found if named is None else _cut(found, named)


def _cut(found: PartialDate, era: Era) -> PartialDate:
    later = ERAS.index(era) - 1
    end = date.max if later < 0 else ERAS[later].start - timedelta(days=1)
    earliest, latest = max(found.earliest, era.start), min(found.latest, end)
    if earliest > latest:
        raise ValueError(f"not in {era.english}")
    return PartialDate(earliest, latest)


def _year(year: int) -> PartialDate:
    return PartialDate(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> PartialDate:
    return PartialDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
