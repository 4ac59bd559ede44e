"""Paths made of ids: how findings, translations and differences name a place in a kata.

`forms.請求.請求者.氏名.label`: list members go by their id, and `steps` and `items` are not spelt out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yuimaru.core.kata.models import Kata
from yuimaru.core.kata.source import Location

SILENT = frozenset({"steps", "items"})

# What a person reads on a screen and a translator may give in another language.
READ_ALOUD = frozenset({
    "title", "summary", "disclaimer", "label", "hint", "message", "lead", "resident_title", "resident_text",
    "subject", "body", "text", "note", "ground", "unit", "law", "deadline", "fee", "result",
})  # fmt: skip
LISTS_READ_ALOUD = frozenset({"bring", "keywords"})
RECORDS = frozenset({"approval"})  # what stands in it becomes a record of the house, in Japanese


def id_path(data: object, location: Location) -> str:
    """The path of ids of a place in the data of a file; what the data does not have is named as written."""
    parts: list[str] = []
    for step in location:
        data = _child(data, step)
        if isinstance(step, int):
            parts.append(_name(data, step))
        elif step not in SILENT or not isinstance(data, list):
            parts.append(step)
    return ".".join(parts)


def texts(kata: Kata) -> dict[str, str]:
    """Every text of a kata that can be translated, by its path, in Japanese."""
    data = kata.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return dict(_texts(data, ()))


def _texts(data: Any, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        here = (*parts, key)
        if isinstance(value, str) and key in READ_ALOUD:
            yield ".".join(here), value
        elif isinstance(value, dict) and key not in RECORDS:
            yield from _texts(value, here)
        elif isinstance(value, list):
            inside = parts if key in SILENT else here
            for number, member in enumerate(value):
                if isinstance(member, dict):
                    yield from _texts(member, (*inside, _name(member, number)))
                elif isinstance(member, str) and key in LISTS_READ_ALOUD:
                    yield ".".join((*inside, str(number))), member
    if "outputs" in data and "rows" in data:
        yield from _results(data, parts)


def _results(decision: Any, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The words a table gives out: text cells that are not expressions."""
    for row in decision["rows"]:
        for output, cell in zip(decision["outputs"], row["then"], strict=False):
            if isinstance(cell, str) and output.get("type", "text") == "text" and not cell.startswith("="):
                yield ".".join((*parts, "rows", row["id"], "then", output["id"])), cell


def _child(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _name(data: object, number: int) -> str:
    if isinstance(data, dict) and isinstance(data.get("id"), str):
        return str(data["id"])
    return str(number)
