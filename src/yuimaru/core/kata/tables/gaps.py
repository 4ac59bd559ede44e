"""Proof over all values at once: every case finds a row (no gap) and only one (no overlap), told in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Literal

from yuimaru.core.kata.expressions import Type, Value
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables.axes import covered
from yuimaru.core.kata.tables.check import table_scope
from yuimaru.core.kata.tables.columns import Column
from yuimaru.core.kata.tables.compile import compile_table
from yuimaru.core.kata.tables.domains import Domain, domain, places_held, words

MOST_FINDINGS = 10  # of each kind; who mends ten sees the rest
MOST_STEPS = 60_000
MOST_COMPARISONS = 1_000_000

FindingKind = Literal["gap", "overlap", "unreachable", "unchecked"]
Region = tuple[int, ...]  # for each column the places that belong to it, as bits


@dataclass(frozen=True)
class TableFinding:
    """A region without a row, a region with two, a row that nothing reaches, or what could not be checked."""

    kind: FindingKind
    rows: tuple[str, ...]
    region_ja: str
    region_en: str

    @property
    def message_ja(self) -> str:
        """The finding as a sentence."""
        rows = "」「".join(self.rows)
        return {
            "gap": f"{self.region_ja}のときに、当てはまる行がありません。",
            "overlap": f"{self.region_ja}のときに、行「{rows}」が両方とも当てはまります。",
            "unreachable": f"行「{rows}」は、{self.region_ja}使われません。",
            "unchecked": f"{self.region_ja}すき間と重なりを調べられません。",
        }[self.kind]

    @property
    def message_en(self) -> str:
        """The finding as a sentence."""
        rows = "” and “".join(self.rows)
        return {
            "gap": f"No row applies when {self.region_en}.",
            "overlap": f"Rows “{rows}” both apply when {self.region_en}.",
            "unreachable": f"Row “{rows}” is never used: {self.region_en}.",
            "unchecked": f"Gaps and overlaps cannot be checked: {self.region_en}.",
        }[self.kind]


TOO_LARGE = TableFinding("unchecked", (), "表が大きすぎるため、", "the table is too large")


def gaps_and_overlaps(
    decision: Decision, known: Mapping[str, Type] | None = None, values: Mapping[str, Value] | None = None
) -> list[TableFinding]:
    """Everything that no row covers, or more rows than the hit policy allows; raises TableError.

    `known` gives the types of the facts (bounds, options, whole numbers narrow what can happen), `values` the
    values of names that cells may read, such as the parameters of the kata.
    """
    scope = table_scope(decision, known or {})
    table = compile_table(decision)
    columns = [
        replace(column, covered=tuple(covered(cell, values or {}) for cell in column.cells))
        for column in table.columns
    ]
    domains: list[Domain] = []
    for column in columns:
        found = domain(column, scope[column.id])
        if found is None or None in column.covered:
            return [_unchecked(column, found is None)]
        domains.append(found)
    return list(_Proof(decision, columns, domains, values or {}).findings())


def _unchecked(column: Column, no_axis: bool) -> TableFinding:
    if no_axis:
        ja, en = "の値の種類が決まらないため、", "the kind of its values is not known"
    else:
        ja, en = "に、項目の値によって変わる条件があるため、", "it has conditions that depend on other items"
    return TableFinding("unchecked", (), f"列「{column.label}」{ja}", f"column “{column.label}”, {en}")


class _Proof:
    def __init__(
        self,
        decision: Decision,
        columns: list[Column],
        domains: list[Domain],
        values: Mapping[str, Value],
    ) -> None:
        self.decision = decision
        self.columns = columns
        self.domains = domains
        self.everything: Region = tuple(each.places for each in domains)
        self.rows: list[Region] = [
            tuple(
                places_held(column, row, within, values)
                for column, within in zip(columns, domains, strict=True)
            )
            for row in range(len(decision.rows))
        ]
        # For each column: which rows live on, and the places where just those do.
        self.groups = [self._grouped(place) for place in range(len(columns))]
        # For each column: the rows that hold whatever this and all later columns say.
        self.free = [self._free_from(place) for place in range(len(columns) + 1)]
        self.steps = self.comparisons = 0
        self.closed: set[tuple[int, int]] = set()

    def findings(self) -> Iterator[TableFinding]:
        """Gaps, then rows that can never be the answer, then overlaps: of any rows (U), of rows that differ (A)."""
        gaps: list[Region] = []
        for gap in self._gaps(0, (1 << len(self.rows)) - 1, ()):
            gaps.append(gap)
            if len(gaps) == 4 * MOST_FINDINGS:
                break
        for region in self._merged(gaps)[:MOST_FINDINGS]:
            yield self._told("gap", (), region)
        if self.steps > MOST_STEPS:
            yield TOO_LARGE
        yield from islice(self._unreachable(), MOST_FINDINGS)
        if self.decision.hit in ("U", "A"):
            yield from self._overlaps()

    def _grouped(self, place: int) -> list[tuple[int, int]]:
        within = self.domains[place]
        groups: dict[int, int] = {}
        for at, rows in enumerate(self.columns[place].rows_at(within.axis)):
            if within.answered >> at & 1:
                groups[rows] = groups.get(rows, 0) | 1 << at
        if within.missing:
            rows = sum(1 << row for row, all_ in enumerate(self.rows) if all_[place] & within.missing)
            groups[rows] = groups.get(rows, 0) | within.missing
        return list(groups.items())

    def _free_from(self, place: int) -> int:
        everything = self.everything[place:]
        return sum(1 << number for number, row in enumerate(self.rows) if row[place:] == everything)

    def _gaps(self, place: int, alive: int, region: Region) -> Iterator[Region]:
        """Regions where no row is left, column by column; a state found closed once is not entered again."""
        if not alive:
            yield region + self.everything[place:]
            return
        if alive & self.free[place] or (place, alive) in self.closed or self.steps > MOST_STEPS:
            return
        self.steps += len(self.groups[place])
        gapless = True
        for rows, places in self.groups[place]:
            for gap in self._gaps(place + 1, alive & rows, (*region, places)):
                gapless = False
                yield gap
        if gapless:
            self.closed.add((place, alive))

    def _merged(self, regions: list[Region]) -> list[Region]:
        """Regions that differ in one column only become one."""
        found = list(regions)
        pair = _mergeable(found)
        while pair is not None:
            left, right = pair
            found = [each for each in found if each not in pair]
            found.append(tuple(a | b for a, b in zip(left, right, strict=True)))
            pair = _mergeable(found)
        return found

    def _overlaps(self) -> Iterator[TableFinding]:
        # The columns that tell most rows apart come first: nearly every pair parts at the first of them.
        order = sorted(range(len(self.columns)), key=lambda place: -len(self.groups[place]))
        rows = [[row[place] for place in order] for row in self.rows]
        found = 0
        outputs = [row.then for row in self.decision.rows]
        for left, right in combinations(range(len(rows)), 2):
            if self.decision.hit == "A" and outputs[left] == outputs[right]:
                continue
            for a, b in zip(rows[left], rows[right], strict=True):
                self.comparisons += 1
                if not a & b:
                    break
            else:
                found += 1
                common = tuple(a & b for a, b in zip(self.rows[left], self.rows[right], strict=True))
                yield self._told("overlap", (self._id(left), self._id(right)), common)
            if found == MOST_FINDINGS:
                return
            if self.comparisons > MOST_COMPARISONS:
                yield TOO_LARGE
                return

    def _unreachable(self) -> Iterator[TableFinding]:
        """Rows that hold for no value, and under F those that one earlier row covers whole."""
        for number, row in enumerate(self.rows):
            if not all(row):
                yield TableFinding(
                    "unreachable", (self._id(number),), "どの値でも", "no value meets its conditions"
                )
            elif self.decision.hit == "F":
                earlier = self._covering(number)
                if earlier is not None:
                    before = self._id(earlier)
                    ja, en = (
                        f"先にある行「{before}」が当てはまるため、",
                        f"the earlier row “{before}” covers it",
                    )
                    yield TableFinding("unreachable", (self._id(number),), ja, en)

    def _covering(self, number: int) -> int | None:
        """The first earlier row that holds wherever a row holds; None also once the table is too large to tell."""
        row = self.rows[number]
        for earlier in range(number):
            self.comparisons += 1
            if self.comparisons > MOST_COMPARISONS:
                return None
            if all(mine & ~theirs == 0 for mine, theirs in zip(row, self.rows[earlier], strict=True)):
                return earlier
        return None

    def _id(self, row: int) -> str:
        return self.decision.rows[row].id

    def _told(self, kind: FindingKind, rows: tuple[str, ...], region: Region) -> TableFinding:
        ja, en = [], []
        for column, within, places in zip(self.columns, self.domains, region, strict=True):
            japanese, english = words(within, places), words(within, places, "en")
            if japanese is not None:
                ja.append(f"「{column.label}」が{japanese}")
                en.append(f"“{column.label}” is {english}")
        return TableFinding(kind, rows, "、".join(ja) or "どの値", " and ".join(en) or "the values are any")


def _mergeable(regions: list[Region]) -> tuple[Region, Region] | None:
    for left, right in combinations(regions, 2):
        if sum(a != b for a, b in zip(left, right, strict=True)) <= 1:
            return left, right
    return None
