"""Choosing the sentences that answer: verbatim statements of the best passages, never new words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from yuimaru.core.text.sentences import statements
from yuimaru.core.text.tokens import tokens
from yuimaru.services.knowledge.rules.question import Question
from yuimaru.services.knowledge.rules.senses import Senses

MOST = 3  # entries shown where nothing answers
_ABOUT = 0.6  # weight of a question's word that stands only in title, heading or question of the passage
_ASKED = 0.9  # weight of one in the question that the passage answers, as in a FAQ
_BEFORE = 0.5  # weight of one that stands only in the statement before
_FIT = 0.45  # added for the kind of fact that is asked for, as a share of the question's weight
_FOCUS = 0.4  # added for the share of a statement's words that are the question's
_RANK = 1.3  # added for the passage's score beside the best one's: the search knows meanings, words do not
_NEXT = 0.65  # such a one must reach this share of the best one's score
_LABELLED = re.compile("：")
_LEADS_ON = re.compile(r"(?:次の|以下の|下の|次のとき)[^。]{0,30}。?$")
_HANGS_ON = re.compile(r"(?:ただし|但し|なお)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage as it was found: its key, its words, how it ranks, and how near its meaning is to the question.

    `about` is all that names its subject (title, headings, question), `question` what it answers in a list of
    questions and answers.
    """

    key: str
    about: str
    question: str
    text: str
    score: float
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotable place of a passage and how well it meets the question."""

    key: str
    place: int  # among the statements of its passage
    text: str
    score: float
    told: frozenset[str]  # the question's words in it, or in what its passage is about
    around: frozenset[str]  # the question's words anywhere in its passage, or in what that is about
    words: frozenset[str]  # all words of its passage and of what that is about
    fits: bool  # holds the kind of fact that is asked for
    likeness: float | None  # of its passage to the question, by meaning


def rate(
    question: Question, weights: Mapping[str, float], senses: Senses, candidates: Sequence[Candidate]
) -> list[Statement]:
    """Rate every statement of the found passages, the best first; `weights` are those of the question's words."""
    top = max((candidate.score for candidate in candidates), default=0.0)
    rated = [
        statement
        for candidate in candidates
        for statement in _rated(
            question, weights, senses, candidate, max(0.0, candidate.score / top) if top > 0 else 0.0
        )
    ]
    return sorted(rated, key=lambda statement: -statement.score)


def choose(rated: Sequence[Statement]) -> list[Statement]:
    """Choose up to three statements to answer with: the two best and what the best one cannot stand without, in
    reading order with the best one's passage first; then, where there is room, the next best.
    """
    if not rated:
        return []
    best = rated[0]
    beside = [each for each in rated[1:] if each.score >= _NEXT * best.score and (each.fits or not best.fits)]
    first = [best, *beside[:1]]
    first += [held for held in _following(best, rated) if held not in first]
    further = [each for each in beside[1:] if each not in first]
    return [*_as_read(first), *further[: MOST - len(first)]]


def nearest(rated: Sequence[Statement]) -> list[Statement]:
    """Choose the best statement of each of the three nearest passages."""
    best: dict[str, Statement] = {}
    for statement in rated:
        best.setdefault(statement.key, statement)
    return list(best.values())[:MOST]


def _rated(
    question: Question, weights: Mapping[str, float], senses: Senses, candidate: Candidate, rank: float
) -> Iterator[Statement]:
    terms = frozenset(weights)
    read = _read(candidate.text)
    subject = _forms(candidate.about)
    asked = terms & senses.told(_forms(candidate.question))
    about = terms & senses.told(subject | read.columns)
    told = [terms & senses.told(held - read.columns) for held in read.forms]
    words = subject | read.words
    around = terms & senses.told(words)
    before: frozenset[str] = frozenset()
    for place, (text, held, said) in enumerate(zip(read.texts, read.forms, told, strict=True)):
        shares = {
            **dict.fromkeys(before, _BEFORE),
            **dict.fromkeys(about, _ABOUT),
            **dict.fromkeys(asked, _ASKED),
            **dict.fromkeys(said, 1.0),
        }
        score = _share(weights, shares) + _FOCUS * len(said) / (len(held) or 1) + _RANK * rank
        fits = question.fits(text)
        if fits and not question.is_open:
            score += _FIT
        yield Statement(
            candidate.key, place, text, score, said | about, around, words, fits, candidate.likeness
        )
        before = said


def _as_read(chosen: Sequence[Statement]) -> list[Statement]:
    passages = list(dict.fromkeys(statement.key for statement in chosen))
    return sorted(chosen, key=lambda statement: (passages.index(statement.key), statement.place))


def _share(weights: Mapping[str, float], shares: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weights[term] * share for term, share in shares.items()) / total if total else 0.0


class _Read(NamedTuple):
    """A passage's text taken apart: its statements, the words of each, of all, and those that name a table's columns."""

    texts: tuple[str, ...]
    forms: tuple[frozenset[str], ...]
    words: frozenset[str]
    columns: frozenset[str]


@lru_cache(maxsize=2048)
def _read(text: str) -> _Read:
    """Take a text apart; the same passages are rated for question after question."""
    texts = tuple(span.of(text) for span in statements(text))
    forms = tuple(frozenset(tokens(each)) for each in texts)
    return _Read(texts, forms, frozenset[str]().union(*forms), _columns(texts, forms))


def _columns(texts: Sequence[str], forms: Sequence[frozenset[str]]) -> frozenset[str]:
    """Give the words that every row of a table says: they name its columns, not what one row is about."""
    if len(texts) < 2 or not all(_LABELLED.search(text) for text in texts):
        return frozenset()
    return forms[0].intersection(*forms)


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    """Give the words of a title, headings or a listed question."""
    return frozenset(tokens(text))


def _following(best: Statement, rated: Sequence[Statement]) -> list[Statement]:
    """Give what a statement cannot stand without: the list it announces, the exception that hangs on it."""
    after = sorted(
        (held for held in rated if held.key == best.key and held.place > best.place),
        key=lambda held: held.place,
    )
    if after and (_LEADS_ON.search(best.text) or _HANGS_ON.match(after[0].text)):
        return after[:1]
    return []
