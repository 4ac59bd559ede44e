"""Which pieces of arrows may share a track of a gap or corridor, and which must lie beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight piece of an arrow in a gap or corridor (`line`), from one position to another.

    Pieces with one key join. `out` and `into` are the positions where it meets what stands before and behind the gap.
    """

    line: int
    key: tuple[str, ...]
    start: int
    stop: int
    is_corridor: bool = False
    out: int | None = None
    into: int | None = None


@dataclass(slots=True)
class _Bundle:
    """The pieces of one line that join."""

    pieces: list[Piece]
    low: int
    high: int
    outs: set[int | None]
    ins: set[int | None]

    def overlaps(self, other: _Bundle) -> bool:
        return self.low <= other.high and other.low <= self.high

    def goes_before(self, other: _Bundle) -> bool:
        """Whether it must lie nearer to what stands before the gap, or else the two would run into each other."""
        return bool((self.outs & other.ins) - {None})


def numbered(pieces: Iterable[Piece]) -> dict[Piece, int]:
    """The track of each piece, counted from 0 in its line."""
    lines: defaultdict[int, defaultdict[tuple[str, ...], list[Piece]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for piece in pieces:
        lines[piece.line][piece.key].append(piece)
    found: dict[Piece, int] = {}
    for bundles in lines.values():
        for bundle, track in _tracks([_bundle(each) for each in bundles.values()]):
            found |= dict.fromkeys(bundle.pieces, track)
    return found


def _bundle(pieces: list[Piece]) -> _Bundle:
    ends = [end for piece in pieces for end in (piece.start, piece.stop)]
    outs, ins = {piece.out for piece in pieces}, {piece.into for piece in pieces}
    return _Bundle(pieces, min(ends), max(ends), outs, ins)


def _tracks(bundles: list[_Bundle]) -> list[tuple[_Bundle, int]]:
    """The lowest free track for each, those that must go before others first; a circle of them is cut anywhere."""
    waiting = sorted(bundles, key=lambda bundle: (bundle.high - bundle.low, bundle.low))
    placed: list[tuple[_Bundle, int]] = []
    while waiting:
        free = (
            each
            for each in waiting
            if not any(other.goes_before(each) for other in waiting if other is not each)
        )
        bundle = next(free, waiting[0])
        waiting.remove(bundle)
        least = max((track + 1 for other, track in placed if other.goes_before(bundle)), default=0)
        taken = {track for other, track in placed if other.overlaps(bundle)}
        placed.append(
            (bundle, next(track for track in range(least, least + len(bundles) + 1) if track not in taken))
        )
    return placed
