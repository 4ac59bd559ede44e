"""All answers in words, with the way back to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuimaru.core.kata import forms
from yuimaru.interfaces.portal.screens import Filling


@dataclass(frozen=True)
class Row:
    """One answer in words; the address where it can be changed."""

    label: str
    value: str
    change_url: str


@dataclass(frozen=True)
class Section:
    """The answers of one screen, or of one member of a repeated screen."""

    title: str
    rows: list[Row]


def summary_of(filling: Filling, address: Callable[[int], str]) -> list[Section]:
    """The answers screen by screen; `address` tells where the screen at a place of the form is."""
    said = forms.summary(
        filling.program,
        filling.form_id,
        filling.answers,
        today=filling.today,
        params=filling.program.params,
        lang=filling.lang,
    )
    places = {step.id: filling.position(step) for step in filling.steps()}
    return [
        Section(
            each.title,
            [Row(row.label, row.value, f"{address(places[each.step_id])}#{row.path}") for row in each.rows],
        )
        for each in said
    ]
