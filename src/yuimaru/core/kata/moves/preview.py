"""The preview of a move: everything that would become different for one case, and every reason to refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yuimaru.core.kata import workflow
from yuimaru.core.kata.acts import acted
from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.models import Period
from yuimaru.core.kata.movement import Token
from yuimaru.core.kata.moves.answers import AnswerMove, Filled, answer_moves
from yuimaru.core.kata.moves.course import Course, Names, Waiting
from yuimaru.core.kata.moves.reasons import Reason, reason
from yuimaru.core.kata.moves.steps import fits, known_names, step_reasons, title
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.tables import Decided, TableError
from yuimaru.core.kata.times import moved
from yuimaru.core.kata.ways import Ways, reach
from yuimaru.core.kata.workflow import Branch, PeriodError


@dataclass(frozen=True, slots=True)
class StepMove:
    """A step that waits: where it goes on, and until when it was and would be due."""

    before: Token
    after: Token
    was_due: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class TableMove:
    """A table that comes to something else: outputs and rows; no outputs where it does not apply or is not there."""

    table: str
    title: str
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None
    rows: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NoticeMove:
    """A notice that the case may still send: `new`, `gone`, or `reworded`."""

    notice: str
    title: str
    change: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a move would do to one case; it may be carried out when nothing speaks against it."""

    steps: tuple[StepMove, ...]
    answers: tuple[AnswerMove, ...]
    tables: tuple[TableMove, ...]
    was_due: date | None
    due: date | None
    notices: tuple[NoticeMove, ...]
    reasons: tuple[Reason, ...]

    @property
    def ok(self) -> bool:
        """Whether the case may move."""
        return not self.reasons


def preview(before: Program, after: Program, course: Course, steps: Mapping[str, str]) -> Preview:
    """What becomes of a case that goes on under another definition; `steps` names new ids for old ones."""
    names = Names(steps)
    if before.kata.kata != after.kata.kata or after.kata.workflow is None:
        refusal = reason("other_kata", "kata", after.kata.kata)
        return Preview((), (), (), course.until, course.until, (), (refusal,))
    reasons = step_reasons(before, after, course, names)
    answers, lost = _answers(before, after, course, names)
    reasons += lost
    try:
        tables = tuple(_tables(_decisions(before, course)[1], _decisions(after, course)[1]))
        known = _facts(after, course, names)
        waiting = tuple(_waiting(before, after, course.waiting, names, known))
        due = _due(before, after, course, known)
        reasons += [*_decided(course, tables), *_stuck(after, waiting, known)]
    except (TableError, PeriodError) as failure:
        reasons.append(reason("fails", "kata", str(failure)))
        tables, waiting, due = (), (), course.until
    notices = tuple(_notices(before, after, course, names))
    return Preview(waiting, tuple(answers), tables, course.until, due, notices, tuple(dict.fromkeys(reasons)))


def renamed_branch(branch: Branch, steps: Mapping[str, str]) -> Branch:
    """A branch by the new names of its steps."""
    return Names(steps).token(Token("", branch)).branch


def _answers(
    before: Program, after: Program, course: Course, names: Names
) -> tuple[list[AnswerMove], list[Reason]]:
    """The applicant's answers, those of corrections under way, and those of officials to the forms of steps."""
    moves, reasons = _form(before, after, course, {})
    for correction in course.corrections:
        reasons += _form(before, after, course, correction)[1]
    for done in course.done:
        step = before.work_step(done.token.step)
        if step.form is None or not done.answers or not fits(after, names, done):
            continue
        form = after.work_step(names.of(step.id)).form
        if form is None:
            reasons.append(reason("form_gone", f"workflow.{step.id}.form", title(before, step.id)))
            continue
        own, lost = answer_moves(Filled(before, step.form, done.answers, done.on), after, form)
        moves += [AnswerMove(f"{step.id}.{each.path}", each.label, each.change) for each in own]
        reasons += lost
    return moves, reasons


def _form(
    before: Program, after: Program, course: Course, correction: Mapping[str, object]
) -> tuple[list[AnswerMove], list[Reason]]:
    answers = {**course.answers, **correction}
    return answer_moves(
        Filled(before, before.applicant_form.id, answers, course.today), after, after.applicant_form.id
    )


def _decisions(program: Program, course: Course) -> tuple[dict[str, Value], dict[str, Decided]]:
    """What the answers say under a definition, and what its tables come to."""
    form = program.applicant_form.id
    given = facts(program, form, course.answers, today=course.today, params=program.params)
    return given, decide_all(program, given)


def _facts(after: Program, course: Course, names: Names) -> dict[str, Value]:
    """The facts of the case as the new workflow would read them."""
    acts = []
    for each in course.done:
        if fits(after, names, each):
            step, branch = (token := names.token(each.token)).step, token.branch
            acts.append(acted(after, step, each.action, each.note, each.answers, branch=branch, on=each.on))
    return workflow.case_facts(after, with_decisions(*_decisions(after, course)), acts)


def _tables(was: Mapping[str, Decided], now: Mapping[str, Decided]) -> Iterator[TableMove]:
    titles = {name: each.title for name, each in (*was.items(), *now.items())}
    for name, title_of in titles.items():
        outputs = [each.outputs if (each := found.get(name)) else None for found in (was, now)]
        rows = [tuple(each.rows) if (each := found.get(name)) else () for found in (was, now)]
        if outputs[0] != outputs[1] or rows[0] != rows[1]:
            yield TableMove(name, title_of, outputs[0], outputs[1], (rows[0], rows[1]))


def _decided(course: Course, tables: Sequence[TableMove]) -> Iterator[Reason]:
    """What was decided stays decided: after a decision no table may come to something else."""
    if any(done.decides for done in course.done):
        for table in tables:
            if table.before != table.after:
                yield reason("decided", f"decisions.{table.table}", table.title)


def _waiting(
    before: Program, after: Program, waiting: Sequence[Waiting], names: Names, known: Mapping[str, Value]
) -> Iterator[StepMove]:
    for each in waiting:
        token = names.token(each.token)
        due = each.until
        if token.step in known_names(after):
            periods = before.work_step(each.token.step).due, after.work_step(token.step).due
            due = _again(*periods, each.since, each.until, known)
        yield StepMove(each.token, token, each.until, due)


def _again(
    was: Period | None, now: Period | None, since: date, until: date | None, known: Mapping[str, Value]
) -> date | None:
    """The last day under the new period; the same period leaves the day as it was."""
    if was == now:
        return until
    return workflow.due_date(now, since, known) if now is not None else None


def _due(before: Program, after: Program, course: Course, known: Mapping[str, Value]) -> date | None:
    """The end of the standard period, moved again by every time the clock stood still."""
    was, now = before.kata.standard_period, after.kata.standard_period
    if was == now:
        return course.until
    last = workflow.due_date(now, course.opened, known) if now is not None else None
    for done in course.done:
        if done.stopped_clock:
            last = moved(now, last, done.since, done.on)
    return last


def _stuck(after: Program, waiting: Sequence[StepMove], known: Mapping[str, Value]) -> Iterator[Reason]:
    for each in waiting:
        name = each.after.step
        is_work = name in known_names(after) and after.work_step(name).end is None
        if is_work and not workflow.actions(after, name, known):
            yield reason("stuck", f"workflow.{name}", title(after, name))


def _notices(before: Program, after: Program, course: Course, names: Names) -> Iterator[NoticeMove]:
    """The notices of the steps that may still come, as far as they differ."""
    was = _ahead(before, [each.token.step for each in course.waiting])
    now = _ahead(after, [names.of(each.token.step) for each in course.waiting])
    for notice in dict.fromkeys((*was, *now)):
        if notice not in now:
            yield NoticeMove(notice, before.notice(notice).title, "gone")
        elif notice not in was:
            yield NoticeMove(notice, after.notice(notice).title, "new")
        elif before.notice(notice) != after.notice(notice):
            yield NoticeMove(notice, after.notice(notice).title, "reworded")


def _ahead(program: Program, steps: Sequence[str]) -> list[str]:
    if program.kata.workflow is None:
        return []
    ways = Ways(program.kata.workflow)
    coming = reach(ways.after, [step for step in steps if step in ways.steps])
    return [notice for name in ways.steps if name in coming for notice in ways.steps[name].notify]
