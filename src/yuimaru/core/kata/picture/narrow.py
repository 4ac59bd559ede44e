"""The picture for narrow screens: the steps one below the other, each with what can be done there and what follows."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from yuimaru.core.kata.diagram import broken, width
from yuimaru.core.kata.picture import svg
from yuimaru.core.kata.picture.rows import Row, Way, rows
from yuimaru.core.kata.picture.words import words
from yuimaru.core.kata.program import JAPANESE, Program

WIDTH, PAD, GAP, INDENT = 300.0, 12.0, 26.0, 14.0


def narrow_picture(
    program: Program, *, now: frozenset[str] = frozenset(), lang: str = JAPANESE, name: str = "flow-narrow"
) -> str:
    """The picture as SVG; `name` makes its ids distinct in a page. Raises UnknownName without a workflow."""
    found = rows(program, now=now, lang=lang)
    told = words(lang)
    lower = GAP / 2
    tops = []
    for row in found:
        tops.append(lower)
        lower += _height(row) + GAP
    title = told["title"].format(program.title(lang))
    picture = svg.frame(WIDTH, lower - GAP / 2, name, title, told["about"].format(len(found)))
    for place, (row, top) in enumerate(zip(found, tops, strict=True)):
        following = found[place + 1] if place + 1 < len(found) else None
        if following and any(way.to == f"{following.number} {following.title}" for way in row.ways):
            bottom = top + _height(row)
            svg.arrow(picture, [(WIDTH / 2, bottom), (WIDTH / 2, bottom + GAP)])
        _draw(picture, row, top, told["now"])
    return svg.written(picture)


def _draw(picture: Element, row: Row, top: float, mark: str) -> None:
    kind = "end" if row.is_end else "step"
    svg.box(picture, f"{kind} now" if row.is_now else kind, 1, top, WIDTH - 2, _height(row))
    at = top + PAD
    for lines, size, kind_of_text, indent in _texts(row):
        at = svg.text(picture, kind_of_text, lines, PAD + indent, at, size, "start")
    if row.is_now:
        broad = width(mark, svg.SMALL) + 2 * PAD
        svg.box(picture, "here", WIDTH - broad - PAD, top - 11, broad, 20, 10, fill="#000")
        svg.text(picture, "here-text", [mark], WIDTH - broad / 2 - PAD, top - 10, svg.SMALL)


def _height(row: Row) -> float:
    return 2 * PAD + sum(len(lines) * size * svg.LINE for lines, size, _, _ in _texts(row))


def _texts(row: Row) -> list[tuple[list[str], float, str, float]]:
    """Lines, size, class and indent of everything in a box."""
    room = WIDTH - 2 * PAD
    kind = "end-text" if row.is_end else "step-text"
    found = [(broken(f"{row.number} {row.title}", svg.TITLE, room), float(svg.TITLE), kind, 0.0)]
    about = " / ".join(part for part in (row.who, row.deadline) if part)
    found.append((broken(about, svg.SMALL, room), svg.SMALL, "second", 0.0))
    for way in row.ways:
        found.append((_way_lines(way, room - INDENT), svg.SMALL, "act-text", INDENT))
    return found


def _way_lines(way: Way, room: float) -> list[str]:
    """An act and where it leads, in one line where that fits."""
    line = f"{way.title} → {way.to}".strip()
    if width(line, svg.SMALL) <= room:
        return [line]
    return [*broken(way.title, svg.SMALL, room), *broken(f"→ {way.to}", svg.SMALL, room)]
