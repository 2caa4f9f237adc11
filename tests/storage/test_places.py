"""Folders are made, but that of the manual never anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.storage import files
from qmstool.storage.places import keep_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def manual(tmp_path: Path) -> Iterator[Path]:
    """The folder of a manual, remembered as that of this run."""
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "qms.yml").write_text("", "utf-8")
    keep_place(folder)
    yield folder
    keep_place(None)


def test_folders_are_made_in_a_manual_that_is_there(manual: Path) -> None:
    files.write(manual, "a/b/c.txt", "x")
    files.make_folder(manual / "d/e")
    assert (manual / "a/b/c.txt").read_text("utf-8") == "x"
    assert (manual / "d/e").is_dir()


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_nothing_is_written_where_the_manual_has_gone(manual: Path, left: str) -> None:
    manual.rename(manual.with_name("away"))
    if left != "nothing":
        manual.mkdir()
    for name in ("releases/0001.yml", "qms.yml"):
        with pytest.raises(QmsError, match="no longer where it was"):
            files.write(manual, name, "x")
    assert not list(manual.rglob("*"))


def test_a_folder_elsewhere_is_made_with_those_above_it(manual: Path, tmp_path: Path) -> None:
    manual.rename(manual.with_name("away"))
    files.write(tmp_path / "out/site", "a/b.txt", "x")
    assert (tmp_path / "out/site/a/b.txt").is_file()
