"""The form that staff fill at a step: its questions on the page of the task, read when an act is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.models import Step
from yuimaru.interfaces.look import fields
from yuimaru.interfaces.look.fields import Field
from yuimaru.services.cases.queries import Access


@dataclass(frozen=True)
class Filled:
    """What was sent with an act: the answers that were read, what stood in the inputs, what is wrong."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


NOTHING_FILLED = Filled()


@dataclass(frozen=True)
class Part:
    """One step of the form, with the questions that the answers so far lead to."""

    title: str
    lead: str
    fields: list[Field]


@dataclass(frozen=True)
class StaffForm:
    """The form as the page shows it."""

    title: str
    parts: list[Part]


def read(opened: Access, data: Mapping[str, Sequence[str]], *, today: date, lang: str) -> Filled:
    """Read what was sent for the form of the step, if it has one."""
    program = opened.program
    form_id = program.work_step(opened.task.step).form
    if form_id is None:
        return NOTHING_FILLED
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for step in program.form(form_id).steps:
        shown = forms.visible_steps(program, form_id, answers, today=today, params=program.params)
        if step in shown:
            found = forms.read_step(
                program,
                form_id,
                step.id,
                data,
                answers=answers,
                files={},
                today=today,
                params=program.params,
                lang=lang,
            )
            answers |= found.values
            problems += found.problems
    return Filled(answers, data, problems)


def staff_form(opened: Access, filled: Filled, *, today: date, lang: str) -> StaffForm | None:
    """The form of the step while it waits, with what was typed; None when there is none to fill."""
    program, task = opened.program, opened.task
    form_id = program.work_step(task.step).form
    if form_id is None or task.done_at is not None:
        return None
    shown = forms.visible_steps(program, form_id, filled.answers, today=today, params=program.params)
    parts = [_part(opened, form_id, step, filled, today, lang) for step in shown]
    return StaffForm(
        title=program.text(f"forms.{form_id}.title", program.form(form_id).title, lang),
        parts=parts,
    )


def _part(opened: Access, form_id: str, step: Step, filled: Filled, today: date, lang: str) -> Part:
    program = opened.program
    items = forms.visible_items(
        program, form_id, step, filled.answers, today=today, params=program.params, member=None
    )
    path = f"forms.{form_id}.{step.id}"
    return Part(
        title=program.text(f"{path}.title", step.title, lang),
        lead=program.text(f"{path}.lead", step.lead or "", lang),
        fields=fields.build(
            program, form_id, step, items, typed=filled.data, problems=filled.problems, lang=lang
        ),
    )
