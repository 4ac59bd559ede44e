"""What becomes of answers when the form under them changes: an answer is kept, or the case stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from yuimaru.core.kata.facts import Answers, facts
from yuimaru.core.kata.forms.checking import check_answers, clean
from yuimaru.core.kata.forms.values import faults, is_blank
from yuimaru.core.kata.forms.visibility import entries
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.moves.reasons import Reason, reason
from yuimaru.core.kata.program import Program, holds

Change = Literal["kept", "retyped", "missing", "unchecked", "lost"]

_TO_BE_TOLD: dict[str, Change] = {
    "required": "missing",
    "check": "unchecked",
    "few_members": "unchecked",
    "many_members": "unchecked",
}


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """One answer: its path, what the item is called, and what becomes of it.

    `missing`: newly required and not given. `unchecked`: kept, though it would not pass the new form's check.
    """

    path: str
    label: str
    change: Change


class Filled(NamedTuple):
    """Answers to one form of a program on a day."""

    program: Program
    form_id: str
    answers: Answers
    today: date


class _Place(NamedTuple):
    step: str
    item: Item


def answer_moves(before: Filled, program: Program, form_id: str) -> tuple[list[AnswerMove], list[Reason]]:
    """What becomes of each answer to a form under the form of another definition, and why some would be lost."""
    asked = clean(*before[:3], today=before.today, params=before.program.params)
    after = Filled(program, form_id, asked, before.today)
    old, new = dict(_given(before._replace(answers=asked))), dict(_given(after))
    where = _items(program, form_id)
    moves: list[AnswerMove] = []
    reasons: list[Reason] = []
    for path, place in old.items():
        code = _lost(path, place.item, after, new, where)
        here = f"forms.{before.form_id}.{place.step}.{place.item.id}"
        if code is not None:
            other = _namesake(place.item, before, where) if code == "gone" else ""
            reasons.append(reason("renamed" if other else code, here, place.item.label, other))
        kept: Change = "kept" if code is None else "lost"
        if code is None and new[path].item.type != place.item.type:
            kept = "retyped"
        moves.append(AnswerMove(path, place.item.label, kept))
    return moves + list(_told(after, new)), reasons


def _lost(
    path: str, item: Item, after: Filled, new: dict[str, _Place], where: dict[str, _Place]
) -> str | None:
    """The code of the reason for which an answer would be lost; None when it is kept."""
    known = where.get(_without_number(path))
    if known is None or not known.item.asks:
        return "gone"
    if path not in new:
        return "hidden"
    return "unfit" if any(faults(known.item, _value(after.answers, path))) else None


def _given(filled: Filled) -> Iterator[tuple[str, _Place]]:
    """What is asked and answered, by path."""
    program, form_id, answers, today = filled
    known = facts(program, form_id, answers, today=today, params=program.params)
    for screen in program.screens(form_id):
        if holds(screen.when, known):
            for entry in entries(screen, answers, known):
                if entry.question.item.asks and not is_blank(entry.value):
                    yield entry.path, _Place(screen.step.id, entry.question.item)


def _items(program: Program, form_id: str) -> dict[str, _Place]:
    """Every item of a form by its path without the number of a member."""
    return {
        f"{step.repeat.id}.{item.id}" if step.repeat else item.id: _Place(step.id, item)
        for step in program.form(form_id).steps
        for item in step.items
    }


def _namesake(item: Item, before: Filled, where: dict[str, _Place]) -> str:
    """The id of an item that is new and has the same label."""
    known = _items(before.program, before.form_id)
    found = (path for path, place in where.items() if path not in known and place.item.label == item.label)
    return next(found, "")


def _told(after: Filled, new: dict[str, _Place]) -> Iterator[AnswerMove]:
    """What the new form would have wanted besides."""
    where = _items(after.program, after.form_id)
    program, form_id, answers, today = after
    for problem in check_answers(program, form_id, answers, today=today, params=program.params):
        change = _TO_BE_TOLD.get(problem.code)
        if change is not None:
            place = new.get(problem.path) or where.get(_without_number(problem.path))
            yield AnswerMove(problem.path, place.item.label if place else problem.path, change)


def _without_number(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _value(answers: Answers, path: str) -> object:
    group, *rest = path.split(".")
    return answers[group][int(rest[0])][rest[1]] if rest else answers[group]
