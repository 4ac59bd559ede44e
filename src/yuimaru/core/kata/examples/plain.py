"""Values as examples and JSON write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yuimaru.core.japan.partial_dates import PartialDate
from yuimaru.core.kata.expressions import Value


def plain(value: Value) -> Any:
    """A value as examples and JSON write it: whole numbers, text for decimals, ISO dates."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (date, PartialDate)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return format(value, "f")
