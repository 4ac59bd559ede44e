"""A form as a conversation: one question at a time, and only those that can still change the result.

A row of a table is dead when an answered cell fails, open while one of its cells waits for an answer. The question
asked is the first open cell of the first live row, so that rows about emergencies, which stand first, are settled
first. For hit policy F the first live row without open cells is the result; for U any such row is, because a checked
table has no overlap; for C+ all live rows must close. The result always equals that of the full form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from yuimaru.core.kata.expressions import Value, names
from yuimaru.core.kata.expressions.names import cell_names
from yuimaru.core.kata.facts import Answers, Params, decide_all, facts
from yuimaru.core.kata.models import Item, Step
from yuimaru.core.kata.program import Program, Question, Screen, holds
from yuimaru.core.kata.tables import Decided, Table, decided
from yuimaru.core.kata.tables.outputs import formula_in


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a conversation stands: questions answered in order, the next one, or the result.

    `remaining` is the least and the most number of questions still to come, the one asked included; `skipped` how
    many visible questions the result made needless.
    """

    asked: list[str]
    question: Item | None
    step: Step | None
    remaining: tuple[int, int]
    result: dict[str, Decided] | None
    skipped: int


def turn(program: Program, form_id: str, answers: Answers, *, today: date, params: Params) -> Turn:
    """The next turn, given the answers so far; an answer of None is a question that was skipped.

    Answers to questions that this way does not ask (an earlier answer was changed) count for nothing.
    """
    script = _script(program, form_id)
    given: dict[str, Any] = {}
    while True:
        state = _State(script, given, facts(program, form_id, given, today=today, params=params))
        wanted = state.next_question()
        if wanted is None:
            result = decide_all(program, state.known)
            return Turn(list(given), None, None, (0, 0), result, state.left_out())
        if wanted not in answers:
            place = script.places[wanted]
            return Turn(list(given), place.question.item, place.screen.step, state.remaining(), None, 0)
        given[wanted] = answers[wanted]


@dataclass(frozen=True, slots=True)
class _Place:
    """A question in its step, with the names that decide whether it is asked."""

    screen: Screen
    question: Question
    depends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """What must be known for one cell of a row; without a column it stands for the formulas of the outputs."""

    column: int | None
    reads: tuple[str, ...]


@dataclass(frozen=True)
class _Script:
    """What stays the same during a conversation."""

    program: Program
    places: dict[str, _Place]
    rows: dict[str, list[list[_Cell]]]
    applies: dict[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def _script(program: Program, form_id: str) -> _Script:
    places: dict[str, _Place] = {}
    for screen in program.screens(form_id):
        for question in screen.questions if screen.step.repeat is None else ():
            conditions = [text for text in (screen.step.when, question.item.when) if text]
            depends = {name for text in conditions for name in names(text)}
            places[question.item.id] = _Place(
                screen, question, tuple(each for each in places if each in depends)
            )
    order = (*places, *program.tables)

    def ordered(reads: Iterable[str]) -> tuple[str, ...]:
        found = set(reads)
        return tuple(name for name in order if name in found)

    return _Script(
        program,
        places,
        {
            name: [
                [_Cell(column, ordered(reads)) for column, reads in _reads(table, row)]
                for row in _rows(table)
            ]
            for name, table in program.tables.items()
        },
        {
            name: ordered(names(table.decision.when)) if table.decision.when else ()
            for name, table in program.tables.items()
        },
    )


def _rows(table: Table) -> range:
    return range(len(table.decision.rows))


def _reads(table: Table, row: int) -> Iterator[tuple[int | None, set[str]]]:
    """The testing cells of a row by column, then its formulas, each with the names read, directly or by columns."""
    columns = {column.id: set(column.names) for column in table.columns}

    def through(found: set[str]) -> set[str]:
        return found.union(*(columns[each] for each in found & columns.keys()))

    for place, column in enumerate(table.columns):
        if column.cells[row].tests:
            yield place, columns[column.id] | through(cell_names(column.cells[row]))
    formulas = [formula for cell in table.decision.rows[row].then if (formula := formula_in(cell))]
    if formulas:
        yield None, through({name for formula in formulas for name in names(formula)})


@dataclass(slots=True)
class _State:
    """One moment of a conversation: what is certain, which rows live, what waits."""

    script: _Script
    given: Mapping[str, Any]
    known: dict[str, Value]
    settled: dict[str, Value] = field(default_factory=dict)  # the outputs of tables whose result is certain
    open: dict[str, bool] = field(default_factory=dict)  # which questions wait, as far as it was asked

    def next_question(self) -> str | None:
        """The first question that can still change a result; None when all results are certain."""
        for name, table in self.script.program.tables.items():
            wanted = self._wanted(name, table)
            if wanted is not None:
                return wanted
            self.settled[name] = self.known[name] = decided(table, self.known).outputs
        return None

    def remaining(self) -> tuple[int, int]:
        """Bounds on the number of questions to come, the next one included."""
        least, possible = 1, set[str]()
        for name, table in self.script.program.tables.items():
            if name in self.settled:
                continue
            applies = self.script.applies[name]
            possible |= self._behind(applies)
            if not self._waiting(applies) and not holds(table.applies, self.known):
                continue
            rows = list(self._live_rows(name, table))
            possible |= set().union(*map(self._behind, rows))
            if not self._waiting(applies) and table.decision.hit == "F":
                least = max(least, self._least(rows))
        return least, max(least, len(possible))

    def left_out(self) -> int:
        """How many visible questions were not asked."""
        places = self.script.places
        return sum(self._visible(places[name]) for name in places if name not in self.given)

    def _wanted(self, name: str, table: Table) -> str | None:
        """The question that the result of one table waits for."""
        applies = self.script.applies[name]
        if self._waiting(applies):
            return self._first(applies)
        if table.decision.each is not None or not holds(table.applies, self.known):
            return None
        rows = list(islice(self._live_rows(name, table), 1 if table.decision.hit == "F" else None))
        if table.decision.hit == "U" and any(not reads for reads in rows):
            return None
        return next((self._first(reads) for reads in rows if reads), None)

    def _live_rows(self, name: str, table: Table) -> Iterator[list[str]]:
        """For each row that no certain cell has killed, what its other cells read, in the order of questions."""
        scope = table.scope(self.known)
        for row, cells in enumerate(self.script.rows[name]):
            open_reads: dict[str, None] = {}
            for cell in cells:
                if self._waiting(cell.reads):
                    open_reads |= dict.fromkeys(cell.reads)
                elif cell.column is not None:
                    column = table.columns[cell.column]
                    if column.tests[row](scope[column.id], scope) is not True:
                        break
            else:
                yield list(open_reads)

    def _least(self, rows: Sequence[Sequence[str]]) -> int:
        """At least so many questions are needed until the first row that holds is known.

        Whichever row it will be, all its visible questions are asked, and every row before it must fall by a question
        of its own; rows that share no question need different ones.
        """
        outcomes: list[int] = []
        fallen: list[set[str]] = []
        for reads in rows:
            own = {each for each in self._waiting(reads) if self._certainly_asked(each)}
            outcomes.append(len(own) + sum(not behind & own for behind in fallen))
            if not reads:
                return min(outcomes)
            behind = self._behind(reads)
            if not any(behind & each for each in fallen):
                fallen.append(behind)
        return min([*outcomes, len(fallen)])  # or no row holds

    def _waiting(self, reads: Iterable[str]) -> list[str]:
        return [name for name in reads if self._uncertain(name)]

    def _uncertain(self, name: str) -> bool:
        """Whether a name has no certain value yet: a table not settled, a question asked or still perhaps asked."""
        place = self.script.places.get(name)
        if place is None:
            return name in self.script.program.tables and name not in self.settled
        if name not in self.open:
            asked = name not in self.given
            self.open[name] = asked and (bool(self._waiting(place.depends)) or self._visible(place))
        return self.open[name]

    def _certainly_asked(self, name: str) -> bool:
        place = self.script.places.get(name)
        return place is not None and not self._waiting(place.depends)

    def _first(self, reads: Iterable[str]) -> str | None:
        """The question to ask for the first name that waits; what decides on its being asked comes before it."""
        waiting = [name for name in self._waiting(reads) if name in self.script.places]
        if not waiting:
            return None
        return self._first(self.script.places[waiting[0]].depends) or waiting[0]

    def _behind(self, reads: Iterable[str]) -> set[str]:
        """All questions that may still be asked for some names, through conditions and other tables too."""
        found: set[str] = set()
        for name in self._waiting(reads):
            if name in self.script.places:
                found |= {name} | self._behind(self.script.places[name].depends)
            else:
                found |= self._behind(self.script.applies[name])
                for cells in self.script.rows[name]:
                    for cell in cells:
                        found |= self._behind(cell.reads)
        return found

    def _visible(self, place: _Place) -> bool:
        return holds(place.screen.when, self.known) and holds(place.question.when, self.known)
