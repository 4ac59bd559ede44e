"""Runs the examples that travel with a kata: answers in; decisions, refused items, route and notices out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yuimaru.core.japan.partial_dates import PartialDate
from yuimaru.core.kata import movement, routes, workflow
from yuimaru.core.kata.conversation import turn
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.forms import Problem, check_answers
from yuimaru.core.kata.models import Example, ExampleAct, Package, WorkStep
from yuimaru.core.kata.notices import GIVEN_FIELDS, MissingField, notice_fields, render
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.program import JAPANESE, Program, UnknownName, program
from yuimaru.core.kata.tables import Decided, TableError


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came out of one example; `failures` are sentences, none when it passed."""

    id: str
    failures: list[str]
    rows: frozenset[tuple[str, str]] = frozenset()  # table, row
    actions: frozenset[tuple[str, int]] = frozenset()  # workflow step, position of the action

    @property
    def ok(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Report:
    """What came out of all examples, with the rows and actions that they reached, of how many."""

    results: list[ExampleResult]
    rows: tuple[int, int]
    actions: tuple[int, int]
    unreached: list[str]

    @property
    def failed(self) -> list[ExampleResult]:
        """The examples that did not pass."""
        return [result for result in self.results if not result.ok]

    @property
    def covered(self) -> bool:
        """Whether every row and action was reached."""
        return not self.unreached


def run(program: Program, example: Example) -> ExampleResult:
    """Run one example; whatever goes wrong in it is a failure told in words."""
    play = _Play(program, example)
    try:
        play.run()
    except TableError as error:
        play.failures += [problem.message_ja for problem in error.problems]
    except UnknownName as error:
        play.failures.append(f"「{error}」は、この型にありません。")
    except routes.RouteError as error:
        play.failures.append(f"決裁の経路が決まりません（{error}）。")
    except (MissingField, workflow.PeriodError) as error:
        play.failures.append(f"「{error}」の値が決まりません。")
    return ExampleResult(example.id, play.failures, frozenset(play.rows), frozenset(play.taken))


def run_all(package: Package) -> Report:
    """Run all examples of a package and measure which rows and actions they reach."""
    ready = program(canonical(package))
    results = [run(ready, example) for example in package.examples]
    rows = {(decision.id, row.id) for decision in package.kata.decisions for row in decision.rows}
    steps = package.kata.workflow.steps if package.kata.workflow else []
    arrows = {(step.id, place): action for step in steps for place, action in enumerate(step.actions)}
    reached_rows = set().union(*(result.rows for result in results))
    reached_actions = set().union(*(result.actions for result in results))
    unreached = [f"{table}.{row}" for table, row in sorted(rows - reached_rows)]
    unreached += [
        f"{step}.{arrows[step, place].id}" for step, place in sorted(arrows.keys() - reached_actions)
    ]
    return Report(
        results,
        (len(rows & reached_rows), len(rows)),
        (len(arrows.keys() & reached_actions), len(arrows)),
        unreached,
    )


def plain(value: Value) -> Any:
    """A value as examples and JSON write it: whole numbers, text for decimals, ISO dates."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (date, PartialDate)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return format(value, "f")


@dataclass(slots=True)
class _Play:
    """One example being run."""

    program: Program
    example: Example
    failures: list[str] = field(default_factory=list)
    rows: set[tuple[str, str]] = field(default_factory=set)
    taken: set[tuple[str, int]] = field(default_factory=set)
    acts: list[workflow.Act] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return date.fromisoformat(self.example.today)

    @property
    def params(self) -> dict[str, Value]:
        return dict(self.example.params)

    def run(self) -> None:
        form = self.program.applicant_form
        expect = self.example.expect
        self.answers = dict(self.example.answers)
        self._compare_problems(form.id)
        if not expect.problems:
            if form.chat:
                self._compare_conversation(form.id, self._decide())
            if self.program.kata.workflow is not None:
                self._follow()
        self._compare_decisions(self._decide())
        if expect.problems:
            self.rows.clear()  # refused answers decide nothing, so they prove no row

    def _decide(self) -> dict[str, Decided]:
        known = facts(
            self.program,
            self.program.applicant_form.id,
            self.answers,
            today=self.today,
            params=self.params,
        )
        decisions = decide_all(self.program, known)
        for name, result in decisions.items():
            self.rows |= {(name, row) for row in result.rows}
        return decisions

    def _facts(self) -> dict[str, Value]:
        form_id = self.program.applicant_form.id
        known = facts(self.program, form_id, self.answers, today=self.today, params=self.params)
        return workflow.case_facts(self.program, with_decisions(known, self._decide()), self.acts)

    def _problems(self, form_id: str, answers: dict[str, Any]) -> list[Problem]:
        return check_answers(self.program, form_id, answers, today=self.today, params=self.params)

    def _compare_problems(self, form_id: str) -> None:
        found = {problem.path: problem for problem in self._problems(form_id, self.answers)}
        expected = set(self.example.expect.problems)
        for path, problem in found.items():
            if path not in expected:
                self.failures.append(f"「{path}」が受け付けられませんでした：{problem.message}")
        for path in sorted(expected - found.keys()):
            self.failures.append(f"「{path}」は誤りになるはずですが、受け付けられました。")

    def _compare_decisions(self, decisions: Mapping[str, Decided]) -> None:
        for name, wanted in self.example.expect.decisions.items():
            outputs = _of(decisions, name).outputs
            if wanted is None or outputs is None:
                if wanted is not outputs:
                    self._differs(f"判定「{name}」", wanted, plain(outputs))
                continue
            for output, value in wanted.items():
                if output not in outputs:
                    raise UnknownName(f"{name}.{output}")
                if plain(outputs[output]) != value:
                    self._differs(f"判定「{name}」の「{output}」", value, plain(outputs[output]))
        for name, rows in self.example.expect.rows.items():
            if _of(decisions, name).rows != rows:
                self._differs(f"判定「{name}」の行", rows, decisions[name].rows)

    def _compare_conversation(self, form_id: str, decisions: Mapping[str, Decided]) -> None:
        """The conversation must come to the same rows and outputs as the full form."""
        talk: dict[str, Any] = {}
        while True:
            found = turn(self.program, form_id, talk, today=self.today, params=self.params)
            if found.question is None:
                break
            talk[found.question.id] = self.answers.get(found.question.id)
        for name, result in (found.result or {}).items():
            if (result.rows, result.outputs) != (decisions[name].rows, decisions[name].outputs):
                self._differs(f"会話での判定「{name}」", decisions[name].rows, result.rows)

    def _follow(self) -> None:
        """Walk through the workflow by the acts of the example."""
        expect = self.example.expect
        if not (self.example.acts or expect.end or expect.route or expect.notices is not None):
            return
        if self.program.kata.receipt_notice is not None:
            render(self.program, self.program.kata.receipt_notice, self._fields(), JAPANESE)
            self.sent.append(self.program.kata.receipt_notice)
        moved = movement.begin(self.program, self._facts())
        route = moved.entered
        self._arrive(moved)
        for act in self.example.acts:
            waiting = sorted(each for each in moved.marking.open if each.step == act.step)
            if not waiting:
                self._differs("操作の工程", act.step, moved.marking.place)
                return
            if not self._perform(act):
                return
            self.acts.append(
                workflow.Act(act.step, act.action, act.note, self._filled(act), waiting[0].branch)
            )
            moved = movement.move(self.program, moved.marking, waiting[0], act.action, self._facts())
            route += moved.entered
            self._arrive(moved)
        self._compare_route(route)

    def _filled(self, act: ExampleAct) -> dict[str, Value]:
        """The answers to the staff form of a step, as expressions read them."""
        form_id = self.program.work_step(act.step).form
        if form_id is None or act.answers is None:
            return {}
        known = facts(self.program, form_id, act.answers, today=self.today, params=self.params)
        return {name: value for name, value in known.items() if name in act.answers}

    def _perform(self, act: ExampleAct) -> bool:
        """Whether an act of the example may be done; corrected answers replace the earlier ones."""
        step = self.program.work_step(act.step)
        if act.answers is not None and not self._take_answers(step, act.answers):
            return False
        open_actions = {
            action.id: action for action in workflow.actions(self.program, act.step, self._facts())
        }
        action = open_actions.get(act.action)
        if action is None:
            self.failures.append(f"工程「{act.step}」で、操作「{act.action}」はできません。")
            return False
        if action.needs_note and not act.note:
            self.failures.append(f"操作「{act.action}」には、理由（note）が必要です。")
            return False
        self.taken.add((act.step, step.actions.index(action)))
        return True

    def _take_answers(self, step: WorkStep, answers: dict[str, Any]) -> bool:
        """Corrections change the answers of the case; the form of a step belongs to the act."""
        if step.edits is not None:
            self.answers = {**self.answers, **answers}
            self._compare_problems(step.edits)
        elif step.form is not None:
            for problem in self._problems(step.form, answers):
                self.failures.append(f"「{problem.path}」が受け付けられませんでした：{problem.message}")
        else:
            self.failures.append(f"工程「{step.id}」では、答えを入力できません。")
            return False
        return True

    def _arrive(self, moved: movement.Moved) -> None:
        """Count what the case went on by, and send the notices of the steps that it came to."""
        for effect in moved.effects:
            if isinstance(effect, movement.Joined):
                actions = self.program.work_step(effect.step).actions
                self.taken.add((effect.step, actions.index(effect.action)))
        for step_id in moved.entered:
            step = self.program.work_step(step_id)
            if step.due is not None:
                workflow.due_date(step.due, self.today, self._facts())
            for notice in step.notify:
                render(self.program, notice, self._fields(), JAPANESE)
                self.sent.append(notice)
            if step.approval is not None:
                self._lay_before(step)

    def _lay_before(self, step: WorkStep) -> None:
        """Draft for the decision: the route holds, and no field of the document is missing."""
        facts, fields = self._facts(), self._fields()
        route = routes.route_of(self.program, step, facts)
        self.rows |= {(routes.approval_of(step).route, row) for row in route.rows}
        routes.document(step, fields)
        for notice in routes.drafts_of(self.program, step, facts):
            render(self.program, notice, fields, JAPANESE)
        wanted, found = self.example.expect.marks.get(step.id), [line.words for line in route.lines]
        if wanted is not None and wanted != found:
            self._differs(f"「{step.id}」の決裁の経路", wanted, found)

    def _fields(self) -> dict[str, str]:
        """Every text is really written, so that no field is missing when a case needs it."""
        form_id = self.program.applicant_form.id
        own = notice_fields(
            self.program, form_id, self.answers, self._decide(), today=self.today, params=self.params
        )
        return {**own, **dict.fromkeys(GIVEN_FIELDS, "")}

    def _compare_route(self, route: list[str]) -> None:
        expect = self.example.expect
        if expect.end is not None and expect.end != route[-1]:
            self._differs("終わりの工程", expect.end, route[-1])
        if expect.route is not None and expect.route != route:
            self._differs("工程の順", expect.route, route)
        if expect.notices is not None and expect.notices != self.sent:
            self._differs("通知", expect.notices, self.sent)

    def _differs(self, what: str, wanted: Any, found: Any) -> None:
        self.failures.append(f"{what}：「{_shown(wanted)}」のはずが「{_shown(found)}」でした。")


def _of(decisions: Mapping[str, Decided], name: str) -> Decided:
    if name not in decisions:
        raise UnknownName(name)
    return decisions[name]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " → ".join(map(str, value)) or "なし"
    return "なし" if value is None else str(value)
