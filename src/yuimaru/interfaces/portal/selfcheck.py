"""A self-check as a conversation: one question at a time; the answers travel in the page itself and are kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yuimaru.core.kata import conversation, forms
from yuimaru.core.kata.conversation import Turn
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Decided
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look import fields
from yuimaru.interfaces.portal.findings import output_text
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.screens import ErrorLine
from yuimaru.services.catalogue.queries import get_for_residents

ASKED, AGAIN = "@asked", "@again"
EMERGENCY = "119"

Data = dict[str, Sequence[str]]


@dataclass(frozen=True)
class Reply:
    """An earlier answer as the page repeats it."""

    item: str
    question: str
    answer: str


@dataclass(frozen=True)
class Advice:
    """The result in words; a self-check's table names its outputs like these fields."""

    headline: str
    explanation: str
    acts: list[str]
    watch: str
    phone: str
    reason: str
    ground: str
    table: str
    row: int

    @property
    def is_emergency(self) -> bool:
        return self.phone == EMERGENCY


@dataclass(frozen=True)
class Talk:
    """A conversation up to here: where it stands and what is wrong with the last answer."""

    turn: Turn
    answers: Mapping[str, Any]
    problems: list[Problem]


@municipal
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, municipality: Organisation, kata: str) -> HttpResponse:
    """The next question, or the result; every earlier answer can be chosen again."""
    today = timezone.localdate()
    program = get_for_residents(municipality, kata, on=today).program
    form = program.applicant_form
    if not form.chat:
        raise Http404
    data: Data = {name: request.POST.getlist(name) for name in request.POST}
    again = request.POST.get(AGAIN, "")
    data = {name: values for name, values in data.items() if name.split(".")[0] != again}
    talk = _talk(program, form.id, data, asked="" if again else request.POST.get(ASKED, ""), today=today)
    context: dict[str, Any] = {
        "title": program.title(language()),
        "kata": kata,
        "version": program.kata.version,
        "disclaimer": program.text("disclaimer", program.kata.disclaimer or "", language()),
        "replies": _replies(program, form.id, talk),
        "carried": _carried(program, form.id, data, talk.turn.question),
    }
    if talk.turn.question is None or talk.turn.step is None:
        advice = _advice(program, talk.turn.result or {})
        return page(
            request,
            municipality,
            "check_alarm.html" if advice.is_emergency else "check_result.html",
            advice=advice,
            skipped=talk.turn.skipped,
            **context,
        )
    step = talk.turn.step
    field = fields.build(
        program,
        form.id,
        step,
        [talk.turn.question],
        typed=data,
        problems=talk.problems,
        lang=language(),
    )[0]
    return page(
        request,
        municipality,
        "check.html",
        field=field,
        lead=program.text(f"forms.{form.id}.{step.id}.lead", step.lead or "", language()),
        asked=field.path,
        number=len(talk.turn.asked) + 1,
        most_left=talk.turn.most_left - 1,
        errors=[ErrorLine(problem.message, field.target) for problem in talk.problems],
        **context,
    )


def _talk(program: Program, form_id: str, data: Data, *, asked: str, today: date) -> Talk:
    """Go through the conversation with what was sent, up to the first question without a proper answer."""
    answers: dict[str, Any] = {}
    while True:
        turn = conversation.turn(program, form_id, answers, today=today, params=program.params)
        item = turn.question
        if item is None or not (_is_sent(item, data) or item.id == asked):
            return Talk(turn, answers, [])
        found = forms.read_item(
            program,
            form_id,
            item.id,
            data,
            answers=answers,
            files={},
            today=today,
            params=program.params,
            lang=language(),
        )
        if found.problems:
            return Talk(turn, answers, found.problems if item.id == asked else [])
        answers[item.id] = found.values.get(item.id)


def _is_sent(item: Item, data: Data) -> bool:
    return any(name in data for name in forms.field_names(item, item.id))


def _replies(program: Program, form_id: str, talk: Talk) -> list[Reply]:
    places = {item.id: (step, item) for step in program.form(form_id).steps for item in step.items}
    replies = []
    for name in talk.turn.asked:
        step, item = places[name]
        answer = forms.display(program, form_id, step.id, item, talk.answers[name], language())
        question = program.item_text(form_id, step.id, item, "label", language())
        replies.append(Reply(name, question, answer))
    return replies


def _carried(program: Program, form_id: str, data: Data, question: Item | None) -> list[tuple[str, str]]:
    """Hidden inputs that bring every answer given so far to the next page; an empty one says "skipped"."""
    items = [item for step in program.form(form_id).steps for item in step.items if item != question]
    return [
        (name, value)
        for item in items
        for name in forms.field_names(item, item.id)
        for value in data.get(name, ())
    ]


def _advice(program: Program, results: Mapping[str, Decided]) -> Advice:
    result = next((each for each in results.values() if each.outputs is not None), None)
    if result is None or result.outputs is None:
        raise Http404
    path = f"decisions.{result.table}"
    decision = program.decision(result.table)
    row = next(each for each in decision.rows if each.id == result.rows[0])

    def said(output: str) -> str:
        return output_text(program, path, result, output, (result.outputs or {}).get(output), language())

    return Advice(
        headline=said("見出し"),
        explanation=said("説明"),
        acts=said("していただきたいこと").splitlines(),
        watch=said("相談するとき"),
        phone=said("電話"),
        reason=program.text(f"{path}.rows.{row.id}.note", row.note or "", language()),
        ground=program.text(f"{path}.rows.{row.id}.ground", row.ground or "", language()),
        table=program.text(f"{path}.title", decision.title, language()),
        row=decision.rows.index(row) + 1,
    )
