"""Which steps and items are asked: one pass, because conditions name only earlier items; unknown hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.facts import Answers, Asked, Params, facts, member_facts
from yuimaru.core.kata.models import Item, Step
from yuimaru.core.kata.program import Program, Question, Screen, holds


def visible_steps(
    program: Program, form_id: str, answers: Answers, *, today: date, params: Params
) -> list[Step]:
    """The steps that are asked, given the answers so far."""
    known = facts(program, form_id, answers, today=today, params=params)
    return [screen.step for screen in program.screens(form_id) if holds(screen.when, known)]


def visible_items(
    program: Program,
    form_id: str,
    step: Step,
    answers: Answers,
    *,
    today: date,
    params: Params,
    member: int | None = None,
) -> list[Item]:
    """The items of a step that are asked; of one member of a repeated step with `member` (from 0)."""
    known = facts(program, form_id, answers, today=today, params=params)
    screen = program.screen(form_id, step.id)
    if not holds(screen.when, known):
        return []
    scope = known if step.repeat is None else member_facts(screen, known, member or 0)
    return [question.item for question in visible_questions(screen, scope)]


def visible_questions(screen: Screen, known: Facts) -> list[Question]:
    """The questions of a visible step whose condition is true."""
    return [each for each in screen.questions if each.when is None or each.when(known) is True]


class Entry(NamedTuple):
    """A visible question at its path: what its conditions see, and its stored answer or what was worked out."""

    path: str
    member: int | None
    question: Question
    scope: Facts
    value: Any


def entries(screen: Screen, answers: Answers, known: Facts) -> list[Entry]:
    """All visible questions of a visible step, member by member where it repeats."""
    group = screen.step.repeat
    if group is None:
        return entries_of(screen, answers, [Asked(None, visible_questions(screen, known), known)])
    scopes = (member_facts(screen, known, number) for number in range(len(members(answers, group.id))))
    asked = [Asked(number, visible_questions(screen, scope), scope) for number, scope in enumerate(scopes)]
    return entries_of(screen, answers, asked)


def entries_of(screen: Screen, answers: Answers, asked: Iterable[Asked]) -> list[Entry]:
    """The questions that a step asks, each at its path with its answer."""
    group = screen.step.repeat
    stored = members(answers, group.id) if group else []
    found = []
    for member, questions, scope in asked:
        own = answers if member is None else stored[member]
        prefix = f"{group.id}.{member}." if group else ""
        for question in questions:
            name = question.item.id
            value = (own if question.formula is None else scope).get(name)
            found.append(Entry(prefix + name, member, question, scope, value))
    return found


def members(answers: Answers, group: str) -> list[Mapping[str, Any]]:
    """The members of a repeat group as they are stored; what is no record counts as an empty one."""
    stored = answers.get(group)
    return [each if isinstance(each, dict) else {} for each in stored] if isinstance(stored, list) else []
