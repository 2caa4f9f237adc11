from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from qmstool.git.objects import read_blobs
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.process import git
from qmstool.storage import files, whole_file
from qmstool.storage.pinned_tree import PinnedTree, commit_tree
from qmstool.storage.tree import FolderTree, belongs_to_manual
from tests.support.machine import as_nobody


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
    tree = FolderTree(root)
    assert tree.list() == ("manual/a.md", "manual/in.md")
    assert set(tree.refused()) == {"qms.yml", "procedures", "manual/out.md", "manual/folder"}


SECRET = "token = words of nobody else"


def linked_to_git(root: Path, where: str) -> str:
    """A link at a place of the manual that leads to a hidden file beside it, and its path."""
    files.write(root, "qms.yml", "schema: 1\n")
    (root / ".git").mkdir()
    (root / ".git/config").write_text(SECRET)
    path = root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(root / ".git/config")
    return where


@pytest.mark.parametrize(
    "where", ["manual/a.md", "procedures/form.docx", "templates/site/pages/about.md.jinja"]
)
def test_a_link_beside_the_manual_is_told_and_never_read(tmp_path: Path, where: str) -> None:
    tree = FolderTree(tmp_path)
    linked_to_git(tmp_path, where)
    assert tree.list() == ("qms.yml",)
    assert tree.refused() == {where: "outside"}
    with pytest.raises(KeyError):
        tree.read(where)


def test_a_linked_folder_leads_nowhere_else(tmp_path: Path) -> None:
    linked_to_git(tmp_path, "manual/a.md")
    (tmp_path / "procedures").symlink_to(tmp_path / ".git")
    (tmp_path / "manual/sub").symlink_to(tmp_path / ".git")
    files.write(tmp_path, "docs/b.md", "b")
    (tmp_path / "clauses").symlink_to(tmp_path / "docs")
    tree = FolderTree(tmp_path)
    assert tree.list() == ("qms.yml",)
    assert set(tree.refused()) == {"manual/a.md", "manual/sub", "procedures", "clauses"}
    for path in ("procedures/config", "manual/sub/config", "clauses/b.md", ".git/config"):
        with pytest.raises(KeyError):
            tree.read(path)


def test_no_record_is_read_through_a_link(tmp_path: Path) -> None:
    """Not even to a file of the manual: git sees where it leads, and not what changes there."""
    files.write(tmp_path, "manual/a.md", "a")
    files.write(tmp_path, "releases/0002.yml", "b")
    (tmp_path / "releases/0001.yml").symlink_to("0002.yml")
    (tmp_path / "releases/seals").symlink_to(tmp_path / "manual")
    tree = FolderTree(tmp_path)
    assert tree.list() == ("manual/a.md", "releases/0002.yml")
    assert tree.refused() == {"releases/0001.yml": "record-link", "releases/seals": "record-link"}
    for path in ("releases/0001.yml", "releases/seals/a.md"):
        with pytest.raises(KeyError):
            tree.read(path)


def test_the_look_of_the_site_is_not_read_through_a_link(tmp_path: Path) -> None:
    linked_to_git(tmp_path, "mkdocs.yml")
    with pytest.raises(KeyError):
        FolderTree(tmp_path).read("mkdocs.yml")


def test_pipes_loops_and_lost_links_are_told_and_not_opened(tmp_path: Path) -> None:
    files.write(tmp_path, "manual/a.md", "a")
    os.mkfifo(tmp_path / "manual/pipe.md")
    (tmp_path / "manual/loop.md").symlink_to(tmp_path / "manual/loop.md")
    (tmp_path / "manual/lost.md").symlink_to(tmp_path / "manual/none.md")
    tree = FolderTree(tmp_path)
    assert tree.list() == ("manual/a.md",)
    assert tree.refused() == {
        "manual/pipe.md": "special",
        "manual/loop.md": "nowhere",
        "manual/lost.md": "nowhere",
    }
    assert tree.read_all(["manual/pipe.md", "manual/loop.md", "manual/lost.md"]) == {}


def test_a_file_past_the_limit_is_refused_and_never_read_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_file, "MAX_FILE_BYTES", 10)
    files.write(tmp_path, "manual/a.md", "0123456789")
    files.write(tmp_path, "manual/b.md", "0123456789!")
    tree = FolderTree(tmp_path)
    assert tree.list() == ("manual/a.md",)
    assert tree.refused() == {"manual/b.md": "too-large"}
    assert tree.read_all(["manual/a.md", "manual/b.md"]) == {"manual/a.md": b"0123456789"}


def test_a_file_that_may_not_be_read_is_told() -> None:
    # Not in pytest's own folder, which root keeps from everyone else.
    with tempfile.TemporaryDirectory() as folder, as_nobody(folder):
        files.write(Path(folder), "manual/a.md", "a")
        (Path(folder) / "manual/a.md").chmod(0)
        tree = FolderTree(Path(folder))
        assert (tree.list(), tree.refused()) == ((), {"manual/a.md": "denied"})


@pytest.mark.parametrize("path", ["manual/a\0b.md", "manual/\ud800.md", "a/../b", "/etc/hostname"])
def test_what_is_no_path_is_as_good_as_absent(tmp_path: Path, path: str) -> None:
    with pytest.raises(KeyError):
        FolderTree(tmp_path).read(path)


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


def test_a_text_that_is_only_a_pointer_of_git_lfs_is_refused_as_that(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 9\n"
    (tmp_path / "procedures/a.md").write_text(pointer, encoding="utf-8")
    (tmp_path / "procedures/b.md").write_text("version https://example.org\n", encoding="utf-8")
    tree = FolderTree(tmp_path)
    assert set(tree.read_all(tree.list())) == {"procedures/b.md"}
    assert dict(tree.refused()) == {"procedures/a.md": "pointer"}
