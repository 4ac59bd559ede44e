"""The diagram of a process (BPMNDI): the layout of the chart from left to right, lanes one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from yuimaru.core.kata.bpmn.names import Names
from yuimaru.core.kata.diagram import Chart, Layout, Metrics, Node, Placed, Point, Size, broken, width
from yuimaru.core.kata.elements import add

LEFT, TOP, TITLE = 160, 80, 30  # where the pool stands, and the breadth of its title and of those of lanes
TASK_WIDTH, TASK_HEIGHT, EVENT, GATEWAY, BETWEEN = 120, 80, 36, 50, 30
LABEL, LETTERS, LINE = 90, 11, 14  # labels: widest line, size of letters, height of a line
BELOW = 34  # room for what hangs under a task


def _size(node: Node) -> Size:
    """The room of a node; the layout runs along from left to right."""
    if node.kind in ("act", "timer"):
        lines = broken(node.text, LETTERS, LABEL)
        return Size(max(width(line, LETTERS) for line in lines) + 24, 2 * (len(lines) * LINE + 4))
    if node.kind == "step":
        return Size(TASK_WIDTH + BETWEEN + GATEWAY, TASK_HEIGHT + 2 * BELOW)
    if node.kind == "join":
        return Size(2 * GATEWAY + BETWEEN, GATEWAY + 2 * BELOW)
    return Size(LABEL, GATEWAY + 2 * BELOW)


METRICS = Metrics(_size, track=12, room=Size(30, 16), head=20)


def draw(root: Element, drawn: Chart, layout: Layout, names: Names) -> None:
    """Write the diagram of a process."""
    plane = add(
        add(root, "bpmndi:BPMNDiagram", id="Diagram_1"),
        "bpmndi:BPMNPlane",
        id="Plane_1",
        bpmnElement="Collaboration_1",
    )
    _Drawing(plane, drawn, layout, names).draw()


class _Drawing:
    """One diagram in the making."""

    def __init__(self, plane: Element, drawn: Chart, layout: Layout, names: Names) -> None:
        self.plane, self.chart, self.layout, self.names = plane, drawn, layout, names

    def draw(self) -> None:
        size = self.layout.size
        self._shape("Pool_1", LEFT, TOP, size.along + 2 * TITLE, size.across, horizontal=True)
        for number, lane in enumerate(self.chart.lanes, 1):
            low, high = self.layout.lanes[lane.id]
            self._shape(
                f"Lane_{number}", LEFT + TITLE, TOP + low, size.along + TITLE, high - low, horizontal=True
            )
        for placed in self.layout.nodes.values():
            if placed.node.kind not in ("act", "timer"):
                self._node(placed)
        for node in self.chart.nodes.values():
            if node.kind not in ("act", "timer"):
                self._flows(self.layout.nodes[node.id])

    def _node(self, placed: Placed) -> None:
        node, name = placed.node, self.names.of(placed.node)
        x, y = _at(placed.middle)
        start = x - placed.size.along / 2
        if node.kind == "step":
            self._shape(name, start, y - TASK_HEIGHT / 2, TASK_WIDTH, TASK_HEIGHT)
            if self.chart.has_timer(node):
                left, top = start + TASK_WIDTH - EVENT - 10, y + (TASK_HEIGHT - EVENT) / 2
                self._shape(f"{name}_timer", left, top, EVENT, EVENT)
        elif node.kind in ("start", "end"):
            shape = self._shape(name, x - EVENT / 2, y - EVENT / 2, EVENT, EVENT)
            self._label(shape, node.text, x, y + EVENT / 2 + 4)
        else:
            left = start if node.kind == "join" else x - GATEWAY / 2
            shape = self._shape(name, left, y - GATEWAY / 2, GATEWAY, GATEWAY)
            self._label(shape, node.text, left + GATEWAY / 2, y + GATEWAY / 2 + 2)
        if self.chart.is_choice(node):
            left = x + placed.size.along / 2 - GATEWAY
            self._shape(f"{name}_choice", left, y - GATEWAY / 2, GATEWAY, GATEWAY, marker=True)

    def _flows(self, placed: Placed) -> None:
        node = placed.node
        x, y = _at(placed.middle)
        far = x + placed.size.along / 2
        near = x - placed.size.along / 2 + (TASK_WIDTH if node.kind == "step" else GATEWAY)
        if node.kind in ("start", "end", "split"):
            near = x + (EVENT if node.kind != "split" else GATEWAY) / 2
        if self.chart.is_choice(node):
            self._edge(self.names.flow(node.id, "choice"), [(near, y), (far - GATEWAY, y)])
            near = far
        for after in self.chart.after(node.id):
            way = self.chart.nodes[after]
            points = [_at(point) for point in self.layout.arrows[node.id, after]]
            if way.kind not in ("act", "timer"):
                self._edge(self.names.flow(node.id, after), [(near, y), *points[1:-1], self._into(after)])
                continue
            target = self.chart.after(after)[0]
            rest = [_at(point) for point in self.layout.arrows[after, target]]
            begin = [(near, y), *points[1:]]
            if way.kind == "timer":
                begin = self._from_timer(placed, points)
            edge = self._edge(self.names.of(way), [*begin, *rest[:-1], self._into(target)])
            place = self.layout.nodes[after]
            (across_x, across_y), lines = _at(place.middle), broken(way.text, LETTERS, LABEL)
            self._label(edge, way.text, across_x, across_y - len(lines) * LINE - 2)

    def _from_timer(self, placed: Placed, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """The beginning of the flow out of a boundary event: down, and then into the gap behind the task."""
        x, y = _at(placed.middle)
        left = x - placed.size.along / 2 + TASK_WIDTH - EVENT / 2 - 10
        low = y + TASK_HEIGHT / 2 + EVENT / 2
        gap = points[1][0] if len(points) > 2 else (points[0][0] + points[-1][0]) / 2
        return [(left, low), (left, low + 10), (gap, low + 10), (gap, points[-1][1]), points[-1]]

    def _into(self, name: str) -> tuple[float, float]:
        """Where flows touch a node."""
        placed = self.layout.nodes[name]
        x, y = _at(placed.entry)
        if placed.node.kind in ("end", "split"):
            x = _at(placed.middle)[0] - (EVENT if placed.node.kind == "end" else GATEWAY) / 2
        return x, y

    def _shape(
        self,
        name: str,
        x: float,
        y: float,
        broad: float,
        high: float,
        *,
        horizontal: bool = False,
        marker: bool = False,
    ) -> Element:
        more = {"isHorizontal": "true"} if horizontal else {}
        more |= {"isMarkerVisible": "true"} if marker else {}
        shape = add(self.plane, "bpmndi:BPMNShape", id=f"{name}_di", bpmnElement=name, **more)
        _bounds(shape, x, y, broad, high)
        return shape

    def _edge(self, name: str, points: Sequence[tuple[float, float]]) -> Element:
        edge = add(self.plane, "bpmndi:BPMNEdge", id=f"{name}_di", bpmnElement=name)
        for place, (x, y) in enumerate(points):
            if place == 0 or (x, y) != points[place - 1]:
                add(edge, "di:waypoint", x=f"{x:.0f}", y=f"{y:.0f}")
        return edge

    def _label(self, parent: Element, text: str, middle: float, top: float) -> None:
        lines = broken(text, LETTERS, LABEL)
        broad = max(width(line, LETTERS) for line in lines) + 4
        _bounds(add(parent, "bpmndi:BPMNLabel"), middle - broad / 2, top, broad, len(lines) * LINE)


def _bounds(parent: Element, x: float, y: float, broad: float, high: float) -> None:
    place = {"x": x, "y": y, "width": broad, "height": high}
    add(parent, "dc:Bounds", None, **{name: f"{value:.0f}" for name, value in place.items()})


def _at(point: Point) -> tuple[float, float]:
    """A place of the layout in the diagram."""
    return point.along + LEFT + 2 * TITLE, point.across + TOP
