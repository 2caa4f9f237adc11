"""`import --update` of a register edited in Excel: only the cells that changed change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from qmstool.cli.main import main
from tests.support.manuals import tiny
from tests.support.repository import Repo, set_language

if TYPE_CHECKING:
    from pathlib import Path

EXTERNAL = """# Danh mục, ghi tay.
schema: 1
documents:

  nd-30:
    number: 30/2020/NĐ-CP
    type: Nghị định
    issuer: Chính phủ
    title: Về công tác văn thư   # theo công báo
    issued: 2020-03-05
    effective: unknown
    status: in_force
    checked_on: 2026-01-10
    superseded_by: []
  luat-01: {number: 01/2011/QH13, type: Luật, issuer: Quốc hội, title: Luật Lưu trữ, status: unknown}
  luat-khong-so: {number: unknown, type: Luật, issuer: Quốc hội, title: Luật không số, status: unknown}
"""
PATH = "procedures/external.yml"


@pytest.fixture
def manual(tmp_path: Path) -> Repo:
    repo = Repo.make(tmp_path / "m")
    files = {path: data for path, data in tiny().items() if path != PATH}
    repo.commit("Bản đầu", {**files, PATH: EXTERNAL})
    return repo


def _edited(repo: Repo, tmp_path: Path, *cells: tuple[str, str, str], lang: str = "vi") -> Path:
    """Return the register for Excel with cells set: number or title of the row, head, value."""
    target = tmp_path / "danh-muc.xlsx"
    set_language(repo, lang)
    arguments = ["register", "external", "--format", "xlsx"]
    assert main([*arguments, "--root", str(repo.folder), "--output", str(target)]) == 0
    book = openpyxl.load_workbook(target)
    sheet: Any = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for name, head, value in cells:
        row = next(row for row in sheet.iter_rows() if name in {cell.value for cell in row})
        sheet.cell(row[0].row, heads[head], value)
    book.save(target)
    return target


def _update(repo: Repo, file: Path, *options: str) -> int:
    return main(["import", "--update", str(file), "--root", str(repo.folder), *options])


def _text(repo: Repo) -> str:
    return (repo.folder / PATH).read_text("utf-8")


def test_a_register_that_nobody_edited_changes_nothing(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _edited(manual, tmp_path)
    capsys.readouterr()
    assert _update(manual, file, "--yes", "--lang", "en") == 0
    assert "nothing changed" in capsys.readouterr().out
    assert _text(manual) == EXTERNAL


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_changed_cells_change_and_the_rest_stays(lang: str, manual: Repo, tmp_path: Path) -> None:
    heads = {
        "vi": ("Tên văn bản", "Ngày hiệu lực", "Tình trạng hiệu lực", "bị bãi bỏ"),
        "en": ("Title", "Effective", "Status", "repealed"),
    }[lang]
    file = _edited(
        manual,
        tmp_path,
        ("30/2020/NĐ-CP", heads[1], "2020-03-05"),
        ("30/2020/NĐ-CP", heads[0], "Về công tác văn thư: bản mới, đủ"),
        ("Luật không số", heads[2], heads[3]),
        lang=lang,
    )
    assert _update(manual, file, "--yes") == 0
    wanted = EXTERNAL.replace("effective: unknown", "effective: 2020-03-05")
    wanted = wanted.replace(
        "title: Về công tác văn thư   #", 'title: "Về công tác văn thư: bản mới, đủ"   #'
    )
    wanted = wanted.replace(
        "title: Luật không số, status: unknown", "title: Luật không số, status: repealed"
    )
    assert _text(manual) == wanted


def test_rows_that_came_and_went_are_told(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _edited(manual, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet: Any = book.worksheets[0]
    sheet.delete_rows(3)
    sheet.append(["99/2026/NĐ-CP", "Nghị định", "Mới"])
    book.save(file)
    assert _update(manual, file, "--yes", "--lang", "en") == 1
    said = capsys.readouterr().out
    assert "01/2011/QH13" in said
    assert "99/2026/NĐ-CP" in said
    assert "without --update" in said
    assert _text(manual) == EXTERNAL


def test_a_cell_that_the_draft_changed_too_is_a_conflict(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _edited(manual, tmp_path, ("01/2011/QH13", "Tên văn bản", "Luật Lưu trữ 2011"))
    draft = EXTERNAL.replace("title: Luật Lưu trữ,", "title: Luật Lưu trữ quốc gia,")
    draft = draft.replace("effective: unknown", "effective: 2020-03-06")
    manual.commit("Sửa sau", {PATH: draft})
    assert _update(manual, file, "--yes", "--lang", "en") == 1
    assert "has become «Luật Lưu trữ quốc gia»" in capsys.readouterr().out
    assert _text(manual) == draft


def test_another_sheet_is_refused(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Một", "Hai"])
    book.save(tmp_path / "la.xlsx")
    assert _update(manual, tmp_path / "la.xlsx", "--lang", "en") == 2
    assert "row of heads" in capsys.readouterr().err
