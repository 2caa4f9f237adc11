"""Excel files: what goes in comes out, read by two libraries that did not write it."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import python_calamine

from qmstool.export import xlsx
from qmstool.i18n import QmsError, Text
from qmstool.tables.registers import Table

DAY = date(2026, 3, 1)
COLUMNS = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên tài liệu", "Title")),
    ("effective", Text("Ngày hiệu lực", "Effective")),
)
TEXTS = (
    "4.10",
    "007",
    "01/03/2026",
    "=1+1",
    "+84 24",
    "-1",
    "@SUM(A1)",
    "{=1}",
    "internal: đánh giá nội bộ",
    "external: nhà cung cấp",
    "mailto:a@example.org",
    "https://example.org/tài-liệu",
    "＝1+1",
    "1e5",
    "2026-03-01",
    "TRUE",
    "#N/A",
    "_x0041_",
    "a\nb",
    "  hai đầu  ",
    "Nghiêm ngặt: ề ở ự đ Đ",
)


def _table(*rows: tuple[str, str, str], title: str = "Danh mục") -> Table:
    return Table(Text(title, title), COLUMNS, rows)


def _open(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _bytes(table: Table, about: xlsx.About = ()) -> bytes:
    return xlsx.as_xlsx(table, about, DAY, "vi")


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_the_text_it_is(text: str) -> None:
    content = _bytes(_table((text, text, "")))
    cell = _open(content).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert rows.to_python()[1][1] == text


def test_nothing_in_the_file_is_a_formula_or_a_link() -> None:
    rows = [(text, text, text) for text in TEXTS]
    with zipfile.ZipFile(io.BytesIO(_bytes(_table(*rows)))) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part
            assert b"hyperlink" not in part


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-03-01", datetime(2026, 3, 1)),  # noqa: DTZ001 - a day
        ("", None),
        ("chưa rõ", "chưa rõ"),
        ("2026-03", "2026-03"),
        ("0007-01-01", "0007-01-01"),
        ("1900-02-28", "1900-02-28"),
        ("1900-03-01", datetime(1900, 3, 1)),  # noqa: DTZ001 - a day
        ("20260301", "20260301"),
    ],
)
def test_a_day_in_a_column_of_days_is_a_day(written: str, value: object) -> None:
    cell = _open(_bytes(_table(("a", "b", written)))).worksheets[0]["C2"]
    assert cell.value == value
    if isinstance(value, datetime):
        assert cell.number_format == "dd/mm/yyyy"


def test_letters_apart_are_joined() -> None:
    cell = _open(_bytes(_table(("a\u0302\u0301", "b", "")))).worksheets[0]["A2"]
    assert cell.value == "ấ"


def test_half_a_character_is_shown_as_unreadable() -> None:
    assert _open(_bytes(_table(("a\udc80b", "b", "")))).worksheets[0]["A2"].value == "a?b"


def test_head_filter_print_titles_and_widths() -> None:
    sheet = _open(_bytes(_table(("a", "b" * 200, "2026-03-01")))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["B"].width == pytest.approx(xlsx.WIDEST, abs=1)
    assert [cell.value for cell in sheet[1]] == ["Mã", "Tên tài liệu", "Ngày hiệu lực"]


def test_a_row_is_as_high_as_its_fullest_cell() -> None:
    sheet = _open(
        _bytes(_table(("a", "từ " * 60, ""), ("a", "b", ""), ("a", "1\n2", "")))
    ).worksheets[0]
    heights = [sheet.row_dimensions[number].height for number in (2, 3, 4)]
    assert heights == [4 * xlsx.LINE_HEIGHT, None, 2 * xlsx.LINE_HEIGHT]


def test_an_empty_table_is_a_head() -> None:
    sheet = _open(_bytes(_table())).worksheets[0]
    assert sheet.max_row == 1


def test_the_second_sheet_says_where_the_table_comes_from() -> None:
    about = ((Text("Tổ chức", "Organization"), "=Phòng A"), (Text("Ngày", "Day"), "2026-03-01"))
    sheet = _open(_bytes(_table(), about)).worksheets[1]
    assert sheet.title == "Xuất xứ"
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["Tổ chức", "=Phòng A"],
        ["Ngày", "2026-03-01"],
    ]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert _bytes(_table(("a", "b", "2026-03-01"))) == _bytes(_table(("a", "b", "2026-03-01")))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Danh mục tài liệu nội bộ", "Danh mục tài liệu nội bộ"),
        ("Danh mục hồ sơ chất lượng năm 2026", "Danh mục hồ sơ chất lượng năm 2"),
        ("Sổ 'A'", "Sổ 'A"),
        ("a/b: [c]*?", "a b c"),
        ("", "1"),
        ("History", "History 1"),
        ("xuất XỨ", "xuất XỨ 1"),
    ],
)
def test_the_name_of_the_sheet_is_one_that_excel_takes(title: str, name: str) -> None:
    assert _open(_bytes(_table(title=title))).sheetnames == [name, "Xuất xứ"]


def test_an_ampersand_and_a_year_in_the_title_are_printed() -> None:
    sheet = _open(_bytes(_table(title="2026 R&D"))).worksheets[0]
    assert sheet.oddHeader.center.text.replace("&&", "&").endswith("2026 R&D")


def test_a_cell_that_excel_cannot_hold_is_refused_with_its_place() -> None:
    with pytest.raises(QmsError) as raised:
        _bytes(_table(("a", "b", ""), ("a", "b" * 32_768, "")))
    assert "Row 3, column «Tên tài liệu»" in raised.value.text.en


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(QmsError, match="3 rows"):
        _bytes(_table(("a", "b", ""), ("c", "d", "")))
