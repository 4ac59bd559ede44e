"""Collects findings, each with the file, line and path of the place it was made at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yuimaru.core.kata.expressions import ExpressionProblem, Type, check, names
from yuimaru.core.kata.expressions.near import suggestion
from yuimaru.core.kata.expressions.problems import ExpressionError
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import Sources
from yuimaru.core.kata.problems import KataProblem, Severity
from yuimaru.core.kata.source import Location


@dataclass(slots=True)
class Findings:
    """All findings of one check."""

    sources: Sources
    data: Any
    problems: list[KataProblem] = field(default_factory=list)

    @classmethod
    def of(cls, package: Package, sources: Sources) -> Findings:
        """An empty collection for a package."""
        return cls(sources, package.model_dump(mode="json", by_alias=True, exclude_defaults=True))

    def add(self, location: Location, code: str, ja: str, en: str, severity: Severity = "error") -> None:
        """Note one finding at a place in the data of the package."""
        file, line, path = self.sources.place(self.data, location)
        self.problems.append(KataProblem(file, line, path, code, ja, en, severity))

    def unknown(
        self, location: Location, kind_ja: str, kind_en: str, name: str, known: Iterable[str]
    ) -> None:
        """Note a name that nothing goes by, with the nearest that there is."""
        ja, en = suggestion(name, known)
        ja = f"「{name}」という{kind_ja}はありません。{ja}"
        self.add(location, "unknown_name", ja, f"There is no {kind_en} “{name}”.{en}")

    def expression(
        self,
        location: Location,
        text: str,
        known: Mapping[str, Type],
        expect: Type,
        later: Mapping[str, Type] | None = None,
    ) -> None:
        """Check an expression; `later` are names that exist but are asked only after it."""
        later = later or {}
        self.told(location, check(text, {**later, **known}, expect))
        try:
            read = names(text)
        except ExpressionError:
            return
        for name in sorted(read & (later.keys() - known.keys())):
            self.add(
                location,
                "later_name",
                f"「{name}」は、ここより後で尋ねる項目です。条件に書けるのは、前の項目だけです。",
                f"“{name}” is asked after this place. Conditions may name earlier items only.",
            )

    def told(self, location: Location, problems: Iterable[ExpressionProblem]) -> None:
        """Note the problems of an expression."""
        for problem in problems:
            self.add(location, problem.code, problem.message_ja, problem.message_en)

    def distinct(self, location: Location, ids: Iterable[str], kind_ja: str, kind_en: str) -> None:
        """Note every id of a list that stands there a second time."""
        seen: set[str] = set()
        for number, name in enumerate(ids):
            if name in seen:
                self.add(
                    (*location, number),
                    "duplicate_id",
                    f"{kind_ja}「{name}」が2つあります。idを変えてください。",
                    f"There are two {kind_en}s “{name}”. Change one id.",
                )
            seen.add(name)
