"""What kinds of fact a sentence holds, and in which of them two wordings of it differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from yuimaru.core.text import agreement
from yuimaru.core.text.tokens import words
from yuimaru.services.knowledge.rules.concerned import named


class Fact(StrEnum):
    """A kind of fact; the weightiest first, as changes are listed."""

    MONEY = "money"
    DAY = "day"
    WHO = "who"
    DUTY = "duty"
    NEEDED = "needed"
    TIME = "time"
    NUMBER = "number"
    OFFICE = "office"
    WORDS = "words"


WEIGHTY = (Fact.MONEY, Fact.DAY, Fact.WHO, Fact.DUTY)
ORDER = {fact: place for place, fact in enumerate(Fact)}

_FREE = re.compile(
    r"(?:(?:手数料|料金|費用|代金|お金)[はもが]?)?(?:いただきません|頂きません|かかりません|かからない)"
    r"|(?:手数料|料金|費用|代金|お金)[はもが]?(?:不要です|要りません|いりません)|無料|無償"
)
_COSTS = re.compile(r"料|額|費|金|税|助成|補助|割引|負担|価|円")
_REQUEST = re.compile(r"[おご]([^、。]{1,6}?)ください")  # お持ちください asks as 持ってきてください does
_PHONE = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?:内線|ファクス|FAX)\s*\d+")
_OFFICE = re.compile(
    r"\d+番窓口|(?:本庁舎?|別館|分庁舎|支所)?\d+階|[^\s、。（）・「」はがをにでのとや]+(?:課|係|支所|窓口|センター|事務所|公民館|出張所)"
    r"|〒\d{3}-\d{4}|郵送|ホームページ|オンライン|電子申請|電話|メール"
)
_DAYS = re.compile(
    r"[月火水木金土日]曜|祝日|休日|平日|年末年始|当日|翌日|前日|翌年|毎[日週月年]|隔[週月]|月末|年度末|上旬|中旬|下旬|随時|通年|[第]\d+(?=[月火水木金土日])"
)
_DAY_UNITS = frozenset({"年", "月", "日", "か月", "週", "か年"})
_TIME_UNITS = frozenset({":", "時", "分", "秒"})
_ENTITLED = re.compile(
    r"所得|収入|非課税|課税|同居|同一世帯|住民登録|在住|在勤|在学|市内|町内|村内|市外|町外|村外"
)
_NEEDED = re.compile(
    r"[^\s、。（）・「」はがをにでのとや]*(?:申請書|届出?書|請求書|証明書|領収書|診断書|委任状|通知書|明細書|計画書|同意書|見積書|"
    r"健康保険証|資格確認書|運転免許証|マイナンバーカード|在留カード|パスポート|印鑑|はんこ|通帳|手帳|写真|写し|登録済証|受給者?証|本人確認書類|書類)"
)
_LIMITS = re.compile(
    r"のみ|だけ(?!で(?:なく|は))|に限|限ります|ただし|除[きくい]|以外|かつ|原則|又は|または|及び|すべて|全員"
)
_BINDING = re.compile(
    r"なければ|なくては|必要|義務|必ず|禁止|できません|できない|てはいけ|てはな[りら]|不要|要り?ません|いりません|のみ|に限|ただし|除[きくい]"
)
_LIGHT = frozenset({"居る", "為る", "有る", "方", "人", "者", "御", "成る"})

Contents = Mapping[Fact, frozenset[object]]


def held(sentence: str) -> tuple[Fact, ...]:
    """The kinds of fact that a sentence holds, the weightiest first; what merely asks politely lays down no duty."""
    binds = _BINDING.search(agreement.plain(sentence)) is not None
    return tuple(
        fact for fact, content in _contents(sentence).items() if content and (binds or fact is not Fact.DUTY)
    )


def differing(before: str, after: str) -> tuple[Fact, ...]:
    """The kinds of fact in which two wordings differ, the weightiest first; only the words when there is none."""
    earlier, later = _contents(before), _contents(after)
    return tuple(fact for fact in earlier if earlier[fact] != later[fact]) or (Fact.WORDS,)


@lru_cache(maxsize=512)
def _contents(sentence: str) -> Contents:
    """What a sentence says of each kind of fact, so that it can be held against another."""
    told = _REQUEST.sub(r"\1てください", agreement.plain(sentence))
    plain, free = _FREE.subn("無料", told)
    bare = _OFFICE.sub("、", _PHONE.sub("、", plain))
    units = {Fact.MONEY: {"円"}, Fact.DAY: _DAY_UNITS, Fact.TIME: _TIME_UNITS, Fact.WHO: {"歳"}}
    if _COSTS.search(plain):
        units[Fact.MONEY] = {"円", "%", "割"}
    figures = agreement.numbers(bare)
    by_unit = {fact: {one for one in figures if one[1] in chosen} for fact, chosen in units.items()}
    counted = figures.difference(*by_unit.values())
    return {
        Fact.MONEY: frozenset(by_unit[Fact.MONEY]) | ({"無料"} if free else set()),
        Fact.DAY: frozenset(by_unit[Fact.DAY]) | frozenset(_DAYS.findall(plain)),
        Fact.WHO: frozenset(by_unit[Fact.WHO]) | _people(sentence) | frozenset(_ENTITLED.findall(plain)),
        Fact.DUTY: agreement.negations(plain)
        | agreement.modalities(plain)
        | frozenset(_LIMITS.findall(plain)),
        Fact.NEEDED: frozenset(_NEEDED.findall(plain)),
        Fact.TIME: frozenset(by_unit[Fact.TIME]),
        Fact.NUMBER: frozenset(counted),
        Fact.OFFICE: frozenset(_PHONE.findall(plain)) | frozenset(_OFFICE.findall(plain)),
    }


def _people(sentence: str) -> frozenset[str]:
    """Whom a sentence names, by the words that carry it: 住む方 and 住んでいる方 are the same."""
    return frozenset(
        "".join(dict.fromkeys(word.form for word in words(name) if word.form not in _LIGHT))
        for name in named(sentence)
    )
