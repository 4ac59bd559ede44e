"""Our list of hard words and the easy ones for them, and where they stand in a text as words of their own."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from yuimaru.core.text.easy.inflection import VERBS, Form, form_of, inflect, voiced
from yuimaru.core.text.tokens import Morpheme, spoken

NOUN, BETWEEN, PHRASE, PROPOSED = "名", "並", "語", "案"

_DATA = files("yuimaru.core.text.easy") / "data"
_NOMINAL = frozenset({"名詞", "接尾辞", "接頭辞"})
_MAKES_VERBS = frozenset({"為る", "出来る", "致す", "下さる", "頂く", "為さる", "願う"})
_READING = re.compile(r"[（(][ぁ-ゖー・ 　]+[）)]")
_NAMES = re.compile(
    r"「[^「」]*」|『[^『』]*』|https?://\S+|[\w.+-]+@[\w.-]+"
    r"|[^\s、。「」（）()]*(?:法律|政令|省令|条例|規則|規程|要綱|要領)"
)
_DO, _CAN, _HONOUR = "為る", "出来る", "御"


@dataclass(frozen=True, slots=True)
class Term:
    """A hard word, the easy words for it, and how they stand in for it."""

    said: str
    easy: str
    use: str


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands at a place of the text from now on; `known` are its words as a dictionary lists them."""

    start: int
    end: int
    words: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A hard word at a place, and how it can be replaced; None where that is not sure."""

    term: Term
    start: int
    end: int
    swap: Swap | None


def matches(text: str) -> list[Match]:
    """The hard words of a sentence, the longest at each place, never one inside another word."""
    pieces = spoken(text)
    names = [found.span() for found in _NAMES.finditer(text)]
    found: list[Match] = []
    place = 0
    while place < len(pieces):
        match, length = _longest(text, pieces, place)
        if match is not None:
            is_named = any(start < match.end and match.start < end for start, end in names)
            found.append(Match(match.term, match.start, match.end, None) if is_named else match)
        place += length
    return found


def _longest(text: str, pieces: Sequence[Morpheme], place: int) -> tuple[Match | None, int]:
    """The longest word of the list that begins at a place, and how many pieces it takes."""
    known = terms()
    for length in range(min(_longest_term(), len(pieces) - place), 0, -1):
        run = pieces[place : place + length]
        term = known.get(tuple(each.form for each in run))
        if term is not None and _stands_alone(pieces, place, length, term):
            return _match(text, pieces, place, length, term), length
    return None, 1


def _stands_alone(pieces: Sequence[Morpheme], place: int, length: int, term: Term) -> bool:
    """Whether the run is no part of a longer word or of a name."""
    run = pieces[place : place + length]
    if term.use != PROPOSED and any(each.part[1] == "固有名詞" for each in run):
        return False
    before = pieces[place - 1] if place else None
    after = pieces[place + length] if place + length < len(pieces) else None
    if term.use == BETWEEN:
        return before is not None and (before.part[0] in ("名詞", "接尾辞") or before.surface in "）)」』")
    begins_word = run[0].part[0] in _NOMINAL
    if begins_word and before is not None and _joins(before) and not _leads_in(pieces, place - 1):
        return False
    ends_word = run[-1].part[0] in _NOMINAL and term.use != PHRASE
    return not (ends_word and after is not None and _joins(after))


def _joins(other: Morpheme) -> bool:
    """Whether a neighbour makes one word with a noun; 今後 and 以外 do not."""
    return other.part[0] in _NOMINAL and other.part[2] != "副詞可能"


def _leads_in(pieces: Sequence[Morpheme], place: int) -> bool:
    """Whether a noun-like neighbour only stands before a word: the お of it, or how often, as in 2回服用."""
    if pieces[place].form == _HONOUR:
        return True
    return place > 0 and pieces[place].part[2] == "助数詞可能" and pieces[place - 1].part[1] == "数詞"


def _match(text: str, pieces: Sequence[Morpheme], place: int, length: int, term: Term) -> Match:
    run = pieces[place : place + length]
    after = pieces[place + length] if place + length < len(pieces) else None
    is_honoured = place > 0 and pieces[place - 1].form == _HONOUR
    start = pieces[place - 1].start if is_honoured else run[0].start
    match = Match(term, run[0].start, run[-1].end, None)
    if term.use in VERBS:
        swap = None if is_honoured and run[-1].form != _DO else _verb(run, start, after, term)
    elif term.use == NOUN:
        is_verb = after is not None and after.form in _MAKES_VERBS
        swap = None if is_verb or is_honoured else _noun(text, run, term)
    else:
        swap = Swap(run[0].start, run[-1].end, term.easy, term.easy) if term.use != PROPOSED else None
    return Match(match.term, match.start, match.end, swap)


def _noun(text: str, run: Sequence[Morpheme], term: Term) -> Swap:
    """The reading in brackets goes with the word that it was for."""
    reading = _READING.match(text, run[-1].end)
    return Swap(run[0].start, reading.end() if reading else run[-1].end, term.easy, term.easy)


def _verb(run: Sequence[Morpheme], start: int, after: Morpheme | None, term: Term) -> Swap | None:
    last = run[-1]
    if last.form == _CAN:
        return Swap(start, last.start, f"{term.easy}ことが", term.easy)
    form = form_of(last, after)
    if form is None:
        return None
    words = inflect(term.easy, term.use, form)
    if form is Form.TE and after is not None:
        return Swap(start, after.end, words + voiced(term.easy, term.use, after.surface), term.easy)
    return Swap(start, last.end, words, term.easy)


@lru_cache(maxsize=1)
def terms() -> dict[tuple[str, ...], Term]:
    """The list, read once, by the units of its words; a verb of a noun and する is found with できる and alone, too."""
    found = {_units(term.said): term for term in listed()}
    for term in listed():
        *noun, last = _units(term.said)
        if noun and last == _DO and not term.said.startswith(("を", "が", "に", "へ")):
            found.setdefault((*noun, _CAN), term)
            found.setdefault(tuple(noun), Term(term.said.removesuffix("する"), f"{term.easy}こと", PROPOSED))
    return found


@lru_cache(maxsize=1)
def listed() -> tuple[Term, ...]:
    """The rows of the list as they are written."""
    with (_DATA / "words.tsv").open(encoding="utf-8") as opened:
        rows = csv.reader((line for line in opened if not line.startswith("#")), delimiter="\t")
        return tuple(Term(*row) for row in rows if row)


@lru_cache(maxsize=1)
def _longest_term() -> int:
    return max(map(len, terms()))


def _units(words: str) -> tuple[str, ...]:
    return tuple(each.form for each in spoken(words))


@lru_cache(maxsize=2)
def everyday(name: str) -> frozenset[str]:
    """Loan words (`katakana`) or abbreviations (`letters`) that nobody needs to be told."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
