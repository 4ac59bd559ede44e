"""Whether the steps of a case, those that wait and those that were done, have their place in another workflow."""

from __future__ import annotations

from collections.abc import Iterator

from yuimaru.core.kata.movement import Token
from yuimaru.core.kata.moves.course import Course, Done, Names
from yuimaru.core.kata.moves.reasons import Reason, reason
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.ways import Ways
from yuimaru.core.kata.workflow import APPLICANT


def known_names(program: Program) -> frozenset[str]:
    """The ids of the steps of a workflow."""
    steps = program.kata.workflow.steps if program.kata.workflow else []
    return frozenset(step.id for step in steps)


def title(program: Program, step: str) -> str:
    """What a step is called; its id where the definition does not have it."""
    return program.work_step(step).title if step in known_names(program) else step


def fits(after: Program, names: Names, done: Done) -> bool:
    """Whether a step that was done, and the steps that divided the way to it, are there."""
    token = names.token(done.token)
    return {token.step, *(fork for fork, _ in token.branch)} <= known_names(after)


def step_reasons(before: Program, after: Program, course: Course, names: Names) -> list[Reason]:
    """Every reason of the workflow against a move."""
    return [
        *_wrong_names(before, after, names),
        *_waiting(before, after, course, names),
        *_done(before, after, course, names),
    ]


def _wrong_names(before: Program, after: Program, names: Names) -> Iterator[Reason]:
    for old, new in names.given.items():
        for name, program in ((old, before), (new, after)):
            if name not in known_names(program):
                yield reason("no_step", f"workflow.{name}", name)


def _waiting(before: Program, after: Program, course: Course, names: Names) -> Iterator[Reason]:
    taken = {each.token for each in course.waiting}
    for each in course.waiting:
        old, token = each.token.step, names.token(each.token)
        said = title(before, old)
        if token.step not in known_names(after):
            yield reason("step_gone", f"workflow.{old}", said)
            continue
        step = after.work_step(token.step)
        if step.end is not None or step.parallel:
            yield reason("not_work", f"workflow.{old}", step.title)
        elif (before.work_step(old).by == APPLICANT) != (step.by == APPLICANT):
            yield reason("actor", f"workflow.{old}", said)
        if token != each.token and token in taken:
            yield reason("collide", f"workflow.{token.step}", step.title)
        taken.add(token)
        yield from _branch(before, after, each.token, names)


def _branch(before: Program, after: Program, token: Token, names: Names) -> Iterator[Reason]:
    """Parallel work fits when the same steps divide the way around it, each into the same branches."""
    assert after.kata.workflow is not None
    new = names.token(token)
    forks = {fork for fork, _ in new.branch}
    if set(Ways(after.kata.workflow).forks_of(new.step)) != forks:
        outer = token.branch[0][0] if token.branch else token.step
        yield reason("branch", f"workflow.{outer}", title(before, outer))
        return
    for fork, _ in token.branch:
        old_step, new_step = before.work_step(fork), after.work_step(names.of(fork))
        heads = {names.of(head) for head in old_step.parallel}
        if heads != set(new_step.parallel) or old_step.each != new_step.each:
            yield reason("branch", f"workflow.{fork}", old_step.title)


def _done(before: Program, after: Program, course: Course, names: Names) -> Iterator[Reason]:
    for done in course.done:
        token = names.token(done.token)
        if not fits(after, names, done):
            yield reason("past_step_gone", f"workflow.{done.token.step}", title(before, done.token.step))
        elif done.decides:
            step = after.work_step(token.step)
            if not step.decides or done.action not in {action.id for action in step.actions}:
                yield reason("decision_gone", f"workflow.{done.token.step}", title(before, done.token.step))
