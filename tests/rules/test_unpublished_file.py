"""The rule `unpublished-file`: kinds that the site carries and kinds that it does not, linked and shown."""

from __future__ import annotations

import pytest

from qmstool.storage.file_kinds import OTHERS, PICTURES, is_published
from tests.support.manuals import check_tree, findings_of, tiny_with

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
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
        f"manual/{name}": SVG if name.endswith(".svg") else b"x",
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


@pytest.mark.parametrize(("name", "told"), [("mau.docm", 1), ("mau.html", 1), ("mau.docx", 0), ("mau.svg", 1), ("la.docx", 0)])  # fmt: skip
def test_a_form_whose_file_nobody_can_download_is_told_at_its_name(name: str, told: int) -> None:
    head = "---\ncode: BM VP 01.09\ntype: form\ntitle: Sổ\nparent: QT VP 01\nfile: {}\n---\n"
    files: dict[str, str | bytes] = {"procedures/bm-vp-01-09.md": head.format(name)}
    if not name.startswith("la"):  # what is not there is told by another rule
        files[f"procedures/{name}"] = b"x"
    found = [
        each for each in check_tree(tiny_with(files)).findings if each.slug == "unpublished-file"
    ]
    assert [(each.location.line, each.location.column) for each in found] == [(6, 7)] * told


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


@pytest.mark.parametrize("drawing", [b"x", SVG[:-6], SVG.replace(b"www.w3.org", b"w3.org")])
def test_a_drawing_that_no_page_can_show_is_told_where_it_is_called(drawing: bytes) -> None:
    """The page shows nothing in its place; of a sound one nothing is said."""
    text = TEXT.format("![Hình](a.svg)") + "\nXem [bản vẽ](a.svg).\n"
    files: dict[str, str | bytes] = {"manual/2.1.md": text, "manual/a.svg": drawing}
    found = [
        each for each in check_tree(tiny_with(files)).findings if each.slug == "unpublished-file"
    ]
    assert [each.location.line for each in found] == [3, 5]
    assert "carries no .svg drawing that is broken or too large, so" in found[0].message.en
    assert "không đăng bản vẽ .svg bị hỏng hoặc quá nặng, nên" in found[0].message.vi
