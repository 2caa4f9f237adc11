"""Lay out the wide picture of the process map: parties left and right, a lane for each group.

Inside a lane processes stand in columns, or in rows where nothing orders them.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from qmstool.site.pages.map_layout import (
    Box,
    Lane,
    Picture,
    box_height,
    group_processes,
    process_box,
    rank_processes,
    wrap_to_width,
)
from qmstool.site.pages.map_routes import (
    EDGE,
    GUTTER,
    HEAD,
    INSET,
    LEFT,
    PARTY,
    RIGHT,
    WIDTH,
    Router,
    Sides,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.process_map import Flow, OutsideParty, Process, ProcessMap

# Between boxes, between lanes; boxes to a row; tones of lanes; how much wider small print may be.
GAP, BETWEEN, COLUMNS, TONES, SMALL_PRINT = 16.0, 26.0, 4, 4, 14


def draw_wide(chart: ProcessMap, lang: Lang) -> Picture:
    """Return the picture for a desk."""
    lanes: list[Lane] = []
    boxes: dict[str, Box] = {}
    y = EDGE
    for number, (key, processes) in enumerate(group_processes(chart).items()):
        inside = _lane(chart, processes, lang, y)
        bottom = max(box.y + box.height for box in inside) + INSET
        name = chart.groups[key][0].get(lang)
        lanes.append(Lane(key, name, number % TONES, LEFT, y, RIGHT - LEFT, bottom - y))
        boxes |= {box.key: box for box in inside}
        y = bottom + BETWEEN
    height = y - BETWEEN + EDGE
    sides = Sides(
        _parties(chart, boxes, lang, "in", height),
        _parties(chart, boxes, lang, "out", height),
    )
    parties = (*sides.left.values(), *sides.right.values())
    height = max([height, *(box.y + box.height + EDGE for box in parties)])
    arrows = dict.fromkeys(Router(chart, lanes, boxes, sides).arrows())
    return Picture(WIDTH, height, tuple(lanes), (*boxes.values(), *parties), tuple(arrows))


def _lane(chart: ProcessMap, processes: Sequence[Process], lang: Lang, y: float) -> list[Box]:
    """The boxes of one group, below its name."""
    inner = RIGHT - LEFT - 2 * INSET
    columns = rank_processes(processes, chart.flows)
    if not columns:
        return list(_grid(processes, lang, y + HEAD, inner))
    width = (inner - GUTTER * (len(columns) - 1)) / len(columns)
    boxes: list[Box] = []
    for place, column in enumerate(columns):
        x = LEFT + INSET + place * (width + GUTTER)
        boxes += _column(column, lang, x, y + HEAD, width)
    return boxes


def _column(
    processes: Sequence[Process], lang: Lang, x: float, y: float, width: float
) -> Iterator[Box]:
    for process in processes:
        box = process_box(process, lang, (x, y, width))
        yield box
        y += box.height + GAP


def _grid(processes: Sequence[Process], lang: Lang, y: float, inner: float) -> Iterator[Box]:
    """Boxes without an order between them, in even rows."""
    rows = ceil(len(processes) / COLUMNS)
    cuts = [len(processes) * number // rows for number in range(rows + 1)]
    for start, end in pairwise(cuts):
        row = processes[start:end]
        width = (inner - GAP * (len(row) - 1)) / len(row)
        lines = [len(wrap_to_width(process.title.get(lang), width)) for process in row]
        height = max(map(box_height, lines))
        for place, process in enumerate(row):
            x = LEFT + INSET + place * (width + GAP)
            yield process_box(process, lang, (x, y, width), height)
        y += height + GAP


def _parties(
    chart: ProcessMap, boxes: dict[str, Box], lang: Lang, side: str, height: float
) -> dict[str, Box]:
    """The parties of one side, each level with what it deals with, none on top of another."""
    parties = [party for party in chart.parties.values() if party.side in {side, "both"}]
    levels = {party.key: _level(chart, party, boxes, side, height) for party in parties}
    x = 0 if side == "in" else WIDTH - PARTY
    placed: dict[str, Box] = {}
    free = EDGE
    for party in sorted(parties, key=lambda party: levels[party.key]):
        lines = wrap_to_width(party.name.get(lang), PARTY)
        note = _note(chart, party, lang, side)
        box_tall = box_height(len(lines) + len(note))
        y = max(free, levels[party.key] - box_tall / 2)
        placed[party.key] = Box(party.key, "party", x, y, PARTY, box_tall, lines, note)
        free = y + box_tall + GAP
    return placed


def _flows(chart: ProcessMap, party: OutsideParty, side: str) -> list[Flow]:
    """The flows out of a party on the left, or into one on the right."""
    if side == "in":
        return [flow for flow in chart.flows if flow.source.text == party.key]
    return [flow for flow in chart.flows if flow.target.text == party.key]


def _level(
    chart: ProcessMap, party: OutsideParty, boxes: dict[str, Box], side: str, height: float
) -> float:
    """The mean height of what a party deals with; half way down where it deals with nothing."""
    flows = _flows(chart, party, side)
    others = [flow.target.text if side == "in" else flow.source.text for flow in flows]
    levels = [boxes[key].middle[1] for key in others if key in boxes]
    if not levels:
        return height / 2
    return sum(levels) / len(levels)


def _note(chart: ProcessMap, party: OutsideParty, lang: Lang, side: str) -> tuple[str, ...]:
    """What a party gives or gets, each once, as lines of small print."""
    flows = _flows(chart, party, side)
    items = dict.fromkeys(flow.item.get(lang) for flow in flows if flow.item)
    lines: list[str] = []
    for item in items:
        lines += wrap_to_width(item, PARTY + SMALL_PRINT)
    return tuple(lines)
