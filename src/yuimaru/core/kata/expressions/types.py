"""Types for the static check and for the domains of table columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from yuimaru.core.kata.expressions.values import Kind, Value, kind

NAMES_JA: dict[Kind, str] = {
    "text": "文字",
    "number": "数",
    "yesno": "はい・いいえ",
    "date": "日付",
    "list": "一覧",
    "record": "項目の組",
}
NAMES_EN: dict[Kind, str] = {
    "text": "text",
    "number": "number",
    "yesno": "yes/no",
    "date": "date",
    "list": "list",
    "record": "group of items",
}


@dataclass(frozen=True)
class Type:
    """What a name or expression can be; kind None = not known, fits anywhere.

    Numbers may be whole and bounded, texts limited to options, `optional` values may be missing: the search for
    gaps and the check use all of it.
    """

    kind: Kind | None = None
    of: Type | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    whole: bool = False
    low: int | Decimal | None = None
    high: int | Decimal | None = None
    optional: bool = False

    @property
    def ja(self) -> str:
        return NAMES_JA[self.kind] if self.kind else "不明"

    @property
    def en(self) -> str:
        return NAMES_EN[self.kind] if self.kind else "unknown"

    def fits(self, other: Type) -> bool:
        """Whether values of both types can be compared at all."""
        return self.kind is None or other.kind is None or self.kind == other.kind

    def joined(self, other: Type) -> Type:
        """The type of "one or the other"."""
        if self == other:
            return self
        if self.kind is None or self.kind != other.kind:
            return ANY
        return replace(PLAIN[self.kind], whole=self.whole and other.whole)


ANY = Type()
TEXT = Type("text")
NUMBER = Type("number")
WHOLE = Type("number", whole=True)
YESNO = Type("yesno")
DATE = Type("date")
LIST = Type("list")
PLAIN: dict[Kind, Type] = {
    "text": TEXT,
    "number": NUMBER,
    "yesno": YESNO,
    "date": DATE,
    "list": LIST,
    "record": Type("record"),
}


def choice(*options: str) -> Type:
    """Text that is one of the given options."""
    return Type("text", options=options)


def list_of(member: Type) -> Type:
    """A list whose members are of one type."""
    return Type("list", of=member)


def record(**fields: Type) -> Type:
    """A group of named values, such as one member of a repeat or a bank account."""
    return Type("record", fields=fields)


def type_of_value(value: Value) -> Type:
    """The narrowest useful type of a literal."""
    found = kind(value)
    if found is None:
        return ANY
    return WHOLE if type(value) is int else PLAIN[found]
