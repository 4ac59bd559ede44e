"""What a function of the language is: its names, what it takes and gives, and the law it follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yuimaru.core.kata.expressions.problems import ExpressionProblem, problem
from yuimaru.core.kata.expressions.types import Type
from yuimaru.core.kata.expressions.values import KINDS, Value

Implementation = Callable[..., Value]


@dataclass(frozen=True)
class Function:
    """A function under its names. `optional` counts trailing parameters, `variadic` repeats the last one.

    `law` names the source (法令, 条) of what it counts. `feel` is the same in full FEEL: {0} and {1} are the
    arguments, {all} is all of them, {1|0} stands for 0 where the second is left out. A function without it exists
    in this language only.
    """

    names: tuple[str, ...]
    parameters: tuple[Type, ...]
    result: Type
    run: Implementation
    optional: int = 0
    variadic: bool = False
    takes_unknown: bool = False
    law: str = ""
    feel: str = ""

    def call(self, arguments: Sequence[Value]) -> Value:
        """Apply to values: None when one of them is unknown or of the wrong kind."""
        if not self.takes_unknown:
            for place, value in enumerate(arguments):
                expected = self.parameter(place).kind
                if value is None or (expected is not None and KINDS.get(type(value)) != expected):
                    return None
        return self.run(*arguments)

    def parameter(self, place: int) -> Type:
        """The type wanted at a place (0-based)."""
        return self.parameters[min(place, len(self.parameters) - 1)]

    def count_problem(self, count: int, at: int) -> ExpressionProblem | None:
        """What is wrong with the number of arguments, if anything."""
        most = len(self.parameters)
        least = most - self.optional
        if least <= count and (count <= most or self.variadic):
            return None
        name = self.names[0]
        wanted = (
            f"{least}つ以上" if self.variadic else f"{least}つ" if least == most else f"{least}つから{most}つ"
        )
        wanted_en = (
            f"{least} or more" if self.variadic else f"{least}" if least == most else f"{least} to {most}"
        )
        return problem(
            "argument_count",
            f"「{name}」のかっこの中には値が{wanted}必要です（いまは{count}つです）。",
            f"“{name}” takes {wanted_en} values, not {count}.",
            at,
        )
