"""The outcome of a table for one person: outputs with the rows, grounds and everyday reasons behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.tables.compile import Table
from yuimaru.core.kata.tables.outputs import aggregated


@dataclass(frozen=True)
class Decided:
    """What a table says; `outputs` is None when it is not applicable, no row hits or a member is undecided."""

    table: str
    title: str
    hit_policy: str
    outputs: dict[str, Value] | None
    rows: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    per_member: list[Decided] = field(default_factory=list)


def decided(table: Table, facts: Facts) -> Decided:
    """Decide with all that explains it, once per member where the table says `each`; raises TableError."""
    if table.applies is not None and table.applies(facts) is not True:
        return _nothing(table)
    if table.decision.each is None:
        return _once(table, facts)
    members = facts.get(table.decision.each)
    if not isinstance(members, list):
        return _nothing(table)
    found = [_once(table, {**facts, **member}) for member in members if isinstance(member, dict)]
    outputs: dict[str, Value] | None = {
        output.id: aggregated(output, [each.outputs[output.id] for each in found if each.outputs is not None])
        for output in table.decision.outputs
    }
    return Decided(
        table.decision.id,
        table.decision.title,
        table.decision.hit,
        None if any(each.outputs is None for each in found) else outputs,
        _distinct(row for each in found for row in each.rows),
        _distinct(ground for each in found for ground in each.grounds),
        _distinct(note for each in found for note in each.notes),
        found,
    )


def _once(table: Table, facts: Facts) -> Decided:
    result = table.decide(facts)
    hits = table.rows(result)
    return Decided(
        table.decision.id,
        table.decision.title,
        table.decision.hit,
        result.outputs,
        list(result.rows),
        _distinct(row.ground for row in hits if row.ground),
        _distinct(row.note for row in hits if row.note),
    )


def _nothing(table: Table) -> Decided:
    return Decided(table.decision.id, table.decision.title, table.decision.hit, None)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
