"""Checks of forms: ids, words that do not fit the type of an item, conditions that look ahead."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope, form_names, item_type
from yuimaru.core.kata.expressions import YESNO, Type, list_of, record
from yuimaru.core.kata.models import Form, Item, Step
from yuimaru.core.kata.source import Location

_LINES = frozenset({"text", "longtext", "name", "kana", "address", "phone", "mail"})
_FITTING: dict[str, frozenset[str]] = {
    "options": frozenset({"choice", "choices"}),
    "min": frozenset({"int", "number"}),
    "max": frozenset({"int", "number"}),
    "max_length": _LINES,
    "accept": frozenset({"file"}),
    "max_mb": frozenset({"file"}),
}


def check_forms(scope: Scope, findings: Findings) -> None:
    """Check all forms of a kata."""
    forms = scope.kata.forms
    findings.distinct(("kata", "forms"), (form.id for form in forms), "様式", "form")
    if not any(form.audience == "applicant" for form in forms):
        findings.add(
            ("kata", "forms"),
            "no_applicant_form",
            "住民が入力する様式がありません。1つの様式から audience: staff を外してください。",
            "There is no form for applicants. Remove “audience: staff” from one form.",
        )
    for number, form in enumerate(forms):
        _check_form(scope, findings, ("kata", "forms", number), form)


def _check_form(scope: Scope, findings: Findings, here: Location, form: Form) -> None:
    findings.distinct((*here, "steps"), (step.id for step in form.steps), "画面", "step")
    known = dict(scope.params)
    later = dict(form_names(form))
    for number, step in enumerate(form.steps):
        place: Location = (*here, "steps", number)
        if step.when:
            findings.expression((*place, "when"), step.when, known, YESNO, later)
        _check_step(findings, place, step, known, later)
        if step.repeat is not None:
            _check_repeat(findings, place, form, step)
            known[step.repeat.id] = list_of(record(**{item.id: item_type(item) for item in step.items}))
        else:
            known |= {item.id: item_type(item) for item in step.items}


def _check_step(
    findings: Findings, here: Location, step: Step, known: dict[str, Type], later: dict[str, Type]
) -> None:
    own = dict(known)
    ahead = {**later, **{item.id: item_type(item) for item in step.items}}
    for number, item in enumerate(step.items):
        place: Location = (*here, "items", number)
        if item.when:
            findings.expression((*place, "when"), item.when, own, YESNO, ahead)
        own[item.id] = item_type(item)
        if item.check:
            findings.expression((*place, "check"), item.check, own, YESNO, ahead)
        _check_item(findings, place, item)


def _check_repeat(findings: Findings, here: Location, form: Form, step: Step) -> None:
    assert step.repeat is not None
    if step.repeat.min > step.repeat.max:
        findings.add((*here, "repeat"), "min_max", *_min_max())
    if form.chat:
        findings.add(
            (*here, "repeat"),
            "chat_repeat",
            "会話で使う様式（chat）には、くり返しを入れられません。",
            "A form that runs as a conversation (chat) cannot contain a repeat.",
        )


def _check_item(findings: Findings, here: Location, item: Item) -> None:
    for word in item.model_fields_set & _FITTING.keys():
        if item.type not in _FITTING[word]:
            findings.add(
                (*here, word),
                "does_not_fit",
                f"{word} は、種類が {item.type} の項目では使えません。",
                f"{word} cannot be used with an item of the type {item.type}.",
            )
    if item.type in _FITTING["options"]:
        _check_options(findings, here, item)
    if item.min is not None and item.max is not None and item.min > item.max:
        findings.add((*here, "min"), "min_max", *_min_max())
    if item.message and not item.check:
        findings.add(
            (*here, "message"),
            "message_without_check",
            "check がないので、この文は表示されません。check を書くか、message を消してください。",
            "Without a check this sentence is never shown. Add a check or remove the message.",
            "warning",
        )


def _check_options(findings: Findings, here: Location, item: Item) -> None:
    if len(item.options) < 2:
        findings.add(
            here,
            "no_options",
            f"「{item.id}」に選択肢がありません。options に2つ以上書いてください。",
            f"“{item.id}” has no options. Write at least two under options.",
        )
    findings.distinct((*here, "options"), (option.id for option in item.options), "選択肢", "option")
    for number, option in enumerate(item.options):
        if option.alone and item.type == "choice":
            findings.add(
                (*here, "options", number),
                "does_not_fit",
                "alone は、複数を選べる項目（choices）だけで使えます。",
                "alone can be used only where several options may be chosen (choices).",
            )
        if "\n" in option.id:
            findings.add(
                (*here, "options", number),
                "option_id",
                "選択肢のidに改行は使えません。",
                "The id of an option cannot contain a line break.",
            )


def _min_max() -> tuple[str, str]:
    return "min が max より大きくなっています。", "min is larger than max."
