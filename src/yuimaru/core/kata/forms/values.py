"""Stored answers: their shape in JSON and what each type of item accepts, with every fault of a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yuimaru.core.japan.codes import is_individual_number
from yuimaru.core.japan.contacts import ContactProblem, parse_mail, parse_phone
from yuimaru.core.japan.names import is_katakana, to_katakana
from yuimaru.core.japan.partial_dates import read_date
from yuimaru.core.kata.forms.faults import Fault
from yuimaru.core.kata.individual_numbers import is_reference
from yuimaru.core.kata.models import Item

ACCOUNT_PARTS = ("bank_code", "bank_name", "branch_code", "branch_name", "kind", "number", "holder")
ACCOUNT_KINDS = ("普通", "当座", "貯蓄")
SIGNATURE_PARTS = frozenset({"name", "agreed", "on"})
FILE_PARTS = frozenset({"id", "name", "size", "media_type"})
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
FILE_REFUSALS = frozenset({"name", "type", "size", "suspicious", "broken", "pixels"})
FILE_WORDS = {"pdf": "PDF", "jpg": "JPEG", "png": "PNG"}

LONGEST_LINE = 200
LONGEST_TEXT = 4000
NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,9})?"  # decimals are stored as text
MEGABYTE = 1_048_576
# Types whose fields cannot be parsed into anything that would have a fault.
PROVED_BY_PARSING = frozenset({"date", "month", "time", "phone", "mail", "yesno"})

_CODES = {"bank_code": re.compile(r"[0-9]{4}"), "branch_code": re.compile(r"[0-9]{3}")}
_ACCOUNT_NUMBER = re.compile(r"[0-9]{7}")
# Control characters and lone surrogates (Unicode categories Cc and Cs).
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BUT_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")
_HOLDER_SIGNS = re.compile(r"[()（）.．/／\-－0-9０-９A-ZＡ-Ｚ]")


def is_blank(value: Any) -> bool:
    """Whether a stored value counts as no answer; spaces alone are none."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {})


def faults(item: Item, value: Any) -> Iterator[Fault]:
    """Everything wrong with a stored value that is not blank, the conditions of the kata apart."""
    return _CHECKS[item.type](item, value) if item.asks else iter(())


def _text(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("type")
        return
    longtext = item.type == "longtext"
    if (_CONTROL_BUT_LINES if longtext else _CONTROL).search(value):
        yield Fault("one_line" if set(value) & set("\r\n") else "character")
    limit = item.max_length or (LONGEST_TEXT if longtext else LONGEST_LINE)
    if len(value) > limit:
        yield Fault("too_long", limit=limit, found=len(value))


def _kana(item: Item, value: Any) -> Iterator[Fault]:
    found = list(_text(item, value))
    yield from found
    if not found and not is_katakana(value):
        hint = to_katakana(value)
        if is_katakana(hint) and len(value) <= 30:
            yield Fault("kana_hint", found=value, hint=hint)
        else:
            yield Fault("kana")


def _contact(item: Item, value: Any) -> Iterator[Fault]:
    found = list(_text(item, value))
    yield from found
    if not found:
        try:
            parse_phone(value) if item.type == "phone" else parse_mail(value)
        except ContactProblem as problem:
            yield Fault(problem.code, texts=(problem.ja, problem.en))


def _date(item: Item, value: Any) -> Iterator[Fault]:
    try:
        found = read_date(value) if item.partial else date.fromisoformat(value)
        if found.isoformat() != value:
            raise ValueError(value)
    except (TypeError, ValueError):
        yield Fault("date_form")


def _truth(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault("type")


def _choice(item: Item, value: Any) -> Iterator[Fault]:
    if value not in [option.id for option in item.options]:
        yield Fault("option")


def _choices(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, list) or any(not isinstance(each, str) for each in value):
        yield Fault("type")
        return
    options = {option.id: option for option in item.options}
    if any(each not in options for each in value) or len(set(value)) != len(value):
        yield Fault("option")
        return
    alone = next((options[each] for each in value if options[each].alone), None)
    if alone is not None and len(value) > 1:
        yield Fault("alone", option=alone.label)


def _whole(item: Item, value: Any) -> Iterator[Fault]:
    if type(value) is not int:
        yield Fault("whole")
    else:
        yield from _range(item, Decimal(value))


def _number(item: Item, value: Any) -> Iterator[Fault]:
    whole = type(value) is int
    if not whole and not (isinstance(value, str) and re.fullmatch(NUMBER, value)):
        yield Fault("number")
    else:
        yield from _range(item, Decimal(value))


def _range(item: Item, number: Decimal, least: int | None = None) -> Iterator[Fault]:
    lowest = least if item.min is None else item.min
    low = lowest is not None and number < lowest
    high = item.max is not None and number > item.max
    if low or high:
        both = lowest is not None and item.max is not None
        code = "between" if both else "min" if low else "max"
        unit = "円" if item.type == "money" else ""
        yield Fault(code, low=_bound(lowest, unit), high=_bound(item.max, unit))


def _bound(number: int | None, unit: str) -> str:
    return f"{number:,}{unit}" if unit and number is not None else str(number)


def _money(item: Item, value: Any) -> Iterator[Fault]:
    """Whole yen; below nothing only where the item says how far."""
    if type(value) is not int:
        yield Fault("money")
    else:
        yield from _range(item, Decimal(value), least=0)


def _time(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        yield Fault("time")


def _month(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not _MONTH.fullmatch(value):
        yield Fault("month")


def _individual_number(item: Item, value: Any) -> Iterator[Fault]:
    if is_reference(value):
        return
    if not isinstance(value, str) or not is_individual_number(value):
        yield Fault("individual_number")


def _signature(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, dict) or value.keys() != SIGNATURE_PARTS:
        yield Fault("type")
        return
    if is_blank(value["name"]):
        yield Fault("signature_name", "name")
    else:
        yield from (Fault(each.code, "name", **each.values) for each in _text(item, value["name"]))
    if value["agreed"] is not True:
        yield Fault("signature_agreed", "agreed")
    yield from _date(item, value["on"])


def _account(item: Item, value: Any) -> Iterator[Fault]:
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        yield Fault("type")
        return
    if not value.keys() <= set(ACCOUNT_PARTS):
        yield Fault("type")
        return
    for part in ("bank_name", "branch_name"):
        if is_blank(value.get(part)):
            yield Fault(part, part)
        elif any(each.code for each in _text(item, value[part])):
            yield Fault("character", part)
    for part, pattern in _CODES.items():
        if value.get(part) and not pattern.fullmatch(value[part]):
            yield Fault(part, part)
    if value.get("kind") not in ACCOUNT_KINDS:
        yield Fault("kind", "kind")
    if not _ACCOUNT_NUMBER.fullmatch(value.get("number", "")):
        yield Fault("account_number", "number")
    if not is_katakana(_HOLDER_SIGNS.sub("", value.get("holder", ""))):
        yield Fault("holder", "holder")


def _file(item: Item, value: Any) -> Iterator[Fault]:
    """A file that was not taken says why under `refused`; one that was is described by exactly four parts."""
    refused = value.get("refused") if isinstance(value, dict) else None
    parts = FILE_PARTS | {"refused"} if refused in FILE_REFUSALS else FILE_PARTS
    if not isinstance(value, dict) or value.keys() != parts or type(value["size"]) is not int:
        yield Fault("type")
        return
    accept: list[str] = [*item.accept] or [*MEDIA_TYPES]
    if refused == "size" or value["size"] > item.max_mb * MEGABYTE:
        yield Fault("file_size", limit=item.max_mb)
    elif refused == "type" or (
        not refused and value["media_type"] not in [MEDIA_TYPES[each] for each in accept]
    ):
        yield Fault("file_type", accept="・".join(FILE_WORDS[each] for each in accept))
    elif refused:
        yield Fault(f"file_{refused}")


_CHECKS: dict[str, Callable[[Item, Any], Iterator[Fault]]] = {
    "text": _text,
    "longtext": _text,
    "name": _text,
    "address": _text,
    "kana": _kana,
    "phone": _contact,
    "mail": _contact,
    "date": _date,
    "yesno": _truth,
    "consent": _truth,
    "choice": _choice,
    "choices": _choices,
    "int": _whole,
    "number": _number,
    "bank_account": _account,
    "file": _file,
    "money": _money,
    "time": _time,
    "month": _month,
    "individual_number": _individual_number,
    "signature": _signature,
}
