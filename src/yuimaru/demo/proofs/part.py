"""The shape of a proof: under which terms it runs, and what it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figures = Mapping[str, float | int | str | None]


@dataclass(frozen=True)
class Terms:
    """How a part is to run: in full or as a quick sample, and on which store (None: SQLite in a data folder)."""

    full: bool = True
    database: str | None = None


@dataclass(frozen=True)
class Part:
    """Whether a promise held, and the figures that say so."""

    ok: bool
    figures: Figures


Prove = Callable[[Terms], Part]
