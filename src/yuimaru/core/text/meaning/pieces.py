"""Cutting text into the pieces that the sentence encoder knows: the likeliest cut of a unigram vocabulary (Viterbi)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_SPACES = re.compile(" {2,}")
_MARK = "\u2581"  # stands for a space
_UNLIKELY = 10.0  # how far below the unlikeliest piece an unknown character lies (log)


class Cutter:
    """Cuts text into numbered pieces."""

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], replacements: Mapping[int, str], unknown: int
    ) -> None:
        self._known = {
            piece: (number, score)
            for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
            if piece and number != unknown
        }
        self._replacements = replacements
        self._unknown = unknown, min(scores) - _UNLIKELY
        self._longest: dict[str, int] = {}  # by first character
        for piece in self._known:
            self._longest[piece[0]] = max(len(piece), self._longest.get(piece[0], 1))

    def cut(self, text: str) -> list[int]:
        """Give the numbers of the pieces of a text in their order."""
        line = _SPACES.sub(" ", text.translate(self._replacements))
        line = (line if line.startswith(" ") else f" {line}").replace(" ", _MARK)
        best = [0.0] + [float("-inf")] * len(line)
        back: list[tuple[int, int]] = [(0, 0)] * (len(line) + 1)
        for start in range(len(line)):
            reached = best[start]
            longest = self._longest.get(line[start], 1)
            for stop in range(start + 1, min(start + longest, len(line)) + 1):
                found = self._known.get(line[start:stop])
                if found is None and stop == start + 1:
                    found = self._unknown
                if found is not None and reached + found[1] > best[stop]:
                    best[stop] = reached + found[1]
                    back[stop] = start, found[0]
        return _walked(back)


def _walked(back: Sequence[tuple[int, int]]) -> list[int]:
    numbers, place = [], len(back) - 1
    while place:
        place, number = back[place]
        numbers.append(number)
    return numbers[::-1]
