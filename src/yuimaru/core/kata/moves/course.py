"""A running case as far as its definition has a say in it: what was answered, what waits, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.movement import Token


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that waits, since when, and until when it is due."""

    token: Token
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done on a day: the act, its note, the stored answers to the form of the step."""

    token: Token
    action: str
    note: str
    answers: Answers
    since: date
    on: date
    decides: bool = False
    stopped_clock: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One running case. `today` is the 今日 of its expressions, `until` the end of its standard period.

    `corrections` are the answers that a correction under way holds in place of those that were sent.
    """

    answers: Answers
    today: date
    opened: date
    until: date | None
    waiting: tuple[Waiting, ...]
    done: tuple[Done, ...] = ()
    corrections: tuple[Answers, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Which step of the old definition goes by which name in the new one; the same name where nothing is said."""

    given: Mapping[str, str] = field(default_factory=dict)

    def of(self, step: str) -> str:
        """The new name of a step."""
        return self.given.get(step, step)

    def token(self, token: Token) -> Token:
        """A step with the branches it stands in, by their new names."""
        return Token(self.of(token.step), tuple((self.of(fork), number) for fork, number in token.branch))
