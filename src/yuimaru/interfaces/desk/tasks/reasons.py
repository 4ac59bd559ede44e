"""What follows from the answers, by which row of which table, on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from yuimaru.core.japan.eras import format_date
from yuimaru.core.kata import facts as kata_facts
from yuimaru.core.kata.expressions import Value, names
from yuimaru.core.kata.models import Cell, Decision, TableOutput
from yuimaru.core.kata.tables import Decided
from yuimaru.interfaces.desk.tasks.answers import Reader


@dataclass(frozen=True)
class Rule:
    """A row that applied: where it stands in its table, its reason in everyday words, its ground."""

    number: int
    note: str
    ground: str


@dataclass(frozen=True)
class Reason:
    """The outcome of one table; `rules` and `members` are left out where they would tell hidden answers."""

    title: str
    results: list[str]
    grounds: list[str]
    rules: list[Rule]
    members: list[list[str]]


def reasons(reader: Reader) -> list[Reason]:
    """The outcome of every table that applies, in the order of the kata."""
    program = reader.opened.program
    form = program.applicant_form.id
    known = kata_facts.facts(program, form, reader.answers, today=reader.today, params=program.params)
    hidden = _hidden_names(reader)
    found = []
    for table, decided in kata_facts.decide_all(program, known).items():
        decision = program.decision(table)
        is_open = not (_reads(decision) & hidden)
        if not is_open:
            hidden.add(table)
        if decided.outputs is not None:
            found.append(_reason(reader, decision, decided, is_open=is_open))
    return found


def _hidden_names(reader: Reader) -> set[str]:
    """The names in expressions behind which there is an answer that is hidden from this person."""
    hidden: set[str] = set()
    for step in reader.opened.program.applicant_form.steps:
        group = step.repeat.id if step.repeat else None
        closed = {item.id for item in step.items if reader.opened.view.of(item.id, group) != "shown"}
        hidden |= closed | ({group} if group and closed else set())
    return hidden


def _reads(decision: Decision) -> set[str]:
    """The names that a table reads: items, and other tables."""
    texts = [column.expression or column.id for column in decision.inputs]
    texts += [decision.when] if decision.when else []
    texts += [cell[1:] for row in decision.rows for cell in row.then if _is_formula(cell)]
    return set().union(*map(names, texts))


def _is_formula(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and cell.startswith("=")


def _reason(reader: Reader, decision: Decision, decided: Decided, *, is_open: bool) -> Reason:
    rules = [
        _rule(reader, decision, number) for number, row in enumerate(decision.rows) if row.id in decided.rows
    ]
    members = [_results(reader, decision, member) for member in decided.per_member]
    return Reason(
        title=reader.opened.program.text(f"decisions.{decision.id}.title", decision.title, reader.lang),
        results=_results(reader, decision, decided),
        grounds=list(dict.fromkeys(rule.ground for rule in rules if rule.ground)),
        rules=rules if is_open else [],
        members=members if is_open and len(members) > 1 else [],
    )


def _rule(reader: Reader, decision: Decision, number: int) -> Rule:
    row = decision.rows[number]
    path = f"decisions.{decision.id}.rows.{row.id}"
    text = reader.opened.program.text
    note = text(f"{path}.note", row.note, reader.lang) if row.note else ""
    return Rule(number + 1, note, text(f"{path}.ground", row.ground, reader.lang) if row.ground else "")


def _results(reader: Reader, decision: Decision, decided: Decided) -> list[str]:
    """The outputs with label and unit: 「対象のお子さん：2人」, 「45,000円」."""
    results = []
    for output in decision.outputs:
        value = (decided.outputs or {}).get(output.id)
        values = value if isinstance(value, list) else [value]
        words = [_words(reader, decision, output, one) for one in values if one is not None]
        if words:
            results.append(_labelled(reader, decision, output, words))
    return results


def _words(reader: Reader, decision: Decision, output: TableOutput, value: Value) -> str:
    is_japanese = reader.lang == "ja"
    if isinstance(value, bool):
        return ("はい" if value else "いいえ") if is_japanese else ("yes" if value else "no")
    if isinstance(value, date):
        return format_date(value, reader.lang)
    if isinstance(value, int | Decimal):
        path = f"decisions.{decision.id}.outputs.{output.id}.unit"
        unit = reader.opened.program.text(path, output.unit, reader.lang) if output.unit else ""
        return f"{value:,}{unit}" if is_japanese else f"{value:,} {unit}".rstrip()
    place = [one.id for one in decision.outputs].index(output.id)
    row = next((row.id for row in decision.rows if row.then[place] == value), "")
    return reader.opened.program.text(
        f"decisions.{decision.id}.rows.{row}.then.{output.id}", str(value), reader.lang
    )


def _labelled(reader: Reader, decision: Decision, output: TableOutput, words: list[str]) -> str:
    is_japanese = reader.lang == "ja"
    said = ("、" if is_japanese else ", ").join(words)
    if not output.label:
        return said
    label = reader.opened.program.text(
        f"decisions.{decision.id}.outputs.{output.id}.label", output.label, reader.lang
    )
    return f"{label}：{said}" if is_japanese else f"{label}: {said}"
