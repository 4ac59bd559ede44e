"""What a check of a backup found, in words."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One reason not to rely on a backup."""

    code: str
    message: str
    message_en: str


class Refused(Exception):
    """The file cannot be used at all."""

    def __init__(self, code: str, message: str, message_en: str) -> None:
        super().__init__(message_en)
        self.problem = Problem(code, message, message_en)


@dataclass
class Report:
    """Rows per table, number of stored files, whether every chain holds, and what does not."""

    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    chains_ok: bool = False
    errors: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.errors

    @classmethod
    def of(cls, refused: Refused) -> Report:
        """The report on a file that was refused."""
        return cls(errors=[refused.problem])
