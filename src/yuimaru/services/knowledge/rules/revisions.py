"""What a revision of a document changed for the reader: sentence by sentence, the weightiest kinds of fact first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yuimaru.core.text.tokens import Morpheme, spoken
from yuimaru.services.knowledge.rules import facts, pairing
from yuimaru.services.knowledge.rules.concerned import concerned
from yuimaru.services.knowledge.rules.facts import Fact

_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*")


class Kind(StrEnum):
    """What became of a sentence."""

    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


_KINDS = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a document and where it stands; a heading has no place of its own but that of what follows it."""

    text: str
    path: tuple[str, ...]  # of the headings over it, without the document's title
    passage: int
    start: int = 0
    end: int = 0

    @property
    def place(self) -> str:
        """How an address names the place (?s=START-END#p-N)."""
        return f"?s={self.start}-{self.end}#p-{self.passage}" if self.end else f"#p-{self.passage}"


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that is not as it was; `facts` are what differs, or what it holds where it was added or removed."""

    kind: Kind
    before: Line | None
    after: Line | None
    facts: tuple[Fact, ...]
    people: tuple[str, ...]  # whom it names, in its own words
    is_moved: bool = False

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """For the order: what kind of fact, what became of it, where it stands."""
        fact = min((facts.ORDER[one] for one in self.facts), default=len(Fact))
        is_mere_move = self.kind is Kind.MOVED
        line = self.after or self.before
        return (is_mere_move, fact, _KINDS[self.kind], line.passage if line else 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions of a document: their changes, the weightiest first, and how many sentences stayed."""

    changes: tuple[Change, ...]
    same: int

    def counts(self) -> Counter[Kind]:
        """How many sentences became what."""
        return Counter(change.kind for change in self.changes)

    def reworded(self) -> dict[Fact, int]:
        """In how many sentences that were reworded each kind of fact differs, the weightiest first."""
        return self._facts(Kind.REWORDED)

    def weighty(self, kind: Kind) -> dict[Fact, int]:
        """How many of the sentences that were added or removed hold each of the weightiest facts."""
        if kind not in (Kind.ADDED, Kind.REMOVED):
            return {}
        return {fact: count for fact, count in self._facts(kind).items() if fact in facts.WEIGHTY}

    def _facts(self, kind: Kind) -> dict[Fact, int]:
        found = Counter(fact for one in self.changes if one.kind is kind for fact in one.facts)
        return {fact: found[fact] for fact in Fact if found[fact]}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and whether the other wording lacks it."""

    text: str
    differs: bool


def compare(before: Sequence[Line], after: Sequence[Line]) -> Comparison:
    """Find what differs between two revisions: of a moved sentence that it moved, of a reworded one what it says now."""
    old, new = ([pairing.said("›".join(line.path), line.text) for line in lines] for lines in (before, after))
    headings = pairing.same_headings(old, new)
    paired = pairing.pairs(old, new, headings)
    changes = [
        change
        for pair in paired
        if (
            change := _between(
                before[pair.before], after[pair.after], pair, old[pair.before].words == new[pair.after].words
            )
        )
    ]
    kept = {pair.before for pair in paired}, {pair.after for pair in paired}
    changes += [_alone(Kind.REMOVED, line) for place, line in enumerate(before) if place not in kept[0]]
    changes += [_alone(Kind.ADDED, line) for place, line in enumerate(after) if place not in kept[1]]
    changes += _headings(before, after, paired)
    return Comparison(
        tuple(sorted(changes, key=lambda change: change.weight)),
        len(paired) - sum(1 for change in changes if change.before and change.after and change.before.end),
    )


def side_by_side(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Part two wordings of a sentence into what both have and what only one has, by words; a number is one word."""
    olds, news = _words(before), _words(after)
    gone, come = pairing.marked(olds, news)
    return _pieces(olds, gone), _pieces(news, come)


def _between(before: Line, after: Line, pair: pairing.Pair, is_same: bool) -> Change | None:
    if is_same and not pair.is_moved:
        return None
    if is_same:
        return Change(Kind.MOVED, before, after, (), concerned([after.text], after.path), is_moved=True)
    return Change(
        Kind.REWORDED,
        before,
        after,
        facts.differing(before.text, after.text),
        concerned([after.text, before.text], after.path),
        pair.is_moved,
    )


def _alone(kind: Kind, line: Line) -> Change:
    is_gone = kind is Kind.REMOVED
    return Change(
        kind,
        line if is_gone else None,
        None if is_gone else line,
        facts.held(line.text),
        concerned([line.text], line.path),
    )


def _headings(before: Sequence[Line], after: Sequence[Line], paired: Sequence[pairing.Pair]) -> list[Change]:
    """Headings that are worded otherwise now, once each: who is meant often stands only there."""
    found: dict[tuple[str, str], Change] = {}
    for pair in paired:
        old, new = before[pair.before], after[pair.after]
        if pair.is_moved or not old.path or not new.path:
            continue
        names = old.path[-1], new.path[-1]
        if pairing.said("", names[0]) != pairing.said("", names[1]):
            found.setdefault(
                names,
                Change(
                    Kind.REWORDED,
                    Line(names[0], old.path[:-1], old.passage),
                    Line(names[1], new.path[:-1], new.passage),
                    facts.differing(*names),
                    concerned(names[::-1], new.path[:-1]),
                ),
            )
    return list(found.values())


def _words(text: str) -> list[str]:
    found: list[str] = []
    last: Morpheme | None = None
    for each in spoken(text):
        counts = last is not None and _FIGURE.fullmatch(last.surface) and "助数詞" in "".join(each.part)
        if found and (counts or (_FIGURE.match(each.surface) and _FIGURE.fullmatch(found[-1]))):
            found[-1] += each.surface
        else:
            found.append(each.surface)
        last = each
    return found


def _pieces(words: Sequence[str], differs: Sequence[bool]) -> list[Piece]:
    found: list[Piece] = []
    for word, is_other in zip(words, differs, strict=True):
        if found and found[-1].differs == is_other:
            found[-1] = Piece(found[-1].text + word, is_other)
        else:
            found.append(Piece(word, is_other))
    return found
