"""The questions of one resident one after the other: they travel in addresses and forms, the server keeps none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.portal.life_events import FURTHER
from yuimaru.services.knowledge.rules.choices import Choice
from yuimaru.services.knowledge.rules.context import MOST_TURNS

BEFORE = "before"
LONGEST_QUESTION = 400


@dataclass(frozen=True)
class Link:
    """A question as a page offers it, and where it is answered."""

    label: str
    url: str


def read(text: str) -> str:
    """A question as it came in, cut to what is read."""
    return text.strip()[:LONGEST_QUESTION]


def earlier(sent: QueryDict) -> list[str]:
    """The questions that were asked before, the latest last."""
    return [question for text in sent.getlist(BEFORE) if (question := read(text))][-MOST_TURNS:]


def carried(question: str, before: Sequence[str], *, name: str = "q") -> str:
    """A question with those before it, as the query of an address."""
    return urlencode({name: question, BEFORE: list(before)}, doseq=True)


def thread(municipality: Organisation, before: Sequence[str], *, reading: str = "") -> list[Link]:
    """The conversation so far: each question leads back to its answer."""
    return [
        _link(municipality, question, question, before[:place], reading)
        for place, question in enumerate(before)
    ]


def offered(
    municipality: Organisation, turns: Sequence[str], choices: Sequence[Choice], *, reading: str = ""
) -> list[Link]:
    """The subjects that the last of the turns may mean, each with the question that is asked by choosing it."""
    before = turns[-MOST_TURNS:]
    return [_link(municipality, choice.label, choice.question, before, reading) for choice in choices]


def further(municipality: Organisation, turns: Sequence[str], *, reading: str = "") -> list[Link]:
    """What may be asked next in a word or two, less what was asked already."""
    return [
        _link(municipality, str(question.label), question.asked, turns, reading)
        for question in FURTHER
        if question.asked not in turns
    ]


def _link(municipality: Organisation, label: str, question: str, before: Sequence[str], reading: str) -> Link:
    chosen = f"&{urlencode({'lang': reading})}" if reading else ""
    return Link(
        label, f"{reverse('portal:ask', args=[municipality.code])}?{carried(question, before)}{chosen}"
    )
