from __future__ import annotations

import argparse
import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from qmstool.cli.tables import print_table
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.config import Config
from qmstool.releases.record import check_code, exact_sha256
from qmstool.tables.format import as_csv, as_json, as_text
from qmstool.tables.registers import Table
from qmstool.terminal import escape_lines
from tests.support.cli.scenes import make_scene, run_command
from tests.support.memory import MemoryTree

TABLE = Table(
    Text("Danh mục", "Register"),
    (("code", Text("Mã", "Code")), ("title", Text("Tên", "Title"))),
    (("QT 01", "Quy trình kiểm soát"), ("=cmd()", "x\x1b[31m")),
)


def test_csv_opens_in_excel_with_accents_and_without_formulas() -> None:
    text = as_csv(TABLE, "vi")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Mã", "Tên"]
    assert rows[2][0] == "'=cmd()"


def test_json_keeps_the_words_as_they_are() -> None:
    assert json.loads(as_json(TABLE, "en"))[1] == {"code": "=cmd()", "title": "x\x1b[31m"}


def test_a_table_fits_the_terminal_and_carries_no_control_characters() -> None:
    text = escape_lines(as_text(TABLE, "vi", 120))
    assert "\x1b" not in text
    assert "\\x1b[31m" in text
    assert max(map(len, text.splitlines())) <= 120


def test_only_a_terminal_has_an_edge(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What goes into a pipe or a file keeps each row on a line of its own, whatever COLUMNS says."""
    monkeypatch.setenv("COLUMNS", "30")
    options = argparse.Namespace(format="table", output=None, root=Path(), wide=False)
    config = Config(organization="Nơi thử")
    long = replace(TABLE, rows=(("QT 01", "Quy trình kiểm soát thông tin dạng văn bản"),))
    print_table(options, long, "vi", MemoryTree({}), config)
    assert "QT 01  Quy trình kiểm soát thông tin dạng văn bản\n" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_table(options, long, "vi", MemoryTree({}), config)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 30


def test_direction_marks_are_shown_and_not_obeyed() -> None:
    assert escape_lines("a\u202eb\x07") == "a\\u202eb\\x07"


def test_an_excel_file_says_where_it_comes_from_and_holds_the_rows(tmp_path: Path) -> None:
    options = argparse.Namespace(format="xlsx", output=tmp_path / "bảng.xlsx", root=tmp_path)
    config = Config(organization="Nơi thử")
    print_table(options, TABLE, "vi", MemoryTree({}), config, day=date(2026, 3, 1))
    book = openpyxl.load_workbook(options.output)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0] == ["Mã", "Tên"]
    assert rows[2][0] == "=cmd()"
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows(min_row=3)}
    assert about["Tổ chức"] == "Nơi thử"
    assert about["Tính tại ngày"] == "2026-03-01"
    assert about["Phiên bản git"] == "không có (không phải kho git)"
    code = check_code(exact_sha256(as_json(TABLE, "vi").encode()))
    assert about["Mã kiểm tra của bảng"] == code


def test_an_excel_file_is_not_poured_onto_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    options = argparse.Namespace(format="xlsx", output=None, root=Path())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(QmsError, match="--output"):
        print_table(options, TABLE, "vi", MemoryTree({}), Config(organization="Nơi thử"))


def test_a_terminal_shows_the_columns_asked_for_most_and_breaks_no_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = ("code", "title", "type", "issue", "state", "effective", "check_code")
    columns = tuple((key, Text(key, key)) for key in keys)
    row = (
        "QT BIS 01",
        "Quy trình kiểm soát " * 6,
        "Quy trình",
        "1",
        "hiệu lực",
        "2026-03-01",
        "AB-CD",
    )
    table = Table(Text("Danh mục", "Register"), columns, (row,))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    config = Config(organization="Nơi thử")
    for wide, last in ((False, "Thêm --wide để xem: type, check_code."), (True, "")):
        options = argparse.Namespace(format="table", output=None, root=Path(), wide=wide)
        print_table(options, table, "vi", MemoryTree({}), config)
        out = capsys.readouterr().out
        assert ("check_code" in out.splitlines()[2]) == wide
        assert "QT BIS 01" in out
        assert out.rstrip().endswith(last)


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (["trail"], "Rastro"),
        (["history", "QT VP 01"], "Tabla de cambios"),
        (["distribution"], "Lista de distribución"),
        (["distribution", "--ledger"], "Libro de copias"),
        (["as-of", "2024-06-01"], "En vigor el"),
        (["register", "internal"], "Lista de documentos controlados"),
    ],
)
def test_printed_tables_speak_the_language_of_the_manual(
    command: list[str], title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    manifest = (repo.folder / "qms.yml").read_text().replace("language: vi", "language: es")
    repo.commit("Español", {"qms.yml": manifest})
    words = [*command, "--root", str(repo.folder), "--format", "html"]
    _, out = run_command(capsys, *words)
    assert f"<h1>{title}" in out
    assert "En total: " in out
    assert "Made on" not in out
    assert run_command(capsys, *words, "--lang", "en")[1] == out
