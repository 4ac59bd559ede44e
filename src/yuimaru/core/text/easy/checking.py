"""A text held against what makes Japanese easy: what was found, and how much of it there is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from yuimaru.core.text.easy import sentence as rules
from yuimaru.core.text.easy.findings import OF_WORDS, Finding, Kind
from yuimaru.core.text.sentences import Span, sentences
from yuimaru.core.text.tokens import spoken

_KANJI = re.compile(r"(?<!\d)[一-龯々]+([ぁ-ゖ]{0,3}[（(][ぁ-ゖー・ 　]+[）)])?")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})


@dataclass(frozen=True, slots=True)
class Score:
    """What can be counted; whether people understand the text is nothing that counting could tell."""

    sentences: int
    plain: int  # sentences without a finding; missing readings are counted on their own
    longest: int  # characters
    words: int
    hard: int  # words that are a finding
    kanji: int  # rows of kanji
    read: int  # of them, those with their reading in brackets behind

    @property
    def plain_share(self) -> float:
        """The share of sentences without a finding, 0 to 1."""
        return self.plain / self.sentences if self.sentences else 1.0

    @property
    def hard_share(self) -> float:
        """The share of hard words among nouns, verbs, adjectives and adverbs, 0 to 1."""
        return self.hard / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in the order of the text, the places of its sentences, and the score."""

    findings: tuple[Finding, ...]
    sentences: tuple[Span, ...]
    score: Score


def check(text: str) -> Report:
    """What is hard to read in a text."""
    spans = tuple(sentences(text))
    found = {span: rules.findings(span.of(text)) for span in spans}
    placed = [
        replace(one, start=span.start + one.start, end=span.start + one.end)
        for span, ones in found.items()
        for one in ones
    ]
    pieces = spoken(text)
    words = [
        each for each in pieces if each.part[0] in _CONTENT and each.part[1] not in ("数詞", "非自立可能")
    ]
    hard = [one for one in placed if one.kind in OF_WORDS]
    kanji = list(_KANJI.finditer(text))
    unread = [each for each in kanji if not each[1]]
    if unread:
        first = next(each for each in pieces if unread[0].start() < each.end)
        placed.append(Finding(Kind.READING, first.start, first.end, first.surface))
    score = Score(
        sentences=len(spans),
        plain=sum(not ones for ones in found.values()),
        longest=max((rules.length(span.of(text)) for span in spans), default=0),
        words=len(words),
        hard=sum(any(one.start < each.end and each.start < one.end for one in hard) for each in words),
        kanji=len(kanji),
        read=len(kanji) - len(unread),
    )
    return Report(tuple(sorted(placed, key=lambda one: (one.start, one.end))), spans, score)
