"""Random conversations: never another result than the full form, never a question twice, never a needless one."""

from __future__ import annotations

import sys
from datetime import date
from random import Random
from typing import Any

import pytest
from tests.core.kata import random_chats

from yuimaru.core.kata.conversation import turn
from yuimaru.core.kata.expressions import names
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.forms import check_answers
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import TableError

TODAY = date(2026, 11, 24)
SEED = 20261122


class Asked(dict[str, Any]):
    """Answers that count how often one is read."""

    count = 0

    def __getitem__(self, name: str) -> Any:
        self.count += 1
        return super().__getitem__(name)


def full_form(program: Program, answers: dict[str, Any]) -> str:
    """Rows, outputs and grounds of all tables, or that they contradict each other."""
    form = program.applicant_form.id
    try:
        return said(decide_all(program, facts(program, form, answers, today=TODAY, params={})))
    except TableError as error:
        return str(error)


def said(result: Any) -> str:
    return repr({name: (each.rows, each.outputs, each.grounds) for name, each in result.items()})


def whole_talk(program: Program, answers: dict[str, Any]) -> tuple[int, str]:
    """How many questions a conversation asks, and what it comes to."""
    asked = Asked(answers)
    try:
        found = turn(program, program.applicant_form.id, asked, today=TODAY, params={})
    except TableError as error:
        return asked.count, str(error)
    return len(found.asked), said(found.result)


def talk(program: Program, answers: dict[str, Any]) -> tuple[list[str], str]:
    """The questions of a conversation in their order, and what it comes to."""
    form = program.applicant_form.id
    given: dict[str, Any] = {}
    try:
        while True:
            found = turn(program, form, given, today=TODAY, params={})
            if found.question is None:
                return list(given), said(found.result)
            assert found.question.id not in given, "asked twice"
            given[found.question.id] = answers[found.question.id]
    except TableError as error:
        return list(given), str(error)


def test_every_conversation_comes_to_the_result_of_the_full_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    random = Random(SEED)
    asked = there = sets = 0
    while sets < 5_000:
        program = random_chats.chat(random, random_chats.ALL, 6)
        items = [item for step in program.applicant_form.steps for item in step.items if item.asks]
        for _ in range(40):
            answers = random_chats.random_answers(program, random)
            if check_answers(program, program.applicant_form.id, answers, today=TODAY, params={}):
                continue  # the full form would not take them
            questions, result = whole_talk(program, answers)
            assert result == full_form(program, answers), (program.kata, answers)
            asked, there, sets = asked + questions, there + len(items), sets + 1
    with capsys.disabled():
        sys.stdout.write(f"\n{sets} conversations: {asked / sets:.2f} of {there / sets:.2f} questions\n")
    assert asked < there


def test_no_question_is_asked_that_could_not_change_the_result() -> None:
    random = Random(SEED)
    proved = 0
    for _ in range(150):
        program = random_chats.chat(random, random_chats.SMALL, 4)
        form = program.applicant_form.id
        taken = {
            repr(answers): (answers, full_form(program, answers))
            for answers in random_chats.answer_sets(program)
            if not check_answers(program, form, answers, today=TODAY, params={})
        }
        for answers, result in list(taken.values())[:: max(1, len(taken) // 12)]:
            questions, found = talk(program, answers)
            assert found == result
            alike = list(taken.values())
            for question in questions:
                assert matters(program, question, alike), (program.kata, questions, question, answers)
                alike = [each for each in alike if each[0][question] == answers[question]]
                proved += 1
            assert len({each[1] for each in alike}) == 1
    assert proved > 1_500


def matters(program: Program, question: str, alike: list[tuple[dict[str, Any], str]]) -> bool:
    """Whether two answer sets that agree so far, and differ in this question only, have different results.

    Where a `check` binds questions to each other, none of them may change alone; then any two results are enough.
    """
    results: dict[str, set[str]] = {}
    for answers, result in alike:
        rest = repr({**answers, question: None})
        results.setdefault(rest, set()).add(result)
    if any(len(each) > 1 for each in results.values()):
        return True
    items = [item for step in program.applicant_form.steps for item in step.items]
    bound = any(item.check and names(item.check) - {item.id, "境"} for item in items)
    return bound and len(set().union(*results.values())) > 1
