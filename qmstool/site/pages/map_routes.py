"""Find the way of each arrow through the wide picture of the process map.

Straight between neighbours; else through the channel under a lane's name and the gutters beside the
lanes, where no box stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.site.pages.map_layout import Arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.process_map import ProcessMap
    from qmstool.site.pages.map_layout import Box, Lane, Point

# The wide picture, in units of the drawing: its width, that of a party, of a gutter between.
WIDTH, PARTY, GUTTER = 1180.0, 170.0, 46.0
# Where the lanes begin and end.
LEFT, RIGHT = PARTY + GUTTER, WIDTH - PARTY - GUTTER
# Inside a lane: from its frame to its boxes, and from its top to them; at the edge of the picture.
INSET, HEAD, EDGE = 22.0, 58.0, 4.0
# How far the channel of a lane lies above its boxes.
CHANNEL = 14


class Sides(NamedTuple):
    """The boxes of the parties by key: those that give on the left, those that get on the right."""

    left: dict[str, Box]
    right: dict[str, Box]


class Router:
    """Finds the way of each flow between boxes that are placed."""

    def __init__(
        self, chart: ProcessMap, lanes: Sequence[Lane], boxes: dict[str, Box], sides: Sides
    ) -> None:
        self.chart = chart
        self.boxes = boxes
        self.sides = sides
        self.lane: dict[str, Lane] = {}
        for key, box in boxes.items():
            for lane in lanes:
                if lane.y <= box.y <= lane.y + lane.height:
                    self.lane[key] = lane

    def arrows(self) -> Iterator[Arrow]:
        """Yield an arrow for every flow between things that are drawn."""
        for flow in self.chart.flows:
            source, target = flow.source.text, flow.target.text
            start = self.boxes.get(source) or self.sides.left.get(source)
            end = self.boxes.get(target) or self.sides.right.get(target)
            if start is not None and end is not None:
                yield Arrow(tuple(self._way(start, end)))

    def _channel(self, box: Box) -> float:
        """The height of the channel above the boxes of a box's lane."""
        return self.lane[box.key].y + HEAD - CHANNEL

    def _way(self, start: Box, end: Box) -> list[Point]:
        """The corners of one flow."""
        if end.kind == "party":
            return self._out(start, end)
        if start.kind == "party":
            return self._into(start, end)
        (start_x, start_y), (end_x, end_y) = start.middle, end.middle
        right = start.x + start.width
        is_same_lane = self.lane[start.key] is self.lane[end.key]
        if is_same_lane and 0 < end.x - right <= GUTTER + 1:
            turn = end.x - GUTTER / 2
            return _straight([(right, start_y), (turn, start_y), (turn, end_y), (end.x, end_y)])
        above, below = self._channel(start), self._channel(end)
        first, last = (start_x, start.y), (end_x, end.y)
        if is_same_lane:
            return [first, (start_x, above), (end_x, above), last]
        gutter = LEFT + INSET / 2
        return [first, (start_x, above), (gutter, above), (gutter, below), (end_x, below), last]

    def _into(self, start: Box, end: Box) -> list[Point]:
        """From a party on the left."""
        y, gutter = start.middle[1], PARTY + GUTTER / 2
        end_x, end_y = end.middle
        if end.x <= LEFT + INSET:
            return _straight([(PARTY, y), (gutter, y), (gutter, end_y), (end.x, end_y)])
        channel = self._channel(end)
        return [(PARTY, y), (gutter, y), (gutter, channel), (end_x, channel), (end_x, end.y)]

    def _out(self, start: Box, end: Box) -> list[Point]:
        """To a party on the right."""
        y, gutter = end.middle[1], RIGHT + GUTTER / 2
        start_x, start_y = start.middle
        right = start.x + start.width
        if start.kind == "party" or right >= RIGHT - INSET - 1:
            return _straight([(right, start_y), (gutter, start_y), (gutter, y), (end.x, y)])
        channel = self._channel(start)
        return [(start_x, start.y), (start_x, channel), (gutter, channel), (gutter, y), (end.x, y)]


def _straight(points: list[Point]) -> list[Point]:
    """Drop the bend of a line that has none."""
    first, last = points[0], points[-1]
    return [first, last] if abs(first[1] - last[1]) < 1 else points
