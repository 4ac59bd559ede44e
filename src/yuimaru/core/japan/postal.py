"""Postal codes and the addresses behind them, looked up in a file on this machine: no network, nothing leaves it.

A line of the file is `9990412<TAB>汐見県<TAB>みどり野町<TAB>本町`. `from_ken_all` makes it of what Japan Post
publishes (郵便番号データ, utf_ken_all.csv), in which it claims no rights.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from yuimaru.core.japan.contacts import parse_postal_code

_NO_TOWN = "以下に掲載がない場合"
_NOTES = ("（", "の次に番地がくる場合")


@dataclass(frozen=True, slots=True)
class PostalCodes:
    """All codes as one text, searched as it is: 124,000 lines take 6 MB and a few milliseconds."""

    lines: bytes

    def address(self, code: str) -> str:
        """The address of a postal code as far as the code alone tells it, empty when there is none.

        Raises ContactProblem for what is no postal code.
        """
        wanted = b"\n" + parse_postal_code(code).replace("-", "").encode() + b"\t"
        parts = zip(*self._towns(wanted), strict=True)
        return "".join(part[0] for part in takewhile(lambda part: len(set(part)) == 1, parts))

    def _towns(self, wanted: bytes) -> Iterator[list[str]]:
        start = self.lines.find(wanted)
        while start >= 0:
            end = self.lines.find(b"\n", start + 1)
            yield self.lines[start + len(wanted) : end].decode().split("\t")
            start = self.lines.find(wanted, end)


@lru_cache(maxsize=2)
def read(path: Path) -> PostalCodes:
    """The postal codes of a file; none when there is no such file."""
    text = path.read_bytes() if path.is_file() else b""
    return PostalCodes(b"\n" + text.strip() + b"\n")


def from_ken_all(rows: Iterable[str]) -> Iterator[str]:
    """Lines for our file from those of utf_ken_all.csv; notes on a town are left out."""
    for row in csv.reader(rows):
        code, prefecture, municipality, town = row[2], *row[6:9]
        for note in _NOTES:
            town = town.partition(note)[0]
        if town == _NO_TOWN or (town.endswith("一円") and town != "一円"):
            town = ""
        yield "\t".join((code, prefecture, municipality, town))
