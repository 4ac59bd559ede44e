"""One measured number beside the number that it must reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """A figure: `target` must be reached, `goal` is what we aim at. Without its data `value` is None (skipped)."""

    name: str
    value: float | None
    unit: str
    target: float | None = None
    goal: float | None = None
    better: Literal["more", "less"] = "more"

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is nothing to compare."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.better == "more" else self.value <= self.target

    def as_json(self) -> dict[str, object]:
        """The figure as the contract of `bench --json` words it."""
        return {
            "value": self.value,
            "unit": self.unit,
            "target": self.target,
            "met": self.met,
            "goal": self.goal,
        }
