"""The life of a case: which acts are open at a step, where they lead, until when, what the resident is promised.

Who may act and who must differ from whom (`by`, `not_by`) is data here; the services enforce it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yuimaru.core.japan.calendars import add_days, add_open_days, next_open_day
from yuimaru.core.kata.expressions import Compiled, Facts, Value
from yuimaru.core.kata.models import Action, Period, WorkStep
from yuimaru.core.kata.program import Program, UnknownName, compiled, holds

APPLICANT = "申請者"
ACT = "操作"
REASON = "理由"
OK, ERROR = "ok", "error"  # how a step of the machine ends
LONGEST_PERIOD = 3_650  # days
NONE_CLOSED: frozenset[date] = frozenset()

# Where in parallel work something stands: from outside in, the step that divided and the number of the branch.
Branch = tuple[tuple[str, int], ...]


class UnknownAction(UnknownName):
    """Raised for an act that is not open at the step."""


class PeriodError(ValueError):
    """Raised when the length of a period does not come out as a whole number of days."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done at a step: the action, the reason written, the answers of the step's own form."""

    step: str
    action: str
    note: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    branch: Branch = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A step as the resident sees it, with the day by which it is planned to be done."""

    step_id: str
    title: str
    text: str
    by: date | None


def step(program: Program, step_id: str) -> WorkStep:
    """A step of the workflow; raises UnknownName."""
    return program.work_step(step_id)


def first(program: Program) -> str:
    """The step at which a case begins; raises UnknownName when the kata has no workflow."""
    if program.kata.workflow is None:
        raise UnknownName(f"{program.kata.kata} has no workflow")
    return program.kata.workflow.start


def case_facts(program: Program, facts: Facts, acts: Sequence[Act]) -> dict[str, Value]:
    """The facts of a case: answers and table outputs, and for each step its last act (内容審査.操作).

    A step that is done for each member of a group has a list: the last act for each, in their order.
    """
    workflow = program.kata.workflow
    known: dict[str, Value] = {**facts, **{each.id: None for each in (workflow.steps if workflow else ())}}
    by_member: dict[str, dict[Branch, Value]] = {}
    for act in acts:
        done: Value = {**act.answers, ACT: act.action, REASON: act.note}
        if any(program.work_step(fork).each for fork, _ in act.branch):
            by_member.setdefault(act.step, {})[act.branch] = done
            members = by_member[act.step]
            done = [members[branch] for branch in sorted(members)]
        known[act.step] = done
    return known


def actions(program: Program, step_id: str, facts: Facts) -> list[Action]:
    """What may be done at a step now: of several actions with one id the first whose condition is true."""
    found: dict[str, Action] = {}
    for action in program.work_step(step_id).actions:
        if action.id not in found and holds(_condition(action), facts):
            found[action.id] = action
    return list(found.values())


def follow(program: Program, step_id: str, action_id: str, facts: Facts) -> str:
    """The step to which an act leads; raises UnknownAction when it is not open."""
    for action in actions(program, step_id, facts):
        if action.id == action_id:
            return action.to
    raise UnknownAction(f"{action_id} at {step_id}")


def due_date(period: Period, start: date, facts: Facts, extra_closed: Container[date] = NONE_CLOSED) -> date:
    """The last day of a period from `start`, which itself is not counted (民法第140条).

    A period that ends on a closed day ends on the next opening day (民法第142条、地方自治法第4条の2第4項).
    Raises PeriodError when an expression gives no whole number of days from 0 to 3,650.
    """
    days = period.days if isinstance(period.days, int) else compiled(period.days)(facts)
    if type(days) is not int or not 0 <= days <= LONGEST_PERIOD:
        raise PeriodError(f"{period.days} gives {days}")
    opening = period.calendar == "opening"
    last = add_open_days(start, days, extra_closed) if opening else add_days(start, days)
    return next_open_day(last, extra_closed)  # also of a period of no days that begins on a closed one


def promises(
    program: Program,
    submitted: date,
    facts: Facts,
    *,
    extra_closed: Container[date] = NONE_CLOSED,
    lang: str = "ja",
) -> list[Promise]:
    """The way of a case without trouble, as far as residents see it, with planned days.

    It follows at each step the main action, else the first. Days add up from step to step and never lie beyond the
    standard period; behind a step without a due date only the decision and the end have a day, that of the period.
    """
    kata = program.kata
    last = due_date(kata.standard_period, submitted, facts, extra_closed) if kata.standard_period else None
    found: list[Promise] = []
    day: date | None = submitted
    known = dict(facts)
    for each in _main_way(program, known):
        if day is not None and each.end is None:
            day = due_date(each.due, day, known, extra_closed) if each.due else None
        if each.resident_title is not None:
            path = f"workflow.{each.id}"
            found.append(
                Promise(
                    each.id,
                    program.text(f"{path}.resident_title", each.resident_title, lang),
                    program.text(f"{path}.resident_text", each.resident_text or "", lang),
                    _earlier(day, last) if day or each.end or each.decides else None,
                )
            )
    return found


def _main_way(program: Program, known: dict[str, Value]) -> list[WorkStep]:
    """The steps from the first to an end by main actions; it stops where it would come by a second time."""
    way: list[WorkStep] = []
    name = first(program)
    while all(each.id != name for each in way):
        current = program.work_step(name)
        way.append(current)
        open_actions = actions(program, name, known)
        if current.end is not None or not open_actions:
            break
        chosen = next((each for each in open_actions if each.weight == "main"), open_actions[0])
        known[name] = {ACT: chosen.id, REASON: None}
        name = chosen.to
    return way


def _earlier(day: date | None, last: date | None) -> date | None:
    days = [each for each in (day, last) if each is not None]
    return min(days, default=None)


def _condition(action: Action) -> Compiled | None:
    return None if action.when is None else compiled(action.when)
