"""Find what a workbook holds beside the values of its cells, so that none of it is lost unsaid.

Remarks on cells, text boxes, formulas that nobody has reckoned, cells past what is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.i18n import QmsError, Text
from qmstool.importing.word.xml import A, R, relations
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.importing.word.xml import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "drawing"  # the kind of a part
SHOWN = 10  # cells that a line names
MOST_MERGED = 200_000  # cells that are one, or have one link; openpyxl makes each of them
REMARK = Text("ghi chú gắn với ô, không lấy: «{words}»", "remark on a cell, not taken: «{words}»")
BOX = Text("chữ trong hộp chữ, không lấy: «{words}»", "words in a text box, not taken: «{words}»")
NOT_RECKONED = Text(
    "{count} ô có công thức mà tệp không giữ kết quả, nên để trống ({cells}). Mở tệp bằng Excel, "
    "lưu lại rồi nhập lại.",
    "{count} cells have a formula of which the file keeps no result, and are empty ({cells}). Open "
    "the file in Excel, save it, and import again.",
)
CUT = Text(
    "Chỉ đọc {rows} dòng và {columns} cột đầu; {count} ô có chữ ở ngoài đó không lấy ({cells}). "
    "Hãy tách trang tính rồi nhập lại.",
    "Only the first {rows} rows and {columns} columns are read; {count} cells with words beyond "
    "are not taken ({cells}). Split the sheet and import again.",
)
ENDLESS = Text(
    "Không đọc được tệp «{name}»: các ô gộp, hay gắn chung một liên kết, trải trên hơn {most} ô "
    "({cells}). Mở tệp bằng Excel, bỏ gộp (Unmerge Cells) hay bỏ liên kết ở đó, lưu lại rồi nhập "
    "lại.",
    "«{name}» cannot be read: cells that are merged, or have one link, go over more than {most} "
    "cells ({cells}). Open the file in Excel, unmerge them or take off the link, save it, and "
    "import again.",
)
_PLACE = regex(r"([A-Z]{1,3})(\d{1,7})")


class WordsBeside:
    """What the parts of a workbook say beside what its cells show; `parts`: by path."""

    def __init__(self, parts: Mapping[str, Element]) -> None:
        self._parts = parts
        book = parts.get("xl/workbook.xml")
        led = self._led_from("xl/workbook.xml")
        sheets = () if book is None else book.iter(_MAIN + "sheet")
        self._paths = {
            sheet.get("name"): led.get(sheet.get(f"{R}id", ""), ("", ""))[1] for sheet in sheets
        }

    def refuse_endless(self, name: str) -> None:
        """Refuse a file that would never be read. Raises QmsError."""
        for root in self._parts.values():
            merged = [*root.iter(_MAIN + "mergeCell"), *root.iter(_MAIN + "hyperlink")]
            spans = [each.get("ref", "") for each in merged]
            if sum(map(_area, spans)) > MOST_MERGED:
                cells = max(spans, key=_area)
                raise QmsError(
                    ENDLESS.fill({"name": name, "most": str(MOST_MERGED), "cells": cells})
                )

    def of_sheet(self, sheet: Any) -> Iterator[tuple[Text, Text]]:
        """Yield what of a sheet is not taken: where, and what."""
        for cell in [cell for cell in sheet._cells.values() if cell.comment]:  # noqa: SLF001 - only those that are there
            yield _cell(cell.coordinate), REMARK.fill({"words": _one_line(cell.comment.text)})
        path = self._paths.get(sheet.title, "")
        root = self._parts.get(path)
        cells = () if root is None else root.iter(_MAIN + "c")
        empty = [cell.get("r", "?") for cell in cells if _lacks_result(cell)]
        if empty:
            yield _cell(empty[0]), NOT_RECKONED.fill(_counted(empty))
        for kind, target in self._led_from(path).values():
            root = self._parts.get(target)
            bodies = () if root is None or kind != _DRAWING else root.iter()
            for body in bodies:
                words = "".join(run.text or "" for run in body.iter(A + "t"))
                if body.tag.endswith("}txBody") and words.strip():
                    yield Text("hộp chữ", "text box"), BOX.fill({"words": _one_line(words)})

    def _led_from(self, path: str) -> dict[str, tuple[str, str]]:
        """Return id → kind and path of what a part leads to."""
        folder, _, name = path.rpartition("/")
        root = self._parts.get(f"{folder}/_rels/{name}.rels")
        if root is None:
            return {}
        return relations(root, folder)


def cut_off(
    rows: int, columns: int, beyond: Sequence[tuple[int, int]]
) -> Iterator[tuple[Text, Text]]:
    """Yield that cells past what is read have words; `beyond`: their rows and columns."""
    if beyond:
        letters = _openpyxl().get_column_letter
        cells = [f"{letters(column)}{row}" for row, column in beyond]
        values = {"rows": str(rows), "columns": str(columns), **_counted(cells)}
        yield _cell(cells[0]), CUT.fill(values)


def _lacks_result(cell: Element) -> bool:
    """Whether a cell has a formula and no result; that of an empty text is one."""
    if cell.find(_MAIN + "f") is None:
        return False
    result = cell.find(_MAIN + "v")
    return result is None or not (result.text or cell.get("t") == "str")


def _openpyxl() -> Any:
    """Return how the reader of workbooks names cells."""
    return load_extra("openpyxl.utils.cell", "openpyxl")


def _counted(cells: Sequence[str]) -> dict[str, str]:
    more = " …" if len(cells) > SHOWN else ""
    return {"count": str(len(cells)), "cells": ", ".join(cells[:SHOWN]) + more}


def _cell(name: str) -> Text:
    return Text(f"ô {name}", f"cell {name}")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _area(span: str) -> int:
    """Return over how many cells «B2:D9» goes; 1 where it says nothing of the kind."""
    ends = _PLACE.findall(span) or [("A", "1")]
    column_of = _openpyxl().column_index_from_string
    columns: list[int] = [column_of(letters) for letters, _ in ends]
    rows = [int(row) for _, row in ends]
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)
