"""Years of an era as western ones, and the sign 〜 as から and まで, where both are sure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from yuimaru.core.japan.eras import ERAS, DateProblem, parse_date

TILDES = "〜～∼~"

_KANJI = "一-龯々ァ-ヶ"
_LAWS = "法律|政令|省令|府令|勅令|条例|規則|告示|訓令|要綱|要領|通知"
_ERA_YEAR = re.compile(
    rf"(?<![{_KANJI}])({'|'.join(era.name for era in ERAS)})[ 　]?(元|\d{{1,2}})年"
    r"(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
)
_IS_NAME = re.compile(rf"(?:{_LAWS})|[ 　]?[（(]\d{{4}}年")
_YEAR_IS_NAME = re.compile(
    rf"(?!以降|以前|以後|中(?![{_KANJI}])|分(?![{_KANJI}])|度(?![{_KANJI}])|生まれ|現在|上旬|中旬|下旬|時点|頃|末(?![{_KANJI}]))[{_KANJI}]"
)
_DAY_BEHIND = re.compile(r"\d{4}年[^（(]{0,8}[（(]$")
_SIGNS = re.compile(
    r"(?<![\d/.])(?:(\d{4})[/.](\d{1,2})[/.](\d{1,2})|([RHSＲＨＳ])(\d{1,2})[./](\d{1,2})[./](\d{1,2}))(?![\d/.])"
)
_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}

_ERA = rf"(?:(?:{'|'.join(era.name for era in ERAS)})(?:元年)?)?"
_ONE = r"\d+(?:年度|年|月|日|時|分|円|人|歳|才|回|週間|か月|階|番|号|枚|名)"
_DAY = r"[月火水木金土日]曜日"
_PART = (
    rf"(?:{_ERA}(?:午前|午後)?(?:{_ONE}){{1,4}}|{_DAY})(?:[（(][月火水木金土日](?:曜日?)?(?:・祝日?)?[)）])?"
)
_RANGE = re.compile(
    rf"(?<![\d.,，])({_PART})[ 　]?[{TILDES}][ 　]?({_PART})(?:まで)?(?![{_KANJI}\d{TILDES}])"
)
_FROM = re.compile(rf"(?<![\d.,，])({_PART})[ 　]?[{TILDES}](?=[。、）)\s]|$)")
_COUNTED = re.compile(rf"(?<![\d.,，月])(\d+)[{TILDES}](\d+)(歳|人|円|時)(?:まで)?(?![{_KANJI}\d{TILDES}])")
_UNTIL = re.compile(rf"(?:(?<=[。、：:（(\s])|^)[{TILDES}]({_PART})(?:まで)?(?![{_KANJI}\d{TILDES}])")
_TILDE = re.compile(rf"\w{{0,4}}[{TILDES}]\w{{0,4}}")


@dataclass(frozen=True, slots=True)
class Turned:
    """A place, what should stand there, and whether that is sure."""

    start: int
    end: int
    words: str
    is_sure: bool = True


def western(text: str) -> Iterator[Turned]:
    """Dates that are not written as 2026年11月25日. Laws and names that hold a year are left out."""
    for found in _ERA_YEAR.finditer(text):
        year = _year(found)
        if year is None or _is_part_of_name(text, found):
            continue
        yield Turned(found.start(), found.end(), year + text[found.start() + _length(found) : found.end()])
    for found in _SIGNS.finditer(text):
        yield Turned(found.start(), found.end(), _written(found), is_sure=False)


def in_western(text: str) -> str:
    """A text with every year of an era that is surely known as a western one."""
    for turned in reversed([one for one in western(text) if one.is_sure]):
        text = text[: turned.start] + turned.words + text[turned.end :]
    return text


def ranges(text: str) -> Iterator[Turned]:
    """Every 〜, said as から and まで where it stands between, after or before what is counted."""
    sure = [
        *(Turned(*found.span(), f"{found[1]}から{found[2]}まで") for found in _RANGE.finditer(text)),
        *(
            Turned(*found.span(), f"{found[1]}{found[3]}から{found[2]}{found[3]}まで")
            for found in _COUNTED.finditer(text)
        ),
        *(Turned(*found.span(), f"{found[1]}から") for found in _FROM.finditer(text)),
        *(Turned(*found.span(), f"{found[1]}まで") for found in _UNTIL.finditer(text)),
    ]
    yield from sure
    for found in _TILDE.finditer(text):
        if not any(one.start < found.end() and found.start() < one.end for one in sure):
            yield Turned(found.start(), found.end(), "", is_sure=False)


def _length(found: re.Match[str]) -> int:
    """How far the era and its year go, without month and day."""
    return found[0].index("年") + 1


def _year(found: re.Match[str]) -> str | None:
    """The western year; None for a day or year that the era does not have."""
    era = next(each for each in ERAS if each.name == found[1])
    later = ERAS.index(era) - 1
    last = ERAS[later].first_year if later >= 0 else 9999
    number = 1 if found[2] == "元" else int(unicodedata.normalize("NFKC", found[2]))
    year = era.first_year + number - 1
    if number < 1 or year > last:
        return None
    if found[4] and not _exists(found[1], found[2], found[3], found[4]):
        return None
    if found[3] and not any(_exists(found[1], found[2], found[3], day) for day in ("1", "8", "25", "30")):
        return None
    return f"{year}年"


def _exists(era: str, year: str, month: str, day: str) -> bool:
    try:
        parse_date(era, year, month, day)
    except DateProblem:
        return False
    return True


def _is_part_of_name(text: str, found: re.Match[str]) -> bool:
    """Whether it names a law or an event, or the western year stands beside it already."""
    if _IS_NAME.match(text, found.end()) or _DAY_BEHIND.search(text, 0, found.start()):
        return True
    return not found[4] and _YEAR_IS_NAME.match(text, found.end()) is not None


def _written(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日"
    letter = unicodedata.normalize("NFKC", found[4])
    try:
        day = parse_date(_LETTERS[letter], found[5], found[6], found[7])
    except DateProblem:
        return ""
    return f"{day.year}年{day.month}月{day.day}日"
