"""Footnotes of web pages: a small link in the words, and elsewhere on the page what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

CALL = "data-note"  # the attribute of a link that calls a note: its number
NOTE = "data-noted"  # marks what has become a note and is not read again where it stands
_CALLING = re.compile(r"[\[［(（]?(?:(?:注|※|＊|\*)?\s*[0-9０-９]{1,3}|[※＊*†‡])[\]］)）]?")
_CALLED = re.compile(r"（注([0-9]+)）")
_BACK = re.compile(
    r"[↩↑^⏎\ufe0e\ufe0f\s]+$|^(?:[\[［(（]?(?:注|※|＊|\*)?\s*[0-9０-９]{1,3}[\]］)）.．:：]?|[※＊*†‡])[\s　]+"
)
_LONGEST = 600  # characters; what is longer is a part of the page that somebody links to


class Footnotes:
    """The notes of one page by number; each is given once, where it is called first."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._waiting: dict[int, LexborNode] = {}
        known: dict[str, int] = {}
        for name in (CALL, NOTE):  # ours alone: a page that writes them itself says nothing with them
            for node in tree.css(f"[{name}]"):
                del node.attrs[name]
        for link in tree.css("a[href^='#']"):
            name = (link.attributes.get("href") or "#")[1:]
            if name not in known and (note := _note(tree, link, name)) is not None:
                known[name] = len(known) + 1
                self._waiting[known[name]] = note
                note.attrs[NOTE] = ""
            if name in known and _calls(link):
                link.attrs[CALL] = str(known[name])

    def called(self, text: str) -> Iterator[tuple[int, LexborNode]]:
        """The notes that a text calls for the first time."""
        for found in _CALLED.finditer(text):
            note = self._waiting.pop(int(found[1]), None)
            if note is not None:
                yield int(found[1]), note


def mark(number: str) -> str:
    """How a note is called in the text."""
    return f"（注{number}）"


def bare(words: str) -> str:
    """A note's words without its own number and the link back."""
    plain = words.strip()
    while (shorter := _BACK.sub("", plain).strip()) != plain:
        plain = shorter
    return plain


def _calls(link: LexborNode) -> bool:
    words = link.text(strip=True)
    raised = link.parent is not None and link.parent.tag == "sup"
    inside = link.css_first("sup") is not None or link.attributes.get("role") == "doc-noteref"
    return bool(_CALLING.fullmatch(words)) and (raised or inside or not words.isdecimal())


def _note(tree: LexborHTMLParser, link: LexborNode, name: str) -> LexborNode | None:
    if not re.fullmatch(r"[\w:.\-]+", name) or not _calls(link):
        return None
    found = tree.css_first(f'[id="{name}"]')
    if found is not None and found.tag in ("a", "span", "sup"):
        found = found.parent
    if found is None or found.tag in ("body", "main", "article", "section", "td", "ol", "ul"):
        return None
    outside = all(held.attributes.get("href") != f"#{name}" for held in found.css("a"))
    return found if outside and 0 < len(found.text(strip=True)) <= _LONGEST else None
