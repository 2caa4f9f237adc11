"""The hook that checks a manual runs whatever a commit does, in a real repository, with git's own variables set."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a hook of a shell")
SECTION, PROCEDURE = "manual/1.1.md", "procedures/qt-vp-01.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A manual whose hook lists what it said; from the second commit on."""
    repo = Repo.make(tmp_path / "kho")
    repo.commit("một", tiny())
    hook = (
        "#!/bin/sh\n"
        f"'{sys.executable}' -m qmstool check --history --fail-on error --lang en "
        f">>'{tmp_path}/said' 2>&1\n"
    )
    for name in ("pre-commit", "pre-merge-commit"):
        file = repo.folder / ".git/hooks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(hook, "utf-8")
        file.chmod(0o755)
    return repo


def said(repo: Repo) -> str:
    """What the hook said since it was last asked."""
    file = repo.folder.parent / "said"
    text = file.read_text("utf-8") if file.exists() else ""
    file.unlink(missing_ok=True)
    return text


def append(repo: Repo, path: str) -> None:
    with (repo.folder / path).open("a", encoding="utf-8") as file:
        file.write("\nThêm một câu.\n")


def test_it_runs_on_an_amended_a_partial_and_a_merged_commit(repo: Repo) -> None:
    append(repo, SECTION)
    repo.git("commit", "-qam", "hai")
    assert "checked" in said(repo)
    repo.git("commit", "-q", "--amend", "-m", "hai nữa")
    assert "checked" in said(repo)
    append(repo, SECTION)
    append(repo, PROCEDURE)
    repo.git("commit", "-q", "-m", "chỉ một tệp", SECTION)
    assert "checked" in said(repo)
    repo.git("checkout", "-q", "--", ".")
    repo.git("checkout", "-q", "-b", "nhánh", "HEAD~1")
    append(repo, "manual/2.1.md")
    repo.git("commit", "-qam", "nhánh")
    repo.git("checkout", "-q", "main")
    said(repo)
    repo.git("merge", "-q", "--no-edit", "nhánh")
    assert "checked" in said(repo)
    repo.git("commit", "-q", "--allow-empty", "-m", "rỗng")
    assert "checked" in said(repo)


def test_it_runs_in_a_linked_work_tree(repo: Repo) -> None:
    repo.git("worktree", "add", "-q", "-b", "khác", str(repo.folder.parent / "cây"))
    tree = Repo(repo.folder.parent / "cây", 50)
    append(tree, SECTION)
    tree.git("commit", "-qam", "ở cây khác")
    assert "checked" in said(repo)


def test_it_stops_a_commit_that_only_deletes_what_others_cite(repo: Repo) -> None:
    repo.git("rm", "-q", PROCEDURE)
    with pytest.raises(AssertionError):
        repo.git("commit", "-q", "-m", "xóa")
    assert "QT VP 01" in said(repo)
    assert repo.git("log", "--format=%s") == "một"
