"""How wide a text is and where its lines break, from the East Asian width of its characters, without a font."""

from __future__ import annotations

import re
import unicodedata

WIDE, NARROW = 1.0, 0.58  # of the size of the letters; Latin letters are narrower on the average, never wider
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々%）」,.;:!?)]"
)
# A Latin word, a bracket with what it opens, or one other character.
_PARTS = re.compile(r"[!-~]+|[「（『【〈《]+.|[①-⑳] ?(?:[!-~]+|.)|.", re.DOTALL)


def width(text: str, size: float) -> float:
    """How wide a line is at a size of letters."""
    wide = (unicodedata.east_asian_width(sign) in "WFA" for sign in text)
    return sum(WIDE if each else NARROW for each in wide) * size


def broken(text: str, size: float, longest: float) -> list[str]:
    """A text in lines no wider than `longest`, about equally long; no line begins or ends with the wrong mark."""
    lines = _lines(text, size, longest)
    even = _lines(text, size, min(longest, width(text, size) / len(lines) + size))
    return even if len(even) == len(lines) else lines


def _lines(text: str, size: float, longest: float) -> list[str]:
    lines = [""]
    for part in _PARTS.findall(text):
        fits = width(lines[-1] + part, size) <= longest
        if fits or not lines[-1] or part in _NEVER_FIRST or part == " ":
            lines[-1] += part
        else:
            lines.append(part)
    return [line.strip() for line in lines if line.strip()] or [""]
