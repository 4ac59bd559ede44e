"""A form's answers as JSON Schema (draft 2020-12), for systems that send them through the API.

Questions that are not asked or not answered are left out. The schema then never refuses what the form takes; what
only the form can tell, such as conditions, check digits and the days of a month, it leaves to the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from yuimaru.core.kata.forms import values
from yuimaru.core.kata.models import Form, Item, Step

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PARTIAL_DATE = r"^([0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]|XX)|XX-XX)|.*不詳)$"


def answers_schema(form: Form, title: str) -> Schema:
    """The schema of all answers of a form: one property for each item and group, and no others."""
    return {"$schema": DIALECT, "title": title, **_object(form.steps)}


def _object(steps: list[Step]) -> Schema:
    properties: Schema = {}
    required: list[str] = []
    for step in steps:
        if step.repeat is not None:
            properties[step.repeat.id] = _group(step)
            if step.when is None and step.repeat.min > 0:
                required.append(step.repeat.id)
            continue
        properties |= _items(step)
        required += _required(step) if step.when is None else []
    return _closed(properties, required)


def _group(step: Step) -> Schema:
    assert step.repeat is not None
    return {
        "type": "array",
        "title": step.repeat.title,
        "items": _closed(_items(step), _required(step)),
        "minItems": step.repeat.min,
        "maxItems": step.repeat.max,
    }


def _items(step: Step) -> Schema:
    """Files have no place: they come by the pages only, because an id of a file is no proof of having handed it in."""
    return {item.id: _item(item) for item in step.items if item.asks and item.type != "file"}


def _required(step: Step) -> list[str]:
    return [item.id for item in step.items if item.asks and item.required and item.when is None]


def _closed(properties: Schema, required: list[str]) -> Schema:
    shape: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**shape, "required": required} if required else shape


def _item(item: Item) -> Schema:
    found = {"title": item.label, **_SHAPES[item.type](item)}
    if item.hint:
        found["description"] = item.hint
    return found


def _line(item: Item) -> Schema:
    longtext = item.type == "longtext"
    limit = item.max_length or (values.LONGEST_TEXT if longtext else values.LONGEST_LINE)
    return {"type": "string", "pattern": r"\S", "maxLength": limit}


def _texts(pattern: str) -> Callable[[Item], Schema]:
    return lambda item: {"type": "string", "pattern": pattern}


def _date(item: Item) -> Schema:
    return {"type": "string", "pattern": _PARTIAL_DATE if item.partial else _DATE}


def _truth(item: Item) -> Schema:
    return {"const": True} if item.type == "consent" and item.required else {"type": "boolean"}


def _choice(item: Item) -> Schema:
    return {"enum": [option.id for option in item.options]}


def _choices(item: Item) -> Schema:
    return {"type": "array", "items": _choice(item), "uniqueItems": True, "minItems": 1}


def _whole(item: Item) -> Schema:
    low = 0 if item.type == "money" and item.min is None else item.min
    bounds = {"minimum": low, "maximum": item.max}
    return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}


def _number(item: Item) -> Schema:
    return {"anyOf": [_whole(item), {"type": "string", "pattern": f"^{values.NUMBER}$"}]}


def _account(item: Item) -> Schema:
    parts: Schema = {
        "bank_name": {"type": "string", "pattern": r"\S", "maxLength": values.LONGEST_LINE},
        "branch_name": {"type": "string", "pattern": r"\S", "maxLength": values.LONGEST_LINE},
        "bank_code": {"type": "string", "pattern": "^([0-9]{4})?$"},
        "branch_code": {"type": "string", "pattern": "^([0-9]{3})?$"},
        "kind": {"enum": list(values.ACCOUNT_KINDS)},
        "number": {"type": "string", "pattern": "^[0-9]{7}$"},
        "holder": {"type": "string", "minLength": 1},
    }
    return _closed(parts, [part for part in parts if not part.endswith("_code")])


def _signature(item: Item) -> Schema:
    name = {"type": "string", "pattern": r"\S", "maxLength": values.LONGEST_LINE}
    parts = {"name": name, "agreed": {"const": True}, "on": {"type": "string", "pattern": _DATE}}
    return _closed(parts, list(parts))


_SHAPES: dict[str, Callable[[Item], Schema]] = {
    "text": _line,
    "longtext": _line,
    "name": _line,
    "address": _line,
    "kana": _line,
    "phone": _line,
    "mail": _line,
    "date": _date,
    "yesno": _truth,
    "consent": _truth,
    "choice": _choice,
    "choices": _choices,
    "int": _whole,
    "money": _whole,
    "number": _number,
    "time": _texts("^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    "month": _texts("^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"),
    "individual_number": _texts("^[0-9]{12}$"),
    "bank_account": _account,
    "signature": _signature,
}
