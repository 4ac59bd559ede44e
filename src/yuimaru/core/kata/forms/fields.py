"""Between the fields of a page and stored answers: parsing what was typed, filling fields with what is stored.

Field names are paths: `氏名`, `児童.0.生年月日.year`. yes/no is "true" or "false", a consent "true"; a multiple choice
repeats its name. Text is stored as it was typed; only numbers, dates and contact details become half-width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from yuimaru.core.japan.contacts import ContactProblem, parse_mail, parse_phone
from yuimaru.core.japan.eras import WESTERN, DateProblem, era_of, parse_date
from yuimaru.core.kata.forms.faults import Fault
from yuimaru.core.kata.forms.values import ACCOUNT_PARTS
from yuimaru.core.kata.models import Item

Data: TypeAlias = Mapping[str, Sequence[str]]

DATE_PARTS = ("era", "year", "month", "day")
PARTS: dict[str, tuple[str, ...]] = {"date": DATE_PARTS, "bank_account": ACCOUNT_PARTS}

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_MINUS = re.compile("[\u2010-\u2015\u2212\u30fc]")
_DIGIT_PARTS = ("bank_code", "branch_code", "number")


def field_names(item: Item, path: str) -> list[str]:
    """The names of the fields that one item has on a page."""
    parts = PARTS.get(item.type)
    return [f"{path}.{part}" for part in parts] if parts else [path]


def typed(item: Item, path: str, data: Data) -> dict[str, str]:
    """What was typed into the fields of an item, as it came; the members of a multiple choice by lines."""
    return {name: "\n".join(data[name]) for name in field_names(item, path) if name in data}


def parse(item: Item, path: str, data: Data) -> Any:
    """The stored form of what was typed, None for nothing; raises Fault."""
    return _PARSERS.get(item.type, _parse_text)(path, data)


def filled(item: Item, path: str, value: Any) -> dict[str, str]:
    """The fields of an item filled with a stored value: the reverse of `parse`."""
    if value is None:
        return {}
    if item.type == "date":
        return _filled_date(path, value)
    if item.type == "bank_account" and isinstance(value, dict):
        return {f"{path}.{part}": str(value.get(part, "")) for part in ACCOUNT_PARTS}
    if item.type == "choices" and isinstance(value, list):
        return {path: "\n".join(map(str, value))}
    if isinstance(value, bool):
        return {path: "true" if value else "false"}
    return {path: str(value)} if isinstance(value, (str, int)) else {}


def first(data: Data, name: str) -> str:
    """The first value of a field; empty when it was not sent."""
    values = data.get(name)
    return values[0] if values else ""


def _parse_text(path: str, data: Data) -> str | None:
    text = first(data, path)
    return text if text.strip() else None


def _parse_longtext(path: str, data: Data) -> str | None:
    text = _parse_text(path, data)
    return None if text is None else text.replace("\r\n", "\n")


def _parse_contact(reader: Callable[[str], str]) -> Callable[[str, Data], str | None]:
    def read(path: str, data: Data) -> str | None:
        text = _parse_text(path, data)
        try:
            return None if text is None else reader(text)
        except ContactProblem as problem:
            raise Fault(problem.code, texts=(problem.ja, problem.en)) from None

    return read


def _parse_date(path: str, data: Data) -> str | None:
    era, year, month, day = (first(data, f"{path}.{part}") for part in DATE_PARTS)
    if not (year.strip() or month.strip() or day.strip()):
        return None
    try:
        return parse_date(era or WESTERN, year, month, day).isoformat()
    except DateProblem as problem:
        raise Fault("date", problem.part, (problem.ja, problem.en)) from None


def _parse_truth(path: str, data: Data) -> bool | None:
    text = first(data, path)
    if text not in ("", "true", "false"):
        raise Fault("option")
    return {"true": True, "false": False}.get(text)


def _parse_consent(path: str, data: Data) -> bool:
    return first(data, path) == "true"


def _parse_choices(path: str, data: Data) -> list[str] | None:
    return [each for each in data.get(path, ()) if each] or None


def _parse_whole(path: str, data: Data) -> int | None:
    text = _half_width(first(data, path))
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise Fault("whole")
    return int(text)


def _parse_number(path: str, data: Data) -> str | None:
    text = _half_width(first(data, path))
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise Fault("number")
    return format(Decimal(text), "f")


def _parse_account(path: str, data: Data) -> dict[str, str] | None:
    account = {part: first(data, f"{path}.{part}") for part in ACCOUNT_PARTS}
    for part in _DIGIT_PARTS:
        account[part] = _half_width(account[part])
    # The kind is a list with a first entry, so a kind alone is not yet an answer.
    if not any(text.strip() for part, text in account.items() if part != "kind"):
        return None
    return account


def _half_width(text: str) -> str:
    plain = _MINUS.sub("-", unicodedata.normalize("NFKC", text)).strip()
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain


def _filled_date(path: str, value: Any) -> dict[str, str]:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return {}
    era = era_of(day)
    name, year = (era.name, day.year - era.first_year + 1) if era else (WESTERN, day.year)
    texts = (name, str(year), str(day.month), str(day.day))
    return {f"{path}.{part}": text for part, text in zip(DATE_PARTS, texts, strict=True)}


_PARSERS: dict[str, Callable[[str, Data], Any]] = {
    "longtext": _parse_longtext,
    "phone": _parse_contact(parse_phone),
    "mail": _parse_contact(parse_mail),
    "date": _parse_date,
    "yesno": _parse_truth,
    "consent": _parse_consent,
    "choices": _parse_choices,
    "int": _parse_whole,
    "number": _parse_number,
    "bank_account": _parse_account,
}
