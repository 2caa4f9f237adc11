from __future__ import annotations

import contextlib
import os
import socket
import unicodedata
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.storage import files, locks

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


@pytest.mark.parametrize("new", [False, True])
def test_no_file_takes_the_place_of_a_pipe_or_a_socket(tmp_path: Path, new: bool) -> None:
    """A device no less: who may write beside it, as root in a container, would be without it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(tmp_path):
        listening.bind("socket")
    for name in ("pipe", "link", "socket"):
        with pytest.raises(QmsError, match="a device or a pipe"):
            files.write(tmp_path, name, "x", new=new)
        assert not (tmp_path / name).is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe", "socket"]


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


@pytest.mark.parametrize(
    "name", [".git/config", "a/.git/hooks/x", "a/../.ssh/y", ".hidden", "a\0b", "\ud800"]
)
def test_nothing_is_written_into_a_hidden_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(QmsError):
        files.write(tmp_path, name, "x")
    assert [*tmp_path.iterdir()] == []


def test_a_link_does_not_lead_a_write_into_a_hidden_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / ".git")
    with pytest.raises(QmsError):
        files.write(tmp_path, "link/x", "x")


def test_a_hidden_name_of_our_own_is_written(tmp_path: Path) -> None:
    assert files.write(tmp_path, ".htaccess", "x", hidden=True).read_text() == "x"


def test_a_file_that_is_written_anew_keeps_its_mode(tmp_path: Path) -> None:
    files.write(tmp_path, "a", "old")
    (tmp_path / "a").chmod(0o640)
    files.write(tmp_path, "a", "new")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_a_killed_writer_left_is_cleared_and_what_another_writes_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_swept", set())
    (tmp_path / ".qms-unfinished-dead").write_text("half")
    (tmp_path / ".qms-known.yml").write_text("somebody's own")
    busy = tmp_path / ".qms-unfinished-busy"
    busy.write_text("half")
    with busy.open("rb") as file, locks.locked(file):
        files.write(tmp_path, "a", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".qms-known.yml",
        ".qms-unfinished-busy",
        "a",
    ]


def test_what_bears_an_unfinished_name_and_is_no_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_swept", set())
    os.mkfifo(tmp_path / ".qms-unfinished-pipe")
    (tmp_path / ".qms-unfinished-link").symlink_to(tmp_path / ".qms-unfinished-pipe")
    files.write(tmp_path, "a", "x")
    assert (tmp_path / "a").read_text() == "x"
    assert (tmp_path / ".qms-unfinished-pipe").is_fifo()


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    files.write(tmp_path, "a", "first", new=True)
    with pytest.raises(QmsError):
        files.write(tmp_path, "a", "second", new=True)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "first"


def test_what_somebody_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    files.write(tmp_path, "a.yml", "một\n", before=b"")
    files.write(tmp_path, "a.yml", "hai\n", before="một\n".encode())
    for stale in (b"", "một\n".encode()):
        with pytest.raises(QmsError, match=r"a\.yml"):
            files.write(tmp_path, "a.yml", "ba\n", before=stale)
    assert files.read_held(tmp_path, "a.yml") == b"hai\n"
    assert files.list_finished(tmp_path) == ["a.yml"]
    assert len([*tmp_path.iterdir()]) == 1


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_secret_that_others_may_read_is_made_anew(tmp_path: Path, mode: int) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"known")
    secret.chmod(mode)
    assert files.read_or_write_private(tmp_path, "secret", b"drawn") == b"drawn"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert files.read_or_write_private(tmp_path, "secret", b"other") == b"drawn"


def test_a_secret_behind_a_link_is_none(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"known")
    (tmp_path / "theirs").chmod(0o600)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/secret").symlink_to(tmp_path / "theirs")
    assert files.read_or_write_private(tmp_path / "own", "secret", b"drawn") in {b"", b"drawn"}
    assert (tmp_path / "theirs").read_bytes() == b"known"


def test_what_holds_the_same_behind_a_link_or_is_no_file_does_not_hold_it(tmp_path: Path) -> None:
    files.write(tmp_path, "a", "x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    assert [files.holds(tmp_path, name, b"x") for name in ("a", "link", "pipe", "none")] == [
        True,
        False,
        False,
        False,
    ]
    (tmp_path / "folder").symlink_to(tmp_path)
    assert files.list_finished(tmp_path) == ["a", "folder", "link", "pipe"]


@pytest.mark.parametrize("in_one_step", [True, False], ids=["in one step", "by a link"])
def test_a_new_file_takes_its_name_and_never_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(files, "rename_new", lambda *_: False)
    files.write(tmp_path, "a.txt", "one", new=True)
    with pytest.raises(files.TakenError):
        files.write(tmp_path, "a.txt", "two", new=True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text("utf-8") == "one"
