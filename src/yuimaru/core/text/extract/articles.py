"""Ordinances and rules: articles (第n条), paragraphs (第n項) and supplementary provisions (附則) as headings of their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yuimaru.core.text.extract.result import Block

_NUMBER = r"[0-9０-９一二三四五六七八九十百]+"
ARTICLE = re.compile(rf"(第{_NUMBER}条(?:の{_NUMBER})*)(?:[（(]([^）)\n]{{1,40}})[）)])?(?=[ 　\n]|$)")
CAPTION = re.compile(r"[（(]([^（）()\n]{1,40})[）)]$")
SUPPLEMENT = re.compile(r"附[ 　]*則(?:[ 　]*[（(][^）)\n]{1,60}[）)])?$")
_CHAPTER = re.compile(rf"第{_NUMBER}([編章節款目])[ 　][^。\n]{{1,40}}$")
_RANKS = "編章節款目"
_PARAGRAPH = re.compile(r"([2-9２-９]|[1-9１-９][0-9０-９])[ 　]")
_FEWEST = 2  # articles; one alone is a quotation of another text


def begins(line: str, following: str = "") -> bool:
    """Whether a line begins an article or the supplement, or is the caption of the article that follows."""
    if ARTICLE.match(line) or SUPPLEMENT.match(line):
        return True
    return bool(ARTICLE.match(following) and CAPTION.fullmatch(line))


def by_article(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Put the article and paragraph over each block of a text that is made of articles; others stay as they are."""
    words = [text[block.start : block.end] for block in blocks]
    if sum(bool(ARTICLE.match(each)) for each in words) < _FEWEST:
        return tuple(blocks)
    return tuple(_placed(blocks, words))


@dataclass(slots=True)
class _Place:
    """Where in the law the reading is."""

    over: tuple[str, ...] = ()
    chapters: tuple[tuple[int, str], ...] = ()  # rank among 編章節款目, words
    article: str = ""
    paragraph: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        inside = (words for _, words in self.chapters)
        return (*self.over, *inside, *filter(None, (self.article, self.paragraph)))

    def enter(self, rank: int, words: str) -> tuple[str, ...]:
        """Begin a chapter; gives the headings over it."""
        self.chapters = tuple(held for held in self.chapters if held[0] < rank)
        over = (*self.over, *(held for _, held in self.chapters))
        self.chapters = (*self.chapters, (rank, words))
        self.article = self.paragraph = ""
        return over


def _placed(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[Block]:
    place = _Place()
    caption = ""
    for number, (block, said) in enumerate(zip(blocks, words, strict=True)):
        following = words[number + 1] if number + 1 < len(words) else ""
        if SUPPLEMENT.match(said):
            # What was the last chapter's heading does not stand over the supplement.
            place, caption = _Place(block.heading_path[:1], article="附則"), ""
            yield replace(block, kind="heading", heading_path=place.over)
            continue
        if block.kind == "heading":
            place = _Place(
                (*block.heading_path, said), article=place.article if place.article == "附則" else ""
            )
            yield block
            continue
        if chapter := _CHAPTER.match(said):
            over = place.enter(_RANKS.index(chapter[1]), said)
            yield replace(block, kind="heading", heading_path=over)
            continue
        if (named := CAPTION.fullmatch(said)) and ARTICLE.match(following):
            caption = named[1]
            over = replace(place, article="", paragraph="").path
            yield replace(block, kind="heading", heading_path=over)
            continue
        if found := ARTICLE.match(said):
            title = found[2] or caption
            place.article = _plain(found[1]) + (f"（{title}）" if title else "")
            place.paragraph, caption = "", ""
        elif place.article and (counted := _PARAGRAPH.match(said)):
            place.paragraph = f"第{_plain(counted[1])}項"
        yield replace(block, heading_path=place.path) if place.article else block


def _plain(number: str) -> str:
    """Figures as they are written elsewhere: half-width."""
    return "".join(unicodedata.normalize("NFKC", sign) if sign.isdecimal() else sign for sign in number)
