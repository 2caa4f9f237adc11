"""What a workbook holds beside the values of its register is told, with its place; what would never be read is refused."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from qmstool.i18n import QmsError
from qmstool.importing.collecting import Given, take_in
from qmstool.importing.workbooks import sheets
from qmstool.importing.workbooks.sheets import read_sheets
from tests.importing.test_hostile_files import KNOWN
from tests.support.machine import time_limit
from tests.support.word_files import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME = "Danh muc ho so.xlsx"
HEADS = ("Mã", "Tên hồ sơ", "Thời gian lưu", "Nơi lưu")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(change: Callable[[Any], object] = lambda _: None) -> bytes:
    """A register of one record, changed."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    book.active.append(("HS-01", "Hồ sơ một", "3 năm", "VP"))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_parts(data: bytes, more: Mapping[str, tuple[str, str]]) -> bytes:
    """A workbook with words put in before others of a part, or a part of them alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (words, before) in more.items():
        parts[name] = parts.get(name, b"").replace(before.encode(), (words + before).encode())
    return pack(parts)


def told(data: bytes, name: str = NAME) -> list[tuple[str, str]]:
    """Where something was left out, and what is said of it."""
    lines = take_in([Given(name, data)], KNOWN).lines
    return [(line.place.en, line.message.en) for line in lines if line.group == "left-out"]


def set_cells(**cells: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for place, words in cells.items():
            book.active[place] = words

    return change


def test_nothing_is_told_of_a_plain_register() -> None:
    assert told(workbook()) == []


def test_a_remark_on_a_cell_is_told() -> None:
    def change(book: Any) -> None:
        book.active["B2"].comment = Comment("giữ cả\nbản giấy", "a")

    ((place, message),) = told(workbook(change))
    assert (place, "giữ cả bản giấy" in message) == ("sheet «Sheet», cell B2", True)


def test_words_in_a_text_box_are_told() -> None:
    drawing = '<x xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/main"><x:txBody xmlns:x="urn:x"><d:t>trong </d:t><d:t>hộp</d:t></x:txBody></x>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": (relations, ""),
        "xl/drawings/drawing1.xml": (drawing, ""),
    }
    assert told(with_parts(workbook(), parts)) == [
        ("sheet «Sheet», text box", "words in a text box, not taken: «trong hộp»")
    ]


def test_a_formula_that_nobody_reckoned_is_told_and_an_empty_result_is_none() -> None:
    ((place, message),) = told(workbook(set_cells(C2='="x"&D1')))
    assert (place, "(C2)" in message) == ("sheet «Sheet», cell C2", True)
    empty = '<c r="E2" t="str"><f>D1</f><v></v></c>'
    row = with_parts(workbook(), {SHEET: (empty, "</row></sheetData>")})
    assert told(row) == []


def test_words_about_a_table_and_on_other_sheets_are_told() -> None:
    def change(book: Any) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "Lưu ý chung"
        book.active["F3"] = "lạc lõng"
        book.create_sheet("khác").append(["một mình"])

    assert [(place, message.rpartition(":")[2]) for place, message in told(workbook(change))] == [
        ("sheet «Sheet»", " «Lưu ý chung»"),
        ("sheet «Sheet»", " «lạc lõng»"),
        ("sheet «khác»", " «một mình»"),
    ]


def test_a_cell_with_a_colour_far_below_cuts_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 200)
    (sheet,) = read_sheets(workbook(set_cells(A90=" ", Z2="xa")), NAME)
    assert (len(sheet.rows), sheet.rows[1][25], sheet.left) == (2, "xa", ())


def test_what_lies_beyond_what_is_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 4)
    ((place, message),) = told(workbook(set_cells(B5="xa", E2="rộng")))
    assert (place, "2 cells" in message, "(E2, B5)" in message) == (
        "sheet «Sheet», cell E2",
        True,
        True,
    )
    rows = "".join(f"HS-0{number};Hồ sơ {number};3 năm\n" for number in range(4))
    ((place, message),) = told(f"{';'.join(HEADS[:3])}\n{rows}".encode(), "Danh muc ho so.csv")
    assert (place, "2 cells" in message) == ("CSV table, cell A4", True)


@pytest.mark.parametrize("cells", ["A1:XFD1048576", "A9:A1048576", "XFD1048576:A1"])
@pytest.mark.parametrize("kind", ["mergeCell", "hyperlink"])
def test_cells_that_are_one_without_end_are_refused(kind: str, cells: str) -> None:
    words = f'</sheetData><{kind}s><{kind} ref="{cells}" location="x"/></{kind}s>'
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", words.encode())
    with time_limit(), pytest.raises(QmsError) as refused:
        read_sheets(pack(parts), NAME)
    assert cells in refused.value.text.en
