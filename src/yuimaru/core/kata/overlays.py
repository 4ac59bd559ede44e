"""独自変更: what one municipality words or sets differently, laid over whatever version of a kata it adopts.

A place is named by its path of ids, as differences and findings name it: `forms.請求.請求者.氏名.label`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError

from yuimaru.core.kata.invalid import explain_invalid
from yuimaru.core.kata.models import Cell, Package
from yuimaru.core.kata.package import Sources
from yuimaru.core.kata.paths import SILENT
from yuimaru.core.kata.problems import KataErrors

Overlay: TypeAlias = Mapping[str, Cell]

_FIXED = frozenset({"kata", "version", "language", "id"})


class NoSuchPlace(ValueError):
    """The kata has no single word or number at this path, or one that nobody but its publisher may change."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def overlaid(package: Package, overlay: Overlay) -> Package:
    """The package with each named word or number replaced; translations are `i18n.en.` and the path of the text.

    :raises NoSuchPlace: a path leads nowhere in this version.
    :raises KataErrors: a value does not fit its place.
    """
    if not overlay:
        return package
    everything = package.model_dump(mode="json", by_alias=True)
    data = package.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for path, value in overlay.items():
        inside, name = _place(everything, path)
        is_one_word = name in inside and not isinstance(inside[name], (dict, list))
        if not is_one_word or name in _FIXED:
            raise NoSuchPlace(path)
        holder, name = _place(data, path)
        holder[name] = value
    try:
        return Package.model_validate(data)
    except ValidationError as invalid:
        raise KataErrors(explain_invalid(invalid, data, Sources())) from None


def _place(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """What holds the last part of a path, and the name of that part."""
    match path.split(".", 2):
        case ["i18n", language, text]:
            return data.get("i18n", {}).get(language, {}), text
        case ["guidance", language]:
            return data.get("guidance", {}), language
    *way, name = path.split(".")
    inside: Any = data["kata"]
    for step in way:
        inside = _child(inside, step, path)
    if not isinstance(inside, dict):
        raise NoSuchPlace(path)
    return inside, name


def _child(inside: Any, step: str, path: str) -> Any:
    """What a step of a path leads to: a part by its name, a member of a list by its id."""
    if isinstance(inside, dict) and step in inside:
        return inside[step]
    lists = [inside] if isinstance(inside, list) else [inside.get(name) for name in SILENT if name in inside]
    found = [
        each
        for members in lists
        if isinstance(members, list)
        for each in members
        if isinstance(each, dict) and each.get("id") == step
    ]
    if len(found) != 1:
        raise NoSuchPlace(path)
    return found[0]
