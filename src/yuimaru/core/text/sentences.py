"""Sentences of Japanese text as exact places: every sentence is a substring of the text it came from."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = "「『（(【〔［[｢"
_CLOSING = "」』）)】〕］]｣"
_END = re.compile(rf"[。．！？!?｡]+[{re.escape(_CLOSING)}]*|(?<=[a-z)])\.(?=\s|$)")
_LISTED = re.compile(r"[ 　\t]*(?:[・•●○◆◇■□‣▪※]|[-*] |[(（]?[0-9０-９]{1,2}[)）.．] ?|[①-⑳])")
_ROW = re.compile(r"[^。]{1,30}：.*／[^。]{1,30}：")


class Span(NamedTuple):
    """A place in a text, from its first character up to (not including) `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the words that stand at this place."""
        return text[self.start : self.end]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Cut text into sentences; a line break always ends one, a mark inside brackets never does."""
    return [
        span
        for line in _lines(text, start, len(text) if end is None else end)
        for span in _sentences_of_line(text, line)
    ]


def statements(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Cut text into what can be quoted alone: a sentence, a table row, or a run of list lines kept together."""
    found: list[Span] = []
    in_list = False
    for line in _lines(text, start, len(text) if end is None else end):
        listed = _LISTED.match(text, line.start, line.end) is not None
        if listed and in_list:
            found[-1] = Span(found[-1].start, line.end)
        elif listed or _ROW.match(text, line.start, line.end):
            found.append(line)
        else:
            found.extend(_sentences_of_line(text, line))
        in_list = listed
    return found


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        line = _trimmed(text, position, stop)
        if line.start < line.end:
            yield line
        position = stop + 1


def _sentences_of_line(text: str, line: Span) -> Iterator[Span]:
    inside = _bracketed(text, line)
    begin = line.start
    for mark in _END.finditer(text, line.start, line.end):
        if any(opened < mark.start() < closed for opened, closed in inside):
            continue
        yield _trimmed(text, begin, mark.end())
        begin = mark.end()
    rest = _trimmed(text, begin, line.end)
    if rest.start < rest.end:
        yield rest


def _bracketed(text: str, line: Span) -> list[tuple[int, int]]:
    """Find the bracket pairs that are closed within the line; one left open protects nothing."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[int, str]] = []
    for position in range(line.start, line.end):
        character = text[position]
        if character in _OPENING:
            waiting.append((position, _CLOSING[_OPENING.index(character)]))
        elif waiting and character == waiting[-1][1]:
            pairs.append((waiting.pop()[0], position))
    return pairs


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
