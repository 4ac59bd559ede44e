"""All answers in words, with the way back to each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yuimaru.core.kata import forms
from yuimaru.interfaces.portal.screens import Filling


@dataclass(frozen=True)
class Row:
    """One answer in words; the address where it can be changed."""

    label: str
    value: str
    change_url: str
    source: str = ""


@dataclass(frozen=True)
class Section:
    """The answers of one screen, or of one member of a repeated screen."""

    title: str
    rows: list[Row]


def summary_of(
    filling: Filling, address: Callable[[int], str], *, closed: Collection[str] = ()
) -> list[Section]:
    """The answers screen by screen; `address` tells where the screen at a place of the form is.

    Of `closed` paths only that there is an answer is said.
    """
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
            [
                Row(
                    row.label,
                    _("Entered (not shown here)") if row.path in closed else row.value,
                    f"{address(places[each.step_id])}#{row.path}",
                    "" if row.path in closed else row.source,
                )
                for row in each.rows
            ],
        )
        for each in said
    ]
