"""Questions of these pages as fields of the look, and what was typed as the entries of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from yuimaru.interfaces.look.fields import Choice, Field
from yuimaru.services.joining.rules.faults import Fault, Location, Refused, faults_of

E = TypeVar("E", bound=BaseModel)
R = TypeVar("R")

Words = str | Promise
Values = Mapping[str, str | list[str]]
EMPTY = ("missing", "empty", "string_too_short", "none_given")


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: Words
    hint: Words = ""


@dataclass(frozen=True)
class Question:
    """One question; `type` is one of the look's fields: text, longtext, select, yesno, choice, choices."""

    name: str
    label: Words
    hint: Words = ""
    required: bool = True
    type: str = "text"
    options: tuple[Option, ...] = ()
    max_length: int | None = 100


@dataclass(frozen=True)
class Group:
    """Fields under one heading."""

    title: Words
    fields: list[Field]
    id: str = ""  # of the row that is changed


def group(
    title: Words,
    questions: Iterable[Question],
    values: Values,
    faults: Iterable[Fault],
    *,
    prefix: str = "",
    key: str = "",
) -> Group:
    """The questions as fields, filled with the values, each with its fault."""
    wrong: dict[Location, Fault] = {}
    for fault in faults:
        wrong.setdefault(fault.path[:1], fault)
    return Group(title, [_field(each, values, wrong.get((each.name,)), prefix) for each in questions], key)


def typed(questions: Iterable[Question], post: QueryDict, *, prefix: str = "") -> dict[str, str | list[str]]:
    """What a browser sent for these questions, byte for byte."""
    return {
        each.name: post.getlist(prefix + each.name)
        if each.type == "choices"
        else post.get(prefix + each.name, "")
        for each in questions
    }


def given(values: Values) -> dict[str, str | list[str]]:
    """What was filled in: an empty field is one that was left out."""
    return {name: value for name, value in values.items() if value not in ("", [])}


def attempt(act: Callable[[], R]) -> tuple[R | None, list[Fault]]:
    """Do it, or say what is wrong with what was typed."""
    try:
        return act(), []
    except ValidationError as invalid:
        return None, faults_of(invalid)
    except Refused as refused:
        return None, refused.faults


def entry(shape: type[E], values: Values, place: str | int, faults: list[Fault]) -> E | None:
    """What was filled in as an entry of the sheet; what is wrong with it is added to the faults, under its place."""
    read, wrong = attempt(lambda: shape.model_validate(given(values)))
    faults += [fault.under(place) for fault in wrong]
    return read


def summary(groups: Sequence[Group], elsewhere: Iterable[Fault] = ()) -> list[dict[str, str]]:
    """The lines of the error summary; faults that belong to no field lead to the form."""
    lines = [
        {"message": f"{field.label}：{field.error}" if get_language() == "ja" else f"{field.label}: {field.error}",
         "target": field.target}
        for group in groups for field in group.fields if field.error
    ]  # fmt: skip
    return [*lines, *({"message": sentence(fault), "target": "form"} for fault in elsewhere)]


def sentence(fault: Fault) -> str:
    """A fault in the language of the page."""
    return fault.ja if get_language() == "ja" else fault.en


def under(faults: Iterable[Fault], first: str | int) -> list[Fault]:
    """The faults below a place, as seen from there."""
    return [
        Fault(fault.path[1:], fault.code, fault.ja, fault.en)
        for fault in faults
        if fault.path[:1] == (first,)
    ]


def _field(question: Question, values: Values, fault: Fault | None, prefix: str) -> Field:
    path, value = prefix + question.name, values.get(question.name, "")
    chosen = set(value) if isinstance(value, list) else {value}
    return Field(
        path=path,
        type=question.type,
        label=str(question.label),
        hint=str(question.hint),
        required=question.required,
        error=_error(question, fault) if fault else "",
        wrong_part="",
        parts={"": value if isinstance(value, str) else ""},
        choices=tuple(
            Choice(
                f"{path}.{place}", each.value, str(each.label), str(each.hint), each.value in chosen, False
            )
            for place, each in enumerate(question.options)
        ),
        kept="",
        autocomplete="",
        accept="",
        max_length=question.max_length if question.type == "text" else None,
    )


def _error(question: Question, fault: Fault) -> str:
    if question.options and fault.code in (*EMPTY, "literal_error"):
        return _("Choose: %(label)s") % {"label": question.label}
    if fault.code not in EMPTY:
        return sentence(fault)
    return _("Enter: %(label)s") % {"label": question.label}
