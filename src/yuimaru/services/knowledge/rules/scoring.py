"""Judging what was shown for a question of a set, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yuimaru.core.text.probes import KINDS, Probe
from yuimaru.services.knowledge.rules.outcome import Kind

FIRST = 3  # entries that a reader looks at


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that was shown: the names its document goes by, the words of its passage, and the quoted ones."""

    document: frozenset[str]
    passage: str
    quote: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a question got; `entries` are the citations of the sentences, then the close ones, as they stand."""

    outcome: Kind
    sentences: tuple[str, ...]
    entries: tuple[Entry, ...]
    unverified: int = 0  # sentences that stand in no document they cite
    foreign: int = 0  # citations of documents that may not be quoted


@dataclass(frozen=True, slots=True)
class Result:
    """How a question came off; `place` is that of the right entry, counted from 1, None where it is missing."""

    probe: Probe
    outcome: Kind
    place: int | None
    corrected: bool
    unverified: int = 0
    foreign: int = 0

    @property
    def is_found(self) -> bool:
        """Whether the right entry is among the first that a reader looks at."""
        return self.place is not None and self.place <= FIRST

    @property
    def merit(self) -> int:
        """Rank what the reader got, the higher the better; only ranks of the same question compare.

        Where the documents answer: 3 answered rightly, 2 led to the right place, 1 not found, 0 answered wrongly.
        Where they do not: 0 answered all the same; off topic, close entries (1) are worse than nothing (2).
        """
        if not self.probe.is_answered:
            nothing_near = self.outcome == "none" or self.probe.kind != "off_topic"
            return 0 if self.outcome == "answer" else 1 + nothing_near
        if self.outcome != "answer":
            return 1 + self.is_found
        right = self.corrected if self.probe.kind == "wrong_premise" else self.is_found
        return 3 * right


def score(probe: Probe, shown: Shown) -> Result:
    """Judge what a question got against what it should have found."""
    wanted = _bare(probe.quote)
    places = (place for place, entry in enumerate(shown.entries, start=1) if _is_right(probe, entry))
    return Result(
        probe,
        shown.outcome,
        place=next(places, None),
        corrected=shown.outcome == "answer"
        and probe.kind == "wrong_premise"
        and any(wanted in _bare(sentence) for sentence in shown.sentences),
        unverified=shown.unverified,
        foreign=shown.foreign,
    )


def as_report(results: Sequence[Result]) -> dict[str, object]:
    """Count the results by kind in the shape of the contract; kinds that were not asked are left out."""
    asked = [(kind, [one for one in results if one.probe.kind == kind]) for kind in KINDS]
    return {
        "questions": len(results),
        "by_kind": {kind: _counts(of_kind) for kind, of_kind in asked if of_kind},
        "unverified_sentences": sum(one.unverified for one in results),
        "foreign_passages": sum(one.foreign for one in results),
    }


def _counts(results: Sequence[Result]) -> dict[str, int]:
    def count(marks: Iterable[bool]) -> int:
        return sum(marks)

    return {
        "n": len(results),
        "answer": count(one.outcome == "answer" for one in results),
        "close": count(one.outcome == "close" for one in results),
        "none": count(one.outcome == "none" for one in results),
        "right_first": count(one.place == 1 for one in results),
        "right_in_3": count(one.is_found for one in results),
        "corrected": count(one.corrected for one in results),
    }


def _is_right(probe: Probe, entry: Entry) -> bool:
    """An entry is right when it leads to the passage that holds the quote; without a quote, to the document."""
    return probe.document in entry.document and _bare(probe.quote) in _bare(entry.passage)


def _bare(text: str) -> str:
    """The words without white space: line ends of a file are no difference."""
    return "".join(text.split())
