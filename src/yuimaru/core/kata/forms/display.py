"""One answer in words, by the type of its item."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yuimaru.core.japan.eras import format_date
from yuimaru.core.japan.partial_dates import PartialDate, read_date
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import value_of
from yuimaru.core.kata.forms.messages import word
from yuimaru.core.kata.forms.values import is_blank
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program

SHOWN_DIGITS = 3  # of an account number


def display(program: Program, form_id: str, step_id: str, item: Item, value: Any, lang: str = "ja") -> str:
    """One answer in words on one line, empty when there is none.

    It does not ask whether the item is sensitive, but an individual number is never put into words.
    """
    if not is_said(item, value):
        return ""
    if item.type == "computed":
        return _worked_out(item, value, lang)
    if item.type in ("choice", "choices"):
        chosen = value if item.type == "choices" else [value]
        labels = [program.option_text(form_id, step_id, item, str(each), lang) for each in chosen]
        return ("、" if lang == "ja" else ", ").join(labels)
    return _WORDS[item.type](value, lang) if item.type in _WORDS else str(value)


def is_said(item: Item, value: Any) -> bool:
    """Whether there is a value that can be put into words."""
    if is_blank(value) or item.type == "explanation":
        return False
    return not item.readable or not item.asks or value_of(item, value) is not None


def account_lines(value: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """An account in three lines; of its number only the last digits, as on every screen and letter."""
    kind = word(str(value.get("kind", "")), lang)
    bank = f"{value.get('bank_name', '')} {value.get('branch_name', '')}"
    yield word("bank", lang), f"{bank}（{kind}）" if lang == "ja" else f"{bank} ({kind})"
    yield word("account", lang), word("ending", lang, tail=str(value.get("number", ""))[-SHOWN_DIGITS:])
    yield word("account_holder", lang), str(value.get("holder", ""))


def _worked_out(item: Item, value: Value, lang: str) -> str:
    if isinstance(value, bool):
        return _truth(value, lang)
    if isinstance(value, (int, Decimal)):
        return _money(value, lang) if item.gives == "money" else f"{value:,}"
    if isinstance(value, (date, PartialDate)):
        return _date(value.isoformat(), lang)
    return value if isinstance(value, str) else ""


def _date(value: Any, lang: str) -> str:
    try:
        day = read_date(str(value))
    except ValueError:
        return str(value)
    return day.written(lang) if isinstance(day, PartialDate) else format_date(day, lang, weekday=False)


def _month(value: str, lang: str) -> str:
    first = format_date(date.fromisoformat(f"{value}-01"), lang, weekday=False)
    return first.removesuffix("1日") if lang == "ja" else first.removeprefix("1 ")


def _time(value: str, lang: str) -> str:
    hour, minute = map(int, value.split(":"))
    if lang != "ja":
        return f"{hour % 12 or 12}:{minute:02} {'a.m.' if hour < 12 else 'p.m.'}"
    return f"{'午前' if hour < 12 else '午後'}{hour % 12}時{f'{minute}分' if minute else ''}"


def _money(value: int | Decimal, lang: str) -> str:
    return word("yen", lang, amount=f"{value:,}")


def _truth(value: Any, lang: str) -> str:
    return word("yes" if value is True else "no", lang)


def _consent(value: Any, lang: str) -> str:
    return word("agreed" if value is True else "not_agreed", lang)


def _account(value: dict[str, Any], lang: str) -> str:
    return " ".join(text for _, text in account_lines(value, lang))


def _file(value: Any, lang: str) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else ""


def _signature(value: dict[str, Any], lang: str) -> str:
    return word("signed", lang, signer=value.get("name", ""), day=_date(value.get("on", ""), lang))


def _hidden(value: Any, lang: str) -> str:
    return word("hidden", lang)


_WORDS: dict[str, Callable[[Any, str], str]] = {
    "date": _date,
    "month": _month,
    "time": _time,
    "money": _money,
    "yesno": _truth,
    "consent": _consent,
    "bank_account": _account,
    "file": _file,
    "signature": _signature,
    "individual_number": _hidden,
}
