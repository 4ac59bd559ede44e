"""Turns stored answers into facts: the typed values that conditions, tables and workflows read.

Stored answers are JSON. A value that does not fit its item, or an item that is hidden, is unknown (None): nothing in
here fails on strange answers, the checks of `forms` report them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeAlias

from yuimaru.core.japan.partial_dates import read_date
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program, Question, Screen, holds
from yuimaru.core.kata.tables import Decided, decided

TODAY = "今日"

Answers: TypeAlias = Mapping[str, Any]
Params: TypeAlias = Mapping[str, Value]


def facts(
    program: Program,
    form_id: str,
    answers: Answers,
    *,
    today: date,
    params: Params,
    before: str | None = None,
) -> dict[str, Value]:
    """Everything that conditions and tables may name, for the answers of one form; raises UnknownName.

    With `before`, only what stands before that step.
    """
    known: dict[str, Value] = {TODAY: today, **program.params, **params}
    for screen in program.screens(form_id):
        if screen.step.id == before:
            break
        ask(screen, answers, known)
    return known


class Asked(NamedTuple):
    """The questions of a screen that are asked, once or of one member (from 0), and what their conditions see."""

    member: int | None
    questions: list[Question]
    scope: Facts


def ask(screen: Screen, answers: Answers, known: dict[str, Value]) -> list[Asked]:
    """Put the facts of one screen to those that are known before it; what it asks, nothing when it is left out."""
    shown = holds(screen.when, known)
    group = screen.step.repeat
    if group is None:
        questions = _add_items(screen, answers, known, shown)
        return [Asked(None, questions, known)] if shown else []
    stored = answers.get(group.id)
    if not shown or not isinstance(stored, list):
        known[group.id] = None
        return []
    found = []
    for number, member in enumerate(stored):
        own = dict(known)
        questions = _add_items(screen, member if isinstance(member, dict) else {}, own, shown)
        found.append(Asked(number, questions, own))
    names = [question.item.id for question in screen.questions]
    known[group.id] = [{name: each.scope[name] for name in names} for each in found]
    return found


def decide_all(program: Program, facts: Facts) -> dict[str, Decided]:
    """All tables in their order; later ones may read earlier ones. Raises TableError."""
    known = dict(facts)
    results: dict[str, Decided] = {}
    for name, table in program.tables.items():
        result = decided(table, known)
        results[name] = result
        known[name] = result.outputs
    return results


def with_decisions(facts: Facts, decisions: Mapping[str, Decided]) -> dict[str, Value]:
    """The facts together with the outputs of tables, as workflows and notices name them (月額.円)."""
    return {**facts, **{name: result.outputs for name, result in decisions.items()}}


def member_facts(screen: Screen, facts: Facts, number: int) -> dict[str, Value]:
    """The facts as one member of a repeated step sees them: its own items over all outer ones."""
    group = screen.step.repeat
    members = facts.get(group.id) if group else None
    record = members[number] if isinstance(members, list) and number < len(members) else None
    own = record if isinstance(record, dict) else {question.item.id: None for question in screen.questions}
    return {**facts, **own}


def value_of(item: Item, stored: Any) -> Value:
    """The typed value of a stored answer; None when there is none or it does not fit the item."""
    if stored is None:
        return None
    return _partial_date(stored) if item.partial else _READERS[item.type](stored)


def _add_items(screen: Screen, answers: Answers, known: dict[str, Value], shown: bool) -> list[Question]:
    """Add the values of the items of a screen; the questions that are asked."""
    asked = []
    for question in screen.questions:
        item, when = question.item, question.when
        if not shown or (when is not None and when(known) is not True):
            known[item.id] = None
            continue
        asked.append(question)
        stored = answers.get(item.id)
        if question.formula is not None:
            known[item.id] = question.formula(known)
        else:
            known[item.id] = None if stored is None else value_of(item, stored)
    return asked


def _text(stored: Any) -> Value:
    return stored if isinstance(stored, str) and stored else None


def _date(stored: Any) -> Value:
    try:
        return date.fromisoformat(stored) if isinstance(stored, str) else None
    except ValueError:
        return None


def _partial_date(stored: Any) -> Value:
    try:
        return read_date(stored) if isinstance(stored, str) else None
    except ValueError:
        return None


def _time(stored: Any) -> Value:
    """A time of day stays text, "08:30": as text it is also ordered."""
    try:
        return time.fromisoformat(stored).strftime("%H:%M") if isinstance(stored, str) else None
    except ValueError:
        return None


def _month(stored: Any) -> Value:
    return _date(f"{stored}-01")


def _signature(stored: Any) -> Value:
    if not isinstance(stored, dict):
        return None
    return {"name": _text(stored.get("name")), "on": _date(stored.get("on"))}


def _never(stored: Any) -> Value:
    return None


def _truth(stored: Any) -> Value:
    return stored if isinstance(stored, bool) else None


def _whole(stored: Any) -> Value:
    return stored if type(stored) is int else None


def _number(stored: Any) -> Value:
    if type(stored) is int:
        return stored
    try:
        number = Decimal(stored) if isinstance(stored, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _choices(stored: Any) -> Value:
    whole = isinstance(stored, list) and all(isinstance(each, str) for each in stored)
    return list(stored) if whole and stored else None


def _record(stored: Any) -> Value:
    if not isinstance(stored, dict):
        return None
    return {str(key): value for key, value in stored.items() if isinstance(value, (str, int))}


_READERS: dict[str, Callable[[Any], Value]] = {
    "text": _text,
    "longtext": _text,
    "name": _text,
    "kana": _text,
    "address": _text,
    "phone": _text,
    "mail": _text,
    "choice": _text,
    "date": _date,
    "yesno": _truth,
    "consent": _truth,
    "int": _whole,
    "number": _number,
    "choices": _choices,
    "bank_account": _record,
    "file": _record,
    "money": _whole,
    "time": _time,
    "month": _month,
    "signature": _signature,
    "individual_number": _never,
    "computed": _never,
    "explanation": _never,
}
