"""One screen of a form as the page shows it, wherever its answers are kept: draft, correction or conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.models import Item, Step
from yuimaru.core.kata.program import Program
from yuimaru.interfaces.look import fields
from yuimaru.interfaces.look.fields import Field, Typed


@dataclass(frozen=True)
class Filling:
    """A form being filled in: on which definition, with which answers, on which day, in which language."""

    program: Program
    form_id: str
    answers: Mapping[str, Any]
    today: date
    lang: str
    carried: Mapping[str, str] = field(default_factory=dict)  # item → the 受付番号 it came from
    asked: Mapping[str, str] = field(default_factory=dict)  # item → what was asked before, not kept yet

    def steps(self) -> list[Step]:
        """The screens that the answers so far lead to."""
        return forms.visible_steps(
            self.program, self.form_id, self.answers, today=self.today, params=self.program.params
        )

    def position(self, step: Step) -> int:
        """The place of a step in the whole form, from 1: its address."""
        return [each.id for each in self.program.form(self.form_id).steps].index(step.id) + 1

    def step_at(self, position: int) -> Step | None:
        """The step at a place, if the answers so far lead there."""
        return next((step for step in self.steps() if self.position(step) == position), None)

    def after(self, step: Step) -> Step | None:
        """The next screen, None after the last."""
        return next((each for each in self.steps() if self.position(each) > self.position(step)), None)

    def before(self, step: Step) -> Step | None:
        """The screen before, None at the first."""
        earlier = [each for each in self.steps() if self.position(each) < self.position(step)]
        return earlier[-1] if earlier else None

    def items(self, step: Step, member: int | None = None) -> list[Item]:
        """The questions of a screen that the answers so far lead to."""
        return forms.visible_items(
            self.program,
            self.form_id,
            step,
            self.answers,
            today=self.today,
            params=self.program.params,
            member=member,
        )

    @property
    def origin(self) -> forms.Origin:
        """What the sources of prefilled fields may look at: answers to what is still asked."""
        known = forms.clean(
            self.program, self.form_id, self.answers, today=self.today, params=self.program.params
        )
        answers = {**dict.fromkeys(self.answers), **known}
        return forms.Origin(self.program, self.form_id, answers, self.today, self.lang)

    def worked_out(self, step: Step) -> dict[str, str]:
        """What the answers so far come to, in words, by the paths of computed items."""
        return forms.worked_out(
            self.program,
            self.form_id,
            step.id,
            self.answers,
            today=self.today,
            params=self.program.params,
            lang=self.lang,
        )

    def problems(self) -> list[Problem]:
        """What still keeps the whole form from being sent."""
        return forms.check_answers(
            self.program,
            self.form_id,
            self.answers,
            today=self.today,
            params=self.program.params,
            lang=self.lang,
        )

    def step_of(self, path: str) -> Step | None:
        """The screen that a path belongs to."""
        name = path.split(".")[0]
        for step in self.steps():
            if (step.repeat and step.repeat.id == name) or any(item.id == name for item in step.items):
                return step
        return None

    def saying(self, values: Mapping[str, Any]) -> Filling:
        """The same form with further answers."""
        return replace(self, answers={**self.answers, **values})

    def text(self, step: Step, word: str) -> str:
        """`title` or `lead` of a step in the language of the page."""
        return self.program.text(
            f"forms.{self.form_id}.{step.id}.{word}", getattr(step, word) or "", self.lang
        )


@dataclass(frozen=True)
class Member:
    """One child, one household member: the fields of one round of a repeated screen."""

    number: int
    title: str
    fields: list[Field]
    may_go: bool


@dataclass(frozen=True)
class Stage:
    """One named step of the progress line."""

    title: str
    state: str


@dataclass(frozen=True)
class ErrorLine:
    """One line of the error summary and the field it leads to."""

    message: str
    target: str


@dataclass(frozen=True)
class FormScreen:
    """A screen ready for its template."""

    title: str
    lead: str
    members: list[Member]
    group: str  # id of the repeat group, "" without one
    group_title: str
    may_grow: bool
    errors: list[ErrorLine]


def build(
    filling: Filling, step: Step, *, typed: Typed | None = None, problems: Iterable[Problem] = ()
) -> FormScreen:
    """The screen with what was typed, or with the stored answers when nothing was."""
    problems = list(problems)
    sources: dict[str, str] = {}
    if typed is None:
        origin = filling.origin
        offered = forms.prefilled(origin, step.id)
        typed = fields.typed_answers(
            filling.program, filling.form_id, step, {**filling.answers, **offered, **filling.asked}
        )
        sources = {**_brought(filling, step), **forms.sources(origin, step.id)}
    numbers = member_numbers(step, typed)
    members = [_member(filling, step, number, typed, problems, len(numbers)) for number in numbers]
    if sources:
        members = [replace(each, fields=fields.with_sources(each.fields, sources)) for each in members]
    shown = [each for member in members for each in member.fields]
    targets = {each.path: each.target for each in shown}
    return FormScreen(
        title=filling.text(step, "title"),
        lead=filling.text(step, "lead"),
        members=members,
        group=step.repeat.id if step.repeat else "",
        group_title=_group_title(filling, step),
        may_grow=bool(step.repeat and len(numbers) < step.repeat.max),
        errors=[ErrorLine(each.message, targets.get(each.path, "main")) for each in problems],
    )


def _brought(filling: Filling, step: Step) -> dict[str, str]:
    """The fields of a screen that an earlier application or question has filled, with the words for it."""
    carried = {
        item.id: _("from your application %(number)s") % {"number": filling.carried[item.id]}
        for item in step.items
        if item.id in filling.carried
    }
    return carried | {item.id: _("from your question") for item in step.items if item.id in filling.asked}


def member_numbers(step: Step, typed: Typed) -> list[int | None]:
    """The members to show: as many as were sent, at least one and no more than the kata allows."""
    if step.repeat is None:
        return [None]
    sent = (list(typed.get(f"{step.repeat.id}.count", ())) or [""])[-1]
    count = int(sent) if sent.isdecimal() else 1
    return list(range(max(step.repeat.min, 1, min(count, step.repeat.max))))


def is_application(program: Program) -> bool:
    """Whether what is sent is a 申請 or 届出 in law; a report, a question, an order is just sent."""
    workflow = program.kata.workflow
    return workflow is not None and any(
        step.nature in ("disposition", "notification") for step in workflow.steps
    )


def stages(filling: Filling, step: Step | None) -> dict[str, Any]:
    """The progress line; `None` stands for the last stage, where the form is sent."""
    steps = filling.steps()
    here = filling.position(step) if step else len(filling.program.form(filling.form_id).steps) + 1
    titles = [(filling.text(each, "title"), filling.position(each)) for each in steps]
    titles.append(
        (
            _("Send") if is_application(filling.program) else _("Send it"),
            len(filling.program.form(filling.form_id).steps) + 1,
        )
    )
    line = [
        Stage(title, "now" if place == here else "done" if place < here else "todo")
        for title, place in titles
    ]
    number = next((at for at, stage in enumerate(line, 1) if stage.state == "now"), len(line))
    return {
        "stages": line,
        "stage_number": number,
        "stage_now": line[number - 1].title,
        "stage_next": line[number].title if number < len(line) else "",
    }


def _member(
    filling: Filling, step: Step, number: int | None, typed: Typed, problems: list[Problem], count: int
) -> Member:
    title = ""
    if number is not None:
        title = _("%(group)s %(number)s") % {"group": _group_title(filling, step), "number": number + 1}
    return Member(
        number=number or 0,
        title=title,
        fields=fields.build(
            filling.program,
            filling.form_id,
            step,
            filling.items(step, number),
            typed=typed,
            problems=problems,
            lang=filling.lang,
            member=number,
            worked_out=filling.worked_out(step),
            finds_address=True,
        ),
        may_go=step.repeat is not None and count > max(step.repeat.min, 1),
    )


def _group_title(filling: Filling, step: Step) -> str:
    if step.repeat is None:
        return ""
    path = f"forms.{filling.form_id}.{step.id}.repeat.title"
    return filling.program.text(path, step.repeat.title, filling.lang)
