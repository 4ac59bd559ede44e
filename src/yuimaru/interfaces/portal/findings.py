"""いまの入力でわかること: what the decision tables say so far, in words, with their grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yuimaru.core.japan import eras
from yuimaru.core.kata.expressions import Value, names
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.models import Decision, Step, TableOutput
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Decided
from yuimaru.interfaces.portal.screens import Filling

YEARS = ("年", "年度")  # units whose figures are not grouped


@dataclass(frozen=True)
class Finding:
    """One result: what it is about, what it is, why, and on which ground."""

    title: str
    what: str
    why: str
    ground: str


def findings(filling: Filling) -> list[Finding]:
    """What is certain so far; while nothing is, that is said, and never guessed."""
    program = filling.program
    known = facts(program, filling.form_id, filling.answers, today=filling.today, params=program.params)
    waiting = _open_names(filling)
    found = [
        _finding(program, program.decision(name), result, filling.lang)
        for name, result in decide_all(program, known).items()
        if result.outputs is not None and name not in waiting
    ]
    if found or not waiting & program.tables.keys():
        return found
    titles = [
        program.text(f"decisions.{name}.title", table.decision.title, filling.lang)
        for name, table in program.tables.items()
    ]
    return [
        Finding(_list(titles, filling.lang), _("Not decided yet"), _("Your next answers will show it."), "")
    ]


def _open_names(filling: Filling) -> set[str]:
    """Items still to be answered, and tables that read one: an unknown answer must not pass for a no."""
    waiting: set[str] = set()
    shown = {step.id for step in filling.steps()}
    for step in filling.program.form(filling.form_id).steps:
        for answers, asked in _records(filling, step, step.id in shown):
            for item in step.items:
                reads = set().union(*(names(text) for text in (step.when, item.when) if text))
                missing = item.required and answers.get(item.id) is None
                if missing if item.id in asked else reads & waiting:
                    waiting.add(item.id)
    for name, table in filling.program.tables.items():
        if _reads(table.decision) & waiting:
            waiting.add(name)
    return waiting


def _records(filling: Filling, step: Step, shown: bool) -> Iterator[tuple[Mapping[str, Any], set[str]]]:
    """The answers of a screen, once per member of its group, with the ids of the items that are asked."""
    records = filling.answers.get(step.repeat.id) or [{}] if step.repeat else [filling.answers]
    for number, answers in enumerate(records):
        items = filling.items(step, number if step.repeat else None) if shown else []
        yield answers, {item.id for item in items}


def _reads(decision: Decision) -> set[str]:
    """The names that a table's columns, condition and results read."""
    texts = [column.expression or column.id for column in decision.inputs]
    texts += [decision.when] if decision.when else []
    results = [cell for row in decision.rows for cell in row.then]
    texts += [cell[1:] for cell in results if isinstance(cell, str) and cell.startswith("=")]
    return set().union(*map(names, texts))


def _finding(program: Program, decision: Decision, result: Decided, lang: str) -> Finding:
    path = f"decisions.{decision.id}"
    outputs = result.outputs or {}
    # Of a table's words the last output is the sentence for people; for each member they would be a list.
    figures = [output for output in decision.outputs if output.type in ("int", "date")]
    words = [] if decision.each else [output for output in decision.outputs if output.type == "text"][-1:]
    several = sum(output.type == "date" for output in figures) > 1
    what = [
        _in_words(program, path, result, output, outputs.get(output.id), lang, named=several)
        for output in (*figures, *words)
    ]
    rows = [row for row in decision.rows if row.id in result.rows]
    notes = [program.text(f"{path}.rows.{row.id}.note", row.note, lang) for row in rows if row.note]
    grounds = [program.text(f"{path}.rows.{row.id}.ground", row.ground, lang) for row in rows if row.ground]
    return Finding(
        program.text(f"{path}.title", decision.title, lang),
        _list([text for text in what if text], lang),
        "\n".join(dict.fromkeys(notes)),
        _list(list(dict.fromkeys(grounds)), lang),
    )


def _in_words(
    program: Program,
    path: str,
    result: Decided,
    output: TableOutput,
    value: Value,
    lang: str,
    *,
    named: bool,
) -> str:
    """The result in words; a date says what it is when it is `named`, a figure always does."""
    if output.type == "text":
        return output_text(program, path, result, output.id, value, lang)
    if value is None:
        return ""
    label = program.text(f"{path}.outputs.{output.id}.label", output.label or output.id, lang)
    if output.type == "date":
        day = eras.format_date(value, lang)  # type: ignore[arg-type]
        return f"{label} {day}" if named else day
    unit = program.text(f"{path}.outputs.{output.id}.unit", output.unit or "", lang)
    space = " " if lang == "en" else ""
    figure = f"{value}" if output.unit in YEARS else f"{int(str(value)):,}"
    return f"{label} {figure}{space}{unit}"


def output_text(program: Program, path: str, result: Decided, output_id: str, value: Value, lang: str) -> str:
    """A text that a table gave out, in the language of the page."""
    plain = "" if value is None else str(value)
    return (
        program.text(f"{path}.rows.{result.rows[0]}.then.{output_id}", plain, lang) if result.rows else plain
    )


def _list(texts: list[str], lang: str) -> str:
    return (", " if lang == "en" else "、").join(texts)
