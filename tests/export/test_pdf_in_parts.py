"""A paper that is set in parts is the paper that is set at once: text, bookmarks, links, tags."""

from __future__ import annotations

import base64
import io
from collections import Counter
from datetime import date
from typing import Any

import pypdf
import pypdfium2
import pytest

from qmstool.export.content import read_html
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import WORDS, segments
from qmstool.i18n import QmsError

DAY = date(2026, 3, 1)
TABLE = "<table><tr><th>Cột (12 0 R)</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
# Titles and headings of ASCII alone stand in a PDF as typed, beside what leads to other objects.
TITLES = ("Quy trinh (xem 12 0 R)", "See \\ ((3 0 R", "Quy trình kiểm soát", "/StructParents 7")
TEXT = f"<h2>1. Purpose 4 0 R)</h2><p>x</p><h3>1.1 Sâu</h3>{TABLE}<h4>a) Sâu nữa</h4>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
SOURCE = f"data:image/svg+xml;base64,{base64.b64encode(DRAWING).decode()}"
BESIDES = f"<blockquote><h2>Trong lời trích</h2></blockquote><p><img alt='ảnh' src='{SOURCE}'/></p>"


def _paper(*, cover: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
    sheets: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for number, title in enumerate(TITLES):
        content = read_html(TEXT + BESIDES + f"<p>{'chữ ' * 600}</p>" * number, f"{number}-")
        pictures |= content.pictures
        front = {"title": [title], "facts": [], "people": [], "changes": None, "contents": 0}
        sheet = {"organization": ["Nơi thử"], "title": [title], "head": [], "foot": [[], [], []]}
        sheets.append({**sheet, "front": front, "segments": segments(content.blocks)})
    words = {name: text.vi for name, text in WORDS.items()}
    data = {"language": "vi", "organization": "Nơi thử", "title": "Sổ tay", "words": words}
    first = {"organization": ["Nơi thử"], "title": ["Sổ tay"], "facts": []}
    return {**data, "cover": first if cover else None, "sheets": sheets}, pictures


def _set(*, part: int, cover: bool, profile: str = "pdf") -> bytes:
    return as_pdf(*_paper(cover=cover), DAY, profile=profile, part=part)


def _bookmarks(reader: pypdf.PdfReader) -> list[tuple[int, str | None, int | None, int]]:
    """Level, words, sheet and height of every bookmark."""
    found: list[tuple[int, str | None, int | None, int]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
                continue
            page = reader.get_destination_page_number(item)
            found.append((level, item.title, page, round(float(item.top or 0))))

    walk(reader.outline, 0)
    return found


def _links(reader: pypdf.PdfReader) -> list[tuple[int, list[int], int | None, int]]:
    """Sheet and place of every link, and where it leads."""
    found = []
    for number, page in enumerate(reader.pages):
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            target = link["/Dest"].get_object()
            place = [round(float(edge)) for edge in link["/Rect"]]
            to = reader.get_page_number(target[0].get_object())
            found.append((number, place, to, round(float(target[3]))))
    return found


def _tags(reader: pypdf.PdfReader) -> Counter[str]:
    """How often each tag occurs, after a look at whether sheets and tags know of each other."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert list(owners) == sorted(owners)
    for page in reader.pages:
        for owner in owners[page["/StructParents"]].get_object():
            element = owner.get_object()
            parts = [element, *_below(element)]  # what goes on over two sheets names both
            sheets = [part["/Pg"] for part in parts if isinstance(part, dict) and "/Pg" in part]
            assert not sheets or page.get_object() in sheets
    names = root.get("/IDTree", {}).get("/Names", [])
    assert list(names[::2]) == sorted(names[::2])
    for name, element in zip(names[::2], names[1::2], strict=True):
        assert element.get_object()["/ID"] == name
    (document,) = root["/K"]
    counted: Counter[str] = Counter()
    waiting = [document.get_object()]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, dict) or "/S" not in element:
            continue
        counted[element["/S"]] += 1
        waiting += _below(element)
    return counted


def _below(element: dict[str, Any]) -> list[Any]:
    below = element.get("/K", [])
    return [each.get_object() for each in below] if isinstance(below, list) else [below]


def _pictures_of_pages(content: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(content) as document:
        return [bytes(page.render(scale=1).buffer) for page in document]


@pytest.mark.parametrize("profile", ["pdf", "ua"])
@pytest.mark.parametrize("cover", [True, False], ids=["with a cover", "without"])
@pytest.mark.parametrize("part", [1, 6_000], ids=["a document each", "some together"])
def test_in_parts_as_at_once(profile: str, cover: bool, part: int) -> None:
    at_once = _set(part=10**9, cover=cover, profile=profile)
    in_parts = _set(part=part, cover=cover, profile=profile)
    assert _pictures_of_pages(in_parts) == _pictures_of_pages(at_once)
    one = pypdf.PdfReader(io.BytesIO(at_once), strict=True)
    joined = pypdf.PdfReader(io.BytesIO(in_parts), strict=True)
    assert [page.extract_text() for page in joined.pages] == [
        page.extract_text() for page in one.pages
    ]
    assert _bookmarks(joined) == _bookmarks(one)
    assert len(_bookmarks(joined)) == 5 * len(TITLES)
    assert _links(joined) == _links(one)
    lost = {"/TOC", "/TOCI", "/Reference"}  # the entries of the contents are plain links
    tags = _tags(one)
    assert _tags(joined) == {tag: count for tag, count in tags.items() if tag not in lost}
    assert joined.metadata == one.metadata
    assert set(joined.trailer["/Root"]) == set(one.trailer["/Root"])
    described = joined.trailer["/Root"]["/Metadata"].get_data()
    assert f"<xmpTPg:NPages>{len(one.pages)}<".encode() in described
    assert in_parts == _set(part=part, cover=cover, profile=profile)


def test_a_broken_picture_in_a_part_is_told_in_words() -> None:
    data, pictures = _paper(cover=True)
    with pytest.raises(QmsError, match="picture 1 of those in the text cannot be read"):
        as_pdf(data, dict.fromkeys(pictures, b"broken"), DAY, part=1)
