"""The turns of a conversation: what was asked, what comes next, and the result when nothing can change it any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yuimaru.core.kata.conversation.script import script
from yuimaru.core.kata.conversation.waiting import Waiting
from yuimaru.core.kata.facts import TODAY, Answers, Params
from yuimaru.core.kata.models import Item, Step
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Decided


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a conversation stands: questions answered in order, the next one, or the result.

    `most_left` is how many questions may still come, the one asked included; `skipped` how many visible questions the
    result made needless.
    """

    asked: list[str]
    question: Item | None
    step: Step | None
    most_left: int
    result: dict[str, Decided] | None
    skipped: int


def turn(program: Program, form_id: str, answers: Answers, *, today: date, params: Params) -> Turn:
    """The next turn, given the answers so far; an answer of None is a question that was skipped.

    Answers to questions that this way does not ask (an earlier answer was changed) count for nothing. Raises
    TableError as deciding the full form does.
    """
    ready = script(program, form_id)
    constants = {TODAY: today, **program.params, **params}
    given: dict[str, Any] = {}
    while True:
        waiting = Waiting(ready, given, constants)
        wanted = waiting.next_question()
        if wanted is None:
            return Turn(list(given), None, None, 0, waiting.results, waiting.left_out())
        if wanted not in answers:
            place = ready.places[wanted]
            return Turn(
                list(given), place.question.item, place.screen.step, len(waiting.may_be_asked()), None, 0
            )
        given[wanted] = answers[wanted]
