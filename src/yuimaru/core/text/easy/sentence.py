"""What is hard about one sentence, from how it is cut into words; places are those in the sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from yuimaru.core.text.easy import dates
from yuimaru.core.text.easy.findings import Finding, Kind
from yuimaru.core.text.easy.terms import everyday, matches
from yuimaru.core.text.tokens import Morpheme, spoken

LONGEST = 40  # characters, readings in brackets and spaces not counted
LONGEST_KANJI = 5

_IN_BRACKETS = re.compile(r"[（(][ぁ-ゖー・ 　]+[）)]|\s")
_FULL_STOP = re.compile(r"[。．!！?？][」』）)]*$")
_POLITE = re.compile(
    r"(?:です|ます|ません|でした|ました|ください|でしょう|ましょう)[かねよ]?[（(]?[^（）()]*[)）]?[。．!！?？」』）)]*$"
)
_ASKS = re.compile(
    r"(?:ください|ましょう|お願い(?:し|いたし)ます|ありがとうございま(?:す|した)|か)[。．!！?？」』）)]*$"
)
_TWICE = re.compile(
    r"ない(?:こと|わけ|もの|とき)?(?:は|も|では|じゃ)?(?:ない|なく|あり(?:ません|えません)|ございません|いません)"
    r"|なく(?:は|も)(?:ない|ありません)|(?:ず|ない)には(?:い|おか|すま)[^。]{0,4}(?:ない|ません)"
    r"|(?:なければ|ないと|ない場合は|なくては)、?[^。、]{0,24}(?:できません|できない|受けられません|られません|れません)"
)
_CLAUSES = frozenset({"が", "けれど", "けれども", "ので", "から", "し", "ば", "と", "つつ", "ながら", "のに"})
_HONORIFICS = frozenset({"頂く", "致す", "御座る", "申し上げる", "賜る", "為さる", "存ずる", "頂戴", "仰る"})
_VOICES = frozenset({"れる", "られる", "せる", "させる"})
_KANJI = re.compile(rf"[一-龯々]{{{LONGEST_KANJI + 1},}}")
_OFFICE = re.compile(r"(?:課|係|部|局|室|市|町|村|県|区|所|法)$")
_KATAKANA = re.compile(r"[ァ-ヴー・]{3,}")
_CAPITALS = re.compile(r"(?<![\w./@:-])[A-Z]{2,8}(?![\w./@-])")

Rule = Callable[[str, Sequence[Morpheme]], Iterator[Finding]]


def findings(sentence: str) -> list[Finding]:
    """Everything found in a sentence, in the order of the text."""
    pieces = spoken(sentence)
    found = [finding for rule in RULES for finding in rule(sentence, pieces)]
    return sorted(found, key=lambda one: (one.start, one.end))


def length(sentence: str) -> int:
    """Characters of a sentence, without readings in brackets and spaces."""
    return len(_IN_BRACKETS.sub("", sentence))


def _whole(kind: Kind, sentence: str) -> Finding:
    return Finding(kind, 0, len(sentence), sentence)


def _long(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    if length(sentence) > LONGEST:
        yield _whole(Kind.LONG, sentence)


def _several(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    joints = sum(_joins_clauses(each, after) for each, after in pairwise(pieces))
    if joints > 1:
        yield _whole(Kind.SEVERAL, sentence)


def _joins_clauses(each: Morpheme, after: Morpheme) -> bool:
    if each.part[:2] == ("助詞", "接続助詞"):
        is_obliged = each.surface == "ば" and after.form in ("成る", "行ける")
        return (each.surface in _CLAUSES and not is_obliged) or (
            each.surface in ("て", "で") and after.part[1] == "読点"
        )
    return (
        each.part[0] in ("動詞", "助動詞") and each.part[5].startswith("連用形") and after.part[1] == "読点"
    )


def _subject(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    says_who = any(
        each.part[0] == "助詞" and each.part[1] != "接続助詞" and each.surface in ("は", "が", "も")
        for each in pieces
    )
    tells = _FULL_STOP.search(sentence) and not _ASKS.search(sentence)
    if tells and not says_who and any(each.part[0] == "動詞" for each in pieces):
        yield _whole(Kind.SUBJECT, sentence)


def _ending(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    if _FULL_STOP.search(sentence) and not _POLITE.search(sentence):
        yield _whole(Kind.ENDING, sentence)


def _negation(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for found in _TWICE.finditer(sentence):
        yield Finding(Kind.NEGATION, *found.span(), found[0])


def _honorific(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for place, each in enumerate(pieces):
        is_thanks = place > 0 and pieces[place - 1].surface == "ありがとう"
        if (each.form in _HONORIFICS and not is_thanks) or _is_asked_with_honour(pieces, place):
            start = _honour_before(pieces, place)
            end = _predicate_end(pieces, place)
            yield Finding(Kind.HONORIFIC, start, end, sentence[start:end], _plainly_asked(pieces, place))


def _is_asked_with_honour(pieces: Sequence[Morpheme], place: int) -> bool:
    """ご記入ください, お問い合わせください, お越しになる, ご来庁願います."""
    each = pieces[place]
    if place == 0 or each.part[0] != "動詞":
        return False
    if each.form == "願う":
        return pieces[place - 1].part[0] == "名詞"
    return each.form in ("下さる", "成る") and _honour(pieces, place) is not None


def _plainly_asked(pieces: Sequence[Morpheme], place: int) -> str:
    """記入してください for ご記入ください; nothing for what is less sure."""
    noun = pieces[place - 1]
    is_sure = pieces[place].form == "下さる" and noun.part[2] == "サ変可能"
    return f"{noun.surface}してください" if is_sure else ""


def _honour(pieces: Sequence[Morpheme], place: int) -> Morpheme | None:
    """The お or ご of a predicate: nothing but verbs, nouns of verbs and に stand between."""
    for each in reversed(pieces[max(place - 4, 0) : place]):
        if each.form == "御":
            return each
        if each.part[0] not in ("動詞", "名詞") and each.surface != "に":
            return None
    return None


def _honour_before(pieces: Sequence[Morpheme], place: int) -> int:
    return (_honour(pieces, place) or pieces[place]).start


def _passive(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for place, each in enumerate(pieces):
        if place and each.part[0] == "助動詞" and each.form in _VOICES and pieces[place - 1].form != "知る":
            start, end = pieces[place - 1].start, _predicate_end(pieces, place)
            yield Finding(Kind.PASSIVE, start, end, sentence[start:end])


def _predicate_end(pieces: Sequence[Morpheme], place: int) -> int:
    """Where the auxiliaries behind a verb end."""
    while place + 1 < len(pieces) and pieces[place + 1].part[0] == "助動詞":
        place += 1
    return pieces[place].end


def _hard_words(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    """Words of our list; and where it has none, long rows of kanji, loan words and abbreviations."""
    known = matches(sentence)
    for match in known:
        kind = _kind_of(match.term.said)
        yield Finding(kind, match.start, match.end, match.term.said, match.term.easy)
    for finding in (*_compounds(sentence, pieces), *_loans(sentence, pieces), *_capitals(sentence)):
        if not any(match.start < finding.end and finding.start < match.end for match in known):
            yield finding


def _kind_of(said: str) -> Kind:
    if said.isascii():
        return Kind.LETTERS
    return Kind.KATAKANA if _KATAKANA.fullmatch(said.removesuffix("する")) else Kind.WORD


def _compounds(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for found in _KANJI.finditer(sentence):
        inside = [each for each in pieces if each.start < found.end() and found.start() < each.end]
        is_name = any(each.part[1] in ("固有名詞", "数詞") for each in inside) or _OFFICE.search(found[0])
        if not is_name:
            yield Finding(Kind.COMPOUND, *found.span(), found[0])


def _loans(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    loan = groupby(pieces, lambda each: _KATAKANA.fullmatch(each.surface) is not None)
    for is_loan, group in loan:
        row = list(group)
        start, end = row[0].start, row[-1].end
        is_known = all(each.surface in everyday("katakana") or each.part[1] == "固有名詞" for each in row)
        if is_loan and not is_known and sentence[start:end] not in everyday("katakana"):
            yield Finding(Kind.KATAKANA, start, end, sentence[start:end])


def _capitals(sentence: str) -> Iterator[Finding]:
    for found in _CAPITALS.finditer(sentence):
        if found[0] not in everyday("letters"):
            yield Finding(Kind.LETTERS, *found.span(), found[0])


def _dates(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for turned in dates.western(sentence):
        yield Finding(Kind.DATE, turned.start, turned.end, sentence[turned.start : turned.end], turned.words)


def _ranges(sentence: str, pieces: Sequence[Morpheme]) -> Iterator[Finding]:
    for turned in dates.ranges(sentence):
        words = sentence[turned.start : turned.end]
        yield Finding(Kind.RANGE, turned.start, turned.end, words, dates.in_western(turned.words))


RULES: tuple[Rule, ...] = (
    _long, _several, _subject, _ending, _negation, _honorific, _passive, _hard_words, _dates, _ranges,
)  # fmt: skip
