"""個人番号 among answers: typed as twelve digits, kept elsewhere (番号法第12条); in its place stands a reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.program import Program

KEPT = "kept"


def reference(id: str) -> dict[str, str]:
    """What stands in answers for a number that is kept under this id."""
    return {KEPT: id}


def is_reference(value: Any) -> bool:
    """Whether an answer only says where the number is kept."""
    return isinstance(value, Mapping) and value.keys() == {KEPT} and isinstance(value[KEPT], str)


def asks_for_numbers(program: Program) -> bool:
    """Whether any form of the kata asks for one."""
    return any(_items(program))


def typed_numbers(program: Program, answers: Answers) -> dict[str, str]:
    """The numbers that stand in answers themselves, by item; they are never asked for within a repeat."""
    found = ((name, answers.get(name)) for name in _items(program))
    return {name: value for name, value in found if isinstance(value, str) and value}


def references(answers: Answers) -> frozenset[str]:
    """The ids of the kept numbers that answers speak of."""
    return frozenset(value[KEPT] for value in answers.values() if is_reference(value))


def _items(program: Program) -> Iterator[str]:
    steps = (step for form in program.kata.forms for step in form.steps if step.repeat is None)
    return (item.id for step in steps for item in step.items if item.type == "individual_number")
