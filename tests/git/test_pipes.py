"""Git is not started where it would open a pipe; a socket, which ends it at once, stands for one."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import TYPE_CHECKING

import pytest

from qmstool.git import repository as git
from qmstool.git.pipes import require_no_pipes
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.i18n import QmsError
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def special(folder: Path, name: str) -> Iterator[None]:
    """What is neither a file nor a folder; a socket's path must be short."""
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(folder):
        listening.bind(name)
        yield


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo.make(tmp_path / "kho")
    repo.commit("đầu", {"ban/qms.yml": "a\n", "ban/manual/1.md": "a\n"})
    return repo


@pytest.mark.parametrize("folder", [".", "ban", "ban/manual"])
@pytest.mark.parametrize("name", [".gitignore", ".gitattributes"])
def test_what_is_no_file_is_named_and_git_is_not_asked(repo: Repo, folder: str, name: str) -> None:
    root = repo.folder / "ban"
    with special(repo.folder / folder, name):
        with pytest.raises(QmsError, match=name):
            require_no_pipes(root)
        found = git.require_history(git.find_repository(root))
        with pytest.raises(QmsError, match=name):
            uncommitted_paths(found)


def test_files_links_and_what_git_does_not_read_are_no_pipes(repo: Repo, tmp_path: Path) -> None:
    root = repo.folder / "ban"
    (root / ".gitignore").write_text("x\n")
    (root / ".gitattributes").symlink_to("none")
    (root / "round").symlink_to(".")
    with (
        special(tmp_path, ".gitignore"),
        special(repo.folder / ".git", ".gitignore"),
        special(root, "pipe.md"),
    ):
        require_no_pipes(root)
        found = git.require_history(git.find_repository(root))
        assert ".gitignore" in uncommitted_paths(found)


@pytest.mark.parametrize(
    "name",
    ["config", "HEAD", "packed-refs", "info/attributes", "objects/info/alternates", "objects/ab/cd",
     "refs/heads/khác", "commondir"],
)  # fmt: skip
def test_a_pipe_in_gits_own_folder_is_named_and_git_is_not_asked(repo: Repo, name: str) -> None:
    place = repo.folder / ".git" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    with pytest.raises(QmsError, match=place.name):
        git.find_repository(repo.folder / "ban")


def test_nor_one_in_the_folders_of_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    other = tmp_path / "cây khác"
    repo.git("worktree", "add", "-q", str(other), "HEAD")
    git.require_history(git.find_repository(other / "ban"))
    own = next((repo.folder / ".git/worktrees").iterdir())
    for place in (repo.folder / ".git/shallow", own / "index.lock"):
        os.mkfifo(place)
        with pytest.raises(QmsError, match=place.name):
            git.find_repository(other / "ban")
        place.unlink()


def test_a_socket_of_gits_own_watcher_is_no_pipe(repo: Repo) -> None:
    with special(repo.folder / ".git", "fsmonitor--daemon.ipc"):
        found = git.require_history(git.find_repository(repo.folder))
    assert found.head == repo.git("rev-parse", "HEAD").strip()
