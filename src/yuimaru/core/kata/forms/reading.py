"""Reads one page of a form: what was typed becomes stored values, and every wrong field gets its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import Answers, Params, ask, facts, value_of
from yuimaru.core.kata.forms.checking import Voice, check_entry, check_group, cleared
from yuimaru.core.kata.forms.faults import Fault, Problem
from yuimaru.core.kata.forms.fields import Data, field_names, filled, first, parse
from yuimaru.core.kata.forms.values import PROVED_BY_PARSING
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
    found = _Page(Voice(program, form_id, screen, lang), data, files, answers, today, params).read()
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
                voice = Voice(program, form_id, screen, lang)
                return _Page(voice, data, files, answers, today, params, only=item_id).read()
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
    """One page being read, in one pass: what a condition or a check names stands before it, or is its own item."""

    voice: Voice
    data: Data
    files: Files
    answers: Answers
    today: date
    params: Params
    only: str | None = None  # the single item that is asked
    problems: list[Problem] = field(default_factory=list)
    unsent: list[str] = field(
        default_factory=list
    )  # asked on a condition, though the page had no field of them

    def read(self) -> StepInput:
        """The answers of the page with every fault in them; nothing when the step is left out."""
        screen = self.voice.screen
        known = self._known()
        if not holds(screen.when, known):
            return StepInput({})
        group = screen.step.repeat
        if group is None:
            values = self._record(screen, "", self.answers, known, None)
        else:
            values = {group.id: self._members(screen, group, known)}
        revealed = self.unsent and [path for path in self.unsent if path not in self._shown_before()]
        return StepInput(values, self.problems, revealed)

    def _known(self) -> dict[str, Value]:
        """What is known before this step."""
        voice, step = self.voice, self.voice.screen.step.id
        return facts(
            voice.program, voice.form_id, self.answers, today=self.today, params=self.params, before=step
        )

    def _members(self, screen: Screen, group: Repeat, known: dict[str, Value]) -> list[Record]:
        stored = members(self.answers, group.id)
        count = self._count(group)
        self.problems += check_group(self.voice, {group.id: [{}] * count})
        return [
            self._record(
                screen,
                f"{group.id}.{number}.",
                stored[number] if number < len(stored) else {},
                dict(known),
                number,
            )
            for number in range(count)
        ]

    def _record(
        self,
        screen: Screen,
        prefix: str,
        stored: Mapping[str, Any],
        known: dict[str, Value],
        member: int | None,
    ) -> Record:
        """The values of the items that are visible with the new answers."""
        record: Record = {}
        for question in screen.questions:
            item, when = question.item, question.when
            if when is not None and when(known) is not True:
                known[item.id] = None
                continue
            fault = None
            path = prefix + item.id if prefix else item.id
            if question.formula is not None:
                value: Any = question.formula(known)
                known[item.id] = value
            elif item.id != self.only and self.only is not None:
                known[item.id] = value_of(item, stored.get(item.id))
                continue
            else:
                try:
                    value = self._value(item, path, stored) if question.asks else None
                except Fault as found:
                    value, fault = None, found
                known[item.id] = None if value is None else value_of(item, value)
                if question.asks:
                    record[item.id] = value
            if fault is not None:
                self.problems.append(self.voice.problem(path, item, fault))
            elif question.check is not None or value is None or item.type not in PROVED_BY_PARSING:
                entry = Entry(path, member, question, known, value)
                self.problems += check_entry(self.voice, entry, parsed=True)
            if when is not None and not self._sent(item, path):
                self.unsent.append(path)
        return record

    def _value(self, item: Item, path: str, stored: Mapping[str, Any]) -> Any:
        if item.type in KEPT_TYPES:
            return self._kept(item, path, stored.get(item.id))
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

    def _sent(self, item: Item, path: str) -> bool:
        """Whether the page had a field of this item."""
        return any(name in self.data for name in field_names(item, path)) or path in self.files

    def _shown_before(self) -> set[str]:
        """The paths that the page showed, by the answers stored before it."""
        screen = self.voice.screen
        asked = ask(screen, self.answers, self._known())
        return {entry.path for entry in entries_of(screen, self.answers, asked)}

    def _count(self, group: Repeat) -> int:
        text = first(self.data, f"{group.id}.count")
        if _COUNT.fullmatch(text):
            return min(int(text), MOST_MEMBERS)
        numbers = (
            name.split(".")[1] for name in (*self.data, *self.files) if name.startswith(f"{group.id}.")
        )
        last = max((int(each) for each in numbers if _COUNT.fullmatch(each)), default=-1)
        return min(max(last + 1, group.min), MOST_MEMBERS)
