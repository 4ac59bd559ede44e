"""What can be wrong with a kata as a whole, said with file, line and path in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class KataProblem:
    """One finding. `path` is made of ids (forms.請求.請求者.氏名.when); a warning does not stop publication."""

    file: str
    line: int | None
    path: str
    code: str
    message_ja: str
    message_en: str
    severity: Severity = "error"


class KataErrors(Exception):
    """Raised when a folder cannot become a kata; carries all problems found."""

    def __init__(self, problems: Sequence[KataProblem]) -> None:
        super().__init__("; ".join(problem.message_en for problem in problems))
        self.problems = list(problems)


def errors(problems: Sequence[KataProblem]) -> list[KataProblem]:
    """Those that stop publication."""
    return [problem for problem in problems if problem.severity == "error"]
