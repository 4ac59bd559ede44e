"""The names of a kata with their types: what conditions, tables, workflows and notices may read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.expressions import (
    ANY,
    DATE,
    KEYWORDS,
    LIST,
    NUMBER,
    RESERVED,
    TEXT,
    WHOLE,
    YESNO,
    Type,
    choice,
    list_of,
    record,
)
from yuimaru.core.kata.facts import TODAY
from yuimaru.core.kata.forms.values import ACCOUNT_PARTS
from yuimaru.core.kata.models import Decision, Form, Item, Kata, Param, Step, WorkStep
from yuimaru.core.kata.program import route_tables
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.tables.outputs import TYPES, joins
from yuimaru.core.kata.tables.policies import COLLECTED, SINGLE
from yuimaru.core.kata.ways import Ways
from yuimaru.core.kata.workflow import ACT, APPLICANT, REASON

_ACCOUNT = record(**dict.fromkeys(ACCOUNT_PARTS, TEXT))
_FILE = record(id=TEXT, name=TEXT, size=Type("number", whole=True), media_type=TEXT)
_PLAIN_ITEMS = {
    "date": DATE,
    "month": DATE,
    "yesno": YESNO,
    "consent": YESNO,
    "bank_account": _ACCOUNT,
    "file": _FILE,
    "signature": record(name=TEXT, on=DATE),
}
GIVEN = {"text": TEXT, "int": WHOLE, "number": NUMBER, "money": WHOLE, "yesno": YESNO, "date": DATE}


@dataclass(frozen=True)
class Scope:
    """The names of one kata."""

    kata: Kata

    @cached_property
    def params(self) -> dict[str, Type]:
        """What is known before anything is asked: today and what the municipality has set."""
        return {TODAY: DATE, **{param.id: param_type(param) for param in self.kata.params}}

    @cached_property
    def applicant_items(self) -> dict[str, Type]:
        """Items and repeat groups of all forms that applicants fill in."""
        forms = [form for form in self.kata.forms if form.audience == "applicant"]
        return {name: of for form in forms for name, of in form_names(form)}

    @cached_property
    def facts(self) -> dict[str, Type]:
        """Everything that tables may read, the outputs of other tables apart."""
        return {**self.params, **self.applicant_items}

    @cached_property
    def decisions(self) -> dict[str, Type]:
        """The outputs of every table, as later tables and workflows read them."""
        return {
            decision.id: record(**outputs(decision))
            for decision in self.kata.decisions
            if decision.id not in self.routes
        }

    @cached_property
    def routes(self) -> frozenset[str]:
        """The tables that are routes of approvals: they read the whole case, and nothing reads them."""
        return route_tables(self.kata)

    @cached_property
    def case(self) -> dict[str, Type]:
        """Everything that workflows may read."""
        steps = self.kata.workflow.steps if self.kata.workflow else []
        forms = {form.id: form for form in self.kata.forms}
        listed = _done_for_members(self.kata)
        acts = {step.id: _act(step, forms.get(step.form or "")) for step in steps}
        acts = {name: list_of(act) if name in listed else act for name, act in acts.items()}
        return {**self.facts, **self.decisions, **acts}


def item_type(item: Item) -> Type:
    """The type of an item's answers, with its options and bounds."""
    if item.type == "choice":
        return choice(*(option.id for option in item.options))
    if item.type == "choices":
        return list_of(choice(*(option.id for option in item.options)))
    if item.type in ("int", "number"):
        return Type("number", whole=item.type == "int", low=item.min, high=item.max)
    if item.type == "money":
        return Type("number", whole=True, low=item.min or 0, high=item.max)
    if item.type == "computed":
        return GIVEN[item.gives]
    return _PLAIN_ITEMS.get(item.type, TEXT)


def param_type(param: Param) -> Type:
    """The type of a parameter."""
    if param.type == "int":
        return Type("number", whole=True, low=param.min, high=param.max)
    return YESNO if param.type == "yesno" else TEXT


def step_names(step: Step) -> dict[str, Type]:
    """The items of a step that expressions may read."""
    return {item.id: item_type(item) for item in step.items if item.readable}


def form_names(form: Form) -> Iterator[tuple[str, Type]]:
    """Items outside repeats, and groups as lists of records, in the order in which they are asked."""
    for step in form.steps:
        own = step_names(step)
        if step.repeat is None:
            yield from own.items()
        else:
            yield step.repeat.id, list_of(record(**own))


def outputs(decision: Decision) -> dict[str, Type]:
    """The types of a table's outputs; several members or rows give a list where nothing joins them."""
    collecting = COLLECTED.get(decision.hit)
    several = decision.each is not None or decision.hit not in SINGLE
    found: dict[str, Type] = {}
    for output in decision.outputs:
        counted = collecting == "count" and output.aggregate is None and decision.each is None
        joined = output.aggregate in ("sum", "max", "min") or (
            collecting is not None and output.aggregate is None and joins(output, collecting)
        )
        found[output.id] = WHOLE if counted else LIST if several and not joined else TYPES[output.type]
    return found


def check_names(scope: Scope, findings: Findings) -> None:
    """Every name that expressions can read must be readable and stand for one thing only."""
    seen: dict[str, str] = {TODAY: "きょうの日付", APPLICANT: "申請者"}
    for location, name, kind in _names(scope.kata):
        place = (*location, "id")
        if unicodedata.normalize("NFKC", name) != name:
            findings.add(
                place,
                "id_form",
                f"id「{name}」に半角カナや全角英数字は使えません。",
                f"The id “{name}” must not contain half-width kana or full-width letters and digits.",
            )
        if name in KEYWORDS | RESERVED:
            findings.add(
                place,
                "id_reserved",
                f"「{name}」は式で使う語なので、idにできません。",
                f"“{name}” is a word of expressions and cannot be an id.",
            )
        if name in seen:
            findings.add(
                place,
                "duplicate_id",
                f"id「{name}」は{seen[name]}に使われています。{kind}のidを変えてください。",
                f"The id “{name}” is used twice in this kata. Change one of them.",
            )
        seen.setdefault(name, kind)


def _names(kata: Kata) -> Iterator[tuple[Location, str, str]]:
    for number, param in enumerate(kata.params):
        yield ("kata", "params", number), param.id, "設定"
    for f, form in enumerate(kata.forms):
        for s, step in enumerate(form.steps):
            here: Location = ("kata", "forms", f, "steps", s)
            if step.repeat is not None:
                yield (*here, "repeat"), step.repeat.id, "くり返し"
            for i, item in enumerate(step.items):
                yield (*here, "items", i), item.id, "項目"
    for number, decision in enumerate(kata.decisions):
        yield ("kata", "decisions", number), decision.id, "判定表"
    for number, work_step in enumerate(kata.workflow.steps if kata.workflow else ()):
        yield ("kata", "workflow", "steps", number), work_step.id, "工程"


def _done_for_members(kata: Kata) -> set[str]:
    """The steps that are done once for each member of a group, so that their acts are a list."""
    ways = Ways(kata.workflow) if kata.workflow else None
    return {
        name
        for fork, branches in (ways.branches if ways else {}).items()
        for branch in branches
        for name in branch
        if ways and ways.steps[fork].each
    }


def _act(step: WorkStep, form: Form | None) -> Type:
    own = dict(form_names(form)) if form else {}
    options = choice(*(action.id for action in step.actions)) if step.actions else ANY
    return record(**{**own, ACT: options, REASON: TEXT})
