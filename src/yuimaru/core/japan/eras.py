"""Dates as people in Japan write and read them: 元号, full-width digits, 元年, weekdays."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Part = Literal["year", "month", "day"]

WESTERN = "西暦"
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS_JA: dict[Part, str] = {"year": "年", "month": "月", "day": "日"}


@dataclass(frozen=True, slots=True)
class Era:
    """An era counts from `start`; its year 1 is the calendar year `first_year`."""

    name: str
    english: str
    start: date
    first_year: int


# 明治 is usable from its sixth year only: Japan counted by the moon until 明治5年12月2日.
ERAS = (
    Era("令和", "Reiwa", date(2019, 5, 1), 2019),
    Era("平成", "Heisei", date(1989, 1, 8), 1989),
    Era("昭和", "Showa", date(1926, 12, 25), 1926),
    Era("大正", "Taisho", date(1912, 7, 30), 1912),
    Era("明治", "Meiji", date(1873, 1, 1), 1868),
)
_BY_NAME = {era.name: era for era in ERAS}
ERA_NAMES = (WESTERN, *(era.name for era in ERAS))


class DateProblem(ValueError):
    """A date that cannot be: which part is wrong, and what to do, in both languages."""

    def __init__(self, part: Part, ja: str, en: str) -> None:
        super().__init__(en)
        self.part: Part = part
        self.ja = ja
        self.en = en


def era_of(day: date) -> Era | None:
    """The era a day belongs to; None before 明治6年1月1日 (1873)."""
    for era in ERAS:
        if day >= era.start:
            return era
    return None


def parse_date(era: str, year: str, month: str, day: str) -> date:
    """The date written as era, year (元 = 1), month and day; raises DateProblem naming the wrong part."""
    if era not in ERA_NAMES:
        raise DateProblem("year", "元号か西暦を選んでください。", "Choose an era or the western calendar.")
    if era == WESTERN:
        calendar_year = _number("year", year)
        if not 1000 <= calendar_year <= 9999:
            raise DateProblem("year", "西暦は4けたで入力してください。", "Enter the year with four digits.")
        return _day_of(str(calendar_year) + "年", calendar_year, month, day)
    chosen = _BY_NAME[era]
    number = 1 if year.strip() == "元" else _number("year", year)
    if not 1 <= number <= 999:
        raise _no_such_year(chosen)
    written = f"{era}{_year_name(number)}"
    found = _day_of(written, chosen.first_year + number - 1, month, day)
    if era_of(found) is not chosen:
        raise _outside_era(chosen, found)
    return found


def format_date(day: date, lang: str = "ja", *, weekday: bool = True) -> str:
    """「令和8年11月25日(水)」, for other languages "25 November 2026 (Wed)"; the weekday may be left out."""
    if lang != "ja":
        text = f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
        return f"{text} ({WEEKDAYS_EN[day.weekday()]})" if weekday else text
    era = era_of(day)
    year = f"{era.name}{_year_name(day.year - era.first_year + 1)}" if era else f"{day.year}年"
    text = f"{year}{day.month}月{day.day}日"
    return f"{text}({WEEKDAYS_JA[day.weekday()]})" if weekday else text


def _year_name(number: int) -> str:
    return "元年" if number == 1 else f"{number}年"


def _day_of(written_year: str, year: int, month_text: str, day_text: str) -> date:
    month = _number("month", month_text)
    if not 1 <= month <= 12:
        raise DateProblem("month", "月は1から12までです。月を確かめてください。", "The month is 1 to 12.")
    day = _number("day", day_text)
    try:
        return date(year, month, day)
    except ValueError:
        last = monthrange(year, month)[1]
        # Only February depends on the year, so only there is the year worth reading.
        where = f"{written_year}2月" if month == 2 else f"{month}月"
        raise DateProblem(
            "day",
            f"{where}は{last}日までです。日を確かめてください。",
            f"{MONTHS_EN[month - 1]} {year} has {last} days. Check the day.",
        ) from None


def _number(part: Part, text: str) -> int:
    """A positive number of at most four digits, full-width digits included."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if plain.isascii() and plain.isdigit() and len(plain) <= 4:
        return int(plain)
    plain = plain.strip()
    name = _PARTS_JA[part]
    if not plain:
        raise DateProblem(part, f"{name}を入力してください。", f"Enter the {part}.")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 4):
        raise DateProblem(part, f"{name}を数字で入力してください。", f"Enter the {part} in digits.")
    return int(plain)


def _no_such_year(era: Era) -> DateProblem:
    return DateProblem("year", f"{era.name}の年を確かめてください。", f"Check the year of {era.english}.")


def _outside_era(era: Era, found: date) -> DateProblem:
    """A day that its era does not have: name the era it does belong to."""
    if era_of(found) is None:
        return DateProblem(
            "year",
            "明治6年1月1日より前の日付は入力できません。",
            "Dates before 1 January 1873 cannot be entered.",
        )
    right = format_date(found, weekday=False)
    if found < era.start:
        first = format_date(era.start, weekday=False)
        ja = f"{era.name}は{first}からです。{right}ではありませんか。"
        return DateProblem(
            "year", ja, f"{era.english} began on {format_date(era.start, 'en', weekday=False)}."
        )
    after = ERAS[ERAS.index(era) - 1]
    last = after.start - timedelta(days=1)
    ja = f"{era.name}は{_year_name(last.year - era.first_year + 1)}{last.month}月{last.day}日までです。"
    return DateProblem(
        "year",
        f"{ja}{right}ではありませんか。",
        f"{era.english} ended on {format_date(last, 'en', weekday=False)}.",
    )
