"""The articles of a 例規, and which of them differ between two revisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from yuimaru.core.japan.laws.places import ARTICLE, article_of

Change = Literal["added", "removed", "changed"]

_KINDS = ("条例", "規則", "規程", "要綱", "要領", "法", "法律", "施行令")
_BEGINS = re.compile(rf"^[ \t　#]*(?P<article>{ARTICLE})(?=[ \t　（(]|$)", re.MULTILINE)
_ENDS = re.compile(r"^[ \t　#]*(?:附[ 　]*則|別表|様式第|第[^\s条]{1,8}[章節])", re.MULTILINE)
_CAPTION = re.compile(r"[（(][^（）()\n]{1,60}[）)]\s*\Z")  # 見出し: stands over the article it belongs to
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """条: its number and its words from 第n条 on."""

    number: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that is not what it was; `before` or `after` is empty when it is new or gone."""

    number: str
    change: Change
    before: str
    after: str


def is_regulation(title: str, text: str) -> bool:
    """Whether a document is a 例規: named like one, and parted into articles."""
    name = _BLANK.sub("", title)
    return name.endswith(_KINDS) and len(articles(text)) > 1


def articles(text: str) -> list[Article]:
    """Part a 例規 into its articles; 附則, 別表 and the names of chapters belong to none."""
    begins = list(_BEGINS.finditer(text))
    limits = [*(begin.start() for begin in begins[1:]), len(text)]
    found = []
    for begin, limit in zip(begins, limits, strict=False):
        ended = _ENDS.search(text, begin.end(), limit)
        start = begin.start("article")
        words = _CAPTION.sub("", text[start : ended.start() if ended else limit]).rstrip()
        found.append(Article(article_of(begin["article"]), words, start, start + len(words)))
        if ended and ended[0].lstrip("# \t　").startswith("附"):
            break
    return found


def heads(text: str) -> set[int]:
    """Where a line begins with 第n条: the head of an article, those of 附則 too."""
    return {begin.start("article") for begin in _BEGINS.finditer(text)}


def changed(before: str, after: str) -> list[Changed]:
    """Compare two revisions article by article, in the order of the newer one; gone articles come last."""
    old, new = _by_number(articles(before)), _by_number(articles(after))
    found = []
    for number, words in new.items():
        if number not in old:
            found.append(Changed(number, "added", "", words))
        elif _BLANK.sub("", old[number]) != _BLANK.sub("", words):
            found.append(Changed(number, "changed", old[number], words))
    gone = (Changed(number, "removed", words, "") for number, words in old.items() if number not in new)
    return [*found, *gone]


def _by_number(found: Sequence[Article]) -> dict[str, str]:
    return {article.number: article.text for article in found}
