"""The shape of a proof: under which terms it runs, and what it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Figure = float | int | str | bool | None | list[str]
Figures = Mapping[str, Figure]
Pace = Literal["quick", "usual", "full"]


@dataclass(frozen=True)
class Terms:
    """How a part is to run: how far, how often instead, and on which store (None: SQLite in a data folder)."""

    pace: Pace = "usual"
    count: int | None = None
    database: str | None = None

    def times(self, *, quick: int, usual: int, full: int) -> int:
        """How often the part repeats what it does."""
        return self.count or {"quick": quick, "usual": usual, "full": full}[self.pace]


@dataclass(frozen=True)
class Part:
    """Whether a promise held, and the figures that say so. `ok` is None where this machine cannot try it."""

    ok: bool | None
    figures: Figures = field(default_factory=dict)
    skipped: str = ""


Prove = Callable[[Terms], Part]


def skipped(reason: str) -> Part:
    """A part that could not be run here, and why."""
    return Part(None, skipped=reason)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)
