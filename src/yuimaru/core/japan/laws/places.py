"""第n条(のm)第n項第n号: a place within a law, written with any of the digits that are in use."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}

NUMBER = "[0-9０-９〇一二三四五六七八九十百千]{1,8}"
ARTICLE = rf"第(?:{NUMBER})条(?:の{NUMBER})*"
WITHIN = rf"(?:第(?P<paragraph>{NUMBER})項)?(?:第(?P<item>{NUMBER})号)?"
_PARTS = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Place:
    """An article ("4", or "15の4" for 第15条の4), with paragraph and item where they are named."""

    article: str
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        return place_words(self.article, self.paragraph, self.item)


def place_words(article: str, paragraph: int | None = None, item: int | None = None) -> str:
    """Write a place as laws do, with half-width digits."""
    first, *further = article.split("の")
    said = f"第{first}条" + "".join(f"の{part}" for part in further)
    return said + (f"第{paragraph}項" if paragraph else "") + (f"第{item}号" if item else "")


def number(written: str) -> int:
    """Read a number in half-width, full-width or kanji digits: "12", "１２", "十二" and "一二" are 12."""
    if any(sign in _UNITS for sign in written):
        total, digit = 0, 0
        for sign in written:
            if sign in _UNITS:
                total, digit = total + max(digit, 1) * _UNITS[sign], 0
            else:
                digit = _digit(sign)
        return total + digit
    return int("".join(str(_digit(sign)) for sign in written))


def article_of(written: str) -> str:
    """Give the number of 第n条のm as "nのm"."""
    return "の".join(str(number(part)) for part in _PARTS.findall(written))


def article_number(typed: str) -> str:
    """Read an article as people type it, "4", "第4条", "15の4" or "第十五条の四"; empty when it is none."""
    parts = typed.strip().removeprefix("第").replace("条", "").split("の")
    is_number = all(re.fullmatch(NUMBER, part) for part in parts)
    return "の".join(str(number(part)) for part in parts) if is_number else ""


def _digit(sign: str) -> int:
    return _DIGITS[sign] if sign in _DIGITS else int(sign)
