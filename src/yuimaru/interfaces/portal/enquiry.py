"""職員に尋ねる: a conversation with the documents goes on to a person, with all of it already in the form.

The questions travel in the address, as they do on the page of the answer; what the documents said is looked up again,
so that nobody can be shown saying what they did not. It is kept only when the screen is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from yuimaru.core.kata.items import applicant_items
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.look import asking
from yuimaru.interfaces.portal import conversation
from yuimaru.interfaces.portal.screens import Filling
from yuimaru.interfaces.portal.transcripts import transcript, with_subject
from yuimaru.services.catalogue.queries import get_for_residents

KATA, QUESTION, RECORD = "otoiawase", "内容", "会話の記録"
ASKED = "asked"


def address(municipality: Organisation, question: str, before: Sequence[str] = (), *, on: date) -> str:
    """Where the conversation can be put to a person; empty where the municipality has not adopted enquiries."""
    try:
        get_for_residents(municipality, KATA, on=on)
    except NotVisible:
        return ""
    form = reverse("portal:apply_step", args=[municipality.code, KATA, 1])
    return f"{form}?{conversation.carried(question, before, name=ASKED)}"


def with_conversation(request: HttpRequest, municipality: Organisation, filling: Filling) -> Filling:
    """The form with the question and the record of the conversation under what was written before, kept nowhere."""
    question = conversation.read(request.GET.get(ASKED, ""))
    if not question or filling.program.kata.kata != KATA:
        return filling
    before = conversation.earlier(request.GET)
    turns = [
        asking.talk(municipality, asked, before[:place], on=filling.today).turn
        for place, asked in enumerate([*before, question])
    ]
    added = {QUESTION: with_subject(turns[-1]), RECORD: transcript(turns)}
    longest = {
        item.id: item.max_length for item in applicant_items(filling.program) if item.type == "longtext"
    }
    asked = {
        item: _under(str(filling.answers.get(item) or ""), text)[: longest[item]]
        for item, text in added.items()
        if item in longest and text not in str(filling.answers.get(item) or "")
    }
    return replace(filling, asked=asked)


def _under(written: str, text: str) -> str:
    return f"{written}\n{text}".strip()
