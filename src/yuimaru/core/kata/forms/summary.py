"""Answers as people read them: for the confirmation page, the receipt, the desk and notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.facts import Answers, Params, facts
from yuimaru.core.kata.forms.checking import Voice, clean
from yuimaru.core.kata.forms.display import account_lines, display, is_said
from yuimaru.core.kata.forms.messages import word
from yuimaru.core.kata.forms.prefill import Origin, provenance
from yuimaru.core.kata.forms.visibility import Entry, entries
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program, holds


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line: the path of the item, its label, the answer in words."""

    path: str
    label: str
    value: str
    sensitive: bool = False
    source: str = ""  # where the answer came from, when it was not typed


@dataclass(frozen=True, slots=True)
class SummaryStep:
    """The lines of one step, or of one member of a repeated step (`member`, from 0)."""

    step_id: str
    title: str
    rows: list[SummaryRow]
    member: int | None = None


def summary(
    program: Program, form_id: str, answers: Answers, *, today: date, params: Params, lang: str = "ja"
) -> list[SummaryStep]:
    """All answers to what is asked, in words; sensitive ones only as "entered"."""
    known = facts(program, form_id, answers, today=today, params=params)
    asked = clean(program, form_id, answers, today=today, params=params)
    origin = Origin(program, form_id, asked, today, lang)
    steps: list[SummaryStep] = []
    for screen in program.screens(form_id):
        if holds(screen.when, known):
            steps += _step(Voice(program, form_id, screen, lang), answers, known, origin)
    return steps


def _step(voice: Voice, answers: Answers, known: Facts, origin: Origin) -> list[SummaryStep]:
    step = voice.screen.step
    rows: dict[int | None, list[SummaryRow]] = {}
    for entry in entries(voice.screen, answers, known):
        source = provenance(origin, entry.question.item, entry.value)
        rows.setdefault(entry.member, []).extend(_rows(voice, entry, source))
    if step.repeat is None:
        path = f"forms.{voice.form_id}.{step.id}.title"
        title = voice.program.text(path, step.title, voice.lang)
        return [SummaryStep(step.id, title, lines) for lines in rows.values() if lines]
    name, counter = voice.group(step.repeat), step.repeat.counter

    def title_of(number: int) -> str:
        return f"{name}（{number}{counter}目）" if voice.lang == "ja" else f"{name} ({number})"

    return [
        SummaryStep(step.id, title_of((member or 0) + 1), lines, member) for member, lines in rows.items()
    ]


def _rows(voice: Voice, entry: Entry, source: str) -> Iterator[SummaryRow]:
    item, value, lang = entry.question.item, entry.value, voice.lang
    label = voice.text(item, "label")
    if item.type == "explanation":
        return
    if not is_said(item, value):
        yield SummaryRow(entry.path, label, word("empty", lang), item.sensitive)
    elif item.type == "bank_account":
        holder = word("account_holder", lang)
        for name, text in account_lines(value, lang):
            yield SummaryRow(entry.path, name, text, item.sensitive, source if name == holder else "")
    elif item.sensitive:
        yield SummaryRow(entry.path, label, word("hidden", lang), True)
    else:
        yield SummaryRow(entry.path, label, _said(voice, item, value), source=source)


def _said(voice: Voice, item: Item, value: Any) -> str:
    return display(voice.program, voice.form_id, voice.screen.step.id, item, value, voice.lang)


def worked_out(
    program: Program, form_id: str, step_id: str, answers: Answers, *, today: date, params: Params, lang: str
) -> dict[str, str]:
    """The values of a step's computed items in words, by path."""
    known = facts(program, form_id, answers, today=today, params=params)
    voice = Voice(program, form_id, program.screen(form_id, step_id), lang)
    return {
        entry.path: _said(voice, entry.question.item, entry.value)
        for entry in entries(voice.screen, answers, known)
        if entry.question.item.type == "computed"
    }
