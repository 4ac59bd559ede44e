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
_BY_PATH = ("i18n", "guidance")  # parts of a package whose own keys are whole paths or languages


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
    data = package.model_dump(mode="json", by_alias=True)
    for path, value in overlay.items():
        holder, name = _place(data, path)
        holder[name] = value
    try:
        return Package.model_validate(data)
    except ValidationError as invalid:
        raise KataErrors(explain_invalid(invalid, data, Sources())) from None


def _place(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    part, _, rest = path.partition(".")
    if part in _BY_PATH:
        holder: Any = data[part]
        if part == "i18n":
            language, _, rest = rest.partition(".")
            holder = holder.get(language, {})
        inside, name = holder, rest
    else:
        *way, name = path.split(".")
        inside = data["kata"]
        for step in way:
            inside = _child(inside, step, path)
    if not isinstance(inside, dict) or name not in inside or name in _FIXED:
        raise NoSuchPlace(path)
    if isinstance(inside[name], (dict, list)):
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
