"""Temporary folders: gone afterwards; what a killed run left is cleared, and nobody else's is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from qmstool.storage.temporary import lend_folder, sweep_temporary

if TYPE_CHECKING:
    from pathlib import Path

LEFT = "qmstool-0123456789abcdef"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What others write into as well."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def make(folder: Path, mode: int = 0o700) -> Path:
    folder.mkdir()
    (folder / "page").write_text("half")
    folder.chmod(mode)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_lent_folder_is_for_this_user_alone_and_gone_afterwards(shared: Path) -> None:
    with lend_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "a").mkdir()
        (folder / "a/b").write_text("x")
        sweep_temporary()  # of a run that lives nothing is taken
        assert [folder.name] == names(shared)
    assert names(shared) == []


def test_a_folder_goes_whatever_ends_the_work(shared: Path) -> None:
    with pytest.raises(SystemExit), lend_folder():
        raise SystemExit(143)
    assert names(shared) == []


def test_what_a_killed_run_left_goes_and_what_it_links_to_stays(shared: Path) -> None:
    own = make(shared / "own")
    (make(shared / LEFT) / "link").symlink_to(own)
    sweep_temporary()
    assert names(shared) == ["own"]
    assert names(own) == ["page"]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("qmstool-notes", 0o700),
        ("qmstool-0123456789abcdef.d", 0o700),
        ("x-qmstool-0123456789abcdef", 0o700),
        (LEFT, 0o755),
        (LEFT, 0o770),
    ],
)
def test_a_folder_that_no_run_makes_stays(shared: Path, name: str, mode: int) -> None:
    make(shared / name, mode)
    sweep_temporary()
    assert names(shared / name) == ["page"]


def test_a_link_or_a_file_of_such_a_name_stays(shared: Path, tmp_path: Path) -> None:
    own = make(tmp_path / "own")
    (shared / LEFT).symlink_to(own)
    (shared / LEFT.replace("0", "1")).write_text("x")
    (shared / LEFT.replace("0", "2")).symlink_to(shared / "nowhere")
    os.mkfifo(shared / LEFT.replace("0", "3"), 0o600)
    sweep_temporary()
    assert len(names(shared)) == 5
    assert names(own) == ["page"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder to somebody else")
def test_a_folder_of_another_user_stays(shared: Path) -> None:
    os.chown(make(shared / LEFT), 4242, 4242)
    sweep_temporary()
    assert names(shared) == [LEFT]


def test_where_no_folder_can_be_looked_into_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError

    left = make(tmp_path / LEFT)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(os, "scandir", refuse)
    sweep_temporary()
    assert left.is_dir()
