"""What both pictures are made of: a frame with title and description, boxes, lines of text, arrows."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from yuimaru.core.kata.elements import add

TITLE, SMALL = 15, 12.5  # sizes of letters
LINE = 1.4  # height of a line, in letters
ROUND = 6


def frame(width: float, height: float, name: str, title: str, about: str) -> Element:
    """An empty picture. Colours come from classes; without a stylesheet it is black on white."""
    ids = {"aria-labelledby": f"{name}-title {name}-desc"}
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "flow",
            "role": "img",
            "viewBox": f"0 0 {figure(width)} {figure(height)}",
            "width": figure(width),
            "height": figure(height),
            "font-family": "sans-serif",
            "font-size": str(TITLE),
            "fill": "none",
            "stroke": "none",
            **ids,
        },
    )
    add(picture, "title", title, id=f"{name}-title")
    add(picture, "desc", about, id=f"{name}-desc")
    return picture


def box(
    parent: Element,
    kind: str,
    x: float,
    y: float,
    width: float,
    height: float,
    round_by: float = ROUND,
    **more: str,
) -> None:
    """A rectangle of a class."""
    place = {"x": figure(x), "y": figure(y), "width": figure(width), "height": figure(height)}
    colours = {"fill": "#fff", "stroke": "#000", "rx": figure(round_by)}
    add(parent, "rect", None, **{"class": kind}, **(place | colours | more))


def text(
    parent: Element,
    kind: str,
    lines: Sequence[str],
    x: float,
    top: float,
    size: float,
    anchor: str = "middle",
) -> float:
    """Lines of text from a top edge on; gives the lower edge."""
    for number, line in enumerate(lines):
        y = top + size * LINE * (number + 1) - size * 0.42
        place = {
            "x": figure(x),
            "y": figure(y),
            "font-size": figure(size),
            "text-anchor": anchor,
            "fill": "#000",
        }
        add(parent, "text", line, **{"class": kind}, **place)
    return top + size * LINE * len(lines)


def arrow(
    parent: Element, points: Sequence[tuple[float, float]], kind: str = "arrow", head: bool = True
) -> None:
    """A line through points with round corners; its head points down."""
    add(parent, "path", None, **{"class": kind}, d=_rounded(points), stroke="#000")
    if head:
        x, y = points[-1]
        tip = f"M{figure(x - 5)} {figure(y - 8)}L{figure(x)} {figure(y)}L{figure(x + 5)} {figure(y - 8)}Z"
        add(parent, "path", None, **{"class": "head"}, d=tip, fill="#000")


def written(picture: Element) -> str:
    """The picture as text, to stand in a page or a file."""
    return tostring(picture, encoding="unicode")


def figure(number: float) -> str:
    """A number with one decimal at most."""
    return f"{number:.1f}".removesuffix(".0")


def _rounded(points: Sequence[tuple[float, float]]) -> str:
    corners = _corners(points)
    x, y = corners[0]
    path = [f"M{figure(x)} {figure(y)}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        (ax, ay), (bx, by) = _towards(corner, before), _towards(corner, after)
        path.append(
            f"L{figure(ax)} {figure(ay)}Q{figure(corner[0])} {figure(corner[1])} {figure(bx)} {figure(by)}"
        )
    x, y = corners[-1]
    return "".join([*path, f"L{figure(x)} {figure(y)}"])


def _corners(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points at which the line really turns."""
    found: list[tuple[float, float]] = []
    for point in points:
        if found and point == found[-1]:
            continue
        while len(found) > 1 and _straight(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _straight(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The place on the way to the next point where the rounding begins."""
    (x, y), (ox, oy) = corner, other
    length = abs(ox - x) + abs(oy - y)
    part = min(ROUND, length / 2) / length if length else 0
    return x + (ox - x) * part, y + (oy - y) * part
