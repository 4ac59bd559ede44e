"""Says in words what the models refuse: one finding per place, with file, line and the nearest right word."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Protocol

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from yuimaru.core.kata import models
from yuimaru.core.kata.problems import KataProblem
from yuimaru.core.kata.source import Location

_TEXT = (
    "文字で書いてください。数字や true は引用符で囲みます。",
    "Write text. Put numbers and true in quotes.",
)
_YESNO = ("true か false で書いてください。", "Write true or false.")
_WHOLE = ("整数で書いてください。", "Write a whole number.")
_LONG = ("長すぎます。{max_length}までにしてください。", "Too long. Keep it within {max_length}.")
_EMPTY = ("空にはできません。1つ以上書いてください。", "This cannot be empty. Write at least one.")
_PAIRS = ("「名前: 値」の組で書いてください。", "Write pairs of “name: value”.")
_SENTENCES: dict[str, tuple[str, str]] = {
    "string_type": _TEXT,
    "bool_type": _YESNO,
    "bool_parsing": _YESNO,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "string_too_long": _LONG,
    "too_long": _LONG,
    "string_too_short": _EMPTY,
    "too_short": _EMPTY,
    "greater_than_equal": ("{ge}以上の数にしてください。", "The number must be at least {ge}."),
    "less_than_equal": ("{le}以下の数にしてください。", "The number must be at most {le}."),
    "list_type": ("一覧（- で始まる行）で書いてください。", "Write a list (lines beginning with -)."),
    "model_type": _PAIRS,
    "dict_type": _PAIRS,
    "model_attributes_type": _PAIRS,
}


class Places(Protocol):
    """Finds file, line and path for a place in the data of a package."""

    def place(self, data: object, location: Location) -> tuple[str, int | None, str]: ...


def explain_invalid(invalid: ValidationError, data: object, places: Places) -> list[KataProblem]:
    """The findings of a failed validation in both languages, sorted by file and line."""
    found: dict[tuple[str, str], KataProblem] = {}
    for error in invalid.errors(include_url=False, include_context=True):
        location = _written(data, error["loc"])
        missing = str(error["loc"][-1]) if error["type"] == "missing" else None
        file, line, path = places.place(data, location)
        where = f"{path}.{missing}".lstrip(".") if missing else path
        ja, en = _sentences(error, str(location[-1]) if location else "", missing)
        found.setdefault((file, where), KataProblem(file, line, where, error["type"], ja, en))
    return sorted(found.values(), key=lambda problem: (problem.file, problem.line or 0))


def words() -> frozenset[str]:
    """All words of the language: the names of the fields of every model."""
    return frozenset(
        info.alias or name
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, info in model.model_fields.items()
    )


def _written(data: object, location: tuple[int | str, ...]) -> Location:
    """The part of a location that stands in the data; pydantic adds the members of unions to it."""
    known: list[int | str] = []
    for step in location:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not in_list and not (isinstance(data, Mapping) and step in data):
            break
        data = data[step]  # type: ignore[index]
        known.append(step)
    return tuple(known)


def _sentences(error: ErrorDetails, name: str, missing: str | None) -> tuple[str, str]:
    code, context = error["type"], error.get("ctx", {})
    if missing is not None:
        return f"「{missing}」がありません。書き足してください。", f"“{missing}” is missing. Add it."
    if code == "extra_forbidden":
        return _unknown_word(name)
    if code == "string_pattern_mismatch":
        return _pattern(str(error["input"]))
    if code == "literal_error":
        choices = str(context.get("expected", "")).replace(" or ", ", ")
        return f"次のどれかを書いてください：{choices}", f"Write one of: {choices}"
    if code in _SENTENCES:
        ja, en = _SENTENCES[code]
        return ja.format_map(context), en.format_map(context)
    return "この書き方は使えません。", f"This is not allowed: {error['msg']}."


def _unknown_word(name: str) -> tuple[str, str]:
    near = get_close_matches(name, words(), n=1, cutoff=0.7)
    ja, en = f"「{name}」という語はありません。", f"There is no word “{name}”."
    return (f"{ja}「{near[0]}」のことですか。", f"{en} Did you mean “{near[0]}”?") if near else (ja, en)


def _pattern(text: str) -> tuple[str, str]:
    return (
        f"「{text[:40]}」はここに書けません。idは文字・数字・「_」で、数字以外から始めます。"
        "型の名前と例のidは英小文字・数字・「-」、版は 1.0.0 の形で書きます。",
        f"“{text[:40]}” cannot stand here. An id is made of letters, digits and _ and does not begin with a digit;"
        " names of kata and examples of a-z, 0-9 and -; a version has the form 1.0.0.",
    )
