"""One moment of a conversation: which tables are certain, which questions the others wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from yuimaru.core.kata.conversation.moments import Moment
from yuimaru.core.kata.conversation.script import Script
from yuimaru.core.kata.conversation.trials import Trials
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.program import holds
from yuimaru.core.kata.tables import Decided, Table, decided


class Waiting:
    """What the tables wait for, given the answers so far; each is settled before those that may read it."""

    def __init__(self, script: Script, given: Mapping[str, Any], constants: Facts) -> None:
        self.script = script
        self.results: dict[str, Decided] = {}
        self._given = given
        self._settled: dict[str, Value] = {}
        self._trials = Trials(script, given, constants)

    def next_question(self) -> str | None:
        """The first question that can still change a result; None when all results are certain."""
        for name, table in self.script.program.tables.items():
            wanted = self._wanted(name, table)
            if wanted is not None:
                return wanted
        return None

    def may_be_asked(self) -> set[str]:
        """All questions that may still come, the next one included."""
        found = set[str]()
        moment = self._moment({})
        for name, table in self.script.program.tables.items():
            if name not in self._settled:
                found |= behind(moment, name, table)
        return found

    def left_out(self) -> int:
        """How many visible questions were not asked."""
        moment = self._moment({})
        return sum(
            place.question.item.asks and moment.visible(place)
            for name, place in self.script.places.items()
            if name not in self._given
        )

    def _wanted(self, name: str, table: Table) -> str | None:
        """The question that the result of one table waits for; what cannot change it is assumed to be answered."""
        assumed: dict[str, Any] = {}
        while True:
            moment = self._moment(assumed)
            wanted = first_open(moment, name, table)
            if wanted is None:
                self.results[name] = decided(table, moment.known)
                self._settled[name] = self.results[name].outputs
                return None
            others = moment.bound(behind(moment, name, table))
            found = self._trials.try_out(table, wanted, others, assumed, self._settled)
            if found is None:
                return wanted
            assumed |= found

    def _moment(self, assumed: Mapping[str, Any]) -> Moment:
        known = {**self._trials.facts(assumed), **self._settled}
        return Moment(self.script, self._given, assumed, known, self._settled)


def first_open(moment: Moment, name: str, table: Table) -> str | None:
    """The first question that a table waits for as its rows are written."""
    applies = moment.script.applies[name]
    if moment.waiting(applies):
        return moment.first(applies)
    if table.decision.each is not None or not holds(table.applies, moment.known):
        return None
    rows = islice(live_rows(moment, name, table), 1 if table.decision.hit == "F" else None)
    return next((moment.first(reads) for reads in rows if reads), None)


def behind(moment: Moment, name: str, table: Table) -> set[str]:
    """All questions that may still be asked for a table."""
    applies = moment.script.applies[name]
    found = moment.behind(applies)
    if moment.waiting(applies) or holds(table.applies, moment.known):
        found |= set().union(*map(moment.behind, live_rows(moment, name, table)))
    return found


def live_rows(moment: Moment, name: str, table: Table) -> Iterator[Iterable[str]]:
    """For each row that no certain cell has killed, what its other cells read, in the order of questions."""
    scope = table.scope(moment.known)
    for row, cells in enumerate(moment.script.rows[name]):
        open_reads: dict[str, None] = {}
        for cell in cells:
            if moment.waiting(cell.reads):
                open_reads |= dict.fromkeys(cell.reads)
            elif cell.column is not None:
                column = table.columns[cell.column]
                if column.tests[row](scope[column.id], scope) is not True:
                    break
        else:
            yield list(open_reads)
