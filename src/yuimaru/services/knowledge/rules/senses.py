"""What may stand in a document for the words of a question: 国民健康保険 for 国保, 粗大ごみ for いらない家具."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandIn:
    """Words of a question, and the words that say the same where all of them stand."""

    said: frozenset[str]
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Senses:
    """The stand-ins for the words of one question."""

    stand_ins: tuple[StandIn, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """All words that stand for others."""
        return frozenset[str]().union(*(each.by for each in self.stand_ins))

    def told(self, words: frozenset[str]) -> frozenset[str]:
        """Add to the words of a text those words of the question that they stand for."""
        return words.union(*(each.said for each in self.stand_ins if each.by <= words))

    def held(self, terms: Iterable[str], held: Mapping[str, int]) -> dict[str, int]:
        """In how many passages each term stands, itself or through what stands for it."""
        found = {term: held[term] for term in terms}
        for each in self.stand_ins:
            count = min(held[word] for word in each.by)
            for term in each.said & found.keys():
                found[term] = max(found[term], count)
        return found
