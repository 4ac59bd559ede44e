"""What was sent and is not shown back: whoever opens a correction knows two numbers, not that they are the applicant.

The same for everybody, so that it says nothing about anybody. A field left empty keeps what was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from yuimaru.core.kata.items import whereabouts
from yuimaru.core.kata.models import Step
from yuimaru.interfaces.look.fields import Field, Typed, typed_answers
from yuimaru.interfaces.portal.screens import Filling, FormScreen


def closed(filling: Filling, step: Step, sent: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """The fields of a screen, with their texts, that tell whereabouts as they were sent."""
    known = set(_told(filling, sent))
    return {path: texts for path, texts in _fields(filling, step) if "\n".join(texts) in known}


def closed_everywhere(filling: Filling, sent: Mapping[str, Any]) -> set[str]:
    """The paths of all such answers of the form."""
    return {path for step in filling.steps() for path in closed(filling, step, sent)}


def emptied(screen: FormScreen, paths: Collection[str]) -> FormScreen:
    """The screen with these fields empty, each saying why."""
    hint = _("What was entered is not shown here. Leave it empty to keep it.")

    def shut(field: Field) -> Field:
        if field.path not in paths:
            return field
        choices = tuple(replace(choice, checked=False) for choice in field.choices)
        return replace(
            field, parts={"": ""}, choices=choices, hint="\n".join(filter(None, (field.hint, hint)))
        )

    return replace(
        screen,
        members=[
            replace(member, fields=[shut(field) for field in member.fields]) for member in screen.members
        ],
    )


def kept(
    filling: Filling, step: Step, data: Typed, paths: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """The texts that stand in for fields left empty; of a group, only where the member is still the same person."""
    before = typed_answers(filling.program, filling.form_id, step, filling.answers)
    names = [item.id for item in step.items if item.type == "name"]

    def is_same(path: str) -> bool:
        prefix = path.rpartition(".")[0]
        return not prefix or all(
            list(data.get(f"{prefix}.{name}", ())) == list(before.get(f"{prefix}.{name}", ()))
            for name in names
        )

    empty = {path: texts for path, texts in paths.items() if path in data and not any(data[path])}
    return {path: texts for path, texts in empty.items() if is_same(path)}


def _told(filling: Filling, answers: Mapping[str, Any]) -> Iterator[str]:
    """Every text by which the answers tell whereabouts, wherever it stands."""
    of = replace(filling, answers=answers)
    for step in filling.program.form(filling.form_id).steps:
        yield from ("\n".join(texts) for _path, texts in _fields(of, step))


def _fields(filling: Filling, step: Step) -> Iterator[tuple[str, Sequence[str]]]:
    names = whereabouts(filling.program)
    typed = typed_answers(filling.program, filling.form_id, step, filling.answers)
    for path, texts in typed.items():
        if path.rpartition(".")[2] in names and any(texts):
            yield path, texts
