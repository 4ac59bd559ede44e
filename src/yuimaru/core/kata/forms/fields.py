"""Between the fields of a page and stored answers: parsing what was typed, filling fields with what is stored.

Field names are paths: `氏名`, `児童.0.生年月日.year`. yes/no is "true" or "false", a consent "true"; a multiple choice
repeats its name. Text is stored as it was typed; only numbers, dates and contact details become half-width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from yuimaru.core.japan.contacts import ContactProblem, parse_mail, parse_phone
from yuimaru.core.japan.eras import WESTERN, DateProblem, era_of, parse_date
from yuimaru.core.japan.partial_dates import PartialDate, last, parse_in_part, read_date
from yuimaru.core.japan.partial_dates import first as first_day
from yuimaru.core.kata.forms.faults import Fault
from yuimaru.core.kata.forms.values import ACCOUNT_PARTS
from yuimaru.core.kata.models import Item

Data: TypeAlias = Mapping[str, Sequence[str]]

DATE_PARTS = ("era", "year", "month", "day")
UNKNOWN = "unknown"  # the part of a date that says: month or day is not known
PARTS: dict[str, tuple[str, ...]] = {
    "date": DATE_PARTS,
    "month": DATE_PARTS[:3],
    "time": ("hour", "minute"),
    "bank_account": ACCOUNT_PARTS,
    "signature": ("name", "agreed"),
    "computed": (),
    "explanation": (),
}

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_MINUS = re.compile("[\u2010-\u2015\u2212\u30fc]")
_DIGIT_PARTS = ("bank_code", "branch_code", "number")


def field_names(item: Item, path: str) -> tuple[str, ...]:
    """The names of the fields that one item has on a page."""
    return _names(parts_of(item), path)


@lru_cache(maxsize=4096)
def _names(parts: tuple[str, ...], path: str) -> tuple[str, ...]:
    return tuple(f"{path}.{part}" if part else path for part in parts)


def parts_of(item: Item) -> tuple[str, ...]:
    """The parts that an item is typed in; one without a name where it is typed as a whole."""
    parts = PARTS.get(item.type, ("",))
    return (*parts, UNKNOWN) if item.partial else parts


def parse(item: Item, path: str, data: Data) -> Any:
    """The stored form of what was typed, None for nothing; raises Fault."""
    if item.partial:
        return _parse_partial_date(path, data)
    return _PARSERS.get(item.type, _parse_text)(path, data)


def filled(item: Item, path: str, value: Any) -> dict[str, str]:
    """The fields of an item filled with a stored value: the reverse of `parse`. Individual numbers stay away."""
    if value is None or item.type == "individual_number":
        return {}
    match item.type:
        case "date":
            return _filled_date(path, value)
        case "month":
            whole = _filled_date(path, f"{value}-01")
            return {name: text for name, text in whole.items() if not name.endswith(".day")}
        case "time":
            hour, _, minute = str(value).partition(":")
            return {f"{path}.hour": hour, f"{path}.minute": minute}
        case "bank_account" | "signature" if isinstance(value, dict):
            return {f"{path}.{part}": _text_of(value.get(part, "")) for part in PARTS[item.type]}
        case "choices" if isinstance(value, list):
            return {path: "\n".join(map(str, value))}
    return {path: _text_of(value)} if isinstance(value, (str, int)) else {}


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


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
    era, year, month, day = (first(data, name) for name in _names(DATE_PARTS, path))
    if not (year.strip() or month.strip() or day.strip()):
        return None
    try:
        return parse_date(era or WESTERN, year, month, day).isoformat()
    except DateProblem as problem:
        raise Fault("date", problem.part, (problem.ja, problem.en)) from None


def _parse_partial_date(path: str, data: Data) -> str | None:
    era, year, month, day = (first(data, name) for name in _names(DATE_PARTS, path))
    if not (year.strip() or month.strip() or day.strip()):
        return None
    if not first(data, f"{path}.{UNKNOWN}"):
        if year.strip() and not (month.strip() and day.strip()):
            raise Fault("date_unknown", "day" if month.strip() else "month")
        return _parse_date(path, data)
    try:
        return parse_in_part(era or WESTERN, year, month, day).isoformat()
    except DateProblem as problem:
        raise Fault("date", problem.part, (problem.ja, problem.en)) from None


def _parse_month(path: str, data: Data) -> str | None:
    era, year, month = (first(data, f"{path}.{part}") for part in DATE_PARTS[:3])
    if not (year.strip() or month.strip()):
        return None
    try:
        found = parse_in_part(era or WESTERN, year, month, "")
        if not month.strip():
            raise DateProblem("month", "月を入力してください。", "Enter the month.")
    except DateProblem as problem:
        raise Fault("month", problem.part, (problem.ja, problem.en)) from None
    return last(found).isoformat()[:7]


def _parse_time(path: str, data: Data) -> str | None:
    hour, minute = (_half_width(first(data, f"{path}.{part}")) for part in PARTS["time"])
    if not (hour or minute):
        return None
    for part, text, most in (("hour", hour, 23), ("minute", minute, 59)):
        if not (re.fullmatch("[0-9]{1,2}", text) and int(text) <= most):
            raise Fault("time", part)
    return f"{int(hour):02}:{int(minute):02}"


def _parse_money(path: str, data: Data) -> int | None:
    text = _half_width(first(data, path)).removeprefix("¥").removesuffix("円").strip()
    text = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise Fault("money")
    return int(text)


def _parse_individual_number(path: str, data: Data) -> str | None:
    return re.sub("[ -]", "", _half_width(first(data, path))) or None


def _parse_signature(path: str, data: Data) -> dict[str, Any] | None:
    """Name and tick; the day of signing is put to it by who reads the page."""
    name, agreed = first(data, f"{path}.name"), first(data, f"{path}.agreed") == "true"
    return {"name": name, "agreed": agreed} if name.strip() or agreed else None


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
        found = read_date(value)
    except (TypeError, ValueError):
        return {}
    era = era_of(last(found)) if era_of(first_day(found)) == era_of(last(found)) else None
    name, year = (era.name, last(found).year - era.first_year + 1) if era else (WESTERN, last(found).year)
    month, day = str(last(found).month), str(last(found).day)
    unknown = {}
    if isinstance(found, PartialDate):
        month, day = month if first_day(found).month == last(found).month else "", ""
        unknown = {f"{path}.{UNKNOWN}": "true"}
    texts = (name, str(year), month, day)
    return {f"{path}.{part}": text for part, text in zip(DATE_PARTS, texts, strict=True)} | unknown


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
    "money": _parse_money,
    "time": _parse_time,
    "month": _parse_month,
    "individual_number": _parse_individual_number,
    "signature": _parse_signature,
}
