"""Hiding personal data in a text before it leaves the house.

What is hidden gets a name of its kind and number, 〔電話1〕, so that the rest of the text still reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from yuimaru.core.text.tokens import Morpheme, spoken

_DIGIT = r"[0-9０-９]"
_DASH = r"[-‐‑–—−ー－ 　]"
_ACCOUNT = r"(?:口座|普通|当座|貯蓄|記号|番号)"
# In this order: what an earlier kind takes is not looked at again.
_KINDS = (
    ("メール", re.compile(r"[\w.+%-]+[@＠][\w-]+(?:[.．][\w-]+)+")),
    ("番号", re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{4}}{_DASH}?{_DIGIT}{{4}}{_DASH}?{_DIGIT}{{4}}(?:{_DASH}?{_DIGIT}{{1,4}})?(?!{_DIGIT})")),
    ("電話", re.compile(rf"(?<!{_DIGIT})[0０]{_DIGIT}{{1,4}}{_DASH}?[(（]?{_DIGIT}{{1,4}}[)）]?{_DASH}?{_DIGIT}{{3,4}}(?!{_DIGIT})")),
    ("口座", re.compile(rf"{_ACCOUNT}[^0-9０-９。\n]{{0,8}}({_DIGIT}{{6,8}}(?:{_DASH}{_DIGIT}{{1,8}})?)(?!{_DIGIT})")),
    ("番号", re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{7,}}(?!{_DIGIT})")),
    ("郵便番号", re.compile(rf"(?<!{_DIGIT})〒?{_DIGIT}{{3}}{_DASH}{_DIGIT}{{4}}(?!{_DIGIT})")),
    (
        "住所",
        re.compile(
            r"(?:[一-龥々ヶケぁ-んァ-ヴー]{1,6}[都道府県])?[一-龥々ヶケぁ-んァ-ヴー]{1,8}?[市区町村郡](?:字)?"
            rf"[一-龥々ヶケァ-ヴー]{{0,10}}(?:{_DIGIT}|[一二三四五六七八九十]){{1,4}}(?:丁目|番地?|号|{_DASH})?"
            rf"(?:(?:{_DIGIT}|の){{1,4}}(?:番地?|号|{_DASH})?){{0,3}}"
        ),
    ),
)  # fmt: skip
_SAID = re.compile(
    r"(?:氏名|名前|なまえ|本名)(?:は|が|：|:|、|\s){1,2}([^、。\s]{2,12}?)(?:です|といい|と申|と言|[、。\s]|$)"
)
_SUFFIX = frozenset({"さん", "様", "さま", "君", "くん", "ちゃん", "氏"})
_GIVEN = re.compile(
    r"(?:さん|様|さま|氏)|(?:です|と申|といい|と言い|、|。|[（(]|\s)"
)  # what follows a name of oneself
_GONE = "\ufffc"
# With what has gone, the words around that only introduced it.
_ABOUT_GONE = re.compile(
    rf"(?:(?:電話|携帯|メール|連絡先|マイナンバー|個人番号|口座|アドレス|番号|わたし|私|名前)[はが：:、 　]*)*{_GONE}+"
    r"(?:(?:さん|様|さま|氏)?(?:です|と申します|といいます|と言います|になります)[。、 　]*)?"
)


@dataclass(slots=True)
class Masked:
    """A text without personal data, and what was hidden by the name that stands for it now."""

    text: str
    hidden: dict[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, int]:
        """How many of each kind were hidden."""
        names = [re.sub(r"[〔〕0-9]", "", name) for name in self.hidden]
        return {name: names.count(name) for name in dict.fromkeys(names)}


def mask(text: str) -> Masked:
    """Hide mail addresses, numbers of persons and cards, phones, accounts, addresses and names of people."""
    masked = Masked(_without_invisible(text))
    for kind, pattern in (*_KINDS, ("氏名", _SAID)):
        masked.text = pattern.sub(partial(_hide, masked, kind), masked.text)
    for start, end in reversed(list(_people(masked.text))):
        name = _name(masked, "氏名", masked.text[start:end])
        masked.text = masked.text[:start] + name + masked.text[end:]
    return masked


def without_asker(text: str) -> str:
    """Leave out what only says who is writing: mail addresses, numbers of persons, names that are given as such.

    Places stay, and so do names that nothing marks as a person's: a question may well be about them.
    """
    text = _without_invisible(text).replace(_GONE, "")
    for kind, pattern in _KINDS:
        if kind != "住所":
            text = pattern.sub(_GONE, text)
    text = _SAID.sub(_GONE, text)
    for start, end in reversed(list(_people(text))):
        if _GIVEN.match(text, end):
            text = text[:start] + _GONE + text[end:]
    return _ABOUT_GONE.sub(" ", text).strip()


def _hide(masked: Masked, kind: str, found: re.Match[str]) -> str:
    """Put a name in place of what was found, or of its group where the pattern has one."""
    secret = found[1] if found.re.groups and found[1] else found[0]
    return found[0].replace(secret, _name(masked, kind, secret))


def _name(masked: Masked, kind: str, secret: str) -> str:
    known = next((name for name, held in masked.hidden.items() if held == secret and kind in name), None)
    if known is not None:
        return known
    name = f"〔{kind}{sum(kind in each for each in masked.hidden) + 1}〕"
    masked.hidden[name] = secret
    return name


def _people(text: str) -> Iterator[tuple[int, int]]:
    """Where the dictionary, or a title behind it, says that somebody is named."""
    start = end = None
    for each in [*spoken(text), None]:
        if each is not None and _is_of_person(each) and end in (None, each.start):
            start, end = (each.start if start is None else start), each.end
            continue
        if start is not None and end is not None and _is_named(text, start, end):
            yield start, end
        start = end = None
        if each is not None and _is_of_person(each):
            start, end = each.start, each.end


def _is_of_person(each: Morpheme) -> bool:
    return each.part[1:3] == ("固有名詞", "人名")


def _is_named(text: str, start: int, end: int) -> bool:
    """One sign alone is a surname only where a title follows: 原 is a field, 原さん a person."""
    return end - start > 1 or any(text.startswith(suffix, end) for suffix in _SUFFIX)


def _without_invisible(text: str) -> str:
    """Without what cannot be seen (format and tag characters): it could cut a number in two."""
    return "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cc") or each in "\n\t")
