from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.storage import files, read_once
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

TEXTS = {"qms.yml": "schema: 1\n", "manual/a.md": "a1\n", "manual/b.md": "b1\n"}


class _Met(FolderTree):
    """A folder in which somebody works while its texts are read."""

    def __init__(self, root: Path, work: Callable[[int], None]) -> None:
        super().__init__(root)
        self.work = work
        self.rounds = 0

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        wanted = tuple(paths)
        half = len(wanted) // 2
        read = super().read_all(wanted[:half])
        self.rounds += 1
        self.work(self.rounds)
        return read | super().read_all(wanted[half:])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(read_once, "PAUSE", 0)
    for path, text in TEXTS.items():
        files.write(tmp_path, path, text)
    return tmp_path


def test_texts_that_are_saved_while_they_are_read_are_read_together_again(root: Path) -> None:
    def save_all(number: int) -> None:
        if number == 1:
            files.write(root, "manual/a.md", "a2\n")
            files.write(root, "manual/b.md", "b2\n")

    tree = ReadOnceTree(_Met(root, save_all))
    assert tree.texts["manual/a.md"] == b"a2\n"
    assert tree.texts["manual/b.md"] == b"b2\n"


def test_a_text_that_comes_while_they_are_read_is_among_them(root: Path) -> None:
    def add(number: int) -> None:
        if number == 1:
            files.write(root, "manual/c.md", "c\n")

    tree = ReadOnceTree(_Met(root, add))
    assert "manual/c.md" in tree.list()
    assert tree.read("manual/c.md") == b"c\n"


def test_who_saves_all_the_while_is_told_and_nothing_is_made(root: Path) -> None:
    def save(number: int) -> None:
        files.write(root, "manual/a.md", "a" * number)

    with pytest.raises(QmsError, match=r"manual/a\.md"):
        ReadOnceTree(_Met(root, save))


@pytest.mark.parametrize("gone", [False, True])
def test_another_file_is_what_it_was_or_nothing_is_made(root: Path, *, gone: bool) -> None:
    files.write(root, "procedures/form.docx", "1")
    tree = ReadOnceTree(FolderTree(root))
    assert tree.read("procedures/form.docx") == b"1"
    files.write(root, "procedures/form.docx", "22")
    if gone:
        (root / "procedures/form.docx").unlink()
    with pytest.raises(QmsError, match=r"procedures/form\.docx"):
        tree.read("procedures/form.docx")


def test_what_came_later_is_not_there(root: Path) -> None:
    tree = ReadOnceTree(FolderTree(root))
    files.write(root, "manual/c.md", "c")
    files.write(root, "procedures/form.docx", "1")
    assert tree.read_all(["manual/c.md", "procedures/form.docx"]) == {}


def test_what_lies_beside_the_manual_stays_as_it_was_read_first(root: Path) -> None:
    files.write(root, "mkdocs.yml", "a: 1")
    tree = ReadOnceTree(FolderTree(root))
    assert tree.read("mkdocs.yml") == b"a: 1"
    files.write(root, "mkdocs.yml", "a: 2")
    assert tree.read("mkdocs.yml") == b"a: 1"


def test_what_may_not_be_read_stays_away_without_a_word_of_saving(root: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 3\n"
    files.write(root, "manual/b.md", pointer)
    tree = ReadOnceTree(FolderTree(root))
    assert tree.read_all(["manual/b.md"]) == {}
    assert tree.refused() == {"manual/b.md": "pointer"}


@pytest.mark.parametrize("path", ["manual/b.md", "manual/new.md"])
def test_what_is_saved_after_the_reading_is_refused_where_git_is_asked(
    root: Path, path: str
) -> None:
    tree = ReadOnceTree(FolderTree(root))
    tree.require_unsaved()
    files.write(root, path, "saved since\n")
    with pytest.raises(QmsError) as told:
        tree.require_unsaved()
    assert path in told.value.text.en
