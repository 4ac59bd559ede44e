"""Checks stored answers as a whole, from pages or from an API, and cleans away what must not be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yuimaru.core.kata.facts import TODAY, Answers, Params, facts
from yuimaru.core.kata.forms.faults import Fault, Problem, required
from yuimaru.core.kata.forms.messages import say
from yuimaru.core.kata.forms.values import PROVED_BY_PARSING, faults, is_blank
from yuimaru.core.kata.forms.visibility import Entry, entries
from yuimaru.core.kata.individual_numbers import is_reference
from yuimaru.core.kata.models import Item, Repeat
from yuimaru.core.kata.program import Program, Screen, holds


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks for one screen of a form in one language."""

    program: Program
    form_id: str
    screen: Screen
    lang: str

    def text(self, item: Item, word: str) -> str:
        """`label`, `hint` or `message` of an item."""
        return self.program.item_text(self.form_id, self.screen.step.id, item, word, self.lang)

    def problem(self, path: str, item: Item, fault: Fault) -> Problem:
        """A fault in words."""
        return Problem(path, fault.code, fault.message(self.text(item, "label"), self.lang), fault.part)

    def group(self, group: Repeat) -> str:
        """What one member of a repeat group is called."""
        path = f"forms.{self.form_id}.{self.screen.step.id}.repeat.title"
        return self.program.text(path, group.title, self.lang)


def check_answers(
    program: Program, form_id: str, answers: Answers, *, today: date, params: Params, lang: str = "ja"
) -> list[Problem]:
    """Everything wrong with the stored answers of a form, in the order of its items; hidden ones are left alone."""
    known = facts(program, form_id, answers, today=today, params=params)
    problems = list(_unknown(program, form_id, answers, lang))
    for screen in program.screens(form_id):
        if holds(screen.when, known):
            voice = Voice(program, form_id, screen, lang)
            problems += check_group(voice, answers)
            for entry in entries(screen, answers, known):
                problems += check_entry(voice, entry)
    return problems


def check_no_references(
    program: Program, form_id: str, answers: Answers, *, today: date, lang: str = "ja"
) -> list[Problem]:
    """Refuse files and kept numbers among answers that came without them: an id is no proof of having given it."""
    known = facts(program, form_id, answers, today=today, params=program.params)
    return [
        Voice(program, form_id, screen, lang).problem(entry.path, entry.question.item, fault)
        for screen in program.screens(form_id)
        if holds(screen.when, known)
        for entry in entries(screen, answers, known)
        if (fault := _reference(entry))
    ]


def _reference(entry: Entry) -> Fault | None:
    if entry.question.item.type == "file" and not is_blank(entry.value):
        return Fault("file_by_page")
    if entry.question.item.type == "individual_number" and is_reference(entry.value):
        return Fault("individual_number")
    return None


def check_entry(voice: Voice, entry: Entry, *, parsed: bool = False) -> list[Problem]:
    """Everything wrong with one stored answer: missing, of the wrong kind, or refused by the item's `check`.

    What was just `parsed` from the fields of a page is of its kind already.
    """
    item, value = entry.question.item, entry.value
    blank = is_blank(value)
    if item.required and (blank or (item.type == "consent" and value is False)):
        return [voice.problem(entry.path, item, required(item.type))]
    found = [] if blank or (parsed and item.type in PROVED_BY_PARSING) else [*faults(item, value)]
    if item.type == "signature" and not found:
        found = list(_signed_later(entry))
    if not found and entry.question.check is not None:
        verdict = entry.question.check(entry.scope)
        if verdict is False or (verdict is None and item.required):
            said = voice.text(item, "message")
            found = [Fault("check", texts=(said, said) if said else None)]
    return [voice.problem(entry.path, item, fault) for fault in found]


def _signed_later(entry: Entry) -> Iterator[Fault]:
    """A signature that came through the API may name its day; a day to come is none."""
    signature = entry.scope.get(entry.question.item.id)
    if isinstance(signature, dict):
        signed, today = signature["on"], entry.scope[TODAY]
        if isinstance(signed, date) and isinstance(today, date) and signed > today:
            yield Fault("signed_later")


def check_group(voice: Voice, answers: Answers) -> Iterator[Problem]:
    """Whether a repeat group is a list of records with as many members as it may have."""
    group = voice.screen.step.repeat
    if group is None:
        return
    stored = answers.get(group.id)
    title = voice.group(group)
    records = stored is None or (isinstance(stored, list) and all(isinstance(each, dict) for each in stored))
    if not records:
        yield Problem(group.id, "type", say("type", voice.lang, title))
        return
    count = len(stored or ())
    if count < group.min:
        few = say("few_members", voice.lang, title, low=group.min, counter=group.counter)
        yield Problem(group.id, "few_members", few)
    if count > group.max:
        many = say("many_members", voice.lang, title, high=group.max, counter=group.counter)
        yield Problem(group.id, "many_members", many)


def clean(program: Program, form_id: str, answers: Answers, *, today: date, params: Params) -> dict[str, Any]:
    """The answers to what is asked, in the order of the form: hidden, unknown and empty ones are dropped."""
    known = facts(program, form_id, answers, today=today, params=params)
    kept: dict[str, Any] = {}
    for screen in program.screens(form_id):
        if not holds(screen.when, known):
            continue
        group = screen.step.repeat
        target: dict[str, Any] = kept
        if group is not None and isinstance(answers.get(group.id), list):
            kept[group.id] = [{} for _ in answers[group.id]]
        for entry in entries(screen, answers, known):
            if group is not None:
                target = kept[group.id][entry.member]
            if entry.question.item.asks and not is_blank(entry.value):
                target[entry.question.item.id] = entry.value
    return kept


def cleared(
    program: Program, form_id: str, answers: Answers, *, today: date, params: Params
) -> dict[str, Any]:
    """What takes the place of answers that are not asked any more: None, or the members without them."""
    kept = clean(program, form_id, answers, today=today, params=params)
    groups = {screen.step.repeat.id for screen in program.screens(form_id) if screen.step.repeat}
    gone: dict[str, Any] = {}
    for name, stored in answers.items():
        if name in groups and name in kept:
            if [_given(member) for member in stored] != kept[name]:
                gone[name] = kept[name]
        elif name not in kept and not is_blank(stored):
            gone[name] = None
    return gone


def _given(member: Any) -> dict[str, Any]:
    answered = member.items() if isinstance(member, dict) else ()
    return {name: value for name, value in answered if not is_blank(value)}


def _unknown(program: Program, form_id: str, answers: Answers, lang: str) -> Iterator[Problem]:
    """Keys that the form does not have: a misspelt answer must not vanish in silence."""
    screens = program.screens(form_id)
    groups = {screen.step.repeat.id: screen for screen in screens if screen.step.repeat}
    known = {
        question.item.id: question.item
        for screen in screens
        if not screen.step.repeat
        for question in screen.questions
    }
    for name, stored in answers.items():
        if name in groups:
            own = {question.item.id: question.item for question in groups[name].questions}
            for number, member in enumerate(stored if isinstance(stored, list) else ()):
                for inner in member if isinstance(member, dict) else ():
                    yield from _misplaced(own.get(inner), f"{name}.{number}.{inner}", inner, lang)
        else:
            yield from _misplaced(known.get(name), name, name, lang)


def _misplaced(item: Item | None, path: str, name: str, lang: str) -> Iterator[Problem]:
    if item is None or not item.asks:
        code = "unknown" if item is None else "not_asked"
        yield Problem(path, code, say(code, lang, name=name[:40]))
