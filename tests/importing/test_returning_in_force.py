"""`import --update` of the text in force, of several files of one document, and of odd tables."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from qmstool.importing.blocks import SourceTable
from qmstool.importing.returning.shown import shown_nodes
from qmstool.importing.word.reader import read_word
from tests.support.cli.scenes import FIRST, make_scene, tool
from tests.support.word_files import make_docx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.support.repository import Repo

PATH = "procedures/qt-vp-01.md"
MONTHLY, SOONER, YEARLY = (
    ("hằng quý", "hằng tháng"),
    ("trong 10 ngày", "trong 3 ngày"),
    ("hằng quý", "hằng năm"),
)


@pytest.fixture
def scene(tmp_path: Path) -> Repo:
    """A manual taken over as release 1, its text in force beside it as `e.docx`."""
    repo = make_scene(tmp_path / "m")
    out = str(tmp_path / "e.docx")
    assert tool(repo, "export", "docx", "QT VP 01", "--output", out) == 0
    return repo


def returned(repo: Repo, *edits: tuple[str, str]) -> list[str]:
    """A file for each edit of the exported one."""
    made = []
    for number, (old, new) in enumerate(edits):
        path = repo.folder.parent / f"{number}.docx"
        with (
            zipfile.ZipFile(repo.folder.parent / "e.docx") as exported,
            zipfile.ZipFile(path, "w") as archive,
        ):
            for name in exported.namelist():
                archive.writestr(name, exported.read(name).replace(old.encode(), new.encode()))
        made.append(str(path))
    return made


def draft(*edits: tuple[str, str]) -> str:
    text = FIRST
    for old, new in edits:
        text = text.replace(old, new)
    return text


def test_the_text_in_force_comes_back_as_it_went(
    scene: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is told of its record is no word of the text."""
    assert tool(scene, "import", "--update", str(scene.folder.parent / "e.docx")) == 0
    assert "không có gì thay đổi" in capsys.readouterr().out


def test_that_an_edit_makes_a_draft_of_it_is_no_change_of_its_text(
    scene: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(scene, "import", "--update", "--yes", *returned(scene, MONTHLY)) == 0
    assert "sửa 1." in capsys.readouterr().out
    assert (scene.folder / PATH).read_text("utf-8") == draft(MONTHLY)


@pytest.mark.parametrize("committed", [True, False])
def test_two_people_who_edited_one_text_are_both_taken(*, committed: bool, scene: Repo) -> None:
    if not committed:
        (scene.folder / ".git").rename(scene.folder.parent / "git")
    assert tool(scene, "import", "--update", "--yes", *returned(scene, MONTHLY, SOONER)) == 0
    assert (scene.folder / PATH).read_text("utf-8") == draft(MONTHLY, SOONER)
    pages = sorted(path.name for path in (scene.folder / "import-update").iterdir())
    assert pages == ["QT-VP-01-2.html", "QT-VP-01.html"]


def test_where_two_people_say_different_things_it_is_a_conflict(
    scene: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(scene, "import", "--update", "--yes", *returned(scene, MONTHLY, YEARLY)) == 1
    assert "XUNG ĐỘT ở 1 chỗ" in capsys.readouterr().err
    assert (scene.folder / PATH).read_text("utf-8") == draft(MONTHLY)


@pytest.mark.parametrize("rows", [[], ["<w:tr/>"], ["<w:tr><w:trPr/></w:tr>"]])
def test_a_table_without_cells_shows_nothing(rows: Sequence[str]) -> None:
    data = make_docx(f"<w:tbl>{''.join(rows)}</w:tbl>")
    read = read_word(data, "a.docx").blocks
    assert [type(block) for block in read] == [SourceTable]
    assert shown_nodes(read) == []


def test_a_table_that_lost_all_its_rows_is_taken_out(scene: Repo) -> None:
    path = str(scene.folder.parent / "e.docx")
    document = docx.Document(path)
    for row in document.tables[-1].rows:
        row._tr.getparent().remove(row._tr)
    document.save(path)
    assert tool(scene, "import", "--update", "--yes", path) == 0
    table = FIRST[FIRST.index("| Bước") : FIRST.index("- Bản giấy")]
    assert (scene.folder / PATH).read_text("utf-8") == FIRST.replace(table, "")
