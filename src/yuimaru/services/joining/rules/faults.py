"""One thing that keeps a municipality from joining: where it stands, and how to put it right, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

Location: TypeAlias = tuple[str | int, ...]

_TEXT = (
    "文字で書いてください。数字や true は引用符で囲みます。",
    "Write text. Put numbers and true in quotes.",
)
_EMPTY = ("入力してください。", "Fill this in.")
_LONG = ("長すぎます。{max_length}までにしてください。", "Too long. Keep it within {max_length}.")
_PAIRS = ("「名前: 値」の組で書いてください。", "Write pairs of “name: value”.")
_SENTENCES = {
    "missing": _EMPTY,
    "string_type": _TEXT,
    "bool_type": ("true か false で書いてください。", "Write true or false."),
    "int_type": ("整数で書いてください。", "Write a whole number."),
    "greater_than_equal": ("{ge}以上の数にしてください。", "The number must be at least {ge}."),
    "less_than_equal": ("{le}以下の数にしてください。", "The number must be at most {le}."),
    "string_too_short": _EMPTY,
    "string_too_long": _LONG,
    "too_long": _LONG,
    "none_given": ("1つ以上書いてください。", "Write at least one."),
    "list_type": ("一覧（- で始まる行）で書いてください。", "Write a list (lines beginning with -)."),
    "model_type": _PAIRS,
    "dict_type": _PAIRS,
    "extra_forbidden": (
        "この名前の項目はありません。つづりを確かめてください。",
        "There is no such entry. Check its spelling.",
    ),
}


@dataclass(frozen=True)
class Fault:
    """`path` leads to the place from the top of what was given: ("staff", 1, "login")."""

    path: Location
    code: str
    ja: str
    en: str

    def under(self, *above: str | int) -> Fault:
        """The same fault, seen from further up."""
        return replace(self, path=(*above, *self.path))


class Refused(Exception):
    """Nothing was written, for these reasons."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(fault.en for fault in self.faults))


def wrong(code: str, ja: str, en: str) -> PydanticCustomError:
    """What a validator of a field raises."""
    return PydanticCustomError("said", "{en}", {"code": code, "ja": ja, "en": en})


def faults_of(invalid: ValidationError) -> list[Fault]:
    """The faults behind a failed validation, one for each place."""
    found: dict[Location, Fault] = {}
    for error in invalid.errors(include_url=False):
        path = tuple(step for step in error["loc"] if step not in ("str", "int", "bool"))
        found.setdefault(path, _fault(path, error))
    return list(found.values())


def _fault(path: Location, error: ErrorDetails) -> Fault:
    code, context = error["type"], error.get("ctx", {})
    if code == "said":
        return Fault(path, context["code"], context["ja"], context["en"])
    if code == "literal_error":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Fault(path, code, f"次のどれかにしてください：{choices}", f"It must be one of: {choices}")
    if code == "too_short":
        code = "none_given"  # a telephone number can be too short as well
    ja, en = _SENTENCES.get(code, ("この書き方は使えません。", "This is not allowed."))
    return Fault(path, code, _filled(ja, context), _filled(en, context))


def _filled(sentence: str, context: Mapping[str, object]) -> str:
    return sentence.format_map(context)
