"""Checks of forms: ids, words that do not fit the type of an item, conditions that look ahead."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import GIVEN, Scope, form_names, item_type, step_names
from yuimaru.core.kata.expressions import TEXT, YESNO, ExpressionError, Type, infer, list_of, record
from yuimaru.core.kata.facts import TODAY
from yuimaru.core.kata.models import Form, Item, Step
from yuimaru.core.kata.source import Location

_LINES = frozenset({"text", "longtext", "name", "kana", "address", "phone", "mail"})
_FITTING: dict[str, frozenset[str]] = {
    "options": frozenset({"choice", "choices"}),
    "min": frozenset({"int", "number", "money"}),
    "max": frozenset({"int", "number", "money"}),
    "max_length": _LINES,
    "accept": frozenset({"file"}),
    "max_mb": frozenset({"file"}),
    "partial": frozenset({"date"}),
    "expression": frozenset({"computed"}),
    "gives": frozenset({"computed"}),
    "text": frozenset({"explanation"}),
}
_ANSWERED_ONLY = ("required", "check", "hint")
_PREFILLED = _LINES | {"date", "yesno", "choice", "int", "money", "bank_account"}
_NOT_IN_A_CHAT = frozenset({"explanation", "individual_number", "signature"})


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
        if form.chat:
            _check_chat(findings, place, step)
        if step.repeat is not None:
            _check_repeat(findings, place, form, step)
            known[step.repeat.id] = list_of(record(**step_names(step)))
        else:
            known |= step_names(step)


def _check_step(
    findings: Findings, here: Location, step: Step, known: dict[str, Type], later: dict[str, Type]
) -> None:
    own = dict(known)
    ahead = {**later, **step_names(step)}
    for number, item in enumerate(step.items):
        place: Location = (*here, "items", number)
        if item.when:
            findings.expression((*place, "when"), item.when, own, YESNO, ahead)
        if item.expression:
            _check_formula(findings, (*place, "is"), item, own, ahead)
        if item.prefill:
            _check_prefill(findings, place, item, known if step.repeat else own)
        if item.readable:
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
    for number, item in enumerate(step.items):
        if item.type == "individual_number":
            findings.add(
                (*here, "items", number, "type"),
                "repeat_type",
                "個人番号（individual_number）は、くり返しの中では尋ねられません。",
                "An individual number cannot be asked inside a repeat.",
            )


def _check_prefill(findings: Findings, here: Location, item: Item, known: dict[str, Type]) -> None:
    """A source must exist before the item, and give what the item takes."""
    assert item.prefill is not None
    place = (*here, "prefill")
    name = TODAY if item.prefill.source == "today" else item.prefill.of or ""
    if name not in known:
        findings.unknown((*place, "of"), "前の項目や設定", "earlier item or setting", name, known)
    elif not item.asks or item.type not in _PREFILLED:
        _does_not_fit(findings, here, "prefill", item)
    elif known[name].kind != (TEXT if item.type == "bank_account" else item_type(item)).kind:
        findings.add(
            place,
            "prefill_type",
            f"「{name}」の値は、種類が {item.type} の項目には入りません。",
            f"What “{name}” holds does not fit an item of the type {item.type}.",
        )


def _check_chat(findings: Findings, here: Location, step: Step) -> None:
    for number, item in enumerate(step.items):
        if item.type in _NOT_IN_A_CHAT:
            findings.add(
                (*here, "items", number, "type"),
                "chat_type",
                f"会話で使う様式（chat）には、種類が {item.type} の項目を入れられません。",
                f"A form that runs as a conversation (chat) cannot contain items of the type {item.type}.",
            )


def _check_formula(
    findings: Findings, here: Location, item: Item, known: dict[str, Type], ahead: dict[str, Type]
) -> None:
    assert item.expression is not None
    wanted = GIVEN[item.gives]
    findings.expression(here, item.expression, known, wanted, ahead)
    try:
        found = infer(item.expression, known)
    except ExpressionError:
        return  # told by the check above
    if wanted.whole and found.kind == "number" and not found.whole:
        findings.add(
            here,
            "not_whole",
            "整数になるとは限らない式です。切り捨てなどで整数にするか、gives: number と書いてください。",
            "This expression may give a fraction. Round it, or write “gives: number”.",
        )


def _check_item(findings: Findings, here: Location, item: Item) -> None:
    for word in item.model_fields_set & _FITTING.keys():
        if item.type not in _FITTING[word]:
            _does_not_fit(findings, here, word, item)
    for word in _ANSWERED_ONLY:
        if getattr(item, word) and (word == "required" or item.type == "explanation") and not item.asks:
            _does_not_fit(findings, here, word, item)
    for word, needed_by in (("expression", "computed"), ("text", "explanation")):
        if item.type == needed_by and not getattr(item, word):
            name = _written(word)
            findings.add(
                here,
                f"no_{name}",
                f"種類が {needed_by} の項目には、{name} が必要です。",
                f"An item of the type {needed_by} needs “{name}”.",
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


def _does_not_fit(findings: Findings, here: Location, word: str, item: Item) -> None:
    name = _written(word)
    findings.add(
        (*here, name),
        "does_not_fit",
        f"{name} は、種類が {item.type} の項目では使えません。",
        f"{name} cannot be used with an item of the type {item.type}.",
    )


def _written(word: str) -> str:
    """The name of a field as it stands in YAML."""
    return Item.model_fields[word].alias or word


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
