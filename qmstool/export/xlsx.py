"""Write a table as an Excel workbook: a `Table` and what it says of itself go in, bytes come out.

Text stays text (4.10, 007, «=1+1», «internal: …»), a day is a day, nothing becomes a formula or a
link. The first sheet is the table, the second says where it came from. The same table, day and
commit give the same bytes: no clock is asked.
"""

from __future__ import annotations

import io
import textwrap
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.i18n import QmsError, Text
from qmstool.tables.registers import DAY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.i18n import Lang
    from qmstool.tables.registers import Table

# Limits of a worksheet: Excel specifications and limits, support.microsoft.com, «worksheet».
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
DAY_ZERO = date(1899, 12, 30)  # from which Excel counts the days that it counts rightly
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

NARROWEST, WIDEST = 8, 45  # widths of columns, in characters
ABOUT_WIDTHS = 26, 60
LINE_HEIGHT = 15  # points; Excel fits rows itself, LibreOffice does not
TALLEST = 409  # points that a row may be high, Excel specifications and limits
MOST_UPRIGHT_COLUMNS = 6  # a wider table is printed lying
PAPER_A4 = 9
DAY_FORMATS = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}

ABOUT = Text("Xuất xứ", "About")
_TOO_MANY_ROWS = Text(
    "Bảng có {rows} dòng; một trang tính Excel chứa được {most}. Hãy dùng --format csv.",
    "The table has {rows} rows; an Excel sheet holds {most}. Use --format csv.",
)
_CELL_TOO_LONG = Text(
    (
        "Dòng {row}, cột «{column}» dài {length} ký tự; một ô Excel chứa được {most}. "
        "Hãy dùng --format csv."
    ),
    (
        "Row {row}, column «{column}» has {length} characters; an Excel cell holds {most}. "
        "Use --format csv."
    ),
)

About = tuple[tuple[Text, str], ...]  # what the second sheet says: a name and its value


def as_xlsx(table: Table, about: About, made: date, lang: Lang) -> bytes:
    """Return the workbook. `made`: the day it speaks of, kept as the day it was made.

    Raises QmsError where Excel cannot hold the table, or XlsxWriter is not installed.
    """
    _refuse_what_does_not_fit(table, lang)
    xlsxwriter = load_extra("xlsxwriter", "XlsxWriter")
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        title = _clean(table.title.get(lang))
        created = datetime.combine(made, datetime.min.time())  # a day, not a moment
        workbook.set_properties({"title": title, "created": created})
        sheet = workbook.add_worksheet(sheet_name(title, taken=ABOUT.get(lang)))
        _fill_table(workbook, sheet, table, lang)
        _set_up_print(sheet, title, len(table.columns))
        _fill_about(workbook, workbook.add_worksheet(ABOUT.get(lang)), title, about, lang)
    return content.getvalue()


def sheet_name(title: str, *, taken: str) -> str:
    """Return a name that Excel takes for a sheet: NFC, at most 31 characters, none forbidden."""
    name = " ".join(title.translate(_NOT_IN_SHEET_NAMES).split())
    name = name[:LONGEST_SHEET_NAME].strip(" '")
    # «History» is Excel's own; names are compared without case.
    if not name or name.casefold() in {"history", taken.casefold()}:
        return f"{name} 1".strip()
    return name


def _refuse_what_does_not_fit(table: Table, lang: Lang) -> None:
    rows = len(table.rows) + 1
    if rows > MOST_ROWS:
        raise QmsError(_TOO_MANY_ROWS.fill({"rows": str(rows), "most": str(MOST_ROWS)}))
    for number, row in enumerate(table.rows, 2):
        if max(map(len, row), default=0) <= LONGEST_CELL:
            continue
        for (_, column), cell in zip(table.columns, row, strict=True):
            if len(cell) > LONGEST_CELL:
                values = {
                    "row": str(number),
                    "column": column.get(lang),
                    "length": str(len(cell)),
                    "most": str(LONGEST_CELL),
                }
                raise QmsError(_CELL_TOO_LONG.fill(values))


def _fill_table(workbook: Any, sheet: Any, table: Table, lang: Lang) -> None:
    """Write heads and rows; the head stays in sight and filters, every column has its width."""
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    day = workbook.add_format(
        {"valign": "top", "align": "left", "num_format": DAY_FORMATS.get(lang, DAY_FORMATS["en"])}
    )
    heads = [title.get(lang) for _, title in table.columns]
    for column, title in enumerate(heads):
        sheet.write_string(0, column, _clean(title), head)
    columns = [*zip(*table.rows, strict=True)] or [() for _ in heads]
    write_text = sheet.write_string
    for column, ((key, _), cells) in enumerate(zip(table.columns, columns, strict=True)):
        days = _days(cells) if key in DAY_COLUMNS else {}
        # Columns repeat themselves: what was cleaned once is known.
        cleaned = {cell: _clean(cell) for cell in set(cells)}
        for number, cell in enumerate(cells, 1):
            if cell in days:
                sheet.write_number(number, column, days[cell], day)
            elif cell:
                write_text(number, column, cleaned[cell], text)
    widths = _widths(heads, columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _set_heights(sheet, heads, columns, widths)
    last_row, last_column = len(table.rows), len(heads) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    sheet.repeat_rows(0)
    # A code such as 007 is text on purpose: no green corner shall offer to turn it into a number.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})


def _read_day(cell: str) -> date | None:
    """Return the day that a cell holds, where it is one that Excel can count."""
    if len(cell) != len("2026-03-01"):
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _days(cells: Iterable[str]) -> dict[str, int]:
    """Return the number by which Excel knows the day in each cell that holds one."""
    days = {cell: _read_day(cell) for cell in set(cells)}
    return {cell: (day - DAY_ZERO).days for cell, day in days.items() if day is not None}


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    longest = [
        max(len(head), _longest_line(cells)) for head, cells in zip(heads, columns, strict=True)
    ]
    # Two characters more: the filter's button stands beside the head.
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]


def _longest_line(cells: Sequence[str]) -> int:
    longest = max(map(len, cells), default=0)
    if longest + 2 <= NARROWEST or not _has_lines(cells):
        return longest
    return max(map(len, "\n".join(cells).split("\n")))


def _has_lines(cells: Sequence[str]) -> bool:
    return "\n" in "".join(cells)


def _set_heights(
    sheet: Any, heads: Sequence[str], columns: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    """Make each row as high as its fullest cell; only in some columns may one take two lines."""
    wrapping = [
        ((head, *cells), width)
        for head, cells, width in zip(heads, columns, widths, strict=True)
        if width == WIDEST or "\n" in head or _has_lines(cells)
    ]
    if not wrapping:
        return
    for number in range(len(columns[0]) + 1):
        lines = max(_lines(cells[number], width) for cells, width in wrapping)
        if lines > 1:
            sheet.set_row(number, min(lines * LINE_HEIGHT, TALLEST))


def _lines(cell: str, width: int) -> int:
    """Return how many lines a cell takes, words not torn."""
    if len(cell) < width and "\n" not in cell:
        return 1
    wrapped = [textwrap.wrap(line, width - 1) or [""] for line in cell.split("\n")]
    return sum(map(len, wrapped))


def _set_up_print(sheet: Any, title: str, columns: int) -> None:
    """Print on A4, one sheet wide: title above, «page of pages» below."""
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    if columns > MOST_UPRIGHT_COLUMNS:
        sheet.set_landscape()
    # «&» begins a code; 255 characters are all that a header holds.
    sheet.set_header("&C&B" + title[:100].replace("&", "&&"))
    sheet.set_footer("&C&P / &N")


def _fill_about(workbook: Any, sheet: Any, title: str, about: About, lang: Lang) -> None:
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, bold)
    for number, (name, value) in enumerate(about, 2):
        sheet.write_string(number, 0, name.get(lang), bold)
        sheet.write_string(number, 1, _clean(value), wrapped)


def _clean(text: str) -> str:
    """Return a text in NFC that XML can hold: half a character becomes a question mark."""
    if text.isascii():
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", whole)
