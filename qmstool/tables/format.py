"""A table → text: columns for a terminal, CSV and JSON for a program. Pure."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.tables.registers import Table

NARROWEST = 6


def as_csv(table: Table, lang: Lang) -> str:
    """Return CSV with a byte-order mark, so that Excel reads Vietnamese; cells that Excel would run as formulas are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([title.get(lang) for _, title in table.columns])
    writer.writerows(
        [
            ["'" + cell if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in row]
            for row in table.rows
        ]
    )
    return "\ufeff" + out.getvalue()


def as_json(table: Table, lang: Lang) -> str:
    """Return a JSON list of objects with the columns' keys."""
    del lang
    names = [key for key, _ in table.columns]
    return (
        json.dumps(
            [dict(zip(names, row, strict=True)) for row in table.rows], ensure_ascii=False, indent=2
        )
        + "\n"
    )


def as_text(table: Table, lang: Lang, room: int) -> str:
    """Return columns that fit a terminal of so many characters; long cells wrap."""
    heads = tuple(title.get(lang) for _, title in table.columns)
    rows = [heads, *table.rows]
    widths = _widths(rows, room)
    lines = [table.title.get(lang), ""]
    for at, row in enumerate(rows):
        cells = [
            textwrap.wrap(_plain(cell), width, break_on_hyphens=False) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for depth in range(max(map(len, cells))):
            parts = (
                _pad(cell[depth] if depth < len(cell) else "", width)
                for cell, width in zip(cells, widths, strict=True)
            )
            lines.append("  ".join(parts).rstrip())
        if at == 0:
            lines.append("  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - len(text))


def _widths(rows: list[tuple[str, ...]], room: int) -> list[int]:
    """The natural widths, the widest cut down until the row fits the terminal."""
    widths = [max(len(_plain(cell)) for cell in column) or 1 for column in zip(*rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths
