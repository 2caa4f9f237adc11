"""Every command that gives a table gives it for Excel: read back by LibreOffice and by another library."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
import python_calamine

from qmstool.cli.main import main
from tests.support.cli.scenes import FIRST, make_scene, run_command, sign_release
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

TABLES = {
    "findings": ("check",),
    "internal": ("register", "internal"),
    "external": ("register", "external"),
    "forms": ("register", "forms"),
    "records": ("register", "records"),
    "matrix": ("matrix",),
    "clauses": ("matrix", "--clauses"),
    "history": ("history", "QT VP 01"),
    "trail": ("trail",),
    "distribution": ("distribution",),
    "ledger": ("distribution", "--ledger"),
    "opinions": ("opinions",),
    "handover": ("handover", "le-thi-mau"),
    "as-of": ("as-of", "2024-03-06"),
}
# What a spreadsheet makes something else of, where one lets it.
TITLES = ("=1+1", "internal: 4.10", "007", "01/03/2026")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    made = make_scene(tmp_path_factory.mktemp("bang") / "kho")
    more = {}
    for number, title in enumerate(TITLES, 3):
        text = FIRST.replace("QT VP 01", f"QT VP 0{number}").split("---")[1]
        head = "\n".join(
            line for line in text.split("\n") if not line.startswith(("title", "names"))
        )
        more[f"procedures/qt-vp-0{number}.md"] = (
            f'---{head}title: "{title}"\n---\n\n# 1. Mục đích\n\nTheo QT VP 99.\n'
        )
    sign_release(made)
    made.commit("Tên khó\n\nReason: =1+1", more, day="2024-03-10")
    return made


@pytest.fixture(scope="module")
def books(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xlsx")
    for name, words in TABLES.items():
        output = str(folder / f"{name}.xlsx")
        assert main(
            [*words, "--root", str(repo.folder), "--format", "xlsx", "--output", output]
        ) in {0, 1}
    return folder


def rows_of(path: Path) -> list[list[str]]:
    return [
        [str(cell) for cell in row]
        for row in python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    ]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "findings"])
def test_every_table_holds_what_its_json_holds(
    name: str, books: Path, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run_command(capsys, *TABLES[name], "--root", str(repo.folder), "--format", "json")
    said = [list(row.values()) for row in json.loads(out)]
    assert rows_of(books / f"{name}.xlsx")[1:] == said


def test_the_findings_stand_one_a_row(
    books: Path, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run_command(
        capsys, "check", "--root", str(repo.folder), "--format", "json", "--lang", "vi"
    )
    found = json.loads(out)["findings"]
    assert status == 1
    assert len(found) > len(TITLES)
    head, *rows = rows_of(books / "findings.xlsx")
    assert head == [
        "Mức",
        "Quy tắc",
        "Tên quy tắc",
        "Tệp",
        "Dòng",
        "Cột",
        "Cần sửa gì",
        "Có phải là",
        "Để riêng vì",
    ]
    assert [row[1:7] for row in rows] == [
        [
            each["rule"],
            each["slug"],
            each["path"],
            str(each["line"]),
            str(each["column"]),
            each["message"]["vi"],
        ]
        for each in found
    ]
    assert {row[0] for row in rows} <= {"lỗi", "cảnh báo", "gợi ý"}


def test_what_a_text_or_a_list_sets_apart_stands_below_with_its_reason(
    repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known, output = str(tmp_path / "no.yml"), tmp_path / "x.xlsx"
    run_command(capsys, "check", "--root", str(repo.folder), "--write-baseline", known)
    words = ("--format", "xlsx", "--output", str(output), "--lang", "en")
    assert (
        run_command(capsys, "check", "--root", str(repo.folder), "--baseline", known, *words)[0]
        == 0
    )
    rows = rows_of(output)[1:]
    assert rows
    assert {row[-1] for row in rows} == {"known before"}


def test_nothing_in_any_of_them_is_a_formula_and_each_says_where_it_comes_from(books: Path) -> None:
    for name in TABLES:
        book = openpyxl.load_workbook(books / f"{name}.xlsx")
        first, about = book.worksheets
        assert {cell.data_type for row in first.iter_rows() for cell in row} <= {"s", "n", "d"}, (
            name
        )
        assert first.freeze_panes == "A2", name
        said = {row[0].value: row[1].value for row in about.iter_rows(min_row=3)}
        assert said["Tổ chức"], name
        assert len(str(said["Mã kiểm tra của bảng"])) == len("K7QF-2M9X-81AB"), name


@needs("soffice")
def test_libreoffice_opens_them_and_shows_the_same_words(books: Path, tmp_path: Path) -> None:
    """One start for all of them."""
    command = [
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", str(tmp_path / "csv"),
        *(str(books / f"{name}.xlsx") for name in TABLES),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name in TABLES:
        (made,) = (tmp_path / "csv").glob(f"{name}-*.csv")
        shown = list(csv.reader(io.StringIO(made.read_text("utf-8"))))
        sheet = openpyxl.load_workbook(books / f"{name}.xlsx").worksheets[0]
        words = [
            [str(cell.value or "") for cell in row if cell.data_type == "s" or not cell.value]
            for row in sheet.iter_rows()
        ]
        for row, wanted in zip(shown, words, strict=True):
            assert not {cell for cell in wanted if cell} - set(row), name
    titles = {
        row[1]
        for row in csv.reader(
            io.StringIO(next((tmp_path / "csv").glob("internal-*")).read_text("utf-8"))
        )
    }
    assert set(TITLES) <= titles
