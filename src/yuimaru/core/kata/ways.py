"""The ways through a workflow as a graph: what follows on what, what can be reached, which branch a step belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from yuimaru.core.kata.models import Workflow, WorkStep


@dataclass(frozen=True)
class Ways:
    """A workflow whose names may still be wrong: what leads nowhere is left out."""

    workflow: Workflow

    @cached_property
    def steps(self) -> dict[str, WorkStep]:
        """The steps by their ids."""
        return {step.id: step for step in self.workflow.steps}

    @cached_property
    def after(self) -> dict[str, set[str]]:
        """What may follow on each step; after a step that divides the way its branches and what comes behind them."""
        return {
            name: self.targets(step) | set(step.parallel) & self.steps.keys()
            for name, step in self.steps.items()
        }

    @cached_property
    def before(self) -> dict[str, set[str]]:
        """What may come before each step."""
        return {name: {each for each in self.steps if name in self.after[each]} for name in self.steps}

    @cached_property
    def branches(self) -> dict[str, list[set[str]]]:
        """For each step that divides the way the steps of its branches: those between a head and the way back."""
        return {
            name: [self.inside(name, head) for head in step.parallel if head in self.steps]
            for name, step in self.steps.items()
            if step.parallel
        }

    def targets(self, step: WorkStep) -> set[str]:
        """Where the actions of a step lead."""
        return {action.to for action in step.actions} & self.steps.keys()

    def inside(self, fork: str, head: str) -> set[str]:
        """What is reached from the head of a branch without coming back to where the way divided."""
        return reach({**self.after, fork: set()}, [head]) - {fork}

    def forks_of(self, name: str) -> list[str]:
        """The steps that divide the way and have this one in a branch."""
        return [fork for fork, branches in self.branches.items() if any(name in each for each in branches)]


def reach(after: Mapping[str, set[str]], start: Iterable[str]) -> set[str]:
    """All that follows on the given steps, themselves among it."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(after[name])
    return found
