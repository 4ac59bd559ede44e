"""What a proof says in the end."""

from __future__ import annotations

from typing import NotRequired, TypedDict

Figure = int | float | bool | list[str]


class Part(TypedDict):
    """One part: `ok` is None, with a reason, where this machine cannot run it, which proves nothing."""

    id: str
    ok: bool | None
    figures: dict[str, Figure]
    skipped: NotRequired[str]


def skipped(id: str, reason: str) -> Part:
    """A part that could not be run here, and why."""
    return {"id": id, "ok": None, "figures": {}, "skipped": reason}


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)
