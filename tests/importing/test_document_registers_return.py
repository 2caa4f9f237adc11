"""`import --update` of the registers of documents and of forms: their heads change, no record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from qmstool.cli.main import main
from tests.support.manuals import tiny
from tests.support.repository import Repo, set_language

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """---
# ghi tay
code: QT VP 07   # mã
type: procedure
title: "Mua sắm"
owner: VP
review_months: 12
---
# Mua sắm

Theo kế hoạch năm.
"""
FORM = """---
code: BM VP 07.01
type: form
title: Phiếu mua
parent: QT VP 07
owner: VP
---
"""
PATH, FORM_PATH = "procedures/qt-vp-07.md", "procedures/bm-vp-07.01.md"
HEADS = {
    "vi": {"title": "Tên tài liệu", "owner": "Đơn vị chủ trì", "kept": "Thời hạn bảo quản"},
    "en": {"title": "Title", "owner": "Owner", "kept": "Retention"},
}


@pytest.fixture
def manual(tmp_path: Path) -> Repo:
    repo = Repo.make(tmp_path / "m")
    repo.commit("Bản đầu", {**tiny(), PATH: TEXT, FORM_PATH: FORM})
    return repo


def _exported(repo: Repo, tmp_path: Path, which: str = "internal", lang: str = "en") -> Path:
    target = tmp_path / f"{which}.xlsx"
    set_language(repo, lang)
    arguments = ["register", which, "--format", "xlsx"]
    assert main([*arguments, "--root", str(repo.folder), "--output", str(target)]) == 0
    return target


def _edit(file: Path, *cells: tuple[str, str, str]) -> Path:
    """Set cells: code of the row, head, value."""
    book = openpyxl.load_workbook(file)
    sheet: Any = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for code, head, value in cells:
        row = next(row for row in sheet.iter_rows() if row[0].value == code)
        sheet.cell(row[0].row, heads[head], value)
    book.save(file)
    return file


def _update(repo: Repo, file: Path, *options: str) -> int:
    arguments = ["import", "--update", str(file), "--root", str(repo.folder), "--lang", "en"]
    return main([*arguments, *options])


def _text(repo: Repo, path: str = PATH) -> str:
    return (repo.folder / path).read_text("utf-8")


@pytest.mark.parametrize("which", ["internal", "forms"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_register_that_nobody_edited_changes_nothing(
    which: str, lang: str, manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _exported(manual, tmp_path, which, lang)
    capsys.readouterr()
    assert _update(manual, file, "--yes") == 0
    assert "nothing changed" in capsys.readouterr().out
    assert not manual.git("status", "--porcelain")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_changed_cells_change_the_head_and_the_rest_stays(
    lang: str, manual: Repo, tmp_path: Path
) -> None:
    heads = HEADS[lang]
    file = _edit(
        _exported(manual, tmp_path, lang=lang),
        ("QT VP 07", heads["title"], "Mua sắm: cách *mới*"),
        ("QT VP 07", heads["kept"], "10 năm"),
        ("BM VP 07.01", heads["owner"], ""),
    )
    assert _update(manual, file, "--yes") == 0
    wanted = TEXT.replace('title: "Mua sắm"', 'title: "Mua sắm: cách *mới*"')
    wanted = wanted.replace("# Mua sắm\n", "# Mua sắm: cách \\*mới\\*\n")
    wanted = wanted.replace("# mã\n", "# mã\nretention: 10 năm\n")
    assert _text(manual) == wanted
    assert _text(manual, FORM_PATH) == FORM.replace("owner: VP", "owner: unknown")
    changed = manual.git("status", "--porcelain").splitlines()
    assert len(changed) == 2


def test_a_form_moves_to_another_document_that_is_there(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _exported(manual, tmp_path, "forms")
    _edit(file, ("BM VP 07.01", "Belongs to", "QT ZZ 99"))
    assert _update(manual, file, "--yes") == 1
    assert "No document bears the code «QT ZZ 99»" in capsys.readouterr().out
    other = next(
        line.removeprefix("code: ")
        for path, data in sorted(tiny().items())
        if path.startswith("procedures/") and path.endswith(".md")
        for line in data.decode().splitlines()
        if line.startswith("code: ") and "QT" in line
    )
    _edit(file, ("BM VP 07.01", "Belongs to", other))
    assert _update(manual, file, "--yes") == 0
    assert _text(manual, FORM_PATH) == FORM.replace("parent: QT VP 07", f"parent: {other}")


@pytest.mark.parametrize(
    ("head", "value", "told"),
    [
        ("Issue", "3", "release prepare"),
        ("Revision", "9", "release prepare"),
        ("State", "in force", "release prepare"),
        ("Effective", "2026-01-01", "release prepare"),
        ("Approver", "Ai đó", "release prepare"),
        ("Check code", "0000-0000", "release prepare"),
        ("Last review", "2026-01-01", "record review"),
        ("Review due", "2027-01-01", "record review"),
        ("Not acknowledged", "Ai đó", "record reading"),
        ("Code", "QT VP 77", "qmstool rename"),
        ("Distribution", "Mọi người", "distribution at the head of procedures/qt-vp-07.md"),
        ("Owner", "Phòng Ma", "no unit, role or person called «Phòng Ma»"),
        ("Type", "thơ", "no type of document «thơ»"),
        ("Title", "", "cannot be left empty"),
    ],
)
def test_what_a_sheet_does_not_decide_says_who_does(
    head: str,
    value: str,
    told: str,
    manual: Repo,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = _edit(_exported(manual, tmp_path), ("QT VP 07", head, value))
    capsys.readouterr()
    assert _update(manual, file, "--yes") == 1
    assert told in " ".join(capsys.readouterr().out.split())
    assert not manual.git("status", "--porcelain")


def test_rows_that_came_and_went_are_told(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _exported(manual, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet: Any = book.worksheets[0]
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == "QT VP 07")
    sheet.delete_rows(at)
    sheet.append(["QT VP 99", "Việc mới"])
    book.save(file)
    assert _update(manual, file, "--yes") == 1
    said = capsys.readouterr().out
    assert "qmstool new TYPE CODE TITLE" in said
    assert "qmstool withdraw CODE" in said
    assert not manual.git("status", "--porcelain")


def test_what_the_draft_changed_since_stays(
    manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _edit(_exported(manual, tmp_path), ("QT VP 07", "Title", "Mua"))
    draft = TEXT.replace("Mua sắm", "Mua sắm và thuê")
    manual.commit("Sửa sau", {PATH: draft, FORM_PATH: FORM.replace("Phiếu", "Giấy")})
    assert _update(manual, file, "--yes") == 1
    assert "has become «Mua sắm và thuê»" in capsys.readouterr().out
    assert _text(manual) == draft
    assert "Giấy" in _text(manual, FORM_PATH)


@pytest.mark.parametrize("how", ["uncommitted", "another day", "no sheet about", "csv"])
def test_a_table_that_cannot_be_made_again_is_not_guessed_at(
    how: str, manual: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_language(manual, "en")
    if how == "uncommitted":
        (manual.folder / PATH).write_text(TEXT.replace("Mua sắm", "Mua"))
    file = _exported(manual, tmp_path)
    if how == "uncommitted":
        manual.git("checkout", "--", ".")
    elif how == "csv":
        file = tmp_path / "internal.csv"
        arguments = ["register", "internal", "--format", "csv", "--lang", "en"]
        assert main([*arguments, "--root", str(manual.folder), "--output", str(file)]) == 0
    else:
        book = openpyxl.load_workbook(file)
        if how == "no sheet about":
            book.remove(book.worksheets[1])
        else:
            about: Any = book.worksheets[1]
            for row in about.iter_rows():
                if row[0].value == "Check code of the table":
                    row[1].value = "0000-0000-0000"
        book.save(file)
    capsys.readouterr()
    assert _update(manual, file, "--yes") == 2
    assert "export anew with qmstool register internal" in capsys.readouterr().err
    assert not manual.git("status", "--porcelain")
