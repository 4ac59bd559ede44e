"""Tries a question out before it is asked: whether any answer to it, whatever else is answered, changes a table's result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import product
from math import prod
from typing import Any

from yuimaru.core.kata.conversation.alternatives import alternatives
from yuimaru.core.kata.conversation.script import Script
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.facts import TODAY, facts
from yuimaru.core.kata.program import holds
from yuimaru.core.kata.tables import Table, TableError, decided

MOST_CASES = 2_000  # about a tenth of a second; with more a question is asked that may turn out needless


class Trials:
    """All that may still be answered, as far as a list of cases stands for it."""

    def __init__(self, script: Script, given: Mapping[str, Any], constants: Facts) -> None:
        self.script = script
        self.given = given
        self.constants = constants

    def facts(self, assumed: Mapping[str, Any]) -> dict[str, Value]:
        """What is known with the given and some assumed answers."""
        today: Any = self.constants[TODAY]
        answers = {**self.given, **assumed}
        return facts(self.script.program, self.script.form_id, answers, today=today, params=self.constants)

    def try_out(
        self,
        table: Table,
        wanted: str,
        others: Set[str],
        assumed: Mapping[str, Any],
        settled: Facts,
    ) -> dict[str, Any] | None:
        """Answers that may be assumed because no others change the table's result; None when the question matters.

        Where there are more cases than can be gone through, it counts as one that matters.
        """
        cases = self._cases(wanted, others)
        if cases is None:
            return None
        results: dict[str, set[str]] = {}
        harmless: dict[str, Any] = {}
        for rest, answer in cases:
            answers = {**rest, wanted: answer}
            known = {**self.facts({**assumed, **answers}), **settled}
            if not all(self._taken(name, known) for name in answers):
                continue
            if not harmless or self._asked(wanted, known):
                harmless = answers
            found = results.setdefault(repr(rest), set())
            found.add(_result(table, known))
            if len(found) > 1:
                return None
        if len(set().union(*results.values())) == 1:
            return harmless
        return {wanted: harmless[wanted]} if results and not self._bound(wanted, others) else None

    def _cases(self, wanted: str, others: Set[str]) -> Iterator[tuple[dict[str, Any], Any]] | None:
        """Every answer to the question together with all that may be answered beside it; None for too many."""
        names = sorted(others - {wanted})
        lists = []
        for name in (*names, wanted):
            item = self.script.places[name].question.item
            found = alternatives(item, self.script.readings, self.constants)
            if found is None:
                return None
            lists.append(found)
        if prod(map(len, lists)) > MOST_CASES:
            return None
        return ((dict(zip(names, each, strict=False)), each[-1]) for each in product(*lists))

    def _taken(self, name: str, known: Facts) -> bool:
        """Whether an answer passes the `check` of its item, or is not asked for at all."""
        question = self.script.places[name].question
        if question.check is None or not self._asked(name, known):
            return True
        verdict = question.check(known)
        return verdict is True or (verdict is None and not question.item.required)

    def _asked(self, name: str, known: Facts) -> bool:
        place = self.script.places[name]
        return holds(place.screen.when, known) and holds(place.question.when, known)

    def _bound(self, wanted: str, others: Set[str]) -> bool:
        """Whether a `check` binds the question to another one that is open."""
        places = self.script.places
        return any(
            wanted in places[name].checked_by or (name == wanted and others & {*places[name].checked_by})
            for name in others
        )


def _result(table: Table, known: Facts) -> str:
    try:
        found = decided(table, known)
    except TableError as error:
        return str(error)
    return repr((found.rows, found.outputs))
