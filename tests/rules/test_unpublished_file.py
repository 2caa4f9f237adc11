"""The rule `unpublished-file`: kinds that the site carries and kinds that it does not, linked and shown."""

from __future__ import annotations

import pytest

from qmstool.storage.file_kinds import OTHERS, PICTURES, is_published
from tests.support.manuals import check_tree, findings_of, tiny_with

TEXT = "# 2.1. Đánh giá nội bộ\n\nTrình tự mỗi năm một lần. {}\n"


@pytest.mark.parametrize("shape", ["![Hình]({})", "Xem [tệp]({})."])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.bmp", True),
        ("a.TIF", True),
        ("a.avif", True),
        ("so-do.vsdx", True),
        ("ban-ve", True),
        ("a.png", False),
        ("A.JPG", False),
        ("a.svg", False),
        ("mau.docx", False),
    ],
)
def test_each_kind_of_file_is_told_or_carried(shape: str, name: str, told: bool) -> None:
    files: dict[str, str | bytes] = {
        "manual/2.1.md": TEXT.format(shape.format(name)),
        f"manual/{name}": b"x",
    }
    slugs = [each.split()[0] for each in findings_of(files)]
    assert ("unpublished-file" in slugs) is told
    assert is_published(name) is not told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ban-ve", "file without an ending"),
        (".bmp", "file without an ending"),
        ("a.b.BMP", ".bmp file"),
    ],
)
def test_the_message_names_the_kind(name: str, said: str) -> None:
    files: dict[str, str | bytes] = {
        "manual/2.1.md": TEXT.format(f"Xem [tệp]({name})."),
        f"manual/{name}": b"x",
    }
    (found,) = [
        each for each in check_tree(tiny_with(files)).findings if each.slug == "unpublished-file"
    ]
    assert f"carries no {said}, so" in found.message.en


def test_no_kind_that_can_run_is_carried() -> None:
    assert not (PICTURES.keys() | OTHERS) & {
        "html",
        "htm",
        "xhtml",
        "js",
        "mjs",
        "css",
        "xml",
        "swf",
        "hta",
    }
