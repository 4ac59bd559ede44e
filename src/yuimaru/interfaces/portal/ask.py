"""Asking in everyday words: an answer made of the town's own sentences, close entries, or a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuimaru.foundation.people.queries import general_section, section_named
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.noting import noted
from yuimaru.interfaces.portal import enquiry
from yuimaru.interfaces.portal.life_events import EXAMPLES
from yuimaru.interfaces.portal.municipal import language, municipal, page
from yuimaru.interfaces.portal.procedures import card
from yuimaru.interfaces.portal.rating import rating_form
from yuimaru.services.catalogue.queries import get_for_residents, matching
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.rules.answer import Answer


@municipal
@require_safe
def ask(request: HttpRequest, municipality: Organisation) -> HttpResponse:
    """The answer to `?q=`; the address can be shared; the question is kept, nothing about the asker is."""
    question = request.GET.get("q", "").strip()[: enquiry.LONGEST_QUESTION]
    if not question:
        return redirect("portal:home", municipality.code)
    today = timezone.localdate()
    answer = queries.ask(municipality, question, today)
    fitting = matching(municipality, question, on=today, lang=language())
    cards = [
        card(municipality, get_for_residents(municipality, match["kata"], on=today)) for match in fitting
    ]
    told = answer.as_json()
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
        enquiry=enquiry.address(municipality, question, on=today) if answer.outcome != "answer" else "",
        examples=EXAMPLES,
        rating=rating_form(request, municipality, told),
    )
    return noted(response, request, municipality, told, channel="portal")


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
