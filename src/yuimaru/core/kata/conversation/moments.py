"""Which names are certain at one moment of a conversation, and which questions stand behind those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yuimaru.core.kata.conversation.script import Place, Script
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.program import holds


@dataclass(slots=True)
class Moment:
    """Answers given, answers that are assumed because any would do, and what follows from both."""

    script: Script
    given: Mapping[str, Any]
    assumed: Mapping[str, Any]
    known: Mapping[str, Value]
    settled: Mapping[str, Value]  # the outputs of tables whose result is certain
    open: dict[str, bool] = field(default_factory=dict)  # which names wait, as far as it was asked

    def waiting(self, reads: Iterable[str]) -> list[str]:
        """The names that have no certain value yet."""
        return [name for name in reads if self._uncertain(name)]

    def first(self, reads: Iterable[str]) -> str | None:
        """The question to ask for the first name that waits; what decides on its being asked comes before it."""
        for name in self.waiting(reads):
            place = self.script.places.get(name)
            if place is None:
                continue
            before = self.first(place.shown_by) or self.first(place.checked_by)
            return before or (name if place.question.item.asks else self.first(place.made_of))
        return None

    def behind(self, reads: Iterable[str]) -> set[str]:
        """All questions that may still be asked for some names, through conditions and other tables too."""
        found: set[str] = set()
        for name in self.waiting(reads):
            place = self.script.places.get(name)
            if place is not None:
                asked = {name} if place.question.item.asks and not self._answered(name) else set()
                found |= asked | self.behind((*place.shown_by, *place.checked_by, *place.made_of))
            else:
                found |= self.behind(self.script.applies[name])
                for cells in self.script.rows[name]:
                    for cell in cells:
                        found |= self.behind(cell.reads)
        return found

    def bound(self, found: set[str]) -> set[str]:
        """Some questions with all those whose `check` reads one of them, so that not every answer goes with it."""
        for name, place in self.script.places.items():
            if name not in found and found & {*place.checked_by}:
                found = found | self.behind([name])
        return found

    def visible(self, place: Place) -> bool:
        """Whether a question is asked, as far as is known."""
        return holds(place.screen.when, self.known) and holds(place.question.when, self.known)

    def _uncertain(self, name: str) -> bool:
        """Whether a name has no certain value: a table not settled, a question asked or still perhaps asked."""
        place = self.script.places.get(name)
        if place is None:
            return name in self.script.program.tables and name not in self.settled
        if name not in self.open:
            self.open[name] = self._is_open(name, place)
        return self.open[name]

    def _is_open(self, name: str, place: Place) -> bool:
        if self.waiting(place.shown_by):
            return True
        if self._answered(name) or not self.visible(place):
            return False
        return place.question.item.asks or bool(self.waiting(place.made_of))

    def _answered(self, name: str) -> bool:
        return name in self.given or name in self.assumed
