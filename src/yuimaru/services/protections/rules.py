"""Who an application speaks of, how such a person is found without being named, and how long a measure holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from yuimaru.core.japan.names import search_key
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program


class State(StrEnum):
    """How a measure stands on a day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    ENDED = "ended"
    LIFTED = "lifted"


NAMES = ("name", "kana")
BIRTH = "生年月日"


class InvalidMeasure(ValueError):
    """The person or the dates of a measure cannot stand; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Mention:
    """Somebody of whom an application speaks; `born` is None where it gives no date beside the name."""

    name: str
    born: date | None

    @property
    def words(self) -> tuple[str, str]:
        """What is compared: the folded name and the day of birth."""
        return search_key(self.name), self.born.isoformat() if self.born else ""


def a_year_on(day: date) -> date:
    """The last day of a measure of one year from that day (住民基本台帳事務処理要領 第5-10)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def require_period(*, since: date, until: date, on: date) -> None:
    """Refuse dates out of order, in the past, or longer than a year from the day it is recorded or begins."""
    if until < max(since, on) or until > a_year_on(max(since, on)):
        raise InvalidMeasure("until")


def state(*, since: date, until: date, lifted_at: datetime | None, on: date) -> State:
    """How a measure of these dates stands."""
    if lifted_at is not None:
        return State.LIFTED
    if until < on:
        return State.ENDED
    return State.IN_FORCE if since <= on else State.COMING


def known_by(*, name: str, kana: str, born: date) -> set[Mention]:
    """All that a protected person may be found by; without a date of birth the name alone must do."""
    if not search_key(name):
        raise InvalidMeasure("name")
    called = {one for one in (name, kana) if search_key(one)}
    return {Mention(one, day) for one in called for day in (born, None)}


def mentions(program: Program, answers: Mapping[str, Any]) -> set[Mention]:
    """Everybody whom the answers name, with the 生年月日 given in the same place.

    A screen is a place, and so is each member of a group. A name without one goes by itself, and is found by
    itself: a false find costs an official's look, a missed one may cost a life.
    """
    found: set[Mention] = set()
    for names, dates in _places(program, answers):
        found |= {Mention(name, day) for name in names for day in dates}
        found |= {Mention(name, None) for name in names if not dates}
    return found


def _places(program: Program, answers: Mapping[str, Any]) -> Iterator[tuple[list[str], list[date]]]:
    for step in program.applicant_form.steps:
        if step.repeat is None:
            yield _given(step.items, answers)
            continue
        for member in answers.get(step.repeat.id) or []:
            yield _given(step.items, member)


def _given(items: list[Item], answers: Mapping[str, Any]) -> tuple[list[str], list[date]]:
    names = [str(answers[item.id]) for item in items if item.type in NAMES and answers.get(item.id)]
    births = [item for item in items if item.type == "date" and BIRTH in item.label]
    return names, [day for item in births if (day := _day(answers.get(item.id))) is not None]


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def attached(answers: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the files that come with the answers."""
    for value in answers.values():
        if isinstance(value, list):
            for member in value:
                yield from attached(member) if isinstance(member, dict) else ()
        elif isinstance(value, dict) and "media_type" in value and value.get("id"):
            yield str(value["id"])
