"""Parting a document's text into passages: what is ranked together and linked to as one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yuimaru.core.text.extract import Block

LONGEST = 500  # characters; long enough for a section, short enough to be about one thing
HEADING_MARK = " › "


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage to be: its place in the text and in the file."""

    start: int
    end: int
    heading: str
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    question: str = ""


def drafts(blocks: Iterable[Block]) -> list[Draft]:
    """Join the blocks under one heading of one page into passages.

    Tables and answers stand for themselves, and so does what has a cell of its own, so that it can be named. A
    footnote goes with what calls it.
    """
    found: list[Draft] = []
    last: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            continue
        if last is not None and _belongs(block, last, found[-1]):
            found[-1] = replace(found[-1], end=block.end)
        else:
            heading = HEADING_MARK.join(block.heading_path)
            found.append(
                Draft(
                    block.start, block.end, heading, block.page, block.sheet, block.cell, block.question or ""
                )
            )
        if block.kind != "note":
            last = block
    return found


def subject(title: str, heading: str, question: str) -> str:
    """Give the words that say what a passage is about, each once."""
    path = [part for part in heading.split(HEADING_MARK) if part and part != title]
    return "\n".join(part for part in (title, *path, question) if part)


def _belongs(block: Block, last: Block, draft: Draft) -> bool:
    same_place = (block.heading_path, block.page, block.sheet, block.cell) == (
        last.heading_path,
        last.page,
        last.sheet,
        last.cell,
    )
    if block.kind == "note":
        return block.heading_path == last.heading_path and block.end - draft.start <= 2 * LONGEST
    same_kind = (block.kind == "table_row") == (last.kind == "table_row") and "faq" not in (
        block.kind,
        last.kind,
    )
    return same_place and same_kind and block.end - draft.start <= LONGEST
