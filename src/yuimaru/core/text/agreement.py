"""Whether a sentence says nothing but what its quotes say: words, numbers, negation, conditions and addresses.

Strict on purpose: a sentence that is refused wrongly costs a nicer wording, one that passes wrongly misleads somebody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from yuimaru.core.text.tokens import Morpheme, spoken


class Fault(StrEnum):
    """Why a sentence does not stand on its quotes."""

    SIGN = "sign"  # an address, a link, markup, something invisible
    NUMBER = "number"  # a number, date, amount or time that no quote has, or another unit for it
    WORD = "word"  # a noun, name or verb that neither the quotes nor the question know
    NEGATION = "negation"  # yes where the quote says no, or the other way round
    MODALITY = "modality"  # must, may, must not: another one than the quote's
    CONDITION = "condition"  # a condition of the quote is left out, or one is added


_SCALES = {"十": 10, "百": 100, "千": 1_000}
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KANJI_NUMBER = re.compile(  # not 千 of 5千円, which is a scale
    r"(?<![0-9万])[〇一二三四五六七八九十百千]+(?=年|月|日|時|分|歳|才|円|人|回|通|枚|割|か月|ヶ月|週|丁目|号|条|項)"
)
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?)(兆|億|万|千|百)?([%‰]|[年月日時分秒歳才円人回通枚割名件個点週号条項階番]|か月|カ月|ヶ月|箇月|か年|kg|km|cm|mm|m|g|丁目)?"
)
_CLOCK = re.compile(r"(午前|午後)?(\d{1,2})(?:時(?!間)(?:(\d{1,2})分|(半))?|:(\d{2}))")
_NO_CONDITION = re.compile(r"午[前後](?=\d)|名前")
_BOUND = re.compile(r"(?:以内|以上|以下|以前|以降|未満|を?超え|まで|から|前|後|ごと|おき|目)?")
_COMPOUND = re.compile(r"(\d+)万(\d+)([千百]?)")
_UNITS = {"才": "歳", "カ月": "か月", "ヶ月": "か月", "箇月": "か月"}
_SCALE = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_FOREIGN = re.compile(
    r"https?:|www\.|[\w.-]+@[\w-]+\.|[<>{}\[\]|`]|!\[|\\u|&[a-z#]+;|\bjavascript\b", re.IGNORECASE
)
_OBLIGED = re.compile(
    r"(?:なけれ|なく)ば?(?:て|は|ば)?(?:なりません|ならない|いけません|いけない)|(?:なければ|なくては)なら"
)
_MODALITIES = {
    "must": re.compile(r"必要(?:が|です|で|と|に|な|。|$)|義務|しなければ|なければなりません|なければならない|なくてはな|てください|(?<!ない)でください|ねばな|必ず"),
    "may": re.compile(r"(?:こと|事)(?:が|も|は)でき(?:ます|る)|でき(?:ます|る)|られます|てもよい|てもかまいません|可能"),
    "must not": re.compile(r"てはいけ|てはなら|禁止|できません|できない|不可"),
    "unneeded": re.compile(r"必要(?:は|が)?(?:あり|ござい)ません|必要(?:は|が)?ない|不要|なくても|いりません|要りません"),
    "perhaps": re.compile(r"場合があ|ことがあ|おそれ|かもしれ"),
}  # fmt: skip
# What narrows a rule: left out or added, it becomes another rule.
_CONDITIONS = (
    "以内", "以上", "以下", "未満", "超え", "まで", "から", "前", "後", "のみ", "だけ", "限り", "限る", "限ります",
    "ただし", "除く", "除き", "以外", "または", "又は", "かつ", "原則", "かぎり", "うち", "満", "当日", "翌日", "毎",
)  # fmt: skip
_GENERIC = frozenset(
    ["場合", "方", "人", "時", "こと", "事", "もの", "物", "ため", "為", "とき", "ところ", "所", "手続", "手続き", "案内", "次", "下", "上", "以下", "以上", "内容", "情報", "質問", "回答", "お答え", "文書", "資料", "必要", "可能", "為る", "する", "成る", "有る", "居る", "出来る", "言う", "行う", "下さる", "御", "お", "ご", "御座る", "ます", "です", "其の", "此の", "其れ", "此れ", "そして", "又", "及び", "尚"]
)  # fmt: skip
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})


def faults(sentence: str, quotes: Sequence[str], question: str = "") -> frozenset[Fault]:
    """What a sentence says beyond or against its quotes; empty when it stands on them.

    It must stand on one of them alone: two true numbers of two quotes easily make a false sentence. Words may
    come from the other quotes and from the question, numbers and conditions may not.
    """
    known = _words(plain("\n".join((*quotes, question)))) | _GENERIC
    said = plain(sentence)
    always = {Fault.SIGN: _has_foreign_signs(sentence), Fault.WORD: not _words(said) <= known}
    beyond = frozenset(fault for fault, is_there in always.items() if is_there)
    return min((beyond | _against(said, plain(quote)) for quote in quotes), key=len, default=frozenset(Fault))


def _against(said: str, told: str) -> frozenset[Fault]:
    found = {
        Fault.NUMBER: not numbers(said) <= numbers(told),
        # 「必要はありませんということはありません」 denies the same word once more.
        Fault.NEGATION: negations(said) != negations(told) or len(denials(said)) > len(denials(told)),
        Fault.MODALITY: not modalities(said) <= modalities(told),
        Fault.CONDITION: _conditions(said) != _conditions(told),
    }
    return frozenset(fault for fault, is_there in found.items() if is_there)


def plain(text: str) -> str:
    """Compatible forms, without the commas of large numbers, and numbers in kanji before a unit as digits."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return _KANJI_NUMBER.sub(lambda found: str(_value(found[0])), text)


def _value(kanji: str) -> int:
    """The number that kanji write, up to 9,999; a row of digits is read as digits."""
    if not _SCALES.keys() & set(kanji):
        return int(kanji.translate(_DIGITS))
    total = held = 0
    for sign in kanji:
        if sign in _SCALES:
            total, held = total + (held or 1) * _SCALES[sign], 0
        else:
            held = int(sign.translate(_DIGITS))
    return total + held


def numbers(text: str) -> frozenset[tuple[float, str, str]]:
    """Every number with its unit and what bounds it: 3万円 is 30,000円, 午後6時まで is 1,080 minutes and まで."""
    text = _COMPOUND.sub(
        lambda found: str(int(found[1]) * 10_000 + int(found[2]) * _SCALES.get(found[3], 1)), text
    )
    times = [(_minutes(found), ":", _bound(text, found.end())) for found in _CLOCK.finditer(text)]
    rest = _CLOCK.sub("、", text)
    counted = [
        (
            float(found[1]) * _SCALE[found[2] or ""],
            _UNITS.get(found[3] or "", found[3] or ""),
            _bound(rest, found.end()),
        )
        for found in _NUMBER.finditer(rest)
    ]
    return frozenset([*times, *counted])


def _minutes(clock: re.Match[str]) -> float:
    """A time of day in minutes after midnight; what says neither morning nor afternoon is read with 24 hours."""
    half, hour, minute, is_half, digital = clock.groups()
    afternoon = 12 if half == "午後" and int(hour) < 12 else 0
    return (int(hour) + afternoon) * 60 + (30 if is_half else int(minute or digital or 0))


def _bound(text: str, end: int) -> str:
    found = _BOUND.match(text, end)
    return found[0] if found else ""


def _words(text: str) -> frozenset[str]:
    """What a text speaks of: nouns, verbs, adjectives; numbers are compared on their own."""
    return frozenset(
        each.form
        for each in spoken(text)
        if each.part[0] in _CONTENT and each.part[1] not in ("数詞", "非自立可能") and not each.form.isdigit()
    )


def negations(text: str) -> frozenset[str]:
    """The predicates that are denied, each by the word before its negation; an obligation denies nothing."""
    text = _OBLIGED.sub("", text)
    pieces = spoken(text)
    return frozenset(_denied(pieces, place) for place, each in enumerate(pieces) if _is_negation(each))


def denials(text: str) -> list[str]:
    """The negations of a text in their order, as they stand there; an obligation denies nothing."""
    return [each.surface for each in spoken(_OBLIGED.sub("", plain(text))) if _is_negation(each)]


def _is_negation(each: Morpheme) -> bool:
    return (each.part[0] == "助動詞" and each.form in ("ない", "ぬ", "ず", "まい")) or (
        each.part[0] in ("形容詞", "接頭辞") and each.form in ("無い", "不", "非", "未", "無")
    )


def _denied(pieces: Sequence[Morpheme], place: int) -> str:
    before = (each for each in reversed(pieces[:place]) if each.part[0] in _CONTENT)
    return next((each.form for each in before), pieces[place].form)


def modalities(text: str) -> frozenset[str]:
    """What a plain text lets, asks, forbids or spares the reader: must, may, must not, unneeded, perhaps."""
    text_without = _MODALITIES["unneeded"].sub("〇", text)
    found = {
        name for name, pattern in _MODALITIES.items() if name != "unneeded" and pattern.search(text_without)
    }
    return frozenset(found | ({"unneeded"} if text_without != text else set()))


def _conditions(text: str) -> frozenset[str]:
    text = _NO_CONDITION.sub("", text)
    return frozenset(word for word in _CONDITIONS if word in text)


def _has_foreign_signs(text: str) -> bool:
    """Whether there are links, markup, or signs that cannot be seen: nothing that a plain sentence needs."""
    invisible = any(unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cs") for sign in text)
    return invisible or _FOREIGN.search(text) is not None
