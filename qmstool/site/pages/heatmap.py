"""The standard's clauses as a heat map: for each the weakest state among what answers it.

Drawn twice, and told in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.codes import key as fold_code
from qmstool.site.parts.changes import changed_paths
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Catalogue, Clause, Coverage, Row
    from qmstool.site.edition.edition import Edition, PageLink
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
    "effective",
    "excluded",
)
CELL, HEIGHT, GAP, HEAD = 92, 46, 6, 34


@dataclass(frozen=True, slots=True)
class Cell:
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
    cells: tuple[Cell, ...]


def pages(edition: Edition) -> Iterator[SitePage]:
    """The heat map of the standard that orders the manual."""
    catalogue = edition.manual.catalogue
    coverage = edition.manual.coverage.get(catalogue.key) if catalogue else None
    if catalogue is None or coverage is None or not edition.rows:
        return
    states = _states(edition, catalogue, coverage)
    told = [
        (state, tuple(edition.clause(number) for number, each in states.items() if each == state))
        for state in STATES
        if state in states.values()
    ]
    values = {
        "catalogue": catalogue,
        "count": len(states),
        "told": tuple(told),
        "wide": draw_heatmap(edition, catalogue, states, 10),
        "tall": draw_heatmap(edition, catalogue, states, 4),
        "size": (CELL, HEIGHT),
    }
    yield list_page(edition, "heat", values, whole=True)


def draw_heatmap(
    edition: Edition, catalogue: Catalogue, states: dict[str, str], columns: int
) -> Heatmap:
    """Lay the clauses out, chapter by chapter, so many to a line."""
    heads, cells, y = [], [], 0
    for chapter in catalogue.children.get("", ()):
        inside = [number for number in states if number.startswith(f"{chapter}.")]
        heads.append((edition.clause(chapter), y))
        y += HEAD
        for at, number in enumerate(inside):
            line, column = divmod(at, columns)
            cells.append(
                Cell(
                    edition.clause(number),
                    states[number],
                    column * (CELL + GAP),
                    y + line * (HEIGHT + GAP),
                )
            )
        y += -(-len(inside) // columns) * (HEIGHT + GAP) + 2 * GAP
    return Heatmap(columns * (CELL + GAP) - GAP, y, tuple(heads), tuple(cells))


def _states(edition: Edition, catalogue: Catalogue, coverage: Coverage) -> dict[str, str]:
    """The state of every clause below the chapters."""
    main = edition.manual.main
    drafted = changed_paths(edition, main) if main else frozenset()
    return {
        number: _state(edition, clause, coverage.answer(number), drafted)
        for number, clause in catalogue.clauses.items()
        if clause.level > 1
    }


def _state(edition: Edition, clause: Clause, row: Row | None, drafted: frozenset[str]) -> str:
    """The weakest of what answers a clause: its section, its documents, the record that it demands."""
    if row is None:
        return "open"
    if row.excluded is not None:
        return "excluded"
    found = [_document(edition, fold_code(mark.text)) for mark in row.documents]
    if clause.retain == "always" and not row.records:
        found.append("lacking")
    if row.section is not None:
        found.append(_section(edition, row.section.text, drafted))
    return min(found, key=STATES.index, default="open")


def _document(edition: Edition, key: str) -> str:
    document = edition.manual.documents.get(key)
    if document is None:
        return "open"
    state = edition.state(key) if document.held else "registered"
    return state if state in STATES else "open"


def _section(edition: Edition, name: str, drafted: frozenset[str]) -> str:
    """The state of a section: that of the manual, as a draft only where its own file is one."""
    main, section = edition.manual.main, edition.addresses.named(name)
    if main is None or section is None:
        return "open"
    standing = edition.standing(main.key)
    if standing is not None and standing.in_force and section.file.path not in drafted:
        return standing.state
    return edition.state(main.key)
