"""How a person types answers: each part of a value into a field of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Typed = dict[str, str | list[str]]


def typed_in(given: Mapping[str, Any], prefix: str = "") -> Typed:
    """Stored answers as they are typed into the fields of the form."""
    typed: Typed = {}
    for name, value in given.items():
        path = prefix + name
        if isinstance(value, list):
            typed[f"{path}.count"] = str(len(value))
            for place, member in enumerate(value):
                typed |= typed_in(member, f"{path}.{place}.")
        elif isinstance(value, dict):
            typed |= {f"{path}.{part}": text for part, text in value.items()}
        elif isinstance(value, bool):
            typed[path] = "true" if value else "false"
        elif name.endswith(("日", "生年月日")) and isinstance(value, str):
            year, month, day = value.split("-")
            typed |= {f"{path}.era": "西暦", f"{path}.year": year, f"{path}.month": month, f"{path}.day": day}
        else:
            typed[path] = str(value)
    return typed
