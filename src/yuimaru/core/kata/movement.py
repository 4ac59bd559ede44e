"""The movement of a case as a pure state machine: a marking and an act give the next marking and what follows from it.

A step with `parallel` divides the way into branches; a branch that leads back to it has come to the join.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yuimaru.core.kata import workflow
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.models import Action, WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.workflow import Branch, UnknownAction


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """One step that waits to be done, and in which branch."""

    step: str
    branch: Branch = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """Where a case stands: the steps that wait, or the end it has come to; never both, never neither."""

    open: frozenset[Token] = frozenset()
    end: str | None = None

    @property
    def place(self) -> str:
        """The step that names the whole: the end, the step that waits, or the one that divided the way."""
        if self.end is not None:
            return self.end
        first = min(self.open)
        return first.branch[0][0] if first.branch else first.step


@dataclass(frozen=True, slots=True)
class Entered:
    """The case came to a step: its notices go out, its task opens unless it is an end or divides the way."""

    token: Token


@dataclass(frozen=True, slots=True)
class Dropped:
    """A step need not be done any more, since another branch was enough."""

    token: Token


@dataclass(frozen=True, slots=True)
class Joined:
    """Enough branches have come back; the case goes on by this action of the step that divided the way."""

    step: str
    action: Action


Effect = Entered | Dropped | Joined


@dataclass(frozen=True, slots=True)
class Moved:
    """The marking after an act, and what happened on the way there, in order."""

    marking: Marking
    effects: tuple[Effect, ...]

    @property
    def entered(self) -> list[str]:
        """The ids of the steps that the case came to."""
        return [effect.token.step for effect in self.effects if isinstance(effect, Entered)]


def begin(program: Program, facts: Facts) -> Moved:
    """The marking of a case that has just come in; raises UnknownName when the kata has no workflow."""
    walk = _Walk(program, facts)
    walk.arrive(Token(workflow.first(program)))
    return walk.moved


def move(program: Program, marking: Marking, token: Token, action: str, facts: Facts) -> Moved:
    """Do an action at a step that waits. `facts` are those of the case with this act.

    :raises UnknownAction: nothing waits there, or the action is not open.
    """
    if token not in marking.open:
        raise UnknownAction(f"{token.step} does not wait")
    walk = _Walk(program, facts, set(marking.open - {token}))
    walk.arrive(Token(workflow.follow(program, token.step, action, facts), token.branch))
    return walk.moved


@dataclass(slots=True)
class _Walk:
    """One movement in the making."""

    program: Program
    facts: Facts
    open: set[Token] = field(default_factory=set)
    end: str | None = None
    effects: list[Effect] = field(default_factory=list)

    @property
    def moved(self) -> Moved:
        return Moved(Marking(frozenset(self.open), self.end), tuple(self.effects))

    def arrive(self, token: Token) -> None:
        """Bring a token to where somebody acts, to the others of its join, or to an end."""
        step = self.program.work_step(token.step)
        if token.branch and token.branch[-1][0] == step.id:
            self._join(step, token.branch[:-1])
            return
        self.effects.append(Entered(token))
        if step.end is not None:
            self._drop(self.open)
            self.end = step.id
        elif step.parallel:
            self._divide(step, token.branch)
        else:
            self.open.add(token)

    def _divide(self, step: WorkStep, outer: Branch) -> None:
        """Open all branches; with nobody to open one for, the way goes on at once."""
        heads = step.parallel
        if step.each is not None:
            members = self.facts.get(step.each)
            heads = heads * len(members) if isinstance(members, (list, tuple)) else []
        for number, head in enumerate(heads):
            self.arrive(Token(head, (*outer, (step.id, number))))
        if not heads:
            self._leave(step, outer)

    def _join(self, step: WorkStep, outer: Branch) -> None:
        depth = len(outer)
        others = {
            each
            for each in self.open
            if each.branch[:depth] == outer and len(each.branch) > depth and each.branch[depth][0] == step.id
        }
        if others and step.join == "all":
            return
        self._drop(others)
        self._leave(step, outer)

    def _leave(self, step: WorkStep, branch: Branch) -> None:
        chosen = next(iter(workflow.actions(self.program, step.id, self.facts)), None)
        if chosen is None:
            raise UnknownAction(f"no way on from {step.id}")
        self.effects.append(Joined(step.id, chosen))
        self.arrive(Token(chosen.to, branch))

    def _drop(self, tokens: set[Token]) -> None:
        self.effects += [Dropped(token) for token in sorted(tokens)]
        self.open -= tokens
