"""Answers as people read them: for the confirmation page, the receipt, the desk and notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yuimaru.core.japan.eras import format_date
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.facts import Answers, Params, facts, value_of
from yuimaru.core.kata.forms.checking import Voice
from yuimaru.core.kata.forms.messages import word
from yuimaru.core.kata.forms.values import is_blank
from yuimaru.core.kata.forms.visibility import Entry, entries
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program, holds

SHOWN_DIGITS = 3  # of an account number


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line: the path of the item, its label, the answer in words."""

    path: str
    label: str
    value: str
    sensitive: bool = False


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
    steps: list[SummaryStep] = []
    for screen in program.screens(form_id):
        if holds(screen.when, known):
            steps += _step(Voice(program, form_id, screen, lang), answers, known)
    return steps


def display(program: Program, form_id: str, step_id: str, item: Item, value: Any, lang: str = "ja") -> str:
    """One answer in words on one line, without regard to whether it is sensitive; empty when there is none."""
    if is_blank(value) or value_of(item, value) is None:
        return ""
    match item.type:
        case "date":
            return _date(value, lang)
        case "yesno":
            return word("yes" if value is True else "no", lang)
        case "consent":
            return word("agreed" if value is True else "not_agreed", lang)
        case "choice":
            return program.option_text(form_id, step_id, item, str(value), lang)
        case "choices":
            labels = [program.option_text(form_id, step_id, item, str(each), lang) for each in value]
            return ("、" if lang == "ja" else ", ").join(labels)
        case "bank_account":
            return " ".join(text for _, text in _account(value, lang))
        case "file":
            return str(value.get("name", "")) if isinstance(value, dict) else ""
    return str(value)


def _step(voice: Voice, answers: Answers, known: Facts) -> list[SummaryStep]:
    step = voice.screen.step
    rows: dict[int | None, list[SummaryRow]] = {}
    for entry in entries(voice.screen, answers, known):
        rows.setdefault(entry.member, []).extend(_rows(voice, entry))
    if step.repeat is None:
        path = f"forms.{voice.form_id}.{step.id}.title"
        title = voice.program.text(path, step.title, voice.lang)
        return [SummaryStep(step.id, title, lines) for lines in rows.values()]
    name, counter = voice.group(step.repeat), step.repeat.counter

    def title_of(number: int) -> str:
        return f"{name}（{number}{counter}目）" if voice.lang == "ja" else f"{name} ({number})"

    return [
        SummaryStep(step.id, title_of((member or 0) + 1), lines, member) for member, lines in rows.items()
    ]


def _rows(voice: Voice, entry: Entry) -> Iterator[SummaryRow]:
    item, value, lang = entry.question.item, entry.value, voice.lang
    label = voice.text(item, "label")
    if is_blank(value) or value_of(item, value) is None:
        yield SummaryRow(entry.path, label, word("empty", lang), item.sensitive)
    elif item.type == "bank_account":
        for name, text in _account(value, lang):
            yield SummaryRow(entry.path, name, text, item.sensitive)
    elif item.sensitive:
        yield SummaryRow(entry.path, label, word("hidden", lang), True)
    else:
        text = display(voice.program, voice.form_id, voice.screen.step.id, item, value, lang)
        yield SummaryRow(entry.path, label, text)


def _account(value: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """An account in three lines; of its number only the last digits, as on every screen and letter."""
    kind = word(str(value.get("kind", "")), lang)
    bank = f"{value.get('bank_name', '')} {value.get('branch_name', '')}"
    yield word("bank", lang), f"{bank}（{kind}）" if lang == "ja" else f"{bank} ({kind})"
    yield word("account", lang), word("ending", lang, tail=str(value.get("number", ""))[-SHOWN_DIGITS:])
    yield word("account_holder", lang), str(value.get("holder", ""))


def _date(value: Any, lang: str) -> str:
    try:
        return format_date(date.fromisoformat(str(value)), lang, weekday=False)
    except ValueError:
        return str(value)
