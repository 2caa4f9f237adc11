from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.storage import files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    files.write(tmp_path, "a/b.txt", "chữ\n")
    files.write(tmp_path, "a/b.txt", b"new")
    assert (tmp_path / "a/b.txt").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(QmsError):
        files.write(tmp_path / "in", name, "x")
    assert not (tmp_path / "x").exists()


def test_a_link_does_not_lead_a_write_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in/link").symlink_to(tmp_path / "out")
    with pytest.raises(QmsError):
        files.write(tmp_path / "in", "link/x", "x")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    files.write(tmp_path, "a", "old")
    with pytest.raises(TypeError):
        files.write(tmp_path, "a", 5)  # type: ignore[arg-type]
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_is_written_over_under_the_name_that_the_disk_has(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "thư mục/quy trình.md")
    (tmp_path / apart).parent.mkdir()
    (tmp_path / apart).write_bytes(b"1")
    files.write(tmp_path, "thư mục/quy trình.md", b"2")
    assert [path.read_bytes() for path in tmp_path.rglob("*.md")] == [b"2"]
