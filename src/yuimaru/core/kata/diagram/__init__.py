"""The workflow of a kata as a drawing: what is drawn (chart), where it stands (layout), how text is broken (lettering)."""

from yuimaru.core.kata.diagram.chart import MACHINE, Chart, Lane, Node, chart
from yuimaru.core.kata.diagram.layout import Layout, Metrics, Placed, Point, Size, lay_out
from yuimaru.core.kata.diagram.lettering import broken, width

__all__ = [
    "MACHINE",
    "Chart",
    "Lane",
    "Layout",
    "Metrics",
    "Node",
    "Placed",
    "Point",
    "Size",
    "broken",
    "chart",
    "lay_out",
    "width",
]
