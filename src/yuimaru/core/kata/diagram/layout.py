"""Where everything of a chart stands: ranks along the way, slots in the lanes across it, arrows between them.

`along` runs with the way of a case, `across` from lane to lane: drawn from left to right or from top to bottom, it is
one layout. Between two ranks lies a gap, beside each slot a corridor; arrows run only there, each on a track of its own,
except those that come to the same node: they join.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yuimaru.core.kata.diagram.chart import Chart, Node
from yuimaru.core.kata.diagram.tracks import Piece, numbered


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a node takes."""

    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing."""

    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """How large things are drawn: nodes, the distance of tracks, the least room between nodes, the heads of lanes."""

    size: Callable[[Node], Size]
    track: float
    room: Size
    head: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its middle and the room it takes."""

    node: Node
    middle: Point
    size: Size

    @property
    def entry(self) -> Point:
        """Where arrows come in."""
        return Point(self.middle.along - self.size.along / 2, self.middle.across)

    @property
    def exit(self) -> Point:
        """Where arrows go out."""
        return Point(self.middle.along + self.size.along / 2, self.middle.across)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place; `lanes` are their bounds across, `size` is that of the whole drawing."""

    nodes: dict[str, Placed]
    arrows: dict[tuple[str, str], list[Point]]
    lanes: dict[str, tuple[float, float]]
    size: Size


def lay_out(drawn: Chart, metrics: Metrics) -> Layout:
    """Give every node, arrow and lane of a chart its place."""
    return _Laying(drawn, metrics).laid_out()


@dataclass(slots=True)
class _Laying:
    """One layout in the making. A position counts corridors and slots across: even ones are corridors."""

    chart: Chart
    metrics: Metrics
    rank: dict[str, int] = field(default_factory=dict)
    position: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def laid_out(self) -> Layout:
        self.rank = _ranks(self.chart)
        self._take_slots()
        routes = {arrow: self._route(*arrow) for arrow in self.chart.arrows}
        gaps = numbered([piece for route in routes.values() for piece in route if not piece.is_corridor])
        corridors = numbered([piece for route in routes.values() for piece in route if piece.is_corridor])
        along = self._along(gaps)
        across = self._across(corridors)
        nodes = {name: self._placed(name, along, across) for name in self.chart.nodes}
        places = _Places(along, across, gaps, corridors, self.metrics)
        arrows = {
            arrow: [
                nodes[arrow[0]].exit,
                *places.bends(route, nodes[arrow[0]], nodes[arrow[1]]),
                nodes[arrow[1]].entry,
            ]
            for arrow, route in routes.items()
        }
        lanes = {lane: (across[low][0], sum(across[high])) for lane, (low, high) in self.bounds.items()}
        end_along, end_across = along[-1], across[-1]
        return Layout(nodes, arrows, lanes, Size(sum(end_along), sum(end_across)))

    def _take_slots(self) -> None:
        """Nodes of one rank and lane stand side by side; each takes the slot of who comes before it, if it is free."""
        slots: dict[str, int] = {}
        taken: set[tuple[int, str, int]] = set()
        for name in sorted(self.chart.nodes, key=lambda name: self.rank[name]):
            lane, rank = self.chart.nodes[name].lane, self.rank[name]
            before = [each for each in self.chart.before(name) if self.rank[each] < rank and each in slots]
            wished = next((slots[each] for each in before if self.chart.nodes[each].lane == lane), 0)
            free = (slot for slot in _nearest(wished) if (rank, lane, slot) not in taken)
            slots[name] = next(free)
            taken.add((rank, lane, slots[name]))
        start = 0
        for lane_ in self.chart.lanes:
            mine = [name for name in slots if self.chart.nodes[name].lane == lane_.id]
            count = max(slots[name] for name in mine) + 1
            self.position.update({name: start + 2 * slots[name] + 1 for name in mine})
            self.bounds[lane_.id] = (start, start + 2 * count)
            start += 2 * count + 1

    def _route(self, source: str, target: str) -> list[Piece]:
        """The pieces of an arrow across gaps and along corridors; none where it runs straight."""
        low, high = self.rank[source], self.rank[target]
        here, there = self.position[source], self.position[target]
        arrival = ("to", target)
        if low < high and here == there and self._is_clear(low, high, here):
            return []
        if high == low + 1:
            key = ("from", source) if len(self.chart.after(source)) > 1 else arrival
            return [Piece(low, key, here, there, out=here, into=there)]
        corridor = there - 1 if here < there else there + 1
        return [
            Piece(low, ("from", source, target), here, corridor, out=here),
            Piece(corridor, arrival, low, high - 1, is_corridor=True),
            Piece(high - 1, arrival, corridor, there, into=there),
        ]

    def _is_clear(self, low: int, high: int, position: int) -> bool:
        return not any(
            low < self.rank[name] < high and self.position[name] == position for name in self.chart.nodes
        )

    def _along(self, gaps: dict[Piece, int]) -> list[tuple[float, float]]:
        """Start and length of each rank and of the gap behind it, in turn."""
        found: list[tuple[float, float]] = []
        at = self.metrics.head
        for rank in range(max(self.rank.values()) + 1):
            longest = max(
                self.metrics.size(node).along
                for name, node in self.chart.nodes.items()
                if self.rank[name] == rank
            )
            tracks = [track for piece, track in gaps.items() if piece.line == rank]
            for length in (longest, self._breadth(tracks, self.metrics.room.along)):
                found.append((at, length))
                at += length
        return found

    def _across(self, corridors: dict[Piece, int]) -> list[tuple[float, float]]:
        """Start and length of each position."""
        found: list[tuple[float, float]] = []
        at = 0.0
        for position in range(max(high for _, high in self.bounds.values()) + 1):
            widest = [
                self.metrics.size(self.chart.nodes[name]).across
                for name, where in self.position.items()
                if where == position
            ]
            tracks = [track for piece, track in corridors.items() if piece.line == position]
            length = max(widest) if widest else self._breadth(tracks, self.metrics.room.across)
            found.append((at, length))
            at += length
        return found

    def _breadth(self, tracks: list[int], least: float) -> float:
        return max(least, (max(tracks) + 2) * self.metrics.track if tracks else 0)

    def _placed(
        self, name: str, along: list[tuple[float, float]], across: list[tuple[float, float]]
    ) -> Placed:
        node = self.chart.nodes[name]
        start, length = along[2 * self.rank[name]]
        beside, breadth = across[self.position[name]]
        return Placed(node, Point(start + length / 2, beside + breadth / 2), self.metrics.size(node))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the tracks of gaps and corridors lie."""

    along: list[tuple[float, float]]
    across: list[tuple[float, float]]
    gaps: dict[Piece, int]
    corridors: dict[Piece, int]
    metrics: Metrics

    def bends(self, route: list[Piece], source: Placed, target: Placed) -> list[Point]:
        """The corners of an arrow between its exit and its entry."""
        if not route:
            return []
        first = self._in_gap(route[0])
        if len(route) == 1:
            return [Point(first, source.middle.across), Point(first, target.middle.across)]
        beside, last = self._in_corridor(route[1]), self._in_gap(route[2])
        return [
            Point(first, source.middle.across),
            Point(first, beside),
            Point(last, beside),
            Point(last, target.middle.across),
        ]

    def _in_gap(self, piece: Piece) -> float:
        return self._middle(self.along[2 * piece.line + 1], piece, self.gaps)

    def _in_corridor(self, piece: Piece) -> float:
        return self._middle(self.across[piece.line], piece, self.corridors)

    def _middle(self, band: tuple[float, float], piece: Piece, tracks: dict[Piece, int]) -> float:
        """The place of a track; together the tracks of a band stand in its middle."""
        count = max(track for each, track in tracks.items() if each.line == piece.line) + 1
        first = band[0] + (band[1] - (count - 1) * self.metrics.track) / 2
        return first + tracks[piece] * self.metrics.track


def _ranks(drawn: Chart) -> dict[str, int]:
    """How far along each node stands: behind everything that leads to it, apart from ways back."""
    back = _ways_back(drawn)
    forward = [arrow for arrow in drawn.arrows if arrow not in back]
    rank = dict.fromkeys(drawn.nodes, 0)
    for _ in drawn.nodes:
        for source, target in forward:
            rank[target] = max(rank[target], rank[source] + 1)
    return rank


def _ways_back(drawn: Chart) -> set[tuple[str, str]]:
    """The arrows that lead to where one has come by on the way there."""
    found: set[tuple[str, str]] = set()
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        for target in drawn.after(name):
            if target in way:
                found.add((name, target))
            elif target not in done:
                visit(target, (*way, target))
        done.add(name)

    visit("start", ("start",))
    return found


def _nearest(wished: int) -> list[int]:
    """Slots by their distance from the one that is wished for."""
    return sorted(range(wished + 40), key=lambda slot: (abs(slot - wished), slot))
