"""The tables of the reference page: one for each model, written between two marks of the page."""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from yuimaru.core.kata import models
from yuimaru.core.kata.models import Expression, Line, Model, Name, Slug, Text, Version
from yuimaru.core.kata.models.words import Cell
from yuimaru.core.kata.reference.meanings import meanings, written

# The words of the page for what is more than its Python type.
KINDS: dict[Any, str] = {
    Expression: "expression",
    Line: "line",
    Name: "id",
    Slug: "name",
    Text: "text",
    Version: "`1.0.0`",
    Cell: "value",
    str: "text",
    int: "whole number",
    bool: "`true`, `false`",
    Any: "value",
}
HEAD = "| word | value | default | 意味 | meaning |\n|---|---|---|---|---|\n"
_TABLE = re.compile(r"<!-- words of (\w+) -->\n(?:\|.*\n)*")


def with_tables(page: str) -> str:
    """The page with the table of a model under each mark `<!-- words of MODEL -->`, whatever stood there before."""
    return _TABLE.sub(lambda mark: f"<!-- words of {mark[1]} -->\n{_table(getattr(models, mark[1]))}", page)


def _table(model: type[Model]) -> str:
    told = meanings()[model]
    hints = get_type_hints(model, include_extras=True)
    rows = []
    for name, field in model.model_fields.items():
        word = written(model, name)
        cells = (f"`{word}`", _values(hints[name], field), _default(field), told[word].ja, told[word].en)
        rows.append(f"| {' | '.join(cells)} |\n")
    return HEAD + "".join(rows)


def _values(hint: Any, field: FieldInfo) -> str:
    kind = _kind(hint)
    low, high = (None, None) if hint in KINDS and hint is not int else _bounds(field)
    if low is None and high is None:
        return kind
    between = f"{low:,}–{high:,}" if low is not None and high is not None else ""
    return f"{kind}, {between or (f'≤ {high:,}' if high is not None else f'≥ {low:,}')}"


def _kind(hint: Any) -> str:
    if hint in KINDS:
        return KINDS[hint]
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return ", ".join(f"`{each}`" for each in inner)
    if get_origin(hint) is Annotated:
        return _kind(inner[0])
    if get_origin(hint) is list:
        return f"list of {_kind(inner[0])}"
    if get_origin(hint) is dict:
        return f"{_kind(inner[0])} → {_kind(inner[1])}"
    if isinstance(hint, UnionType) or get_origin(hint) is not None:
        return " or ".join(dict.fromkeys(_kind(each) for each in inner if each is not NoneType))
    return f"`{hint.__name__}`"


def _bounds(field: FieldInfo) -> tuple[int | None, int | None]:
    """The least and the greatest number, or length of a list, that a field allows."""
    found: dict[str, int] = {}
    for rule in field.metadata:
        for word in ("ge", "le", "min_length", "max_length"):
            if getattr(rule, word, None) is not None:
                found[word] = getattr(rule, word)
    return found.get("ge", found.get("min_length")), found.get("le", found.get("max_length"))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ([], {}):
        return "-"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
