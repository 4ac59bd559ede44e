"""What a field holds before anybody typed: taken from a closed list of sources, and always said where from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.forms.messages import word
from yuimaru.core.kata.forms.values import is_blank
from yuimaru.core.kata.models import Item, Prefill, PrefillSource
from yuimaru.core.kata.program import Program


@dataclass(frozen=True, slots=True)
class Origin:
    """What a source may look at: the form with the answers to what is asked, the day, the language."""

    program: Program
    form_id: str
    answers: Answers
    today: date
    lang: str


Reader: TypeAlias = Callable[[Origin, Prefill], Any]
Teller: TypeAlias = Callable[[Origin, Prefill], str]


def prefilled(origin: Origin, step_id: str) -> dict[str, Any]:
    """The values for what nobody has answered in a step, by id; an answer taken back is left empty.

    Of a group that nobody has answered, the members that it begins with; whoever is added is asked everything.
    """
    step = origin.program.screen(origin.form_id, step_id).step
    found = {item.id: value for item in step.items if (value := offered(origin, item)) is not None}
    if step.repeat is None:
        return {name: value for name, value in found.items() if name not in origin.answers}
    if not found or step.repeat.id in origin.answers:
        return {}
    return {step.repeat.id: [dict(found) for _ in range(max(step.repeat.min, 1))]}


def sources(origin: Origin, step_id: str) -> dict[str, str]:
    """Where the values that `prefilled` gives for a step come from, in words, by path."""
    step = origin.program.screen(origin.form_id, step_id).step
    said = {item.id: told(origin, item.prefill) for item in step.items if item.prefill}
    given = prefilled(origin, step_id)
    if step.repeat is None:
        return {name: said[name] for name in given}
    group = step.repeat.id
    return {
        f"{group}.{number}.{name}": said[name]
        for number, member in enumerate(given.get(group, ()))
        for name in member
    }


def offered(origin: Origin, item: Item) -> Any:
    """The value that the source of an item has for it, None without one."""
    if item.prefill is None:
        return None
    value = _READERS[item.prefill.source](origin, item.prefill)
    if is_blank(value):
        return None
    return {"holder": value} if item.type == "bank_account" else value


def provenance(origin: Origin, item: Item, value: Any) -> str:
    """Where an answer came from, in words; empty when it was typed, or changed since."""
    source = offered(origin, item)
    if item.prefill is None or source is None or is_blank(value):
        return ""
    if item.type == "bank_account":
        same = isinstance(value, Mapping) and value.get("holder") == source["holder"]
    else:
        same = value == source
    return told(origin, item.prefill) if same else ""


def told(origin: Origin, prefill: Prefill) -> str:
    """A source in words."""
    return _TELLERS[prefill.source](origin, prefill)


def _item(origin: Origin, prefill: Prefill) -> Any:
    return origin.answers.get(prefill.of or "")


def _told_item(origin: Origin, prefill: Prefill) -> str:
    for screen in origin.program.screens(origin.form_id):
        for question in screen.questions:
            if question.item.id == prefill.of:
                step_id = screen.step.id
                label = origin.program.item_text(origin.form_id, step_id, question.item, "label", origin.lang)
                return word("from_item", origin.lang, label=label)
    return ""


def _today(origin: Origin, prefill: Prefill) -> Any:
    return origin.today.isoformat()


def _told_today(origin: Origin, prefill: Prefill) -> str:
    return word("from_today", origin.lang)


def _setting(origin: Origin, prefill: Prefill) -> Any:
    return origin.program.params.get(prefill.of or "")


def _told_setting(origin: Origin, prefill: Prefill) -> str:
    return word("from_setting", origin.lang)


_READERS: Mapping[PrefillSource, Reader] = {"item": _item, "today": _today, "setting": _setting}
_TELLERS: Mapping[PrefillSource, Teller] = {
    "item": _told_item,
    "today": _told_today,
    "setting": _told_setting,
}
