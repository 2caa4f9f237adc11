"""Lay out the tall picture of the process map: one column from what comes in to what goes out.

Arrows run downwards only.
"""

from __future__ import annotations

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
    from qmstool.i18n import Lang
    from qmstool.manual.process_map import Process, ProcessMap

# The picture's width; from a lane's frame to its boxes; a lane's name; between boxes; for an arrow.
WIDTH, INSET, HEAD, GAP, STEP = 350.0, 14.0, 44.0, 10.0, 32.0
TONES = 4


def draw_tall(chart: ProcessMap, lang: Lang) -> Picture:
    """Return the picture for a phone."""
    column = _Column(chart, lang)
    column.add_parties("in")
    for number, (key, processes) in enumerate(group_processes(chart).items()):
        column.add_lane(key, processes, number % TONES)
    column.add_parties("out")
    height = column.y - STEP + 6
    return Picture(WIDTH, height, tuple(column.lanes), tuple(column.boxes), tuple(column.arrows))


class _Column:
    """What has been stacked so far, and the height at which the next thing goes."""

    def __init__(self, chart: ProcessMap, lang: Lang) -> None:
        self.chart = chart
        self.lang = lang
        self.y = 4.0
        self.lanes: list[Lane] = []
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []

    def add_parties(self, side: str) -> None:
        """Add the parties of one side, with an arrow into or out of the groups."""
        parties = [party for party in self.chart.parties.values() if party.side in {side, "both"}]
        if not parties:
            return
        if side == "out":
            self._arrow(self.y - STEP, self.y)
        for party in parties:
            lines = wrap_to_width(party.name.get(self.lang), WIDTH)
            height = box_height(len(lines))
            self.boxes.append(Box(f"{side}-{party.key}", "party", 0, self.y, WIDTH, height, lines))
            self.y += height + GAP
        self.y += STEP - GAP
        if side == "in":
            self._arrow(self.y - STEP, self.y)

    def add_lane(self, key: str, processes: list[Process], tone: int) -> None:
        """Add one group: its name, then its processes, those in an order joined by arrows."""
        top = self.y
        self.y += HEAD
        ranks = rank_processes(processes, self.chart.flows) or [processes]
        for number, rank in enumerate(ranks):
            if number:
                self._arrow(self.y - GAP, self.y - GAP + STEP)
                self.y += STEP - GAP
            for process in rank:
                box = process_box(process, self.lang, (INSET, self.y, WIDTH - 2 * INSET))
                self.boxes.append(box)
                self.y += box.height + GAP
        self.y += INSET - GAP
        name = self.chart.groups[key][0].get(self.lang)
        self.lanes.append(Lane(key, name, tone, 0, top, WIDTH, self.y - top))
        self.y += STEP

    def _arrow(self, start: float, end: float) -> None:
        self.arrows.append(Arrow(((WIDTH / 2, start + 3), (WIDTH / 2, end - 3))))
