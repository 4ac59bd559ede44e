"""A web site as a folder of pages: what its pages share is not their content, and one page may lie there twice."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yuimaru.core.text.extract.result import Block, Extracted

_FEWEST = 4  # pages; below that nothing tells a head from content
_MOST = 0.5  # share of the pages; an address of one section stands on fewer
_QUERY = re.compile(r"(?i)(\.html?)?[?@][^/]*$")
_ASK = re.compile(r"問い?合わ?せ")
_SECTION, _PHONE = re.compile(r"[課係室局]"), re.compile(r"[0-9]{2,5}-[0-9]{1,4}-[0-9]{4}")
_REACHED = re.compile(r"[課係室]|電話|ファクス|FAX|メール|窓口|^〒", re.IGNORECASE)
_INDEX = re.compile(r"(?i)(^|/)(?:index|default)\.html?$")


def own_words(pages: Sequence[Extracted]) -> list[Extracted]:
    """Leave out, at the beginning and the end of each page, the parts that most pages of the site have there."""
    if len(pages) < _FEWEST:
        return list(pages)
    counted = Counter(words for page in pages for words in set(_parts(page)))
    shared = {words for words, count in counted.items() if count > _MOST * len(pages)}
    return [_without(page, shared) for page in pages]


def address(name: str) -> str:
    """The address of a page without what a mirror adds to it: `a/index.html?x=1` and `a/` are one."""
    plain = _QUERY.sub(lambda found: found[1] or "", name)
    return _INDEX.sub(r"\1", plain)


def link_targets(name: str, page: Extracted) -> tuple[tuple[str, str], ...]:
    """The links of a page as words and names of documents, as seen from its place in the site."""
    if page.page is None:
        return ()
    return tuple((words, _resolved(name, path)) for words, path in page.page.links)


def _resolved(name: str, path: str) -> str:
    place = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(name), path)
    whole = posixpath.normpath(place)
    return f"{whole}/index.html" if path.endswith("/") else whole


def _parts(page: Extracted) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks]


def _without(page: Extracted, shared: set[str]) -> Extracted:
    parts = _parts(page)
    first, last = 0, len(parts)
    while first < last and parts[first] in shared:
        first += 1
    while last > first and parts[last - 1] in shared:
        last -= 1
    last += _contact(parts[last:])
    kept = page.blocks[first:last]
    if len(kept) == len(parts) or not any(block.kind != "heading" for block in kept):
        return page
    gone = {words for words, block in zip(parts, page.blocks, strict=True) if block.kind == "heading"} - {
        page.text[block.start : block.end] for block in kept if block.kind == "heading"
    }
    title = page.title
    if title in gone:  # the site's name stood over every page
        title = next((page.text[each.start : each.end] for each in kept if each.kind == "heading"), title)
    return replace(page, title=title, text="".join(_text(page, kept)), blocks=tuple(_moved(page, kept, gone)))


def _contact(tail: Sequence[str]) -> int:
    """How much of a page's shared end is still its own: in a small town one section answers for most pages."""
    begin = next((place for place, words in enumerate(tail) if _asks(words)), None)
    if begin is None:
        return 0
    end = begin + 1
    while end < len(tail) and _REACHED.search(tail[end]):
        end += 1
    return end


def _asks(words: str) -> bool:
    return bool(_ASK.search(words) or (_SECTION.search(words) and _PHONE.search(words)))


def _starts(page: Extracted, kept: Sequence[Block]) -> int:
    """Where the kept text begins: with the mark of a question that stands before its answer."""
    before = max((block.end for block in page.blocks if block.end <= kept[0].start), default=0)
    return (
        before + len(page.text[before : kept[0].start]) - len(page.text[before : kept[0].start].lstrip("\n"))
    )


def _text(page: Extracted, kept: Sequence[Block]) -> Iterator[str]:
    yield page.text[_starts(page, kept) : kept[-1].end]
    yield "\n"


def _moved(page: Extracted, kept: Sequence[Block], gone: set[str]) -> Iterator[Block]:
    offset = _starts(page, kept)
    for block in kept:
        path = tuple(words for words in block.heading_path if words not in gone)
        yield replace(block, start=block.start - offset, end=block.end - offset, heading_path=path)
