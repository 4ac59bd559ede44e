"""What a resident types for an answer, field by field."""

from __future__ import annotations

from typing import Any


def as_typed(given: dict[str, Any], prefix: str = "") -> dict[str, str | list[str]]:
    """Answers as they are typed into the fields of the form."""
    typed: dict[str, str | list[str]] = {}
    for name, value in given.items():
        path = prefix + name
        if isinstance(value, list):
            typed[f"{path}.count"] = str(len(value))
            for place, member in enumerate(value):
                typed |= as_typed(member, f"{path}.{place}.")
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
