"""Asking in everyday words: an answer made of the town's own sentences, close entries, or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.people.queries import general_section, section_named
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look import asking
from yuimaru.interfaces.look.noting import noted
from yuimaru.interfaces.look.preferences import EASY
from yuimaru.interfaces.portal import conversation, enquiry
from yuimaru.interfaces.portal.life_events import EXAMPLES
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.procedures import card
from yuimaru.interfaces.portal.rating import rating_form
from yuimaru.services.catalogue.queries import get_for_residents
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.queries import Turn
from yuimaru.services.knowledge.rules.answer import Answer


@municipal
@require_safe
def ask(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """The answer to `?q=` after the questions `before=`; the question is kept, nothing about the asker is."""
    question = conversation.read(request.GET.get("q", ""))
    if not question:
        return redirect("portal:home", municipality.code)
    before = conversation.earlier(request.GET)
    reading = EASY if request.GET.get("lang") == EASY else ""
    today = timezone.localdate()
    talked = asking.talk(municipality, question, before, on=today, lang=language())
    answer = talked.turn.answer
    cards = [
        card(municipality, get_for_residents(municipality, match["kata"], on=today))
        for match in talked.procedures
    ]
    told = talked.turn.as_json() | {"question": talked.turn.reading.text}
    response = page(
        request,
        municipality,
        "answer.html",
        question=question,
        answer=answer,
        worded=_worded(answer, municipality),
        explanation=_explanation(answer),
        contact=section_named(answer.contact.section) or general_section(),
        procedures=cards,
        enquiry=enquiry.address(municipality, question, before, on=today),
        examples=EXAMPLES,
        easy=True,
        reading=reading,
        **_conversation(municipality, [*before, question], talked.turn, on=today, reading=reading),
        rating=rating_form(request, municipality, told),
    )
    return noted(response, request, municipality, told, channel="portal")


def _conversation(
    municipality: Organisation, turns: list[str], turn: Turn, *, on: date, reading: str
) -> dict[str, Any]:
    """What was asked before, what the question may mean, and what can be asked further."""
    going_along = asking.going_along(municipality, turns, on=on)
    is_open = turn.answer.outcome == "none" or turn.choices
    return {
        "carried": turn.reading.carried,
        "thread": conversation.thread(municipality, turns[:-1], reading=reading),
        "choices": conversation.offered(municipality, turns, turn.choices, reading=reading),
        "going_along": going_along,
        "further": [] if is_open else conversation.further(municipality, going_along, reading=reading),
    }


@dataclass(frozen=True)
class Worded:
    """A sentence of the model, and the numbers of the quotes below that it stands on."""

    text: str
    numbers: list[int]


def _worded(answer: Answer, municipality: Organisation) -> list[Worded]:
    """The answer in the words of the town's model, where it has one that may be asked now."""
    sentences = actions.word(answer, municipality, at=timezone.now())
    return [Worded(sentence.text, [at + 1 for at in sentence.quotes]) for sentence in sentences]


def _explanation(answer: Answer) -> str:
    """Why there is no answer, without the first sentence: the page says that one larger."""
    if answer.refusal is None:
        return ""
    message, stop = (
        (answer.refusal.message_en, ". ") if language() == "en" else (answer.refusal.message, "。")
    )
    return message.partition(stop)[2]
