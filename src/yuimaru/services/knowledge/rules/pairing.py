"""Which sentence of a revision became which of the next: the same, moved, or said in other words.

Equal sentences are found by a table, alike ones by what few others hold, so that the cost stays near the number of
sentences: two documents are never compared each with each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from yuimaru.core.text.agreement import plain

_ALIKE_HERE = 0.55  # share of the letter pairs, under the same heading
_ALIKE_ELSEWHERE = 0.75  # under another heading
_ALIKE_HEADINGS = 0.6
_SHORTEST = 8  # characters; what is shorter says the same in many places and has not moved
_RARE = 24  # sentences; a pair of letters that more hold tells nothing
_LOOKED_AT = 6  # most likely partners of a sentence that are compared with it
_AROUND = 2  # places before and after it that are looked at as well
_NOWHERE = "\0"  # no heading of the next revision
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its heading and words, spaces and the width of letters apart."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The places of a sentence in both revisions, and whether it stands elsewhere than before."""

    before: int
    after: int
    is_moved: bool


def said(heading: str, text: str) -> Said:
    """Bring a sentence to the form in which it is compared."""
    return Said("".join(plain(heading).split()), "".join(plain(text).split()))


def same_headings(before: Sequence[Said], after: Sequence[Said]) -> dict[str, str]:
    """Which heading of the next revision each one has become, by its words, by what stands under it, or by likeness."""
    old, new = (list(dict.fromkeys(one.heading for one in all_)) for all_ in (before, after))
    kept = set(old) & set(new)
    found = {heading: heading for heading in kept}
    taken = set(kept)
    for one, other in _by_content(before, after, set(old) - kept, set(new) - kept):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    old = [heading for heading in old if heading not in found]
    new = [heading for heading in new if heading not in taken]
    return found | {old[one]: new[other] for one, other in alike(old, new, _ALIKE_HEADINGS)}


def pairs(before: Sequence[Said], after: Sequence[Said], headings: Mapping[str, str]) -> list[Pair]:
    """Pair the sentences of two revisions, heading by heading first; what is left over on a side has no partner."""
    old = {i: Said(headings.get(one.heading, _NOWHERE), one.words) for i, one in enumerate(before)}
    new = dict(enumerate(after))
    found: list[Pair] = []

    def keep(chosen: Iterable[tuple[int, int]], *, is_moved: bool) -> None:
        for i, j in chosen:
            found.append(Pair(i, j, is_moved))
            del old[i], new[j]

    same = _equal(old, new)
    moved = _out_of_order(same, old)
    keep([pair for pair in same if pair not in moved], is_moved=False)
    keep(moved, is_moved=True)
    keep(_equal(_telling(old), _telling(new)), is_moved=True)
    here = _under_headings(old), _under_headings(new)
    for heading, words in here[0].items():
        keep(_alike(words, here[1].get(heading, {}), _ALIKE_HERE), is_moved=False)
    keep(_alike(_telling(old), _telling(new), _ALIKE_ELSEWHERE), is_moved=True)
    return sorted(found, key=lambda pair: pair.after)


def _telling(side: Mapping[int, Said]) -> dict[int, str]:
    """The words of those that say enough to be known again at another place."""
    return {place: one.words for place, one in side.items() if len(one.words) >= _SHORTEST}


def _under_headings(side: Mapping[int, Said]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for place, one in side.items():
        found[one.heading][place] = one.words
    return found


def _alike(old: Mapping[int, str], new: Mapping[int, str], least: float) -> list[tuple[int, int]]:
    olds, news = list(old), list(new)
    chosen = alike(list(old.values()), list(new.values()), least)
    return [(olds[one], news[other]) for one, other in chosen]


def alike(before: Sequence[str], after: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pair texts that share at least that much of their letter pairs, digits aside; the most alike first, each once."""
    olds, news = ([_Letters.of(text) for text in texts] for texts in (before, after))
    holders: dict[str, list[int]] = defaultdict(list)
    for j, letters in enumerate(news):
        for gram in letters.both:
            holders[gram].append(j)
    rated = []
    for i, letters in enumerate(olds):
        for j in _likely(i, letters, holders, len(news)):
            share = _share(letters.masked, news[j].masked)
            if share >= least:
                rated.append((-share - 0.2 * _share(letters.exact, news[j].exact), abs(i - j), i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for _, _, i, j in sorted(rated):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append((i, j))
    return chosen


def marked(before: Sequence[str], after: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Which of the words of two wordings the other one has not."""
    gone, come = [True] * len(before), [True] * len(after)
    for i, j, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        gone[i : i + size] = [False] * size
        come[j : j + size] = [False] * size
    return gone, come


@dataclass(frozen=True, slots=True)
class _Letters:
    """The pairs of neighbouring letters of a text: with every number as one sign, and as they are."""

    masked: frozenset[str]
    exact: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Letters:
        return cls(_grams(_DIGITS.sub("0", text)), _grams(text))

    @property
    def both(self) -> frozenset[str]:
        return self.masked | self.exact


def _grams(text: str) -> frozenset[str]:
    edged = f"^{text}$"
    return frozenset(edged[place : place + 2] for place in range(len(edged) - 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _likely(place: int, letters: _Letters, holders: dict[str, list[int]], size: int) -> set[int]:
    """The partners worth a look: those that share what few hold, and those that stand at about the same place."""
    shared = Counter(j for gram in letters.both if len(kept := holders.get(gram, ())) <= _RARE for j in kept)
    near = range(max(0, place - _AROUND), min(size, place + _AROUND + 1))
    return {j for j, _ in shared.most_common(_LOOKED_AT)} | set(near)


def _equal(old: Mapping[int, Hashable], new: Mapping[int, Hashable]) -> list[tuple[int, int]]:
    """The places of what is equal, the first with the first."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for j, one in new.items():
        waiting[one].append(j)
    return [(i, waiting[one].popleft()) for i, one in old.items() if waiting.get(one)]


def _out_of_order(same: Sequence[tuple[int, int]], old: Mapping[int, Said]) -> set[tuple[int, int]]:
    """Those of equal sentences that stand in another order under their heading: as few as possible."""
    under: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, j in same:
        under[old[i].heading].append((i, j))
    return {pair for group in under.values() for pair in set(group) - _longest_rising(group)}


def _longest_rising(group: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest run of pairs, by their first places, whose second places rise too."""
    ends: list[int] = []  # the smallest last place of a run of each length
    last: list[int] = []  # which pair that is
    earlier: list[int | None] = []
    for number, (_, place) in enumerate(group):
        length = bisect_left(ends, place)
        earlier.append(last[length - 1] if length else None)
        ends[length : length + 1], last[length : length + 1] = [place], [number]
    kept = set()
    step = last[-1] if last else None
    while step is not None:
        kept.add(group[step])
        step = earlier[step]
    return kept


def _by_content(
    before: Sequence[Said], after: Sequence[Said], old: Set[str], new: Set[str]
) -> list[tuple[str, str]]:
    """Headings under which at least half of the smaller one's sentences stand in both, the most first."""
    where = defaultdict(set)
    for one in after:
        if one.heading in new and len(one.words) >= _SHORTEST:
            where[one.words].add(one.heading)
    shared = Counter(
        (one.heading, other)
        for one in before
        if one.heading in old
        for other in sorted(where.get(one.words, ()))[:_RARE]
    )
    sizes = Counter(one.heading for one in before), Counter(one.heading for one in after)
    return [
        (one, other)
        for (one, other), count in shared.most_common()
        if 2 * count >= min(sizes[0][one], sizes[1][other])
    ]
