"""抜粋: the few sentences that carry a document, unchanged; no sentence is written anew."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from yuimaru.core.text.tokens import tokens
from yuimaru.services.knowledge.rules.facts import Fact, held
from yuimaru.services.knowledge.rules.revisions import Line

MOST = 7
_FIRST = 1  # the number of a document's first passage
_LONGEST = 160  # characters; what is longer is no summary
_FEWEST = 4  # words of a sentence that can carry anything
_TELLING = {
    Fact.WHO: 0.2,
    Fact.DAY: 0.2,
    Fact.MONEY: 0.2,
    Fact.NEEDED: 0.2,
    Fact.OFFICE: 0.1,
    Fact.DUTY: 0.05,
}
_KNOWN = 0.25  # share of that for a kind of fact that a chosen sentence holds already
_SAME_HEADING = 0.3  # off for each sentence of a heading that was chosen already
_ALIKE = 0.8  # cosine from which two sentences say the same
# What cannot stand alone: it points to the sentence before it, or to a list after it.
_LEANS = re.compile(
    r"^(?:その|これ|それ|ただし|また|なお|しかし|そこ|ここ|上記|※)|[次下]の(?:もの|とおり|場合|表|書類|方)|以下の|^更新日|改[訂正]$"
)
_SENTENCE = re.compile(r"[。！？!?」）)]$|：.*／|\d{2,4}-\d{2,4}-\d{4}")
_TOPIC = re.compile(r"^[^。、]{2,30}は、?")
_NAMES_TOPIC = 0.1  # for a sentence that says what it speaks of
_LEADS = 0.15  # for one of the first passage, which says what the document is


@dataclass(frozen=True, slots=True)
class _Rated:
    line: Line
    words: Mapping[str, float]
    central: float
    facts: tuple[Fact, ...]


def gist(lines: Sequence[Line], most: int = MOST) -> list[Line]:
    """Choose at most so many sentences, in their order: those nearest to what the document is about that say for whom,
    until when, how much, with what and where; one under each heading before a second."""
    left = _rated(lines)
    chosen: list[_Rated] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda one: (_merit(one, chosen), -one.line.start))
        chosen.append(best)
        left = [one for one in left if one is not best and _cosine(one.words, best.words) < _ALIKE]
    return sorted((one.line for one in chosen), key=lambda line: line.start)


def _rated(lines: Sequence[Line]) -> list[_Rated]:
    cut = [Counter(tokens(line.text)) for line in lines]
    within = Counter(form for each in cut for form in each)
    rarity = {form: log(1 + len(lines) / count) for form, count in within.items()}
    vectors = [{form: count * rarity[form] for form, count in each.items()} for each in cut]
    whole: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for form, weight in vector.items():
            whole[form] += weight
    return [
        _Rated(line, vector, _cosine(vector, whole), held(line.text))
        for line, vector in zip(lines, vectors, strict=True)
        if len(vector) >= _FEWEST and _can_stand(line)
    ]


def _can_stand(line: Line) -> bool:
    """Whether a sentence is understood alone; この制度 is, where the document begins with it."""
    if line.text.startswith("この") and line.passage != _FIRST:
        return False
    return (
        len(line.text) <= _LONGEST
        and _SENTENCE.search(line.text) is not None
        and _LEANS.search(line.text) is None
    )


def _merit(one: _Rated, chosen: Sequence[_Rated]) -> float:
    known = {fact for other in chosen for fact in other.facts}
    told = sum(
        worth * (_KNOWN if fact in known else 1) for fact, worth in _TELLING.items() if fact in one.facts
    )
    again = sum(other.line.path == one.line.path for other in chosen)
    leads = _LEADS * (one.line.passage == _FIRST) + _NAMES_TOPIC * (_TOPIC.match(one.line.text) is not None)
    return one.central + told + leads - _SAME_HEADING * again


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(weight * other[form] for form, weight in one.items() if form in other)
    return product / sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()) or 1.0)
