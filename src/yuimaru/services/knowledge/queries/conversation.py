"""A question within its conversation: understood with what was asked before, or answered by asking which is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge.models import Passage
from yuimaru.services.knowledge.queries.asking import LONGEST_QUESTION, ask
from yuimaru.services.knowledge.queries.reach import Reach
from yuimaru.services.knowledge.rules import choices as meant
from yuimaru.services.knowledge.rules.answer import Answer, Refusal, which_is_meant
from yuimaru.services.knowledge.rules.choices import Choice, Heading, Offer
from yuimaru.services.knowledge.rules.context import MOST_TURNS, Known, Reading, readings, recent
from yuimaru.services.knowledge.rules.passages import HEADING_MARK

Procedures = Callable[
    [], Sequence[Offer]
]  # what a town offers beside its documents; most questions need not know


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation: the subject it took over, what the documents say, and which it may mean."""

    reading: Reading
    answer: Answer
    choices: tuple[Choice, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the turn in the shape of the contract, without the procedures it leads to."""
        return {
            **self.answer.as_json(),
            "understood": self.reading.text,
            "choices": [choice.as_json() for choice in self.choices],
        }


def converse(
    owner: Organisation, question: str, before: Sequence[str], today: date, *, procedures: Procedures
) -> Turn:
    """Answer a question after the ones before it."""
    asked = question[:LONGEST_QUESTION]
    earlier = [] if meant.is_choice(asked) else [each[:LONGEST_QUESTION] for each in before]
    known = _known(owner, today, procedures()) if earlier else Known(frozenset())
    turn = _understood(owner, question, readings(asked, earlier, known), today)
    if turn.reading.carried or not _is_first_round(owner, asked, before):
        return turn
    offered = _offered(owner, asked, procedures(), today, deeper=turn.answer.outcome != "answer")
    return replace(turn, answer=_unsure(turn.answer), choices=tuple(offered)) if offered else turn


def _is_first_round(owner: Organisation, question: str, before: Sequence[str]) -> bool:
    """Whether to ask back: the question is vague, and it does not follow one that was asked back about."""
    names = (owner.name,)
    followed = bool(before) and meant.is_vague(before[-1], names)
    return meant.is_vague(question, names) and not followed and not meant.is_choice(question)


def going_along(
    owner: Organisation, turns: Sequence[str], today: date, *, procedures: Procedures
) -> list[str]:
    """The questions of a conversation that the next one is to be understood with."""
    if len(turns) <= MOST_TURNS:
        return list(turns)
    return recent([turn[:LONGEST_QUESTION] for turn in turns], _known(owner, today, procedures()))


def _understood(owner: Organisation, question: str, ways: Sequence[Reading], today: date) -> Turn:
    """The first way to understand a question that is answered, else the first that finds something near."""
    tried: list[Turn] = []
    for way in ways:
        turn = Turn(way, replace(ask(owner, way.text, today), question=question))
        if turn.answer.outcome == "answer":
            return turn
        tried.append(turn)
    return next((turn for turn in tried if turn.answer.outcome == "close"), tried[0])


def _unsure(answer: Answer) -> Answer:
    """The same with nothing told as the answer: what was quoted stays as entries that come close."""
    quoted = tuple(citation for sentence in answer.sentences for citation in sentence.citations)
    return replace(
        answer,
        outcome="close",
        sentences=(),
        close=quoted or answer.close,
        refusal=Refusal("unsure", *which_is_meant(), answer.contact),
    )


def _known(owner: Organisation, today: date, procedures: Sequence[Offer]) -> Known:
    titles = Reach(owner).documents(today).values_list("title", flat=True)
    return Known.by([*titles, *(each.title for each in procedures)], owner.name)


def _offered(
    owner: Organisation, question: str, procedures: Sequence[Offer], today: date, *, deeper: bool
) -> list[Choice]:
    """What the town has on the field that a question names; `deeper` looks at the headings of its documents, too."""
    documents = Reach(owner).documents(today).order_by("title", "id")
    titles = list(documents.values_list("title", flat=True))
    if not deeper:
        return meant.choices(question, procedures, titles, [])
    passages = readable(Passage).filter(
        document__in=documents.values("pk"), heading__contains=meant.field(question)
    )
    places = passages.order_by("document__title", "ordinal").values_list("document__title", "heading")
    nearest = ((title, path.split(HEADING_MARK)[-1]) for title, path in places)
    headings = [Heading(title, text) for title, text in dict.fromkeys(nearest)]
    return meant.choices(question, procedures, titles, headings)
