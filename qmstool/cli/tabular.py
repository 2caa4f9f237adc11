"""A `Table` for people on a terminal, or as CSV and JSON for a program."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import textwrap
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import words

if TYPE_CHECKING:
    from qmstool.findings import Lang
    from qmstool.tables.registers import Table

NARROWEST = 6


def add(parser: argparse.ArgumentParser) -> None:
    """The options of every command that gives a table."""
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="dạng kết quả / form of the answer")
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")


def day(text: str) -> date:
    """A day from the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{text}»: ngày viết dạng 2024-03-14 / a day is written 2024-03-14") from error


def give(options: argparse.Namespace, table: Table, lang: Lang) -> None:
    """Print or write the table in the form asked for."""
    makers = {"table": as_text, "csv": as_csv, "json": as_json}
    words.give(options, makers[options.format](table, lang))


def as_csv(table: Table, lang: Lang) -> str:
    """CSV with a byte-order mark, so that Excel reads Vietnamese; cells that Excel would run as formulas are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([title.get(lang) for _, title in table.columns])
    writer.writerows([["'" + cell if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in row] for row in table.rows])
    return "\ufeff" + out.getvalue()


def as_json(table: Table, lang: Lang) -> str:
    """A list of objects with the columns' keys."""
    del lang
    names = [key for key, _ in table.columns]
    return json.dumps([dict(zip(names, row, strict=True)) for row in table.rows], ensure_ascii=False, indent=2) + "\n"


def as_text(table: Table, lang: Lang) -> str:
    """Columns that fit the terminal; long cells wrap."""
    heads = tuple(title.get(lang) for _, title in table.columns)
    rows = [heads, *table.rows]
    widths = _widths(rows, shutil.get_terminal_size((120, 24)).columns)
    lines = [words.clean(table.title.get(lang)), ""]
    for at, row in enumerate(rows):
        cells = [
            textwrap.wrap(_plain(cell), width, break_on_hyphens=False) or [""] for cell, width in zip(row, widths, strict=True)
        ]
        for depth in range(max(map(len, cells))):
            parts = (_pad(cell[depth] if depth < len(cell) else "", width) for cell, width in zip(cells, widths, strict=True))
            lines.append("  ".join(parts).rstrip())
        if at == 0:
            lines.append("  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def _plain(cell: str) -> str:
    return words.clean(unicodedata.normalize("NFC", " ".join(cell.split())))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - len(text))


def _widths(rows: list[tuple[str, ...]], room: int) -> list[int]:
    """The natural widths, the widest cut down until the row fits the terminal."""
    widths = [max(len(_plain(cell)) for cell in column) or 1 for column in zip(*rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths
