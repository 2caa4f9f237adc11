"""Workbooks whose text was typed for old fonts are read in Unicode."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from qmstool.importing.old_letters import Coding
from qmstool.importing.workbooks.sheets import read_sheets

SHOWN = ["Mã hiệu", "Tên hồ sơ", "Nơi lưu", "Phòng Tổ chức"]


def _workbook(font: str, texts: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, text in enumerate(texts, start=1):
        sheet.cell(1, column, text).font = Font(name=font)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("font", "texts", "coding"),
    [
        (".VnTime", ["M· hiÖu", "Tªn hå s¬", "N¬i l­u", "Phßng Tæ chøc"], Coding.TCVN3),
        ("VNI-Times", ["Maõ hieäu", "Teân hoà sô", "Nôi löu", "Phoøng Toå chöùc"], Coding.VNI),
        ("Arial", ["Maõ hieäu", "Teân hoà sô", "Nôi löu", "Phoøng Toå chöùc"], Coding.VNI),
        ("Arial", SHOWN, None),
    ],
)
def test_a_workbook_of_an_old_font(font: str, texts: list[str], coding: Coding | None) -> None:
    (sheet,) = read_sheets(_workbook(font, texts), "a.xlsx")
    assert (sheet.rows, sheet.coding) == ([SHOWN], coding)


OLD = "M· hiÖu;Tªn hå s¬;N¬i l­u;Phßng Tæ chøc"


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (OLD.encode(), Coding.TCVN3),
        (OLD.encode("latin-1"), Coding.TCVN3),
        (";".join(SHOWN).encode(), None),
        (";".join(SHOWN).encode("utf-16"), None),
    ],
)
def test_a_csv_file_however_it_is_kept(data: bytes, coding: Coding | None) -> None:
    (sheet,) = read_sheets(data, "a.csv")
    assert (sheet.rows, sheet.coding) == ([SHOWN], coding)


def test_a_csv_file_of_a_vietnamese_windows() -> None:
    # Such a file keeps a letter and its tone apart; inside all are composed.
    data = "M\u0103 s\xf4\u0301;\u0110\u01a1n vi\u0323".encode("cp1258")
    (sheet,) = read_sheets(data, "a.csv")
    assert sheet.rows == [["Mă số", "Đơn vị"]]


def test_what_is_struck_out_is_told_and_not_taken_whatever_it_is() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    new = CellRichText("Hồ sơ ", TextBlock(InlineFont(strike=True), "cũ "), "mới")
    sheet.append(["Mã", new, 5, "Bỏ"])
    for column in (3, 4):
        sheet.cell(1, column).font = Font(strike=True)
    buffer = io.BytesIO()
    book.save(buffer)
    (read,) = read_sheets(buffer.getvalue(), "a.xlsx")
    assert read.rows == [["Mã", "Hồ sơ mới", "", ""]]
    assert read.struck == ((1, "cũ"), (1, "5"), (1, "Bỏ"))


def test_line_ends_of_a_web_form_are_line_ends() -> None:
    """A workbook writes a carriage return as seven letters, and openpyxl gives these."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Hồ sơ\r\ncủa phòng", "một\rhai"])
        sheet.write_rich_string(0, 2, "ba\r\n", bold, "bốn", "\r\nnăm")
    (read,) = read_sheets(buffer.getvalue(), "a.xlsx")
    assert read.rows == [["Hồ sơ\ncủa phòng", "một\nhai", "ba\nbốn\nnăm"]]
