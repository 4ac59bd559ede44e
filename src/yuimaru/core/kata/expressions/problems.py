"""What can be wrong with an expression, said with the place (1-based character) in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One mistake: a stable code, the sentence in both languages, the character where it stands."""

    code: str
    message_ja: str
    message_en: str
    position: int
    sheet: str | None = None
    cell: str | None = None

    def in_sheet(self, sheet: str, cell: str) -> ExpressionProblem:
        """The same problem, said of a cell of a workbook (シート「月額」のセルC5)."""
        return replace(
            self,
            message_ja=f"シート「{sheet}」のセル{cell}の{self.message_ja}",
            message_en=f"Sheet “{sheet}”, cell {cell}: {self.message_en}",
            sheet=sheet,
            cell=cell,
        )


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
