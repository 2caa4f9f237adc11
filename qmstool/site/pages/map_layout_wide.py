"""The wide picture: parties left and right, a lane for each group, columns inside a lane, arrows in gutters and channels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.site.pages.map_layout import (
    Arrow,
    Box,
    Lane,
    Picture,
    box_height,
    group_processes,
    process_box,
    rank_processes,
    wrap_to_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Party, Process, ProcessMap

WIDTH, PARTY, GUTTER = 1180.0, 170.0, 46.0
LEFT, RIGHT = PARTY + GUTTER, WIDTH - PARTY - GUTTER
INSET, HEAD, GAP, BETWEEN, COLUMNS = 22.0, 58.0, 16.0, 26.0, 4


def draw_wide(chart: ProcessMap, lang: Lang) -> Picture:
    """Return the picture for a desk."""
    lanes: list[Lane] = []
    boxes: dict[str, Box] = {}
    y = 4.0
    for tone, (key, processes) in enumerate(group_processes(chart).items()):
        inside = _lane(chart, processes, lang, y)
        bottom = max(box.y + box.height for box in inside)
        lanes.append(
            Lane(
                key,
                chart.groups[key][0].get(lang),
                tone % 4,
                LEFT,
                y,
                RIGHT - LEFT,
                bottom + INSET - y,
            )
        )
        boxes |= {box.key: box for box in inside}
        y = bottom + INSET + BETWEEN
    height = y - BETWEEN + 4
    sides = {side: _parties(chart, boxes, lang, side, height) for side in ("in", "out")}
    router = _Router(chart, lanes, boxes, sides)
    parties = tuple(box for placed in sides.values() for box in placed.values())
    height = max([height, *(box.y + box.height + 4 for box in parties)])
    return Picture(
        WIDTH,
        height,
        tuple(lanes),
        (*boxes.values(), *parties),
        tuple(dict.fromkeys(router.arrows())),
    )


def _lane(chart: ProcessMap, processes: Sequence[Process], lang: Lang, y: float) -> list[Box]:
    inner = RIGHT - LEFT - 2 * INSET
    columns = rank_processes(processes, chart.flows)
    if columns:
        width = (inner - GUTTER * (len(columns) - 1)) / len(columns)
        return [
            box
            for at, column in enumerate(columns)
            for box in _column(column, lang, LEFT + INSET + at * (width + GUTTER), y + HEAD, width)
        ]
    return list(_grid(processes, lang, y + HEAD, inner))


def _column(
    processes: Sequence[Process], lang: Lang, x: float, y: float, width: float
) -> Iterator[Box]:
    for process in processes:
        box = process_box(process, lang, (x, y, width))
        yield box
        y += box.height + GAP


def _grid(processes: Sequence[Process], lang: Lang, y: float, inner: float) -> Iterator[Box]:
    """Boxes without an order between them, in even rows."""
    rows = -(-len(processes) // COLUMNS)
    cuts = [len(processes) * at // rows for at in range(rows + 1)]
    for start, end in pairwise(cuts):
        row = processes[start:end]
        width = (inner - GAP * (len(row) - 1)) / len(row)
        height = max(
            box_height(len(wrap_to_width(process.title.get(lang), width))) for process in row
        )
        for place, process in enumerate(row):
            yield process_box(
                process, lang, (LEFT + INSET + place * (width + GAP), y, width), height
            )
        y += height + GAP


def _parties(
    chart: ProcessMap, boxes: dict[str, Box], lang: Lang, side: str, height: float
) -> dict[str, Box]:
    """The parties of one side, each level with what it deals with, none on top of another."""
    wanted: list[tuple[float, Party, tuple[str, ...]]] = []
    for party in chart.parties.values():
        if party.side in {side, "both"}:
            mine = [
                flow
                for flow in chart.flows
                if (flow.source if side == "in" else flow.target).text == party.key
            ]
            others = [(flow.target if side == "in" else flow.source).text for flow in mine]
            levels = [boxes[key].middle[1] for key in others if key in boxes]
            told = tuple(dict.fromkeys(flow.item.get(lang) for flow in mine if flow.item))
            wanted.append((sum(levels) / len(levels) if levels else height / 2, party, told))
    placed: dict[str, Box] = {}
    free = 4.0
    for level, party, items in sorted(wanted, key=lambda each: each[0]):
        lines = wrap_to_width(party.name.get(lang), PARTY)
        note = tuple(line for item in items for line in wrap_to_width(item, PARTY + 14))
        tall = box_height(len(lines) + len(note))
        y = max(free, level - tall / 2)
        placed[party.key] = Box(
            party.key, "party", 0 if side == "in" else WIDTH - PARTY, y, PARTY, tall, lines, note
        )
        free = y + tall + GAP
    return placed


class _Router:
    """Finds each flow's way: straight between neighbours, else through the channel under a lane's name and the left gutter."""

    def __init__(
        self,
        chart: ProcessMap,
        lanes: Sequence[Lane],
        boxes: dict[str, Box],
        sides: dict[str, dict[str, Box]],
    ) -> None:
        self.chart = chart
        self.boxes = boxes
        self.sides = sides
        self.lane = {
            key: lane
            for key, box in boxes.items()
            for lane in lanes
            if lane.y <= box.y <= lane.y + lane.height
        }

    def arrows(self) -> Iterator[Arrow]:
        """An arrow for every flow between things that are drawn."""
        for flow in self.chart.flows:
            source, target = flow.source.text, flow.target.text
            start = self.boxes.get(source) or self.sides["in"].get(source)
            end = self.boxes.get(target) or self.sides["out"].get(target)
            if start is not None and end is not None:
                yield Arrow(tuple(self.way(start, end)))

    def channel(self, box: Box) -> float:
        """The height of the channel above the boxes of a box's lane."""
        return self.lane[box.key].y + HEAD - 14

    def way(self, start: Box, end: Box) -> list[tuple[float, float]]:
        """The corners of one flow."""
        if end.kind == "party":
            return self.out(start, end)
        if start.kind == "party":
            return self.into(start, end)
        (sx, sy), (ex, ey) = start.middle, end.middle
        same = self.lane[start.key] is self.lane[end.key]
        if same and 0 < end.x - (start.x + start.width) <= GUTTER + 1:
            turn = end.x - GUTTER / 2
            return _straight([(start.x + start.width, sy), (turn, sy), (turn, ey), (end.x, ey)])
        above, below = self.channel(start), self.channel(end)
        if same:
            return [(sx, start.y), (sx, above), (ex, above), (ex, end.y)]
        gutter = LEFT + INSET / 2
        return [
            (sx, start.y),
            (sx, above),
            (gutter, above),
            (gutter, below),
            (ex, below),
            (ex, end.y),
        ]

    def into(self, start: Box, end: Box) -> list[tuple[float, float]]:
        """From a party on the left."""
        y, gutter = start.middle[1], PARTY + GUTTER / 2
        if end.x <= LEFT + INSET:
            return _straight(
                [(PARTY, y), (gutter, y), (gutter, end.middle[1]), (end.x, end.middle[1])]
            )
        channel = self.channel(end)
        return [
            (PARTY, y),
            (gutter, y),
            (gutter, channel),
            (end.middle[0], channel),
            (end.middle[0], end.y),
        ]

    def out(self, start: Box, end: Box) -> list[tuple[float, float]]:
        """To a party on the right."""
        y, gutter = end.middle[1], RIGHT + GUTTER / 2
        if start.kind == "party":
            return _straight(
                [
                    (start.x + start.width, start.middle[1]),
                    (gutter, start.middle[1]),
                    (gutter, y),
                    (end.x, y),
                ]
            )
        if start.x + start.width >= RIGHT - INSET - 1:
            return _straight(
                [
                    (start.x + start.width, start.middle[1]),
                    (gutter, start.middle[1]),
                    (gutter, y),
                    (end.x, y),
                ]
            )
        channel = self.channel(start)
        return [
            (start.middle[0], start.y),
            (start.middle[0], channel),
            (gutter, channel),
            (gutter, y),
            (end.x, y),
        ]


def _straight(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Drop the bend of a line that has none."""
    return [points[0], points[-1]] if abs(points[0][1] - points[-1][1]) < 1 else points
