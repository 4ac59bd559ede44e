"""What there is to reach in a kata, and what its examples reach: rows, actions, branches (each `when` both ways), notices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.facts import member_facts
from yuimaru.core.kata.forms.visibility import members
from yuimaru.core.kata.models import Form, Kata, Workflow, WorkStep
from yuimaru.core.kata.program import Program, Screen, compiled, holds

# What is reached, by its ids; a branch ends with the way it went: whether a `when` held, or where a way divided.
Row: TypeAlias = tuple[str, str]
Taken: TypeAlias = tuple[str, int]
Branch: TypeAlias = tuple[str, ...]

HELD, FAILED, OVERDUE = "true", "false", "overdue"


@dataclass(slots=True)
class Reached:
    """What one example reaches, or several."""

    rows: set[Row] = field(default_factory=set)  # table, row
    actions: set[Taken] = field(default_factory=set)  # workflow step, position of the action
    branches: set[Branch] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)

    def add(self, other: Reached) -> None:
        """Count what another example reaches as well."""
        self.rows |= other.rows
        self.actions |= other.actions
        self.branches |= other.branches
        self.notices |= other.notices

    def see_form(self, program: Program, form_id: str, answers: Mapping[str, Any], known: Facts) -> None:
        """Count which screens and items of a form are asked with these answers."""
        for screen in program.screens(form_id):
            shown = holds(screen.when, known)
            if screen.when is not None:
                self._went(shown, "step", form_id, screen.step.id)
            for scope in _scopes(screen, answers, known) if shown else ():
                for question in screen.questions:
                    if question.when is not None:
                        asked = holds(question.when, scope)
                        self._went(asked, "item", form_id, screen.step.id, question.item.id)

    def see_tables(self, program: Program, known: Facts) -> None:
        """Count which tables apply."""
        for name, table in program.tables.items():
            if table.applies is not None:
                self._went(holds(table.applies, known), "table", name)

    def see_actions(self, step: WorkStep, known: Facts) -> None:
        """Count which actions of a step are open when somebody acts there, or a way is joined."""
        for number, action in enumerate(step.actions):
            if action.when is not None:
                self._went(holds(compiled(action.when), known), "action", step.id, str(number))

    def see_fork(self, step: str, head: str) -> None:
        """Count a branch that is gone into."""
        self.branches.add(("fork", step, head))

    def see_overdue(self, step: str) -> None:
        """Count an act that is also done by itself when a due date has passed."""
        self.branches.add((OVERDUE, step))

    def _went(self, held: bool, *path: str) -> None:
        self.branches.add((*path, HELD if held else FAILED))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows, actions, branches and notices are reached, of how many; what is not, in words."""

    rows: tuple[int, int]
    actions: tuple[int, int]
    branches: tuple[int, int]
    notices: tuple[int, int]
    unreached: list[str]


def coverage(kata: Kata, reached: Reached) -> Coverage:
    """Measure what is reached against all there is in a kata."""
    rows, actions, branches, notices = _rows(kata), _actions(kata), _branches(kata), _notices(kata)
    unreached = [
        *_missing(rows, reached.rows),
        *_missing(actions, reached.actions),
        *_missing(branches, reached.branches),
        *_missing(notices, reached.notices),
    ]
    return Coverage(
        (len(rows.keys() & reached.rows), len(rows)),
        (len(actions.keys() & reached.actions), len(actions)),
        (len(branches.keys() & reached.branches), len(branches)),
        (len(notices.keys() & reached.notices), len(notices)),
        unreached,
    )


def _missing(words: Mapping[Any, str], reached: Collection[Any]) -> list[str]:
    return [said for key, said in words.items() if key not in reached]


def _scopes(screen: Screen, answers: Mapping[str, Any], known: Facts) -> list[Facts]:
    group = screen.step.repeat
    if group is None:
        return [known]
    return [member_facts(screen, known, number) for number in range(len(members(answers, group.id)))]


def _rows(kata: Kata) -> dict[Any, str]:
    return {
        (decision.id, row.id): f"判定表の行「{decision.id}.{row.id}」"
        for decision in kata.decisions
        for row in decision.rows
    }


def _actions(kata: Kata) -> dict[Any, str]:
    return {
        (step.id, number): f"操作「{_action(step, number)}」"
        for step in (kata.workflow.steps if kata.workflow else ())
        for number in range(len(step.actions))
    }


def _notices(kata: Kata) -> dict[Any, str]:
    return {notice.id: f"通知「{notice.id}」（差し込む項目がすべてそろうもの）" for notice in kata.notices}


def _branches(kata: Kata) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for path, what, yes, no in _conditions(kata):
        found[(*path, HELD)] = f"{what}{yes}場合"
        found[(*path, FAILED)] = f"{what}{no}場合"
    for step in kata.workflow.steps if kata.workflow else ():
        for head in step.parallel:
            found["fork", step.id, head] = f"工程「{step.id}」から「{head}」に分かれて進む場合"
        if step.overdue is not None:
            found[OVERDUE, step.id] = f"工程「{step.id}」の期限が過ぎて「{step.overdue}」を行う場合"
    return found


def _conditions(kata: Kata) -> Iterator[tuple[Branch, str, str, str]]:
    """Every `when`: its path, what it stands at, and what is so when it holds and when not."""
    for form in kata.forms:
        yield from _asked(form)
    for decision in kata.decisions:
        if decision.when is not None:
            yield ("table", decision.id), f"判定表「{decision.id}」", "を使う", "を使わない"
    yield from _open(kata.workflow) if kata.workflow else ()


def _asked(form: Form) -> Iterator[tuple[Branch, str, str, str]]:
    for step in form.steps:
        if step.when is not None:
            yield ("step", form.id, step.id), f"画面「{form.id}.{step.id}」", "を表示する", "を表示しない"
        for item in step.items:
            if item.when is not None:
                where = f"項目「{form.id}.{step.id}.{item.id}」"
                yield ("item", form.id, step.id, item.id), where, "を尋ねる", "を尋ねない"


def _open(workflow: Workflow) -> Iterator[tuple[Branch, str, str, str]]:
    for step in workflow.steps:
        for number, action in enumerate(step.actions):
            if action.when is not None:
                where = f"操作「{_action(step, number)}」"
                yield ("action", step.id, str(number)), where, "ができる", "ができない"


def _action(step: WorkStep, number: int) -> str:
    """An action by its path; of several with one id also which of them."""
    same = [place for place, action in enumerate(step.actions) if action.id == step.actions[number].id]
    which = f"（{same.index(number) + 1}番目）" if len(same) > 1 else ""
    return f"{step.id}.{step.actions[number].id}{which}"
