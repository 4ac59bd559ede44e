"""Finding items of a kata by what they are: who applies, where to write, what is never shown."""

from __future__ import annotations

from collections.abc import Iterator

from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.models import Item, ItemType
from yuimaru.core.kata.program import Program


def applicant_items(program: Program) -> list[Item]:
    """The applicant form's items outside repeat groups, in order."""
    return [item for step in program.applicant_form.steps if step.repeat is None for item in step.items]


def first_of(program: Program, item_type: ItemType) -> str | None:
    """The id of the first item of a type: the first name is the applicant's, the first mail where to write."""
    return next((item.id for item in applicant_items(program) if item.type == item_type), None)


def sensitive(program: Program) -> frozenset[str]:
    """The ids of items that are never shown back in full."""
    steps = (step for form in program.kata.forms for step in form.steps)
    return frozenset(item.id for step in steps for item in step.items if item.sensitive)


def file_ids(program: Program, answers: Answers) -> frozenset[str]:
    """The ids of the stored files that answers name, wherever in the forms they are asked for."""
    return frozenset(_file_ids(program, answers))


def _file_ids(program: Program, answers: Answers) -> Iterator[str]:
    for form in program.kata.forms:
        for step in form.steps:
            members = answers.get(step.repeat.id) or [] if step.repeat else [answers]
            for item in step.items:
                if item.type == "file":
                    yield from (member[item.id]["id"] for member in members if member.get(item.id))


def whereabouts(program: Program) -> frozenset[str]:
    """The ids of items that tell where somebody is or can be reached: never in mails, nor shown back afterwards."""
    steps = (step for form in program.kata.forms for step in form.steps)
    return frozenset(item.id for step in steps for item in step.items if item.tells_whereabouts)
