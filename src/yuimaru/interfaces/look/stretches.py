"""A document's words as a page shows them: headings, passages, and in one of them the place that an answer quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yuimaru.services.knowledge.queries import Document, Part, shown_parts

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class Stretch:
    """A part of a document on the page: headings between passages, or a passage with its number and its quote."""

    headings: list[str]
    number: int | None = None
    text: str = ""  # up to the quote, or all of it
    quote: str = ""
    rest: str = ""


def stretches_of(document: Document, asked: str) -> list[Stretch]:
    """The words without the title, which stands over them; `asked` is START-END of what is to be marked."""
    return _stretches(shown_parts(document), document.title, _span(asked))


def quoted_in(stretches: list[Stretch]) -> int | None:
    """The number of the passage with the mark."""
    return next((stretch.number for stretch in stretches if stretch.quote), None)


def _span(asked: str) -> tuple[int, int]:
    """The place that an address asks to be marked; nothing where it names none."""
    found = _SPAN.fullmatch(asked)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _stretches(parts: list[Part], title: str, span: tuple[int, int]) -> list[Stretch]:
    stretches = []
    for part in parts:
        if part.ordinal is None:
            headings = [line.strip() for line in part.text.splitlines()]
            stretches.append(Stretch([line for line in headings if line and line != title]))
        else:
            stretches.append(_passage(part, part.ordinal, span))
    return stretches


def _passage(part: Part, number: int, span: tuple[int, int]) -> Stretch:
    """A passage, in three where the whole place to be marked stands in it."""
    start, end = (place - part.start for place in span)
    if not 0 <= start < end <= len(part.text):
        return Stretch([], number, part.text.strip("\n"))
    before, quote, rest = part.text[:start], part.text[start:end], part.text[end:]
    return Stretch([], number, before.lstrip("\n"), quote, rest.rstrip("\n"))
