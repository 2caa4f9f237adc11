"""Registers in Excel: found by their heads wherever they stand, each row told, nothing invented."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from qmstool.i18n import QmsError, Text
from qmstool.importing.workbooks.field_names import read_columns
from qmstool.importing.workbooks.found_tables import MOST_TABLES, TableKind, find_tables
from qmstool.importing.workbooks.registers import read_matrix, read_register
from qmstool.importing.workbooks.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.importing.workbooks.registers import ReadRegister

SHEET = Text("trang tính «S»", "sheet «S»")
Rows = list[list[str]]


def _read(rows: Sequence[Sequence[str]], *said: str) -> list[ReadRegister]:
    tables = find_tables(rows, SHEET, read_columns(said).everywhere)
    return [read for read in map(read_register, tables) if read is not None]


def _values(read: ReadRegister) -> list[dict[str, str]]:
    return [entry.values for entry in read.entries]


HEADS = ["STT", "Mã tài liệu", "Tên tài liệu", "Đơn vị nhận", "Số lượng", "Bản số", "Ngày phát"]
ROW = ["1", "QT-VP-01", "Kiểm soát tài liệu", "Phòng Kỹ thuật", "1", "03", "2024-03-06"]
VALUES = {
    "code": "QT-VP-01", "title": "Kiểm soát tài liệu", "unit": "Phòng Kỹ thuật", "copies": "1",
    "copy": "03", "given": "2024-03-06",
}  # fmt: skip
TITLE = ["CÔNG TY A", "", "", "", "", "", ""]
EMPTY = [""] * 7


@pytest.mark.parametrize(
    "rows",
    [
        [HEADS, ROW],
        [TITLE, ["SỔ PHÂN PHỐI TÀI LIỆU", *[""] * 6], EMPTY, ["Năm 2024", *[""] * 6], HEADS, ROW],
        [HEADS, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], ROW],
        [HEADS, ["I", "", "Quy trình", "", "", "", ""], ROW],
        # Heads over two rows: cells merged downwards stand in both, what is above others once.
        [
            ["STT", "Tài liệu", "", "Nơi nhận", "Bản phát", "", ""],
            ["STT", "Mã", "Tên", "Nơi nhận", "Số lượng", "Bản số", "Ngày phát"],
            ROW,
        ],
        # The same, not merged downwards.
        [
            ["STT", "Tài liệu", "", "Nơi nhận", "Bản phát", "", ""],
            ["", "Mã", "Tên", "", "Số lượng", "Bản số", "Ngày"],
            ROW,
        ],
        [
            ["No.", "Document code", "Document title", "Receiver", "Number of copies", "Copy No.", "Date given"],
            ROW,
        ],
        [
            ["STT\nNo.", "Mã tài liệu\nDocument code", "Tên / Title", "Đơn vị nhận (Receiver)", "Số bản / Copies",
             "Bản số (copy no.)", "Ngày phát (ngày/tháng/năm)"],
            ROW,
        ],
    ],
)  # fmt: skip
def test_a_register_of_distribution_is_known_by_its_heads(rows: Rows) -> None:
    (read,) = _read(rows)
    assert read.kind is TableKind.DISTRIBUTION
    assert _values(read) == [VALUES]


def test_each_row_has_its_place_and_one_that_is_left_out_too() -> None:
    (read,) = _read([TITLE, HEADS, ROW, ["2", "QT-VP-02", "Hồ sơ", "", "1", "", ""]])
    assert [entry.place.vi for entry in read.entries] == ["trang tính «S», dòng 3"]
    assert [row.number for row in read.left] == [4]


def test_a_document_left_empty_is_that_of_the_row_above() -> None:
    (read,) = _read([HEADS, ROW, ["", "", "", "Văn phòng", "2", "", ""]])
    assert _values(read)[1] == VALUES | {
        "unit": "Văn phòng", "copies": "2", "copy": "", "given": "",
    }  # fmt: skip


DOCUMENTS = [["Mã", "Tên tài liệu", "Lần ban hành"], ["QT-VP-01", "Kiểm soát tài liệu", "2"]]
RECORDS = [["Tên hồ sơ", "Nơi lưu", "Thời gian lưu"], ["Hồ sơ đào tạo", "Phòng TC", "007"]]


@pytest.mark.parametrize(
    "rows",
    [
        [*DOCUMENTS, ["", "", ""], ["DANH MỤC HỒ SƠ", "", ""], *RECORDS],
        [*DOCUMENTS, *RECORDS],
        [[*one, "", *two] for one, two in zip(DOCUMENTS, RECORDS, strict=True)],
    ],
)
def test_two_registers_on_a_sheet_below_or_beside_each_other(rows: Rows) -> None:
    documents, records = _read(rows)
    assert (documents.kind, records.kind) == (TableKind.DOCUMENTS, TableKind.RECORDS)
    assert [entry.key for entry in documents.entries] == ["QT-VP-01"]
    assert [entry.values["title"] for entry in records.entries] == ["Hồ sơ đào tạo"]
    assert (documents.left, records.left) == ((), ())


@pytest.mark.parametrize("row", [["1", "2", "3"], ["a", "b", "c"], ["Mã", "x", "y"]])
def test_what_is_no_register_is_none(row: list[str]) -> None:
    assert _read([row, ["1", "2", "3"]]) == []


def test_a_person_says_what_a_column_holds() -> None:
    rows = [["Ký tự", "Tên gọi", "Ngày"], ["QT-VP-01", "Kiểm soát tài liệu", "2024"]]
    assert _read(rows) == []
    (read,) = _read(rows, "ký  TỰ=code", "Tên gọi=tên", "Ngày=-")
    assert _values(read) == [{"code": "QT-VP-01", "title": "Kiểm soát tài liệu"}]


@pytest.mark.parametrize(
    ("written", "told"), [("code", "HEAD=FIELD"), ("=code", "HEAD=FIELD"), ("Số=cod", "code")]
)
def test_a_column_said_wrongly_is_told(written: str, told: str) -> None:
    with pytest.raises(QmsError, match=told):
        read_columns([written])


def _workbook(rows: Sequence[Sequence[Any]], *merged: str, hidden: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
        sheet.auto_filter.ref = f"A1:B{len(rows)}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_merged_and_filtered_rows_of_a_workbook_are_whole() -> None:
    rows: list[list[Any]] = [
        ["Mã tài liệu", "Đơn vị nhận", "Số bản"],
        ["QT-VP-01", "Văn phòng", 1],
        [None, "Phòng Kỹ thuật", 2],
        ["QT-VP-02", "Văn phòng", 1],
    ]
    (sheet,) = read_sheets(_workbook(rows, "A2:A3", hidden=4), "a.xlsx")
    (read,) = _read(sheet.rows)
    assert [(row["code"], row["unit"], row["copies"]) for row in _values(read)] == [
        ("QT-VP-01", "Văn phòng", "1"), ("QT-VP-01", "Phòng Kỹ thuật", "2"), ("QT-VP-02", "Văn phòng", "1"),
    ]  # fmt: skip


def test_what_a_person_says_of_a_column_outweighs_what_the_others_look_like() -> None:
    rows = [["STT", "Tên văn bản", "Số hiệu"], ["QT-VP-01", "Kiểm soát tài liệu", "04/2011/QH13"]]
    assert [read.kind for read in _read(rows)] == [TableKind.EXTERNAL]
    assert [read.kind for read in _read(rows, "STT=code")] == [TableKind.DOCUMENTS]


MATRIX = [
    ["STT", "Mã", "Tên tài liệu", "Lần ban hành", "VP", "Phòng Kỹ thuật", "Số trang", "Ghi chú"],
    ["1", "QT-VP-01", "Kiểm soát tài liệu", "2", "x", "", "12", ""],
    ["2", "QT-VP-02", "Hồ sơ", "1", "X", "2", "5", "mới"],
]


def test_a_list_of_documents_with_a_column_for_each_unit_says_who_holds_them() -> None:
    tables = find_tables([["BẢNG PHÂN PHỐI TÀI LIỆU", *[""] * 7], *MATRIX], SHEET, {})
    (read,) = [read for read in map(read_matrix, tables) if read is not None]
    assert [(one["code"], one["unit"], one["copies"]) for one in _values(read)] == [
        ("QT-VP-01", "VP", ""), ("QT-VP-02", "VP", ""), ("QT-VP-02", "Phòng Kỹ thuật", "2"),
    ]  # fmt: skip
    assert [read_matrix(table) for table in find_tables(MATRIX, SHEET, {})] == [None]


@pytest.mark.parametrize("above", [["Tài liệu: QT-VP-01 – Kiểm soát tài liệu", ""], ["", ""]])
def test_a_list_of_recipients_is_of_the_document_named_above_it(above: list[str]) -> None:
    rows = [above, ["Nơi nhận", "Số bản"], ["Văn phòng", "2"]]
    (table,) = find_tables(rows, SHEET, {}, "Phan phoi.xlsx")
    read = read_register(table)
    assert read is not None
    (entry,) = read.entries
    assert entry.values == {
        "code": "QT-VP-01" if above[0] else "", "unit": "Văn phòng", "copies": "2",
    }  # fmt: skip


def test_a_sheet_of_nothing_but_heads_is_read_within_bounds() -> None:
    assert len(find_tables([HEADS] * 5_000, SHEET, {})) == MOST_TABLES
