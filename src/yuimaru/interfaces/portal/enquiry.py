"""職員に尋ねる: what the documents did not answer goes on to a person, with the question already in the form.

The question travels in the address, as it does on the page of the answer; it is kept only when the screen is sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from yuimaru.core.kata.items import applicant_items
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.portal.screens import Filling
from yuimaru.services.catalogue.queries import get_for_residents

KATA, ITEM = "otoiawase", "内容"
ASKED = "asked"
LONGEST_QUESTION = 400


def address(municipality: Organisation, question: str, *, on: date) -> str:
    """Where the question can be put to a person; empty where the municipality has not adopted enquiries."""
    try:
        get_for_residents(municipality, KATA, on=on)
    except NotVisible:
        return ""
    return f"{reverse('portal:apply_step', args=[municipality.code, KATA, 1])}?{urlencode({ASKED: question})}"


def with_question(request: HttpRequest, filling: Filling) -> Filling:
    """The form with the question of the address under what was written before, kept nowhere."""
    question = request.GET.get(ASKED, "").strip()[:LONGEST_QUESTION]
    is_asked = filling.program.kata.kata == KATA and any(
        item.id == ITEM and item.type == "longtext" for item in applicant_items(filling.program)
    )
    if not question or not is_asked:
        return filling
    written = str(filling.answers.get(ITEM) or "")
    if question in written:
        return filling
    return replace(filling, asked={ITEM: f"{written}\n{question}".strip()})
