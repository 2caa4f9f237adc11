"""Draw the standard's clauses as a heat map: for each the weakest state among what answers it.

Drawn twice, for desks and for phones, and told in words.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.parsing.codes import fold_code
from qmstool.site.parts.changes import changed_paths
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import Catalogue, Clause, Coverage, CoverageRow
    from qmstool.site.edition.edition import Edition
    from qmstool.site.edition.page_link import PageLink
    from qmstool.site.parts.render import SitePage

# Weakest first; the icon, the colour and the word of a cell go by these names.
STATES = (
    "open",
    "lacking",
    "registered",
    "draft",
    "submitted",
    "scheduled",
    "imported",
    "unevidenced",
    "effective",
    "excluded",
)
# Units of the drawing: a cell's width and height, what lies between cells, the height of a title.
CELL, HEIGHT, GAP, HEAD = 92, 46, 6, 34
# Cells to a line.
WIDE_COLUMNS, TALL_COLUMNS = 10, 4


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A clause in the picture."""

    link: PageLink
    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A picture: its size, the chapters' titles with their heights, and the cells."""

    width: int
    height: int
    heads: tuple[tuple[PageLink, int], ...]
    cells: tuple[HeatCell, ...]


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the heat maps of the standards followed, on one page."""
    maps = []
    for catalogue in edition.manual.followed_catalogues:
        coverage = edition.manual.coverage.get(catalogue.key)
        if coverage is not None and coverage.rows:
            maps.append(_map_values(edition, catalogue, coverage))
    if maps:
        values = {"maps": tuple(maps), "size": (CELL, HEIGHT)}
        yield list_page(edition, "heat", values, whole=True)


def _map_values(edition: Edition, catalogue: Catalogue, coverage: Coverage) -> dict[str, object]:
    """The two drawings of a standard, and the same as text; `mark` tells its ids apart."""
    states = _states(edition, catalogue, coverage)
    links: dict[str, list[PageLink]] = {}
    for number, state in states.items():
        links.setdefault(state, []).append(edition.clause(number, catalogue))
    is_first = catalogue is edition.manual.catalogue
    return {
        "catalogue": catalogue,
        "mark": "" if is_first else f"-{catalogue.key.replace('.', '-')}",
        "count": len(states),
        "told": tuple((state, tuple(links[state])) for state in STATES if state in links),
        "wide": draw_heatmap(edition, catalogue, states, WIDE_COLUMNS),
        "tall": draw_heatmap(edition, catalogue, states, TALL_COLUMNS),
    }


def draw_heatmap(
    edition: Edition, catalogue: Catalogue, states: dict[str, str], columns: int
) -> Heatmap:
    """Lay the clauses out, chapter by chapter, so many to a line."""
    heads, cells, y = [], [], 0
    for chapter in catalogue.children.get("", ()):
        heads.append((_bare(edition, chapter, catalogue), y))
        y += HEAD
        inside = [number for number in states if number.startswith(f"{chapter}.")]
        for place, number in enumerate(inside):
            line, column = divmod(place, columns)
            cell_x, cell_y = column * (CELL + GAP), y + line * (HEIGHT + GAP)
            link = _bare(edition, number, catalogue)
            cells.append(HeatCell(link, states[number], cell_x, cell_y))
        lines = ceil(len(inside) / columns)
        y += lines * (HEIGHT + GAP) + 2 * GAP
    return Heatmap(columns * (CELL + GAP) - GAP, y, tuple(heads), tuple(cells))


def _bare(edition: Edition, number: str, catalogue: Catalogue) -> PageLink:
    """A clause by its number alone: the drawing is of one standard."""
    return replace(edition.clause(number, catalogue), code=number)


def _states(edition: Edition, catalogue: Catalogue, coverage: Coverage) -> dict[str, str]:
    """The state of every clause below the chapters."""
    main = edition.manual.main
    drafted = changed_paths(edition, main) if main else frozenset()
    states = {}
    for number, clause in catalogue.clauses.items():
        if clause.level > 1:
            states[number] = _state(edition, clause, coverage.row_of(number), drafted)
    for number in reversed(states):
        if coverage.row_of(number) is None and coverage.rows_answering(catalogue, number):
            below = (states[child] for child in catalogue.children[number])
            states[number] = min(below, key=STATES.index)
    return states


def _state(
    edition: Edition, clause: Clause, row: CoverageRow | None, drafted: frozenset[str]
) -> str:
    """The weakest of what answers a clause: section, documents, the record that it demands."""
    if row is None:
        return "open"
    if row.excluded is not None:
        return "excluded"
    states = [_document(edition, fold_code(mark.text)) for mark in row.documents]
    if clause.retain == "always" and not row.records:
        states.append("lacking")
    if row.section is not None:
        states.append(_section(edition, row.section.text, drafted))
    return min(states, key=STATES.index, default="open")


def _document(edition: Edition, key: str) -> str:
    """The state of a document; one that is unknown, or no longer holds, leaves a clause open."""
    document = edition.manual.documents.get(key)
    if document is None:
        return "open"
    state = edition.state(key) if document.held else "registered"
    return state if state in STATES else "open"


def _section(edition: Edition, name: str, drafted: frozenset[str]) -> str:
    """The state of a section: that of the manual, as a draft only where its own file is one."""
    main, section = edition.manual.main, edition.addresses.named_section(name)
    if main is None or section is None:
        return "open"
    standing = edition.standing(main.key)
    if standing is not None and standing.in_force and section.file.path not in drafted:
        return standing.state
    return edition.state(main.key)
