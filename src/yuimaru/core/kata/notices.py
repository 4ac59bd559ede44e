"""Notices to applicants: fixed text with merge fields «項目», and nothing else that could be carried out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from yuimaru.core.japan.eras import format_date
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import Answers, Params, facts
from yuimaru.core.kata.forms import display
from yuimaru.core.kata.forms.messages import word
from yuimaru.core.kata.program import Program, holds
from yuimaru.core.kata.tables import Decided

REASON_FIELD, APPEAL, AUTHORITY = "理由", "教示", "処分庁"
# What the services fill beside the kata: the receipt number, the reason, the municipality, who decided and how to
# appeal. They go before outputs of the same name.
GIVEN_FIELDS = ("受付番号", REASON_FIELD, "団体名", AUTHORITY, APPEAL)

_FIELD = re.compile("«([^«»\n]{1,80})»")


class MissingField(LookupError):
    """Raised when a notice names a field that has no text."""


def merge_fields(text: str) -> list[str]:
    """The names of the merge fields of a text, in order."""
    return _FIELD.findall(text)


def render(program: Program, notice_id: str, fields: Mapping[str, str], lang: str = "ja") -> tuple[str, str]:
    """Subject and body of a notice; raises UnknownName or MissingField. Texts of fields are never read again."""
    notice = program.notice(notice_id)
    subject = program.text(f"notices.{notice_id}.subject", notice.subject, lang)
    body = program.text(f"notices.{notice_id}.body", notice.body, lang)
    return fill(subject, fields).replace("\n", " "), fill(body, fields)


def notice_fields(
    program: Program,
    form_id: str,
    answers: Answers,
    decisions: Mapping[str, Decided],
    *,
    today: date,
    params: Params,
    lang: str = "ja",
) -> dict[str, str]:
    """The fields that a kata itself fills, as text: items, params and outputs (円 and 月額.円); none is sensitive or whereabouts."""
    fields = {name: _text(value, lang) for name, value in {**program.params, **params}.items()}
    for name, result in decisions.items():
        for output in program.decision(name).outputs:
            value = result.outputs.get(output.id) if result.outputs else None
            fields[f"{name}.{output.id}"] = fields[output.id] = _output(
                program, result, output.id, value, lang
            )
    known = facts(program, form_id, answers, today=today, params=params)
    for screen in program.screens(form_id):
        shown = holds(screen.when, known) and screen.step.repeat is None
        for question in screen.questions:
            item = question.item
            if not (item.sensitive or item.tells_whereabouts) and screen.step.repeat is None:
                asked = shown and holds(question.when, known)
                value = answers.get(item.id) if asked else None
                fields[item.id] = display(program, form_id, screen.step.id, item, value, lang)
    return fields


def _output(program: Program, result: Decided, output_id: str, value: Value, lang: str) -> str:
    """An output in words; a text that stands in the row is translated by its path."""
    if isinstance(value, str) and len(result.rows) == 1:
        path = f"decisions.{result.table}.rows.{result.rows[0]}.then.{output_id}"
        return program.text(path, value, lang)
    return _text(value, lang)


def fill(text: str, fields: Mapping[str, str]) -> str:
    """A text with its merge fields replaced, once; raises MissingField."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] not in fields:
            raise MissingField(match[1])
        return fields[match[1]]

    return _FIELD.sub(replaced, text)


def _text(value: Value, lang: str) -> str:
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if isinstance(value, (int, Decimal)):
        return f"{value:,}"
    if isinstance(value, date):
        return format_date(value, lang)
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "ja" else ", ").join(_text(each, lang) for each in value)
    return value if isinstance(value, str) else ""
