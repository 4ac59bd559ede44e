"""Cells as a reader of the sheet sees them: figures with their unit, dates as dates, by the cell's number format."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from yuimaru.core.japan.eras import WEEKDAYS_JA, era_of

Value = str | int | float | bool | datetime | date | time | timedelta | None

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_SPACING = re.compile(r"[_*].")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([#0?][#0?,]*(?:\.[#0?]*)?)|(.)')
_LITERAL = re.compile(r'"[^"]*"|\\.')
_LONGEST_FIGURE = 11  # digits that a cell of the general format shows


def shown(value: Value, code: str) -> str:
    """The words of a cell with this value and number format; an error shows nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int) and code == "General":
        return str(value)
    if isinstance(value, int | float):
        return _figure(Decimal(str(value)), code)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return _moment(value, code)


def _figure(value: Decimal, code: str) -> str:
    sections = _SECTIONS.findall(code) or ["General"]
    if not value.is_finite():
        return ""
    if value < 0 and len(sections) > 1:
        return _formatted(-value, sections[1])
    if value == 0 and len(sections) > 2:
        return _formatted(value, sections[2])
    return ("-" if value < 0 else "") + _formatted(abs(value), sections[0])


def _formatted(value: Decimal, section: str) -> str:
    plain = _SPACING.sub("", _BRACKETED.sub("", _CURRENCY.sub(r'"\1"', section)))
    bare = _LITERAL.sub("", plain)
    if "general" in bare.lower() or "@" in bare or "/" in bare or "E+" in bare:
        return _general(value)
    if "%" in bare:
        value *= 100
    text, written = "", False
    for quoted, escaped, digits, other in _PIECE.findall(plain):
        if digits and not written:
            text, written = text + _digits(value, digits), True
        elif not digits:
            text += quoted or escaped or other
    return text


def _digits(value: Decimal, pattern: str) -> str:
    """The figure by a pattern such as `#,##0.0`; commas at its end divide by a thousand each."""
    whole, _, part = pattern.rstrip(",").partition(".")
    value = value.scaleb(-3 * (len(pattern) - len(pattern.rstrip(","))))
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    front, _, back = format(rounded, "f").partition(".")
    for place in range(len(part) - 1, -1, -1):
        if part[place] == "0" or back[place:] != "0":
            break
        back = back[:place]
    front = front.zfill(whole.count("0")) if front != "0" or "0" in whole else ""
    if "," in whole and front:
        front = f"{int(front):,}"
    return front + (f".{back}" if back else "")


def _general(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text and len(text) > _LONGEST_FIGURE:
        room = max(0, _LONGEST_FIGURE - 1 - len(text.partition(".")[0]))
        text = format(value.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime | date | time, code: str) -> str:
    """A date as Japanese offices write it, with the parts that the format shows; a time as 9:05."""
    bare = _LITERAL.sub("", _BRACKETED.sub("", code)).lower()
    clock = f"{value.hour}:{value.minute:02}" if isinstance(value, datetime | time) and "h" in bare else ""
    if isinstance(value, time):
        return clock or f"{value.hour}:{value.minute:02}"
    day = value.date() if isinstance(value, datetime) else value
    return " ".join(part for part in (_day(day, bare), clock) if part)


def _day(day: date, bare: str) -> str:
    era = era_of(day) if re.search(r"[ge]", bare.replace("general", "")) else None
    text = ""
    if era is not None:
        year = day.year - era.first_year + 1
        text = f"{era.name}{'元' if year == 1 else year}年"
    elif "y" in bare:
        text = f"{day.year}年"
    months = re.sub(r"h[^a-z]*m+|m+[^a-z]*s", "", bare)  # minutes are not months
    if "m" in months:
        text += f"{day.month}月"
    if re.search(r"(?<!d)dd?(?!d)", bare):
        text += f"{day.day}日"
    if "aaa" in bare or "ddd" in bare:
        text += f"({WEEKDAYS_JA[day.weekday()]})"
    return text or f"{day.year}年{day.month}月{day.day}日"
