"""Write a table as text: columns for a terminal, CSV and JSON for a program. Pure."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.terminal import escape_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.i18n import Lang
    from qmstool.tables.registers import Table

NARROWEST = 6  # characters below which no column is cut


def as_csv(table: Table, lang: Lang) -> str:
    """Return CSV with a byte-order mark, so that Excel reads Vietnamese.

    Cells that Excel would run as formulas are quoted.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([escape_cell(title.get(lang)) for _, title in table.columns])
    for row in table.rows:
        writer.writerow(map(escape_cell, row))
    return "\ufeff" + out.getvalue()


def as_json(table: Table, lang: Lang) -> str:
    """Return a JSON list of objects with the columns' keys."""
    del lang
    names = [key for key, _ in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


# The columns that people ask for most, the first ones first: a terminal shows five of a table.
ASKED_FOR_MOST = (
    "code",
    "clause",
    "release",
    "candidate",
    "document",
    "when",
    "number",
    "kind",
    "title",
    "what",
    "unit",
    "who",
    "state",
    "proof",
    "status",
    "effective",
    "act",
    "issue",
    "revision",
    "documents",
    "section",
    "subject",
    "due",
    "person",
    "opinion",
    "owner",
    "copies",
    "sections",
    "place",
    "retention",
    "expired",
    "issued",
    "summary",
)
SHOWN_ON_A_TERMINAL = 5
FEWEST_KNOWN = 3
WHOLE = frozenset({"code", "clause", "number", "check_code", "form", "parent"})


def narrowed(table: Table) -> Table:
    """Return a table with the five columns asked for most, in their order.

    A small one stays whole, and so does a matrix, whose columns are documents.
    """
    keys = [key for key, _ in table.columns]
    known = sum(key in ASKED_FOR_MOST for key in keys)
    if len(keys) <= SHOWN_ON_A_TERMINAL or known < FEWEST_KNOWN:
        return table
    by_wish = sorted(keys, key=lambda key: (_wish(key), keys.index(key)))
    chosen = set(by_wish[:SHOWN_ON_A_TERMINAL])
    places = [place for place, key in enumerate(keys) if key in chosen]
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def _wish(key: str) -> int:
    return ASKED_FOR_MOST.index(key) if key in ASKED_FOR_MOST else len(ASKED_FOR_MOST)


def as_text(table: Table, lang: Lang, room: int) -> str:
    """Return columns that fit a terminal of so many characters; long cells wrap, codes do not."""
    heads = tuple(title.get(lang) for _, title in table.columns)
    whole = [key in WHOLE for key, _ in table.columns]
    widths = _widths([heads, *table.rows], room, whole)
    lines = [table.title.get(lang), "", *_row_lines(heads, widths)]
    lines.append("  ".join("─" * width for width in widths))
    for row in table.rows:
        lines += _row_lines(row, widths)
    return "\n".join(lines) + "\n"


def _row_lines(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """The lines of a terminal that one row takes: as many as its longest cell."""
    cells = []
    for cell, width in zip(row, widths, strict=True):
        wrapped = textwrap.wrap(_plain(cell), width, break_on_hyphens=False) or [""]
        cells.append([line.ljust(width) for line in wrapped])
    height = max(map(len, cells))
    for lines, width in zip(cells, widths, strict=True):
        lines.extend([" " * width] * (height - len(lines)))
    for parts in zip(*cells, strict=True):
        yield "  ".join(parts).rstrip()


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _widths(rows: list[tuple[str, ...]], room: int, whole: list[bool]) -> list[int]:
    """The natural widths, the widest cut down until the row fits; `whole` columns keep theirs."""
    columns = zip(*rows, strict=True)
    widths = [max(len(_plain(cell)) for cell in column) or 1 for column in columns]
    while sum(widths) + 2 * (len(widths) - 1) > room:
        flexible = [width for width, is_whole in zip(widths, whole, strict=True) if not is_whole]
        widest = max(flexible, default=0)
        if widest <= NARROWEST:
            break
        place = next(
            place for place, width in enumerate(widths) if width == widest and not whole[place]
        )
        widths[place] -= 1
    return widths
