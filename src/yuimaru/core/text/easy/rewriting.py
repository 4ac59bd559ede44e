"""The smaller form of a rewriting, without a model: only what the list and the calendar know, and only what agrees.

What changes a number, a negation, a condition or a duty is not done: the sentence stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yuimaru.core.text.agreement import Fault, denials, faults
from yuimaru.core.text.easy import dates
from yuimaru.core.text.easy.terms import Swap, matches
from yuimaru.core.text.sentences import Span, sentences
from yuimaru.core.text.tokens import spoken

_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A sentence, its place in the original, and what it became; `kept` where a change did not agree with it."""

    span: Span
    original: str
    words: str
    kept: bool

    @property
    def is_changed(self) -> bool:
        """Whether anything was said easier."""
        return self.words != self.original


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The draft, and each of its sentences."""

    text: str
    sentences: tuple[Rewritten, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to say a sentence easier, and what it changes on purpose."""

    swaps: Callable[[str], Sequence[Swap]]
    meant: frozenset[Fault]
    keeps_digits: bool = True


def rewrite(text: str) -> Rewriting:
    """Say easier what can surely be said easier; everything between the sentences stays."""
    done = tuple(_sentence(span, span.of(text)) for span in sentences(text))
    written, place = "", 0
    for each in done:
        written += text[place : each.span.start] + each.words
        place = each.span.end
    return Rewriting(written + text[place:], done)


def _sentence(span: Span, original: str) -> Rewritten:
    words, was_kept = original, False
    for step in _STEPS:
        words, has_failed = _taken(step, words)
        was_kept = was_kept or has_failed
    return Rewritten(span, original, words, was_kept)


def _taken(step: _Step, sentence: str) -> tuple[str, bool]:
    """The sentence after a step: all of its swaps, or those of them that agree alone."""
    swaps = step.swaps(sentence)
    if not swaps:
        return sentence, False
    if _agrees(step, sentence, swaps):
        return _swapped(sentence, swaps), False
    agreeing = [swap for swap in swaps if _agrees(step, sentence, [swap])]
    if agreeing and _agrees(step, sentence, agreeing):
        return _swapped(sentence, agreeing), True
    return sentence, True


def _swapped(sentence: str, swaps: Sequence[Swap]) -> str:
    for swap in sorted(swaps, key=lambda one: one.start, reverse=True):
        sentence = sentence[: swap.start] + swap.words + sentence[swap.end :]
    return sentence


def _agrees(step: _Step, before: str, swaps: Sequence[Swap]) -> bool:
    """Whether both say the same but for the words that were swapped, held against each other in both directions."""
    after = _swapped(before, swaps)
    easy = "\n".join(f"{swap.words}\n{swap.known}" for swap in swaps)
    hard = "\n".join(before[swap.start : swap.end] for swap in swaps)
    found = (faults(after, [before], easy) | faults(before, [after], hard)) - faults(before, [before])
    if step.keeps_digits and _NUMBERS.findall(before) != _NUMBERS.findall(after):
        return False
    # A denied word has become another word: what counts is that the same negations stand in the same order.
    return denials(before) == denials(after) and found <= step.meant | {Fault.NEGATION}


def _sure(turned: Sequence[dates.Turned], sentence: str) -> list[Swap]:
    quoted = [found.span() for found in _QUOTED.finditer(sentence)]
    return [
        Swap(one.start, one.end, one.words)
        for one in turned
        if one.is_sure and not any(start < one.end and one.start < end for start, end in quoted)
    ]


def _western(sentence: str) -> list[Swap]:
    return _sure(list(dates.western(sentence)), sentence)


def _ranges(sentence: str) -> list[Swap]:
    return _sure(list(dates.ranges(sentence)), sentence)


def _requests(sentence: str) -> list[Swap]:
    """ご記入ください as 記入してください."""
    pieces = spoken(sentence)
    return [
        Swap(honour.start, asked.start, f"{noun.surface}して")
        for honour, noun, asked in zip(pieces, pieces[1:], pieces[2:], strict=False)
        if honour.form == "御" and noun.part[2] == "サ変可能" and asked.surface in ("ください", "下さい")
    ]


def _words(sentence: str) -> list[Swap]:
    return [match.swap for match in matches(sentence) if match.swap is not None]


_STEPS = (
    _Step(_western, frozenset({Fault.NUMBER}), keeps_digits=False),
    _Step(_ranges, frozenset({Fault.NUMBER, Fault.CONDITION})),
    _Step(_requests, frozenset({Fault.MODALITY})),
    _Step(_words, frozenset()),
)
