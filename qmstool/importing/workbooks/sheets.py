"""Read the sheets of a workbook as rows of texts: codes as typed, days as days, struck text gone.

What goes in: an .xlsx, .xlsm or .csv; an .xls or .ods where LibreOffice is installed. What comes
out: for each sheet its place and its rows, those that are hidden or filtered away too. A cell over
many rows stands in each of them.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from qmstool.extras import load_extra
from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.importing.files.archive import read_archive, refusal
from qmstool.importing.files.converting import SHEET_SUFFIXES, convert
from qmstool.importing.old_letters import (
    Coding,
    coding_of_font,
    coding_of_text,
    read_old_letters,
)
from qmstool.importing.plain.decoding import decode
from qmstool.importing.word.xml import parse_part
from qmstool.importing.workbooks.words_beside import WordsBeside, cut_off
from qmstool.parsing.office_headers import UnreadReason

_SHEETS_BEGIN = (b"\xd0\xcf\x11\xe0", b"PK", b"<")  # old Excel, .ods, and what web pages call .xls
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 100, 400_000
_RETURN = "_x000D_"  # a carriage return, as workbooks write it and openpyxl leaves it
_FIRST_LINES = 40  # of a CSV file, by which is told what parts its columns


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its place, its rows, and from which old coding its letters were turned.

    `struck`: number of a row and the words that are struck out in it; `left`: what else was not
    taken, where it stands and why.
    """

    place: Text
    rows: list[list[str]]
    coding: Coding | None = None
    struck: tuple[tuple[int, str], ...] = ()
    left: tuple[tuple[Text, Text], ...] = ()


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a file. Raises QmsError for one that cannot be read."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in SHEET_SUFFIXES:
        # LibreOffice would take any bytes for a table of text.
        if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").startswith(_SHEETS_BEGIN):
            raise refusal(name, UnreadReason.BROKEN)
        data = convert(data, name)
    if suffix == ".csv":
        return [_in_unicode(_read_csv(data, name))]
    beside = WordsBeside(
        {
            path: parse_part(part, name)  # refuses what brings a DTD or is no XML
            for path, part in read_archive(data, name).items()
            if path.startswith("xl/") and path.endswith((".xml", ".rels"))
        }
    )
    beside.refuse_endless(name)
    openpyxl = load_extra("openpyxl", "openpyxl")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
    except Exception as error:  # openpyxl raises whatever a wrong part makes it meet
        raise refusal(name, UnreadReason.BROKEN) from error
    return [_in_unicode(_read_sheet(sheet, beside)) for sheet in book.worksheets]


def _read_sheet(sheet: Any, beside: WordsBeside) -> Sheet:
    # A sheet ends with its last words: behind them may be cells that have a colour or a frame.
    cells = sheet._cells  # noqa: SLF001 - there is no other way but to make the empty ones
    filled = sorted(place for place, cell in cells.items() if str(cell.value or "").strip())
    last_row = min(max((row for row, _ in filled), default=1), MOST_ROWS)
    widest = max((column for _, column in filled), default=1)
    last_column = min(widest, MOST_COLUMNS, MOST_CELLS // last_row)
    beyond = [place for place in filled if place[0] > last_row or place[1] > last_column]
    left = [*beside.of_sheet(sheet), *cut_off(last_row, last_column, beyond)]
    lines = list(sheet.iter_rows(max_row=last_row, max_col=last_column))
    rows = [[_text(cell) for cell in line] for line in lines]
    fonts = {str(cell.font.name) for line in lines for cell in line if cell.has_style}
    codings = [coding for coding in map(coding_of_font, sorted(fonts)) if coding is not None]
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= len(rows) and merged.min_col == merged.max_col:
            for number in range(merged.min_row, min(merged.max_row, len(rows))):
                rows[number][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    place = Text(f"trang tính «{sheet.title}»", f"sheet «{sheet.title}»")
    struck = [(number, text) for number, line in enumerate(lines, 1) for text in map(_struck, line)]
    told = tuple((number, text) for number, text in struck if text)
    return Sheet(place, rows, next(iter(codings), None), told, tuple(left))


def _in_unicode(sheet: Sheet) -> Sheet:
    """Return a sheet whose letters, if they look typed for an old font, are turned."""
    coding = coding_of_text("\n".join(text for row in sheet.rows for text in row))
    if coding is None:
        return sheet
    rows = [[read_old_letters(text, coding) for text in row] for row in sheet.rows]
    return replace(sheet, rows=rows, coding=coding)


def _text(cell: Any) -> str:
    value = cell.value
    font = cell.font
    if value is None or (font is not None and font.strike and not isinstance(value, list)):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format))
    name = str(font.name) if font is not None else ""
    if isinstance(value, list):  # rich text: pieces, of which some may be struck
        return "".join(_piece(piece, name) for piece in value)
    return _shown(str(value), name)


def _struck(cell: Any) -> str:
    """Return the words of a cell that are struck out: they are not taken."""
    value = cell.value
    if isinstance(value, list):
        gone = [piece for piece in value if (font := getattr(piece, "font", None)) and font.strike]
        return " ".join(str(piece).strip() for piece in gone)
    is_struck = value is not None and cell.font is not None and cell.font.strike
    return str(value).strip() if is_struck else ""


def _day(value: date) -> str:
    """Return a day; with its time where it has one."""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(" ", "minutes")
    return value.isoformat()[:10]


def _piece(piece: Any, cell_font: str) -> str:
    font = getattr(piece, "font", None)
    if font is not None and font.strike:
        return ""
    return _shown(str(piece), str(getattr(font, "rFont", None) or cell_font))


def _shown(text: str, font: str) -> str:
    """Return what a font shows of a text, composed."""
    text = text.replace(f"{_RETURN}\n", "\n").replace(_RETURN, "\n")
    text = unicodedata.normalize("NFC", text)
    coding = coding_of_font(font)
    return text if coding is None else read_old_letters(text, coding, font)


def _number(value: float, form: str) -> str:
    """Return a number as its cell shows it: 007 by the format «000», 4.10 by «0.00»."""
    whole, _, decimals = form.partition(".")
    if whole and set(whole) == {"0"} and set(decimals) <= {"0"}:
        width = len(form.removesuffix("."))  # «000.» shows no point
        return f"{value:0{width}.{len(decimals)}f}"
    return str(int(value)) if float(value).is_integer() else repr(value)


def _columns_parted(lines: list[str], sign: str) -> int:
    """Return how many columns a sign parts in the lines that it parts alike; a title has none."""
    counts = Counter(line.count(sign) for line in lines)
    return max(count * times for count, times in counts.items()) if counts else 0


def _read_csv(data: bytes, name: str) -> Sheet:
    """Return the table of a CSV file, every cell as text; commas, semicolons or tabs between."""
    text = decode(data)
    lines = text.splitlines()[:_FIRST_LINES]
    between = max(";,\t", key=lambda sign: _columns_parted(lines, sign))
    csv.field_size_limit(1_000_000)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=between))
    except csv.Error as error:  # a cell without end
        raise refusal(name, UnreadReason.BROKEN) from error
    beyond = [(MOST_ROWS + number, 1) for number, row in enumerate(rows[MOST_ROWS:], 1) if any(row)]
    widest = max(map(len, rows), default=1)
    left = tuple(cut_off(MOST_ROWS, widest, beyond))
    return Sheet(Text("bảng CSV", "CSV table"), rows[:MOST_ROWS], left=left)
