"""Trying out one table with loose input: answers of the form, or the values of the table's columns themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.forms import check_answers
from yuimaru.core.kata.models import Decision, Form
from yuimaru.core.kata.program import Program, UnknownName, program
from yuimaru.core.kata.tables import Decided, compile_table, decided
from yuimaru.core.kata.workflow import case_facts


class TrialError(ValueError):
    """Raised for input that does not fit the kata: one sentence in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja


def try_table(canonical: str, table_id: str, given: Mapping[str, Any], today: date) -> Decided:
    """Decide one table for a JSON object of answers and params, or of values by column; raises TrialError, TableError.

    As soon as a column that is no item has a value, all values named like columns are taken as those of the columns,
    without the form and without the table's `when` and `each`.
    """
    ready = program(canonical)
    try:
        decision = ready.decision(table_id)
    except UnknownName:
        raise _unknown("判定表", "table", table_id, {**ready.tables, **ready.routes}) from None
    form = ready.applicant_form
    columns = {column.id for column in decision.inputs}
    for name in given:
        if name not in _names(form) | ready.params.keys() | columns:
            raise _unknown("項目", "item", name, _names(form) | ready.params.keys() | columns)
    params: dict[str, Value] = {name: value for name, value in given.items() if name in ready.params}
    direct = given.keys() & columns if given.keys() & columns - _names(form) else set()
    answers = {name: _stored(value) for name, value in given.items() if name not in {*params, *direct}}
    _refuse_wrong(ready, form, answers, today, params)
    known = facts(ready, form.id, answers, today=today, params=params)
    if not direct and table_id in ready.tables:
        return decide_all(ready, known)[table_id]
    scope = {
        **case_facts(ready, with_decisions(known, decide_all(ready, known)), ()),
        **{name: _typed(given[name]) for name in direct},
    }
    return decided(compile_table(_by_columns(decision, direct)), scope)


def _by_columns(decision: Decision, direct: set[str]) -> Decision:
    """The table with some columns reading values given under their own ids."""
    inputs = [
        column.model_copy(update={"expression": None}) if column.id in direct else column
        for column in decision.inputs
    ]
    return decision.model_copy(update={"inputs": inputs, "each": None, "when": None})


def _names(form: Form) -> set[str]:
    """The names of top-level answers: items outside repeats, and groups."""
    items = {item.id for step in form.steps if step.repeat is None for item in step.items}
    return items | {step.repeat.id for step in form.steps if step.repeat is not None}


def _refuse_wrong(
    ready: Program, form: Form, answers: Mapping[str, Any], today: date, params: Mapping[str, Value]
) -> None:
    """Missing answers are fine in a trial; answers of the wrong kind are not."""
    japanese = check_answers(ready, form.id, answers, today=today, params=params)
    english = check_answers(ready, form.id, answers, today=today, params=params, lang="en")
    for ja, en in zip(japanese, english, strict=True):
        if ja.code not in ("required", "few_members", "check"):
            raise TrialError(f"{ja.path}：{ja.message}", f"{en.path}: {en.message}")


def _stored(value: Any) -> Any:
    """Decimals as stored answers write them."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return [_stored(each) for each in value]
    return {name: _stored(each) for name, each in value.items()} if isinstance(value, dict) else value


def _typed(value: Any) -> Value:
    """The value of a column: text in the form of a date is a date."""
    if isinstance(value, str) and len(value) == len("2026-04-01"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value  # type: ignore[no-any-return]


def _unknown(ja: str, en: str, name: str, known: Iterable[str]) -> TrialError:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    hints = (f"「{near[0]}」のことですか。", f" Did you mean “{near[0]}”?") if near else ("", "")
    return TrialError(
        f"「{name}」という{ja}はありません。{hints[0]}", f"There is no {en} “{name}”.{hints[1]}"
    )
