from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.git.objects import read_blobs
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.process import git
from qmstool.storage import files
from qmstool.storage.tree import FolderTree, PinnedTree, belongs_to_manual, commit_tree

if TYPE_CHECKING:
    from pathlib import Path


def repository(folder: Path) -> Path:
    git(folder, "init", "-q", "-b", "main")
    files.write(folder, "qms.yml", "schema: 1\n")
    files.write(folder, "manual/số một.md", "chữ\n")
    files.write(folder, "qmstool/code.py", "print()\n")
    git(folder, "add", ".")
    done = git(
        folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x"
    )
    assert done.status == 0, done.stderr
    return folder


def test_a_folder_gives_the_manual_and_nothing_else(tmp_path: Path) -> None:
    tree = FolderTree(repository(tmp_path))
    assert tree.list() == ("manual/số một.md", "qms.yml")
    assert tree.read("manual/số một.md") == "chữ\n".encode()
    with pytest.raises(KeyError):
        tree.read("manual/khác.md")


def test_a_link_that_leads_out_is_as_good_as_absent(tmp_path: Path) -> None:
    root = tmp_path / "root"
    files.write(root, "manual/a.md", "a")
    files.write(tmp_path, "secret.md", "secret")
    (root / "manual/out.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(KeyError):
        FolderTree(root).read("manual/out.md")
    with pytest.raises(KeyError):
        FolderTree(root).read("../secret.md")
    (root / "procedures").symlink_to(tmp_path)
    with pytest.raises(KeyError):
        FolderTree(root).read("procedures/secret.md")


def test_a_link_that_leads_out_is_not_listed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    files.write(root, "manual/a.md", "a")
    files.write(tmp_path, "secret.md", "secret")
    files.write(tmp_path, "far/b.md", "b")
    (root / "manual/out.md").symlink_to(tmp_path / "secret.md")
    (root / "manual/in.md").symlink_to(root / "manual/a.md")
    (root / "qms.yml").symlink_to(tmp_path / "secret.md")
    (root / "procedures").symlink_to(tmp_path / "far")
    (root / "manual/folder").symlink_to(tmp_path / "far")
    assert FolderTree(root).list() == ("manual/a.md", "manual/in.md")


def test_a_manifest_that_the_repository_lost_is_told(tmp_path: Path) -> None:
    root = repository(tmp_path)
    with pytest.raises(QmsError, match=r"qms\.yml"):
        load(PinnedTree(root, {"qms.yml": "0" * 40, "manual/a.md": "1" * 40}))


def test_a_commit_is_read_without_a_checkout(tmp_path: Path) -> None:
    root = repository(tmp_path)
    files.write(root, "manual/số một.md", "đã sửa\n")
    tree = commit_tree(root, "HEAD")
    assert tree.list() == ("manual/số một.md", "qms.yml")
    assert tree.read("manual/số một.md") == "chữ\n".encode()
    assert tree.missing() == ()


@pytest.mark.parametrize("revision", ["khong-co", "--all", "-h", "HEAD^{tree}x"])
def test_a_revision_that_is_none_cannot_be_read_and_is_no_option(
    tmp_path: Path, revision: str
) -> None:
    root = repository(tmp_path)
    with pytest.raises(QmsError):
        commit_tree(root, revision)


def test_a_blob_that_is_not_held_is_missing_and_never_replaced(tmp_path: Path) -> None:
    root = repository(tmp_path)
    held = commit_tree(root, "HEAD").blobs["qms.yml"]
    tree = PinnedTree(root, {"qms.yml": held, "manual/gone.md": "0" * 40})
    assert tree.missing() == ("manual/gone.md",)
    with pytest.raises(KeyError):
        tree.read("manual/gone.md")


def test_blobs_are_read_in_one_go_and_others_are_passed_over(tmp_path: Path) -> None:
    root = repository(tmp_path)
    blobs = commit_tree(root, "HEAD").blobs
    tree_id = git(root, "rev-parse", "HEAD^{tree}").stdout.decode().strip()
    held = read_blobs(root, [blobs["qms.yml"], tree_id, "f" * 40, "; rm -rf", *blobs.values()])
    assert held == {blobs["qms.yml"]: b"schema: 1\n", blobs["manual/số một.md"]: "chữ\n".encode()}


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("qms.yml", True),
        ("manual/a/b.md", True),
        ("manual/.a/b.md", False),
        ("docs/a.md", False),
        ("x/qms.yml", False),
    ],
)
def test_what_belongs_to_a_manual(path: str, verdict: bool) -> None:
    assert belongs_to_manual(path) is verdict
