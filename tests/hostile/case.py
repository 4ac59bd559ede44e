"""A nasty file: its name, how its bytes are made, and the code that refuses it (None: it is read, within limits)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes are made when they are needed: some are large."""

    name: str
    make: Callable[[], bytes]
    code: str | None
    what: str = ""

    @property
    def label(self) -> str:
        return self.what or self.name
