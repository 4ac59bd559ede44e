"""Writes elements with text, and the diagram (DMNDI) in which modelers show tables and arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from yuimaru.core.kata.elements import add

WIDTH, HEIGHT, GAP, TITLE = 180, 80, 40, 120  # modelers write the title above the boxes


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the diagram: a table or an input, with the boxes that it needs (arrow id → box id)."""

    id: str
    needs: Mapping[str, str]


def with_text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    """A new element with its `text` child, as expressions and cells have it."""
    child = add(parent, tag, **attributes)
    add(child, "text", text)
    return child


def draw(parent: Element, nodes: Sequence[Node]) -> None:
    """The diagram: what needs nothing at the bottom, each box above all that it needs."""
    diagram = add(add(parent, "dmndi:DMNDI"), "dmndi:DMNDiagram", id="diagram")
    places = _places(nodes)
    for node in nodes:
        x, y = places[node.id]
        shape = add(diagram, "dmndi:DMNShape", id=f"{node.id}_shape", dmnElementRef=node.id)
        add(shape, "dc:Bounds", x=str(x), y=str(y), width=str(WIDTH), height=str(HEIGHT))
    for node in nodes:
        for arrow, needed in node.needs.items():
            edge = add(diagram, "dmndi:DMNEdge", id=f"{arrow}_edge", dmnElementRef=arrow)
            (from_x, from_y), (to_x, to_y) = places[needed], places[node.id]
            add(edge, "di:waypoint", x=str(from_x + WIDTH // 2), y=str(from_y))
            add(edge, "di:waypoint", x=str(to_x + WIDTH // 2), y=str(to_y + HEIGHT))


def _places(nodes: Sequence[Node]) -> dict[str, tuple[int, int]]:
    """The upper left corner of every box. Boxes stand after those that they need."""
    levels: dict[str, int] = {}
    for node in nodes:
        levels[node.id] = 1 + max((levels[each] for each in node.needs.values()), default=-1)
    top = max(levels.values(), default=0)
    placed: dict[str, tuple[int, int]] = {}
    filled: dict[int, int] = {}
    for name, level in levels.items():
        column = filled.get(level, 0)
        filled[level] = column + 1
        placed[name] = (GAP + column * (WIDTH + GAP), TITLE + (top - level) * (HEIGHT + 2 * GAP))
    return placed
