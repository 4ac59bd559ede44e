"""A JSON Schema (2020-12) of the whole kata.yaml, so that editors complete its words and tell what they mean."""

from __future__ import annotations

from typing import Any

from yuimaru.core.kata.models import Kata, Option
from yuimaru.core.kata.reference.meanings import ABOUT, meanings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What `\w` is to Python, in words that the regular expressions of editors, which mean ASCII by it, share.
NAME_PATTERN = r"^[^\W\d]\w{0,40}$"
SHARED_PATTERN = r"^[^\s!-@\[-\^`{-~][^\s!-/:-@\[-\^`{-~]{0,40}$"
BARE_OPTION = {"type": "string", "minLength": 1, "maxLength": 200}


def language_schema() -> dict[str, Any]:
    """The schema of `kata.yaml`; what a `kata check` finds beyond the shape, such as unknown names, it cannot say."""
    found = Kata.model_json_schema(by_alias=True)
    parts: dict[str, Any] = {Kata.__name__: found, **found["$defs"]}
    for model, told in meanings().items():
        if model.__name__ in parts:
            _describe(parts[model.__name__], told)
    option = found["$defs"][Option.__name__]
    found["$defs"][Option.__name__] = {
        "title": option.pop("title"),
        "description": option.pop("description"),
        "anyOf": [BARE_OPTION, option],
    }
    return {"$schema": DIALECT, **_plain(found)}


def _describe(part: dict[str, Any], told: Any) -> None:
    """Put our words in place of those that the models give: Japanese ones, at every property."""
    part["description"] = part["title"] = told[ABOUT].ja
    for word, schema in part["properties"].items():
        schema.pop("title", None)
        schema["description"] = told[word].ja


def _plain(schema: Any) -> Any:
    """Without `null` where leaving the word out says the same, and with numbers wherever a cell may be whole."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {word: _plain(each) for word, each in schema.items() if not (word == "default" and each is None)}
    if found.get("pattern") == NAME_PATTERN:
        found["pattern"] = SHARED_PATTERN
    if NAME_PATTERN in found:  # of `patternProperties`: a mapping by name
        found[SHARED_PATTERN] = found.pop(NAME_PATTERN)
    kinds = found.get("anyOf")
    if not isinstance(kinds, list) or {"type": "null"} not in kinds:
        return found
    if {"type": "boolean"} in kinds:  # a cell: 37.5 is text to us and a number to editors
        return {**found, "anyOf": [{"type": ["string", "number", "boolean", "null"]}]}
    rest = [each for each in kinds if each != {"type": "null"}]
    del found["anyOf"]
    return {**rest[0], **found} if len(rest) == 1 else {**found, "anyOf": rest}
