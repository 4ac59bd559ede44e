"""Finding references such as 「児童手当法第4条第1項」 in text, and what 「同法」, 「前条」 and the like stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yuimaru.core.japan.laws.articles import articles, heads
from yuimaru.core.japan.laws.places import ARTICLE, NUMBER, WITHIN, Place, article_of, number

_LOOK_BACK = 90  # characters before 第n条 in which the name of its law is looked for
_KANJI = "[一-龥々〆ヶァ-ヴー・]"
_JOIN = "(?:の|及び|並びに|又は|若しくは|における|に係る|に関する|を|に|するための|等の)"
_SHORT = rf"(?:子ども・子育て)?{_KANJI}*(?:法律|法|条例|規則|規程|要綱|要領|政令|省令)(?:施行令|施行規則|施行条例|施行細則)?"
_LONG = rf"{_KANJI}+(?:{_JOIN}{_KANJI}+)*に関する{_KANJI}*(?:法律|条例|規則|規程|要綱|要領|政令|省令)(?:施行令|施行規則)?"
_ASIDE = r"(?:[（(][^（）()]{1,60}[）)])?"  # 昭和46年法律第73号, 以下「法」という。
_NAMED = re.compile(
    rf"(?P<pointer>同|この|本|当該)?(?P<name>{_LONG}|{_SHORT})(?P<aside>{_ASIDE})[」』]?[ 　]*\Z"
)
_CITED = re.compile(rf"(?P<article>{ARTICLE}|同条|前条|次条){WITHIN}")
_FURTHER = re.compile(rf"[ 　]*(?:・|、|及び|並びに|又は|若しくは|から)[ 　]*第(?P<paragraph>{NUMBER})項")
_AND = re.compile(r"[ 　]*(?:・|、|，|及び|並びに|又は|若しくは|から|と)?[ 　]*\Z")
_DEFINED = re.compile(r"以下(?:単に)?「(?P<alias>[^」]{1,20})」という。?[）)]")
# 「野町」 of 「みどり野町手数料条例」: what is left of a place that is written in hiragana; after a particle a name begins.
_HALF_A_PLACE = re.compile(rf"(?<=[ぁ-ん])(?<![のはがをにへとでやも]){_KANJI}{{0,3}}[市町村区](?=.)")
_BARE = ("法律", "法", "条例", "規則", "規程", "要綱", "要領", "政令", "省令")  # names nothing by itself


@dataclass(frozen=True, slots=True)
class Reference:
    """A place of a law that a text names: which one, in which words, and where they stand."""

    law: str
    place: Place
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.law}{self.place}"


def references(text: str, *, own: str = "") -> list[Reference]:
    """List what a text refers to, in its order; `own` is the law that it is itself, or that it is all about.

    A reference is left out when its law cannot be told from the text.
    """
    return list(_Reader(text, own).read())


class _Reader:
    """Walks through a text and remembers what 「同法」 and 「同条」 would mean."""

    def __init__(self, text: str, own: str) -> None:
        self._text, self._own = text, own
        self._articles = articles(text)
        self._law, self._article, self._end = "", "", 0
        self._aliases: dict[str, str] = {}
        for defined in _DEFINED.finditer(text):
            before = text[max(0, defined.start() - _LOOK_BACK) : defined.end()]
            if (named := _NAMED.search(before)) and (law := self._resolved(named)):
                self._aliases[defined["alias"]] = law

    def read(self) -> Iterator[Reference]:
        begins = heads(self._text)
        for found in _CITED.finditer(self._text):
            if found.start() in begins:  # the article's own head
                self._law, self._article, self._end = self._own, article_of(found["article"]), found.end()
                continue
            law, start = self._law_of(found)
            article = self._article_of(found, law)
            if law and article:
                yield from self._told(found, law, article, start)

    def _told(self, found: re.Match[str], law: str, article: str, start: int) -> Iterator[Reference]:
        paragraph = number(found["paragraph"]) if found["paragraph"] else None
        item = number(found["item"]) if found["item"] else None
        yield Reference(law, Place(article, paragraph, item), start, found.end())
        end = found.end()
        while paragraph and (more := _FURTHER.match(self._text, end)):
            yield Reference(law, Place(article, number(more["paragraph"])), more.start(), more.end())
            end = more.end()
        self._law, self._article, self._end = law, article, end

    def _law_of(self, found: re.Match[str]) -> tuple[str, int]:
        """The law and where its name begins; empty when it cannot be told."""
        begin = max(self._end, found.start() - _LOOK_BACK)
        before = self._text[begin : found.start()]
        if found["article"] in ("同条", "前条", "次条"):
            return (self._law if found["article"] == "同条" else self._own), found.start()
        named = _NAMED.search(before)
        if named is not None and (law := self._resolved(named)):
            return law, begin + named.start()
        goes_on = self._end and begin == self._end and _AND.match(before)
        return (self._law if goes_on else self._own), found.start()

    def _resolved(self, named: re.Match[str]) -> str:
        """The full name behind what is written."""
        written, pointer = named["name"], named["pointer"]
        if written in self._aliases:
            return self._aliases[written]
        if written.startswith("同"):
            pointer, written = "同", written[1:]
        elif written.startswith("本"):
            pointer, written = "本", written[1:]
        if pointer is None:
            half = _HALF_A_PLACE.match(named.string, named.start("name"))
            written = written[len(half[0]) :] if half else written
            return "" if written in _BARE else written
        meant = self._law if pointer == "同" else self._own
        bare = next((kind for kind in _BARE if written.startswith(kind)), "")
        return f"{meant}{written[len(bare) :]}" if meant and bare else meant

    def _article_of(self, found: re.Match[str], law: str) -> str:
        written = found["article"]
        if written == "同条":
            return self._article
        if written in ("前条", "次条"):
            return self._neighbour(found.start(), -1 if written == "前条" else 1)
        return article_of(written)

    def _neighbour(self, position: int, step: int) -> str:
        """The article before or after the one in which a position stands; empty outside of articles."""
        for place, article in enumerate(self._articles):
            if article.start <= position < article.end and 0 <= place + step < len(self._articles):
                return self._articles[place + step].number
        return ""
