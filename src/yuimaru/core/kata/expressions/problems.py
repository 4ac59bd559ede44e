"""What can be wrong with an expression, said with the place (1-based character) in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One mistake: a stable code, the sentence in both languages, the character where it stands."""

    code: str
    message_ja: str
    message_en: str
    position: int


class ExpressionError(ValueError):
    """Raised by parsing: the text is not an expression of this language."""

    def __init__(self, problem: ExpressionProblem) -> None:
        super().__init__(problem.message_en)
        self.problem = problem


def problem(code: str, ja: str, en: str, at: int) -> ExpressionProblem:
    """Build a problem whose sentences begin with the place."""
    return ExpressionProblem(code, f"{at}文字目：{ja}", f"Character {at}: {en}", at)


def error(code: str, ja: str, en: str, at: int) -> ExpressionError:
    """Build the exception that stops the parser at a character."""
    return ExpressionError(problem(code, ja, en, at))
