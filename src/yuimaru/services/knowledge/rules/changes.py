"""Two measurements of the same set side by side: which question came off worse, which better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yuimaru.core.text.probes import KINDS
from yuimaru.services.knowledge.rules.scoring import Result

FORM = 1  # of what is saved


class NotSaved(Exception):
    """This is not what an earlier measurement saved."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is kept of a question's result."""

    kind: str
    outcome: str
    merit: int


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose result is of another rank than before."""

    now: Result
    before: Before

    @property
    def is_worse(self) -> bool:
        """Whether the reader gets less than before."""
        return self.now.merit < self.before.merit

    @property
    def is_loss(self) -> bool:
        """Whether it got worse although the documents answer it."""
        return self.is_worse and self.now.probe.is_answered


def as_saved(results: Sequence[Result], *, municipality: str, day: str) -> dict[str, object]:
    """Give what a later measurement is held against."""
    return {
        "form": FORM,
        "municipality": municipality,
        "day": day,
        "results": {
            one.probe.id: {"kind": one.probe.kind, "outcome": one.outcome, "merit": one.merit}
            for one in results
        },
    }


def read_saved(saved: Any) -> dict[str, Before]:
    """Read what was saved, by the id of the question; raises NotSaved."""
    try:
        if saved["form"] != FORM:
            raise NotSaved
        earlier = {key: Before(**kept) for key, kept in saved["results"].items()}
    except (KeyError, TypeError, AttributeError):
        raise NotSaved from None
    if not all(kept.kind in KINDS and isinstance(kept.merit, int) for kept in earlier.values()):
        raise NotSaved
    return earlier


def changes(earlier: Mapping[str, Before], results: Sequence[Result]) -> list[Change]:
    """List the questions that came off differently, in their order; new ones and those of another kind now are not."""
    pairs = ((one, earlier.get(one.probe.id)) for one in results)
    return [
        Change(one, before)
        for one, before in pairs
        if before is not None and before.kind == one.probe.kind and before.merit != one.merit
    ]
