"""One example played through: answers in; decisions, refused items, route and notices out, compared with what it expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yuimaru.core.kata import movement, routes, workflow
from yuimaru.core.kata.conversation import turn
from yuimaru.core.kata.coverage import Reached
from yuimaru.core.kata.examples.plain import plain
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.forms import Problem, check_answers
from yuimaru.core.kata.models import Example, ExampleAct, WorkStep
from yuimaru.core.kata.notices import GIVEN_FIELDS, merge_fields, notice_fields, render
from yuimaru.core.kata.program import JAPANESE, Program, UnknownName
from yuimaru.core.kata.tables import Decided


@dataclass(slots=True)
class Play:
    """One example being run."""

    program: Program
    example: Example
    failures: list[str] = field(default_factory=list)
    reached: Reached = field(default_factory=Reached)
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

    def _decide(self) -> dict[str, Decided]:
        known = facts(
            self.program,
            self.program.applicant_form.id,
            self.answers,
            today=self.today,
            params=self.params,
        )
        decisions = decide_all(self.program, known)
        if not self.example.expect.problems:  # refused answers decide nothing, so they prove no row
            self.reached.see_tables(self.program, with_decisions(known, decisions))
            self.reached.rows |= {(name, row) for name, result in decisions.items() for row in result.rows}
        return decisions

    def _facts(self) -> dict[str, Value]:
        form_id = self.program.applicant_form.id
        known = facts(self.program, form_id, self.answers, today=self.today, params=self.params)
        return workflow.case_facts(self.program, with_decisions(known, self._decide()), self.acts)

    def _problems(self, form_id: str, answers: dict[str, Any]) -> list[Problem]:
        known = facts(self.program, form_id, answers, today=self.today, params=self.params)
        self.reached.see_form(self.program, form_id, answers, known)
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
            self._send(self.program.kata.receipt_notice)
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
            known = self._facts()
            self._count(act, known)
            self._serve(act)
            moved = movement.move(self.program, moved.marking, waiting[0], act.action, known)
            route += moved.entered
            self._arrive(moved)
        self._compare_route(route)

    def _serve(self, act: ExampleAct) -> None:
        """What the machine has done when a step of it ended well."""
        service = self.program.work_step(act.step).service
        if service is not None and service.notice is not None and act.action == workflow.OK:
            self._send(service.notice)

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
        return True

    def _count(self, act: ExampleAct, known: Mapping[str, Value]) -> None:
        """Count the action that an act comes to, and those that were open beside it."""
        step = self.program.work_step(act.step)
        self.reached.see_actions(step, known)
        for action in workflow.actions(self.program, act.step, known):
            if action.id == act.action:
                self.reached.actions.add((act.step, step.actions.index(action)))
        if act.action == step.overdue:
            self.reached.see_overdue(act.step)

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
                step = self.program.work_step(effect.step)
                self.reached.see_actions(step, self._facts())
                self.reached.actions.add((effect.step, step.actions.index(effect.action)))
            elif effect.token.branch:
                fork = self.program.work_step(effect.token.branch[-1][0])
                if effect.token.step in fork.parallel:
                    self.reached.see_fork(fork.id, effect.token.step)
        for step_id in moved.entered:
            step = self.program.work_step(step_id)
            if step.due is not None:
                workflow.due_date(step.due, self.today, self._facts())
            for notice in step.notify:
                self._send(notice)
            if step.approval is not None:
                self._lay_before(step)

    def _lay_before(self, step: WorkStep) -> None:
        """Draft for the decision: the route holds, and no field of the document is missing."""
        facts, fields = self._facts(), self._fields()
        route = routes.route_of(self.program, step, facts)
        self.reached.rows |= {(routes.approval_of(step).route, row) for row in route.rows}
        routes.document(step, fields)
        for notice in routes.drafts_of(self.program, step, facts):
            render(self.program, notice, fields, JAPANESE)
        wanted, found = self.example.expect.marks.get(step.id), [line.words for line in route.lines]
        if wanted is not None and wanted != found:
            self._differs(f"「{step.id}」の決裁の経路", wanted, found)

    def _send(self, notice_id: str) -> None:
        """Every notice is really written, so that no field is missing when a case sends it."""
        fields, notice = self._fields(), self.program.notice(notice_id)
        render(self.program, notice_id, fields, JAPANESE)
        named = {*merge_fields(notice.subject), *merge_fields(notice.body)}
        if all(fields.get(name) for name in named.difference(GIVEN_FIELDS)):
            self.reached.notices.add(notice_id)
        self.sent.append(notice_id)

    def _fields(self) -> dict[str, str]:
        """What texts may name, known or given by the case."""
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
