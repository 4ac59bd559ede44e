"""One question of a form as the page needs it: label, hint, error, and its inputs with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yuimaru.core.japan import eras
from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.models import Item, Step
from yuimaru.core.kata.program import Program
from yuimaru.interfaces.look.markdown import to_html

Typed = Mapping[str, Sequence[str]]  # names of inputs → what stands in them, as a browser sends it

ERAS = (
    ("令和", _("Reiwa")),
    ("平成", _("Heisei")),
    ("昭和", _("Showa")),
    ("大正", _("Taisho")),
    ("明治", _("Meiji")),
    (eras.WESTERN, _("Western calendar")),
)
# Parts that are typed in digits, with their labels and how many digits they have at most.
DIGITS: dict[str, tuple[tuple[str, Promise, int], ...]] = {
    "date": (("year", _("Year"), 4), ("month", _("Month"), 2), ("day", _("Day"), 2)),
    "month": (("year", _("Year"), 4), ("month", _("Month"), 2)),
    "time": (("hour", _("Hour (0 to 23)"), 2), ("minute", _("Minute"), 2)),
}
BANK_KINDS = (("普通", _("Ordinary")), ("当座", _("Current")), ("貯蓄", _("Savings")))
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
POSTAL = ".@postal"  # ends the name of the input beside an address that finds it
KEPT = ".@kept"  # ends the name of the hidden input of what is stored and not shown: a file, a number

_TEMPLATES = {
    "longtext": "longtext",
    "address": "address",
    "date": "date",
    "month": "date",
    "time": "time",
    "money": "money",
    "computed": "computed",
    "explanation": "explanation",
    "individual_number": "individual_number",
    "signature": "signature",
    "secret": "secret",
    "select": "select",
    "yesno": "radios",
    "choice": "radios",
    "choices": "checkboxes",
    "consent": "consent",
    "bank_account": "bank",
    "file": "file",
}
# WCAG 1.3.5; a member of a repeat group is somebody else, and of a name the kata does not say whose it is.
_AUTOCOMPLETE = {"phone": "tel", "mail": "email", "address": "street-address"}
_FIRST_PARTS = {
    "date": "year",
    "month": "year",
    "time": "hour",
    "bank_account": "bank_name",
    "signature": "agreed",
}
_NOTHING: Mapping[str, str] = {}
_NO_HTML = SafeString()
_INPUT_MODES = {"phone": "tel", "mail": "email", "int": "numeric", "number": "decimal"}


@dataclass(frozen=True)
class Choice:
    """One row of radio buttons or checkboxes."""

    id: str
    value: str
    label: str
    hint: str
    checked: bool
    alone: bool


@dataclass(frozen=True)
class Digits:
    """One part of a value that is typed in digits."""

    name: str
    label: Promise
    value: str
    longest: int


@dataclass(frozen=True)
class Field:
    """A question ready for its template; `path` is the name and id of its input."""

    path: str
    type: str
    label: str
    hint: str
    required: bool
    error: str
    wrong_part: str
    parts: dict[str, str]
    choices: tuple[Choice, ...]
    kept: str
    autocomplete: str
    accept: str
    max_length: int | None
    partial: bool = False
    finds_address: bool = False
    postal: str = ""
    source: str = ""  # where its value came from, when nobody typed it
    html: SafeString = _NO_HTML

    @property
    def template(self) -> str:
        return f"look/fields/{_TEMPLATES.get(self.type, 'text')}.html"

    @property
    def value(self) -> str:
        return self.parts.get("", "")

    @property
    def stored(self) -> Mapping[str, Any] | None:
        """Name and size of a file that is already there."""
        return open_kept(self.kept)

    @property
    def described_by(self) -> str:
        ids = [f"{self.path}-hint"] if self.hint else []
        ids += [f"{self.path}-source"] if self.source else []
        return " ".join([*ids, f"{self.path}-error"] if self.error else ids)

    @property
    def target(self) -> str:
        """The id a line of the error summary leads to: the wrong part, else the first input."""
        first = _FIRST_PARTS.get(self.type, "")
        if part := self.wrong_part or first:
            return f"{self.path}.{part}"
        return self.choices[0].id if self.choices and self.type != "select" else self.path

    @property
    def digits(self) -> list[Digits]:
        return [Digits(name, label, self.parts[name], longest) for name, label, longest in DIGITS[self.type]]

    @property
    def input_mode(self) -> str:
        return _INPUT_MODES.get(self.type, "")

    @property
    def wide(self) -> bool:
        return self.type == "address" or (self.type == "text" and (self.max_length or 100) > 60)

    @property
    def eras(self) -> tuple[tuple[str, Promise], ...]:
        return ERAS

    @property
    def bank_kinds(self) -> tuple[tuple[str, Promise], ...]:
        return BANK_KINDS


def build(
    program: Program,
    form_id: str,
    step: Step,
    items: Iterable[Item],
    *,
    typed: Typed,
    problems: Iterable[Problem] = (),
    lang: str,
    member: int | None = None,
    worked_out: Mapping[str, str] = _NOTHING,
    finds_address: bool = False,
) -> list[Field]:
    """The fields of a step, or of one member of its repeat group, filled with what was typed or `worked_out`.

    With `finds_address` an address has a button that asks the page to find it by its postal code.
    """
    wrong = {problem.path: problem for problem in reversed(list(problems))}
    prefix = f"{step.repeat.id}.{member}." if step.repeat and member is not None else ""
    shown = {**typed, **{path: [text] for path, text in worked_out.items()}}
    found = [_field(program, form_id, step, item, prefix, shown, wrong, lang) for item in items]
    return [replace(field, finds_address=True) for field in found] if finds_address else found


def with_sources(shown: Iterable[Field], sources: Mapping[str, str]) -> list[Field]:
    """The fields, of which some say where their value came from."""
    return [replace(field, source=sources.get(field.path, "")) for field in shown]


def typed_answers(
    program: Program, form_id: str, step: Step, answers: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What a browser would have sent for stored answers: the inverse of reading a step."""
    several = {item.id for item in step.items if item.type == "choices"}
    typed = {
        name: text.split("\n") if name.rpartition(".")[2] in several else [text]
        for name, text in forms.as_fields(program, form_id, step.id, answers).items()
    }
    for item, path, stored in _unshown(step, answers):
        typed[path + KEPT] = [keep(stored) if item.type == "file" else "true"]
        typed.pop(path, None)
    return typed


def keep(file: Mapping[str, Any]) -> str:
    """A stored file as a signed word that only this site can have written."""
    return signing.dumps(dict(file), salt="look.kept", compress=True)


def open_kept(token: str) -> dict[str, Any] | None:
    """The stored file of such a word, None when there is none or it is forged."""
    try:
        return dict(signing.loads(token, salt="look.kept")) if token else None
    except signing.BadSignature:
        return None


def _field(
    program: Program,
    form_id: str,
    step: Step,
    item: Item,
    prefix: str,
    typed: Typed,
    wrong: Mapping[str, Problem],
    lang: str,
) -> Field:
    path = prefix + item.id
    problem = wrong.get(path)
    return Field(
        path=path,
        type=item.type,
        label=program.item_text(form_id, step.id, item, "label", lang),
        hint=program.item_text(form_id, step.id, item, "hint", lang),
        required=item.required,
        error=problem.message if problem else "",
        wrong_part=(problem.part or "") if problem else "",
        parts=_parts(item, path, typed, lang),
        choices=_choices(program, form_id, step, item, path, typed, lang),
        kept=_last(typed, path + KEPT),
        autocomplete="" if prefix else _AUTOCOMPLETE.get(item.type, ""),
        accept=",".join(MEDIA_TYPES[kind] for kind in item.accept),
        max_length=item.max_length,
        partial=item.partial,
        postal=_last(typed, path + POSTAL),
        html=to_html(program.item_text(form_id, step.id, item, "text", lang), lang),
    )


def _parts(item: Item, path: str, typed: Typed, lang: str) -> dict[str, str]:
    if item.type == "individual_number":
        return {}
    names = forms.parts_of(item) or ("",)
    parts = {name: _last(typed, f"{path}.{name}" if name else path) for name in names}
    if "era" in parts and lang == "en":
        parts["era"] = parts["era"] or eras.WESTERN
    return parts


def _choices(
    program: Program, form_id: str, step: Step, item: Item, path: str, typed: Typed, lang: str
) -> tuple[Choice, ...]:
    chosen = set(typed.get(path, ()))
    if item.type == "yesno":
        words = ("Yes", "No") if lang == "en" else ("はい", "いいえ")
        rows = [("true", words[0], "", False), ("false", words[1], "", False)]
    else:
        texts = f"forms.{form_id}.{step.id}.{item.id}.options"
        rows = [
            (
                option.id,
                program.option_text(form_id, step.id, item, option.id, lang),
                program.text(f"{texts}.{option.id}.hint", option.hint or "", lang),
                option.alone,
            )
            for option in item.options
        ]
    return tuple(
        Choice(f"{path}.{index}", value, label, hint, value in chosen, alone)
        for index, (value, label, hint, alone) in enumerate(rows)
    )


def _unshown(step: Step, answers: Mapping[str, Any]) -> Iterator[tuple[Item, str, Any]]:
    """The stored answers of a step that no input can be filled with."""
    members = [("", answers)]
    if step.repeat is not None:
        stored = answers.get(step.repeat.id) or []
        members = [(f"{step.repeat.id}.{number}.", member) for number, member in enumerate(stored)]
    for prefix, member in members:
        for item in step.items:
            if item.type in forms.KEPT_TYPES and member.get(item.id):
                yield item, prefix + item.id, member[item.id]


def _last(typed: Typed, name: str) -> str:
    return (list(typed.get(name, ())) or [""])[-1]
