"""What the applicant sent, as far as this person may see it; what lies outside the mandate never gets here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from yuimaru.core.kata import forms
from yuimaru.core.kata.models import Item
from yuimaru.services.cases.queries import Access
from yuimaru.services.procedures.queries import number_of


@dataclass(frozen=True)
class Attachment:
    """A file that came with the application, on a path that is open to this person."""

    path: str
    label: str
    id: str
    name: str
    size: int
    media_type: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Answer:
    """One answer; `value` is empty while it is masked, `before` is what stood there before a correction."""

    path: str
    label: str
    state: Literal["shown", "revealed", "masked"]
    value: str = ""
    before: str | None = None


@dataclass(frozen=True)
class Part:
    """The answers of one step of the form (of one member of its group), with the labels of what is left out."""

    title: str
    answers: list[Answer]
    outside: list[str]


@dataclass(frozen=True)
class Reader:
    """Whose eyes: the access to the task, what was revealed to this person, and the language."""

    opened: Access
    revealed: frozenset[str]
    lang: str

    @property
    def answers(self) -> Mapping[str, Any]:
        answers: Mapping[str, Any] = self.opened.task.case.submission.answers
        return answers

    @property
    def today(self) -> date:
        """The 今日 of the application."""
        return self.opened.task.case.submission.today

    def state(self, path: str) -> Literal["shown", "revealed", "masked", "outside"]:
        visibility = self.opened.visibility(path)
        return "revealed" if visibility == "masked" and path in self.revealed else visibility


def parts(reader: Reader, before: Mapping[str, Any] | None) -> list[Part]:
    """The application step by step.

    What is outside the mandate is named from the form, not from the answers: whether a question was asked at all
    would tell what was answered before it.
    """
    form = reader.opened.program.applicant_form
    said = _summary(reader)
    found: list[Part] = []
    for step in form.steps:
        group = step.repeat.id if step.repeat else None
        outside = [
            reader.opened.program.item_text(form.id, step.id, item, "label", reader.lang)
            for item in step.items
            if reader.opened.view.of(item.id, group) == "outside"
        ]
        mine = [
            Part(one.title, answers, [])
            for one in said
            if one.step_id == step.id and (answers := list(_answers(reader, one, before)))
        ]
        if outside and mine:
            mine[-1] = replace(mine[-1], outside=outside)
        elif outside:
            title = reader.opened.program.text(f"forms.{form.id}.{step.id}.title", step.title, reader.lang)
            mine = [Part(title, [], outside)]
        found += mine
    return found


def attachments(reader: Reader) -> list[Attachment]:
    """The files that this person may open."""
    return [
        Attachment(row.path, row.label, stored["id"], stored["name"], stored["size"], stored["media_type"])
        for step in _summary(reader)
        for row in step.rows
        if _item(reader, step.step_id, row.path).type == "file"
        and reader.state(row.path) in ("shown", "revealed")
        and isinstance(stored := stored_at(reader.answers, row.path), dict)
    ]


def stored_at(answers: Mapping[str, Any], path: str) -> Any:
    """The stored answer of a path ("氏名", "児童.0.生年月日"); None when there is none."""
    group, *rest = path.split(".")
    if not rest:
        return answers.get(group)
    number, item = int(rest[0]), rest[1]
    members = answers.get(group) or []
    return members[number].get(item) if number < len(members) else None


def _summary(reader: Reader) -> list[forms.SummaryStep]:
    program = reader.opened.program
    return forms.summary(
        program,
        program.applicant_form.id,
        reader.answers,
        today=reader.today,
        params=program.params,
        lang=reader.lang,
    )


def _answers(reader: Reader, step: forms.SummaryStep, before: Mapping[str, Any] | None) -> Iterator[Answer]:
    labels = {row.path: row.label for row in reversed(step.rows)}
    said = {row.path: row.value for row in step.rows}
    for path in dict.fromkeys(row.path for row in step.rows):
        state = reader.state(path)
        item = _item(reader, step.step_id, path)
        label = labels[path]
        if item.type == "bank_account":
            form = reader.opened.program.applicant_form.id
            label = reader.opened.program.item_text(form, step.step_id, item, "label", reader.lang)
        if state == "masked":
            yield Answer(path, label, state)
        elif state != "outside":
            stored = stored_at(reader.answers, path)
            value = _words(reader, step.step_id, item, stored) if item.asks else said[path]
            if item.type == "individual_number" and state == "revealed":
                value = number_of(reader.opened.task.key, stored) or _("Destroyed")
            yield Answer(path, label, state, value, _before(reader, step.step_id, item, path, before))


def _before(
    reader: Reader, step_id: str, item: Item, path: str, before: Mapping[str, Any] | None
) -> str | None:
    if before is None:
        return None
    then, now = stored_at(before, path), stored_at(reader.answers, path)
    return None if then == now else _words(reader, step_id, item, then)


def _words(reader: Reader, step_id: str, item: Item, stored: Any) -> str:
    """An answer in words; officials compare account numbers with the bank book, so they see them in full."""
    if item.type == "bank_account" and isinstance(stored, dict):
        return _account(stored)
    program = reader.opened.program
    said = forms.display(program, program.applicant_form.id, step_id, item, stored, reader.lang)
    return said or _("Not entered")


def _account(stored: Mapping[str, str]) -> str:
    kinds = {"普通": _("Ordinary account"), "当座": _("Current account"), "貯蓄": _("Savings account")}
    bank = f"{stored.get('bank_name', '')} {stored.get('bank_code', '')}"
    branch = f"{stored.get('branch_name', '')} {stored.get('branch_code', '')}"
    number = f"{kinds.get(stored.get('kind', ''), '')} {stored.get('number', '')}"
    return "\n".join(line.strip() for line in (bank, branch, number, stored.get("holder", "")))


def _item(reader: Reader, step_id: str, path: str) -> Item:
    program = reader.opened.program
    name = path.rpartition(".")[2]
    items = program.screen(program.applicant_form.id, step_id).step.items
    return next(item for item in items if item.id == name)
