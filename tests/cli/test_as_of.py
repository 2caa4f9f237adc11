"""`as-of`: its texts as files, and what was known on an earlier day.

Every day is asked in `test_life`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from tests.support.cli.scenes import FIRST, SECOND, make_scene, run_command, sign_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_texts_are_written_as_released_into_an_empty_folder_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    repo.commit(
        "Dự thảo sau", {"procedures/qt-vp-01.md": SECOND.replace("hằng tháng", "hằng tuần")}
    )
    out = tmp_path / "ra"
    asked = ["as-of", "2024-03-02", "--root", str(repo.folder), "--texts", str(out)]
    status, table = run_command(capsys, *asked)
    assert status == 0
    assert "QT KT 01" in table
    assert (out / "procedures/qt-vp-01.md").read_text(encoding="utf-8") == SECOND
    assert main(["check", "--root", str(out)]) == 0
    assert run_command(capsys, *asked)[0] == 0  # it is all there: as after a run broken off
    (out / "procedures/qt-vp-01.md").write_text(FIRST, encoding="utf-8")
    assert run_command(capsys, *asked)[0] == 2
    assert (out / "procedures/qt-vp-01.md").read_text(encoding="utf-8") == FIRST
    blob = repo.git("rev-parse", "HEAD~1:procedures/qt-vp-01.md")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    asked[-1] = str(tmp_path / "ra2")
    assert run_command(capsys, *asked)[0] == 1
    assert not (tmp_path / "ra2/procedures/qt-vp-01.md").exists()


def _pipe(out: Path, _: Path) -> None:
    (out / "qms.yml").unlink()
    os.mkfifo(out / "qms.yml")


def _linked_text(out: Path, home: Path) -> None:
    (out / "qms.yml").rename(home / "qms.yml")
    (out / "qms.yml").symlink_to(home / "qms.yml")


def _linked_folder(out: Path, home: Path) -> None:
    (out / "procedures").rename(home / "procedures")
    (out / "procedures").symlink_to(home / "procedures")


def _link_beside(out: Path, home: Path) -> None:
    (out / "ngoai").symlink_to(home)


def _other_words(out: Path, _: Path) -> None:
    text = (out / "procedures/qt-vp-01.md").read_text(encoding="utf-8")
    (out / "procedures/qt-vp-01.md").write_text(text + "Dự thảo.\n", encoding="utf-8")


@pytest.mark.parametrize("put", [_pipe, _linked_text, _linked_folder, _link_beside, _other_words])
def test_what_somebody_else_made_there_is_neither_taken_over_nor_written_into(
    tmp_path: Path, put: Callable[[Path, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    out, home = tmp_path / "ra", tmp_path / "home"
    home.mkdir()
    asked = ["as-of", "2024-03-02", "--root", str(repo.folder), "--texts", str(out)]
    assert run_command(capsys, *asked)[0] == 0
    put(out, home)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    assert run_command(capsys, *asked)[0] == 2
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_known_on_an_earlier_day_the_late_record_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    words = ["as-of", "2024-03-02", "--root", str(repo.folder), "--format", "json"]
    assert "QT KT 01" in run_command(capsys, *words)[1]
    assert "QT KT 01" not in run_command(capsys, *words, "--known-on", "2024-03-04")[1]
    _, html = run_command(capsys, *words, "--known-on", "2024-03-04", "--format", "html")
    assert "có hiệu lực ngày 02/03/2024, theo điều đã ghi nhận đến ngày 04/03/2024" in html
    with pytest.raises(SystemExit):
        main(["as-of", "hôm qua"])


@pytest.mark.parametrize("place", [".git/hooks/post-commit", "procedures/.x/a.md", "../a.md"])
def test_no_record_has_a_text_written_into_a_hidden_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    repo = make_scene(tmp_path / "kho")
    record = repo.folder / "releases/0001.yml"
    text = record.read_text("utf-8").replace("path: procedures/qt-vp-01.md", f"path: {place}")
    assert place in text
    repo.commit("Sửa bản ghi", {"releases/0001.yml": text})
    out = tmp_path / "out"
    words = ["as-of", "2999-01-01", "--texts", str(out), "--root", str(repo.folder)]
    status, _ = run_command(capsys, *words)
    assert status == 2
    assert list(tmp_path.rglob("post-commit")) == []
    assert not out.exists() or list(out.rglob("*")) == []
