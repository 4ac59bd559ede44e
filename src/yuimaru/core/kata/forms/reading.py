"""Reads one page of a form: what was typed becomes stored values, and every wrong field gets its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from yuimaru.core.kata.facts import Answers, Params, ask, facts
from yuimaru.core.kata.forms.checking import Voice, check_entry, check_group, cleared
from yuimaru.core.kata.forms.faults import Fault, Problem
from yuimaru.core.kata.forms.fields import Data, field_names, filled, first, parse
from yuimaru.core.kata.forms.visibility import Entry, entries_of, members
from yuimaru.core.kata.models import Item, Repeat
from yuimaru.core.kata.program import Program, Screen, UnknownName, holds

Files: TypeAlias = Mapping[str, Mapping[str, Any]]
Record: TypeAlias = dict[str, Any]

MOST_MEMBERS = 50  # what the models allow; more fields than that are not read
KEPT_TYPES = ("file", "individual_number")  # never shown back, so an empty field keeps what is stored
_COUNT = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class StepInput:
    """What one page gave.

    `values` replace the stored answers of the step (None: asked, not answered). `revealed` are paths of items that
    these answers made visible and that the page had not shown yet.
    """

    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    revealed: list[str] = field(default_factory=list)


def read_step(
    program: Program,
    form_id: str,
    step_id: str,
    data: Data,
    *,
    answers: Answers,
    files: Files,
    today: date,
    params: Params,
    lang: str = "ja",
) -> StepInput:
    """Read the fields of one step; `files` are uploads already stored, by the path of their item."""
    screen = program.screen(form_id, step_id)
    page = _Page(data, files, answers, today)
    group = screen.step.repeat
    if group is None:
        page.read([question.item for question in screen.questions], "", answers)
    else:
        page.read_members(screen, group)
    found = _checked(Voice(program, form_id, screen, lang), page, today, params)
    if program.form(form_id).hidden == "clear":
        after = {**answers, **found.values}
        found.values.update(cleared(program, form_id, after, today=today, params=params))
    return found


def read_item(
    program: Program,
    form_id: str,
    item_id: str,
    data: Data,
    *,
    answers: Answers,
    files: Files,
    today: date,
    params: Params,
    lang: str = "ja",
) -> StepInput:
    """Read the fields of a single item, as a conversation asks it; raises UnknownName."""
    for screen in program.screens(form_id):
        for question in screen.questions:
            if question.item.id == item_id and screen.step.repeat is None:
                page = _Page(data, files, answers, today)
                page.read([question.item], "", answers)
                return _checked(Voice(program, form_id, screen, lang), page, today, params, only=item_id)
    raise UnknownName(item_id)


def as_fields(program: Program, form_id: str, step_id: str, answers: Answers) -> dict[str, str]:
    """The fields of a step filled with stored answers; the members of a multiple choice stand by lines."""
    screen = program.screen(form_id, step_id)
    group = screen.step.repeat
    items = [question.item for question in screen.questions]
    if group is None:
        return {
            name: text for item in items for name, text in filled(item, item.id, answers.get(item.id)).items()
        }
    stored = members(answers, group.id)
    fields = {f"{group.id}.count": str(max(len(stored), group.min))}
    for number, member in enumerate(stored):
        for item in items:
            fields |= filled(item, f"{group.id}.{number}.{item.id}", member.get(item.id))
    return fields


def without_member(data: Data, group_id: str, number: int) -> dict[str, Sequence[str]]:
    """The fields of a page with one member of a repeat group taken out and the later ones moved up."""
    kept: dict[str, Sequence[str]] = {}
    pattern = re.compile(rf"{re.escape(group_id)}\.([0-9]{{1,3}})\.(.+)", re.DOTALL)
    for name, values in data.items():
        member = pattern.fullmatch(name)
        index = int(member[1]) if member else -1
        if member is None or index < number:
            kept[name] = values
        elif index > number:
            kept[f"{group_id}.{index - 1}.{member[2]}"] = values
    count = first(data, f"{group_id}.count")
    if _COUNT.fullmatch(count):
        kept[f"{group_id}.count"] = [str(max(int(count) - 1, 0))]
    return kept


@dataclass(slots=True)
class _Page:
    """The parsed fields of a page: values as they would be stored, faults by path."""

    data: Data
    files: Files
    answers: Answers
    today: date
    values: Record = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    def read(self, items: Sequence[Item], prefix: str, stored: Mapping[str, Any]) -> None:
        self.values.update(self._record(items, prefix, stored))

    def read_members(self, screen: Screen, group: Repeat) -> None:
        items = [question.item for question in screen.questions]
        stored = members(self.answers, group.id)
        count = self._count(group)
        self.values[group.id] = [
            self._record(items, f"{group.id}.{number}.", stored[number] if number < len(stored) else {})
            for number in range(count)
        ]

    def sent(self, item: Item, path: str) -> bool:
        """Whether the page had a field of this item."""
        return any(name in self.data for name in field_names(item, path)) or path in self.files

    def _record(self, items: Sequence[Item], prefix: str, stored: Mapping[str, Any]) -> Record:
        record: Record = {}
        for item in items:
            if not item.asks:
                continue
            path = f"{prefix}{item.id}"
            try:
                record[item.id] = self._value(item, path, stored.get(item.id))
            except Fault as fault:
                record[item.id] = None
                self.faults[path] = fault
        return record

    def _value(self, item: Item, path: str, stored: Any) -> Any:
        if item.type in KEPT_TYPES:
            return self._kept(item, path, stored)
        value = parse(item, path, self.data)
        if item.type == "signature" and value is not None:
            return {**value, "on": self.today.isoformat()}
        return value

    def _kept(self, item: Item, path: str, stored: Any) -> Any:
        """What is new replaces what is stored, a tick takes it away, an empty field leaves it."""
        if first(self.data, f"{path}.remove"):
            return None
        if item.type == "file":
            return dict(self.files[path]) if path in self.files else stored
        value = parse(item, path, self.data)
        return stored if value is None else value

    def _count(self, group: Repeat) -> int:
        text = first(self.data, f"{group.id}.count")
        if _COUNT.fullmatch(text):
            return min(int(text), MOST_MEMBERS)
        numbers = (
            name.split(".")[1] for name in (*self.data, *self.files) if name.startswith(f"{group.id}.")
        )
        last = max((int(each) for each in numbers if _COUNT.fullmatch(each)), default=-1)
        return min(max(last + 1, group.min), MOST_MEMBERS)


def _checked(voice: Voice, page: _Page, today: date, params: Params, only: str | None = None) -> StepInput:
    screen = voice.screen
    after = {**page.answers, **page.values}
    asked = _asked(voice, after, today, params)
    if asked is None:
        return StepInput({})
    if only is not None:
        asked = [entry for entry in asked if entry.question.item.id == only]
    found = StepInput(_values(screen, asked, after), list(check_group(voice, after)))
    for entry in asked:
        fault = page.faults.get(entry.path)
        if fault is not None:
            found.problems.append(voice.problem(entry.path, entry.question.item, fault))
        else:
            found.problems.extend(check_entry(voice, entry, parsed=True))
    unsent = [
        each.path for each in asked if each.question.when and not page.sent(each.question.item, each.path)
    ]
    if unsent:
        shown = {entry.path for entry in _asked(voice, page.answers, today, params) or ()}
        found.revealed.extend(path for path in unsent if path not in shown)
    return found


def _asked(voice: Voice, answers: Answers, today: date, params: Params) -> list[Entry] | None:
    """What the step asks with these answers, each condition tried once; None when it is left out."""
    screen = voice.screen
    known = facts(
        voice.program, voice.form_id, answers, today=today, params=params, before=screen.step.id
    )
    asked = ask(screen, answers, known)
    return entries_of(screen, answers, asked) if asked or holds(screen.when, known) else None


def _values(screen: Screen, asked: Sequence[Entry], answers: Answers) -> Record:
    """The values of the items that are visible with the new answers."""
    group = screen.step.repeat
    if group is None:
        return {entry.question.item.id: entry.value for entry in asked if entry.question.item.asks}
    records: list[Record] = [{} for _ in members(answers, group.id)]
    for entry in asked:
        if entry.question.item.asks:
            records[entry.member or 0][entry.question.item.id] = entry.value
    return {group.id: records}
