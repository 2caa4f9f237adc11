"""Test the rule `not-covered` and that a file newly seen makes no revision."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from qmstool.releases.record import released_digest, uncovered_files
from tests.support.baseline import baseline_text
from tests.support.manuals import check_tree, finding_lines, tiny_with
from tests.support.memory import MemoryTree

TEXT = "procedures/qt-vp-01.md"
PICTURE = "procedures/so-do.svg"


@pytest.fixture
def files() -> dict[str, str | bytes]:
    """A released manual with a link to a picture that was not there."""
    text = tiny_with({}).files[TEXT]
    assert isinstance(text, bytes)
    tree = tiny_with({TEXT: text.decode() + "\n![Sơ đồ](so-do.svg)\n"})
    record = baseline_text(tree)
    return {
        **tree.files,
        "releases/0001.yml": record,
        PICTURE: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }


def test_a_picture_newly_there_is_told_once_and_makes_no_revision(
    files: dict[str, str | bytes],
) -> None:
    assert finding_lines(check_tree(MemoryTree(files))) == [f"not-covered {TEXT}:2:7"]


def test_a_changed_text_is_a_revision_and_covers_the_picture(
    files: dict[str, str | bytes],
) -> None:
    text = files[TEXT]
    files[TEXT] = (text if isinstance(text, str) else text.decode()) + "\nThêm.\n"
    slugs = [line.split()[0] for line in finding_lines(check_tree(MemoryTree(files)))]
    assert slugs == ["changed-since-release"]


def test_a_recorded_file_that_is_gone_is_a_change(files: dict[str, str | bytes]) -> None:
    tree = MemoryTree(files)
    record = baseline_text(tree)
    (release,) = load(MemoryTree({**files, "releases/0001.yml": record})).releases
    item = next(item for item in release.items if item.key == "qt-vp-01")
    del files[PICTURE]
    manual = load(MemoryTree(files))
    document = manual.documents["qt-vp-01"]
    read = MemoryTree(files).read
    assert released_digest(document, (item,), read) != item.digest
    assert uncovered_files(document, item, read) == ()
