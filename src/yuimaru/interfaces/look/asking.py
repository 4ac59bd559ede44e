"""A question of a resident with the procedures it leads to: for the page, and in the shape of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yuimaru.core.japan.hours import opening
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.catalogue.queries import Adopted, Match, list_for_residents, matching
from yuimaru.services.knowledge import queries as knowledge
from yuimaru.services.knowledge.queries import LONGEST_QUESTION, Turn, converse
from yuimaru.services.knowledge.rules.choices import Offer


@dataclass(frozen=True, slots=True)
class Talked:
    """What came of a question: the turn of the conversation, and the procedures that fit."""

    turn: Turn
    procedures: list[Match]


def talk(
    owner: Organisation, question: str, before: Sequence[str] = (), *, on: date, lang: str = "ja"
) -> Talked:
    """Ask the documents of a municipality, after the questions before it."""
    turn = converse(owner, question, before, on, procedures=lambda: _offers(owner, on=on, lang=lang))
    fitting = matching(owner, turn.reading.text[:LONGEST_QUESTION], on=on, lang=lang)
    return Talked(turn, [] if turn.choices else fitting)


def going_along(owner: Organisation, turns: Sequence[str], *, on: date) -> list[str]:
    """The questions of a conversation that the next one is to be asked with."""
    return knowledge.going_along(owner, turns, on, procedures=lambda: _offers(owner, on=on))


def asked(owner: Organisation, question: str, before: Sequence[str] = (), *, at: datetime) -> dict[str, Any]:
    """What the command line and the API tell to a question at a local time."""
    talked = talk(owner, question, before, on=at.date())
    contact = talked.turn.answer.contact
    counter = opening(at, contact.hours, owner.closed_on)
    return {
        **talked.turn.as_json(),
        "contact": {
            **contact.as_json(),
            "open": counter.is_open if counter else None,
            "changes_at": counter.changes.isoformat() if counter else None,
        },
        "procedures": talked.procedures,
    }


def _offers(owner: Organisation, *, on: date, lang: str = "ja") -> list[Offer]:
    """The procedures of a municipality as what a question may be about."""
    return [_offer(adopted, lang) for adopted in list_for_residents(owner, on=on)]


def _offer(adopted: Adopted, lang: str) -> Offer:
    kata = adopted.program.kata
    return Offer(kata.title, tuple(kata.keywords), adopted.program.title(lang))
