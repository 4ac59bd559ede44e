"""The picture with a lane for each role: from top to bottom along the way of a case."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from yuimaru.core.kata.diagram import (
    Chart,
    Layout,
    Metrics,
    Node,
    Placed,
    Point,
    Size,
    broken,
    chart,
    lay_out,
    width,
)
from yuimaru.core.kata.picture import svg
from yuimaru.core.kata.picture.rows import Row, rows
from yuimaru.core.kata.picture.words import words
from yuimaru.core.kata.program import JAPANESE, Program

STEP, ACT = 132.0, 88.0  # widest text of a step, of an act
PAD = 9.0
TRACK = 11.0
ROOM = Size(26, 14)
MARGIN = 1.0


def wide_picture(
    program: Program, *, now: frozenset[str] = frozenset(), lang: str = JAPANESE, name: str = "flow"
) -> str:
    """The picture as SVG; `name` makes its ids distinct in a page. Raises UnknownName without a workflow."""
    drawn = chart(program, lang)
    lines = {row.step: row for row in rows(program, now=now, lang=lang, drawn=drawn)}
    titles = {lane.id: broken(lane.title, svg.TITLE, STEP) for lane in drawn.lanes}
    head = max(map(len, titles.values())) * svg.TITLE * svg.LINE + 4 * PAD
    drawing = _Drawing(lines, words(lang))
    layout = lay_out(drawn, Metrics(drawing.size, TRACK, ROOM, head))
    high, broad = layout.size.along + MARGIN, layout.size.across + 2 * MARGIN
    title = words(lang)["title"].format(program.title(lang))
    picture = svg.frame(broad, high, name, title, words(lang)["about"].format(len(lines)))
    drawing.lanes(picture, drawn, layout, titles, head)
    drawing.arrows(picture, drawn, layout)
    for placed in layout.nodes.values():
        drawing.node(picture, placed)
    return svg.written(picture)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One picture in the making."""

    rows: dict[str, Row]
    words: dict[str, str]

    def size(self, node: Node) -> Size:
        """The room of a node; the layout runs along from top to bottom."""
        if node.kind == "start":
            return Size(18, 18)
        texts = self._texts(node)
        broad = max(width(line, size) for lines, size in texts for line in lines)
        high = sum(len(lines) * size * svg.LINE for lines, size in texts)
        if node.kind in ("act", "timer"):
            return Size(high + PAD, broad + 2 * PAD)
        return Size(high + 2 * PAD, max(broad + 2 * PAD, STEP if node.kind != "end" else ACT))

    def lanes(
        self, picture: Element, drawn: Chart, layout: Layout, titles: dict[str, list[str]], head: float
    ) -> None:
        high = layout.size.along
        for number, lane in enumerate(drawn.lanes):
            low, top = layout.lanes[lane.id]
            kind = "lane other" if number % 2 else "lane"
            svg.box(picture, kind, low + MARGIN, MARGIN, top - low, high - MARGIN, 0)
            middle = (low + top) / 2 + MARGIN
            svg.text(picture, "lane-title", titles[lane.id], middle, PAD, svg.TITLE)
            bar = [(low + MARGIN, head - 1.5 * PAD), (top + MARGIN, head - 1.5 * PAD)]
            svg.arrow(picture, bar, "lane-line", head=False)

    def arrows(self, picture: Element, drawn: Chart, layout: Layout) -> None:
        for (source, target), points in layout.arrows.items():
            is_timer = "timer" in (drawn.nodes[source].kind, drawn.nodes[target].kind)
            into_words = drawn.nodes[target].kind in ("act", "timer")
            kind = "arrow late" if is_timer else "arrow"
            svg.arrow(picture, [_place(point) for point in points], kind, head=not into_words)

    def node(self, picture: Element, placed: Placed) -> None:
        node, size = placed.node, placed.size
        middle, top = _place(placed.middle)[0], placed.middle.along - size.along / 2
        left = middle - size.across / 2
        if node.kind == "start":
            svg.box(picture, "start", left, top, size.across, size.along, 9)
            return
        is_words = node.kind in ("act", "timer")
        is_now = not is_words and node.kind != "join" and self.rows[node.step].is_now
        kind = f"{node.kind} now" if is_now else node.kind
        rounding = {"end": size.along / 2, "act": 4.0, "timer": 4.0}.get(node.kind, svg.ROUND)
        svg.box(picture, kind, left, top, size.across, size.along, rounding)
        at = top + (PAD / 2 if is_words else PAD)
        for number, (lines, letters) in enumerate(self._texts(node)):
            at = svg.text(picture, "second" if number else f"{node.kind}-text", lines, middle, at, letters)
        if is_now:
            mark = self.words["now"]
            broad = width(mark, svg.SMALL) + 2 * PAD
            svg.box(picture, "here", left - 6, top - 13, broad, 20, 10, fill="#000")
            place = left - 6 + broad / 2
            svg.text(picture, "here-text", [mark], place, top - 12, svg.SMALL)

    def _texts(self, node: Node) -> list[tuple[list[str], float]]:
        """The lines of a node with their sizes."""
        if node.kind in ("act", "timer"):
            return [(broken(node.text, svg.SMALL, ACT), svg.SMALL)]
        if node.kind == "join":
            return [(broken(self.words["join"].format(node.text), svg.SMALL, STEP - 2 * PAD), svg.SMALL)]
        row = self.rows[node.step]
        found = [(broken(f"{row.number} {row.title}", svg.TITLE, STEP - 2 * PAD), float(svg.TITLE))]
        if node.kind == "split":
            found.append((broken(row.who, svg.SMALL, STEP - 2 * PAD), svg.SMALL))
        elif row.deadline:
            found.append((broken(row.deadline, svg.SMALL, STEP - 2 * PAD), svg.SMALL))
        return found


def _place(point: Point) -> tuple[float, float]:
    return point.across + MARGIN, point.along
