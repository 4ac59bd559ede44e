"""What was done at a step, as the workflow's expressions read it."""

from __future__ import annotations

from datetime import date

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import Answers, facts
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.workflow import Act, Branch


def acted(
    program: Program, step: str, action: str, note: str, answers: Answers, *, branch: Branch, on: date
) -> Act:
    """An act of a day, with the stored answers to the form of the step as typed values."""
    form_id = program.work_step(step).form
    typed: dict[str, Value] = {}
    if form_id is not None:
        known = facts(program, form_id, answers, today=on, params=program.params)
        typed = {name: value for name, value in known.items() if name in answers}
    return Act(step, action, note, typed, branch)
