"""The process map as shapes: boxes in lanes, parties at the edges, arrows between them.

Numbers only; the template draws.

Two pictures come out of the same data: a wide one for desks and paper, a tall one for phones.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Flow, Process, ProcessMap

LINE, LETTER, PAD = 20, 7.9, 14
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with lines of text; `kind`: process, party."""

    key: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    note: tuple[str, ...] = ()

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def baselines(self) -> tuple[tuple[float, str, bool], ...]:
        """Each line of text with its baseline, and whether it belongs to the small print."""
        total = len(self.lines) + len(self.note)
        top = self.y + self.height / 2 - total * LINE / 2 + LINE * 0.72
        rows = [(line, False) for line in self.lines] + [(line, True) for line in self.note]
        return tuple((top + at * LINE, line, small) for at, (line, small) in enumerate(rows))


@dataclass(frozen=True, slots=True)
class Lane:
    """A group of processes: its frame, its name, its place in the row of tones."""

    key: str
    name: str
    tone: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of right angles that ends in a head."""

    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line as SVG path data, its corners rounded."""
        return rounded(self.points)

    @property
    def head(self) -> str:
        """The head as SVG polygon points."""
        (x0, y0), (x, y) = self.points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        corners = (
            (x, y),
            (x - 9 * dx - 5 * dy, y - 9 * dy - 5 * dx),
            (x - 9 * dx + 5 * dy, y - 9 * dy + 5 * dx),
        )
        return " ".join(f"{a:g},{b:g}" for a, b in corners)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn map."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def rounded(points: Sequence[Point], radius: float = 8) -> str:
    """Path data through points, each corner a small curve."""
    parts = [f"M{points[0][0]:g},{points[0][1]:g}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        parts.append(
            f"L{_towards(at, before, radius)} Q{at[0]:g},{at[1]:g} {_towards(at, after, radius)}"
        )
    parts.append(f"L{points[-1][0]:g},{points[-1][1]:g}")
    return " ".join(parts)


def _towards(at: Point, other: Point, radius: float) -> str:
    dx, dy = other[0] - at[0], other[1] - at[1]
    length = max(abs(dx), abs(dy)) or 1
    part = min(radius, length / 2) / length
    return f"{at[0] + dx * part:g},{at[1] + dy * part:g}"


def wrap_to_width(text: str, width: float) -> tuple[str, ...]:
    """Wrap a text to the lines that fit a width."""
    return tuple(wrap(text, max(int((width - 2 * PAD) / LETTER), 8), break_long_words=False))


def rank_processes(processes: Sequence[Process], flows: Iterable[Flow]) -> list[list[Process]]:
    """Processes of one group in columns: each right of those that hand it something.

    Without such flows: one column each.
    """
    keys = {process.key for process in processes}
    inner = [
        (flow.source.text, flow.target.text)
        for flow in flows
        if {flow.source.text, flow.target.text} <= keys
    ]
    rank = dict.fromkeys(keys, 0)
    for _ in processes:
        for source, target in inner:
            if source != target and rank[source] + 1 < len(processes):
                rank[target] = max(rank[target], rank[source] + 1)
    if not inner:
        return []
    used = sorted(set(rank.values()))
    return [[process for process in processes if rank[process.key] == each] for each in used]


def group_processes(chart: ProcessMap) -> Mapping[str, list[Process]]:
    """The processes of each group, in the order of the file; groups without any are left out."""
    found = {
        key: [process for process in chart.processes.values() if process.group.text == key]
        for key in chart.groups
    }
    return {key: processes for key, processes in found.items() if processes}


def process_box(
    process: Process, lang: Lang, place: tuple[float, float, float], height: float | None = None
) -> Box:
    """A process's box at x, y with a width; as high as its text unless told."""
    x, y, width = place
    lines = wrap_to_width(process.title.get(lang), width)
    return Box(process.key, "process", x, y, width, height or box_height(len(lines)), lines)


def box_height(lines: int) -> float:
    """How high a box with so many lines is."""
    return max(lines * LINE + 2 * PAD - 4, 54)
