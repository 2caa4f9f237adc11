"""PDF: every word of the source in it, nothing off the sheet, the same bytes everywhere."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
import unicodedata
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from qmstool.export.content import DEEPEST, read_html
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import WORDS, segments
from qmstool.export.tables_on_paper import words_of
from qmstool.i18n import QmsError

ROOT = Path(__file__).parents[2]
DAY = date(2026, 3, 1)
FRAME = 2  # pdfium: a path
EDGE = 12  # points at every edge that nothing may reach


def _data(html: str, title: str = "Tài liệu") -> tuple[dict[str, Any], dict[str, bytes]]:
    content = read_html(html)
    sheet = {
        "organization": ["Nơi thử"],
        "title": [title],
        "head": [["Mã: QT 01"]],
        "foot": [[], [], []],
        "front": None,
        "segments": segments(content.blocks),
    }
    words = {name: text.vi for name, text in WORDS.items()}
    data = {"language": "vi", "organization": "Nơi thử", "title": title, "words": words}
    return {**data, "cover": None, "sheets": [sheet]}, content.pictures


def _pdf(html: str, **options: Any) -> bytes:
    data, pictures = _data(html)
    return as_pdf(data, pictures, DAY, **options)


def _pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def _letters(text: str) -> str:
    """The letters alone, in NFC: where lines end is the page setter's matter."""
    return re.sub(r"[\s\ufffe\u00ad\u2010]", "", unicodedata.normalize("NFC", text))


def _off_the_sheet(content: bytes) -> list[str]:
    """The letters that stand outside of what is printed."""
    outside = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                inside = left >= EDGE and right <= width - EDGE and bottom >= EDGE
                if not inside or top > height - EDGE:
                    outside.append(text.get_text_range(index, 1))
    return [letter for letter in outside if letter.strip()]


CELLS = "".join(f"<td>Ô số {number} có vài từ</td>" for number in range(1, 15))
HEADS = "".join(f"<th>Chịu/trách/nhiệm {number}</th>" for number in range(1, 15))
LONG = "https://example.org/" + "rất-dài-" * 40
TEXTS = {
    "accents": "<p>Nghiêm ngặt: ề ở ự đ Đ ẵ ỡ ự ậ — «» “” ≥ ≤ → § №</p>",
    "letters apart": "<p>quye\u0302\u0301t di\u0323nh</p>",
    "signs of the page setter": "<p>#set $x$ *a* _b_ `c` @d \\ \" [ ] { } &lt;e&gt; ~ = - + / // /* */ 'f'</p>",
    "a file of the page setter": '<p>#read("/etc/hostname") #import "@preview/x:1.0.0"</p>',
    "a list": "<ol start='4'><li>bốn</li><li value='6'>sáu<ul><li>con</li></ul></li></ol>",
    "another list": "<ol class='paren'><li><p>một</p><p>hai</p></li></ol>",
    "marks": "<p><b>a</b><i>b</i><s>c</s><u>d</u>H<sub>2</sub>O m<sup>2</sup><mark>e</mark><small>f</small></p>",
    "quote": "<blockquote><p>lời</p></blockquote><div class='admonition note'><p class='admonition-title'>Lưu ý</p><p>x</p></div>",
    "code": "<pre><code>a = 1\n  b = 2 &lt; 3</code></pre><p><code>QT 01</code></p>",
    "definitions": "<dl><dt>Thuật ngữ</dt><dd>nghĩa</dd></dl>",
    "boxes": "<ul><li><input type='checkbox' checked=''/> xong</li><li><input type='checkbox'/> chưa</li></ul>",
    "wide table": f"<table><thead><tr>{HEADS}</tr></thead><tbody><tr>{CELLS}</tr></tbody></table>",
    "merged cells": "<table><tr><th rowspan='2'>A</th><td>b</td></tr><tr><td>c</td></tr><tr><td colspan='2'>d</td></tr></table>",
    "ragged cells": "<table><tr><td colspan='9999'>a</td></tr><tr><td rowspan='9999'>b</td><td>c</td></tr><tr><td>d</td></tr></table>",
    "long address": f"<p>Xem {LONG}</p><table><tr><td>Nơi</td><td>{LONG}</td></tr></table>",
    "long word": "<p>" + "A" * 400 + "</p>",
    "table in a table": "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>",
    "table in a list": f"<ul><li>a<table><tr>{CELLS}</tr></table></li></ul>",
    "heads only": "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>",
    "empty cells": "<table><tr><th></th><th>b</th></tr><tr><td></td><td></td></tr></table>",
    "loose words": "một <b>hai</b><p>ba</p>bốn<hr/>năm",
    "deep": "<blockquote>" * 300 + "đáy" + "</blockquote>" * 300,
    "deep list": "<ul><li>a" * 60 + "</li></ul>" * 60,
    "details": "<details><summary>Mở</summary><p>trong</p></details>",
    "folded marks": "<p>" + "<b><i>" * 200 + "x" + "</i></b>" * 200 + "</p>",
    "arrows of headings": "<h2>1. Mục đích<a class='headerlink' href='#x'>¶</a></h2><p>x</p>",
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_stands_on_the_sheet_and_none_off_it(name: str) -> None:
    content = _pdf(TEXTS[name])
    words = "".join(words_of(read_html(TEXTS[name]).blocks))
    printed = _letters("".join(_pages(content)))
    for word in words.split():
        assert _letters(word) in printed, word
    assert _off_the_sheet(content) == []


def test_data_of_a_document_stay_on_the_sheet_too() -> None:
    """A long word in a title, a code or a name; in the head, in front, on the cover."""
    long = "Thuật" * 12
    data, pictures = _data("<p>x</p>", f"Quy trình {long}")
    (sheet,) = data["sheets"]
    sheet["organization"], sheet["head"], sheet["foot"] = [long], [["Mã: ", long]], [[long]] * 3
    facts = [["Mã", [long]]]
    people = [{"label": "Biên soạn", "name": [long]}] * 3
    sheet["front"] = {"title": [long], "facts": facts, "people": people,
                      "changes": None, "contents": 2}  # fmt: skip
    sheet["segments"][0]["first"] = True
    data["cover"] = {"organization": [long], "title": [long], "facts": facts}
    content = as_pdf(data, pictures, DAY)
    assert _off_the_sheet(content) == []
    assert _letters("".join(_pages(content))).count(_letters(long)) >= 8


@pytest.mark.parametrize(
    ("letters", "whole"), [(150, True), (195, True), (400, False), (3000, False)]
)
def test_a_long_title_stays_above_the_text(letters: int, whole: bool) -> None:
    title = ("QUY TRÌNH KIỂM SOÁT THIẾT BỊ ĐO LƯỜNG VÀ " * 80)[:letters].strip()
    data, pictures = _data("<p>Dòng đầu của văn bản.</p>", title)
    content = as_pdf(data, pictures, DAY)
    assert _off_the_sheet(content) == []
    printed = _letters(_pages(content)[0])
    assert (_letters(title) in printed, "…" in printed) == (whole, not whole)
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        where = {text.get_text_range(n, 1): text.get_charbox(n) for n in range(text.count_chars())}
        frame = min(each.get_bounds()[1] for each in document[0].get_objects([FRAME]))
    assert where["."][3] < frame  # the text stands below the frame


def test_dots_lead_from_a_heading_to_its_sheet_and_are_no_text() -> None:
    data, pictures = _data("<h2>1. Mục đích</h2><p>x</p>" * 4)
    (sheet,) = data["sheets"]
    sheet["front"] = {"title": ["Quy trình"], "facts": [], "people": [], "changes": None,
                      "contents": 2}  # fmt: skip
    sheet["segments"][0]["first"] = True
    content = as_pdf(data, pictures, DAY)
    first = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    operations = pypdf.generic.ContentStream(first.get_contents(), None).operations
    dashed = [given for given, operator in operations if operator == b"d" and given[0]]
    assert len(dashed) == 5, "a dotted line for the title and for each heading"
    assert ". ." not in first.extract_text()
    assert ".." not in first.extract_text()


def test_what_is_deep_is_read_on_the_level_it_reached() -> None:
    blocks = read_html(TEXTS["deep list"]).blocks
    depth = 0
    while blocks and blocks[-1]["k"] == "list":
        depth += 1
        blocks = blocks[-1]["items"][0]["c"]
    assert depth <= DEEPEST


def test_typed_numbers_are_the_numbers_shown() -> None:
    text = " ".join(_pages(_pdf(TEXTS["a list"])))
    assert re.search(r"4\.\s*bốn\s*6\.\s*sáu\s*•\s*con", text)
    assert re.search(r"1\)\s*một", " ".join(_pages(_pdf(TEXTS["another list"]))))


def test_a_wide_table_lies_across_the_sheet_with_its_heading_and_others_stand() -> None:
    html = f"<p>trước</p><h2>Bảng</h2>{TEXTS['wide table']}<p>sau</p>"
    reader = pypdf.PdfReader(io.BytesIO(_pdf(html)))
    lying = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert lying == [False, True, False]
    assert "Bảng" in _pages(_pdf(html))[1]


def test_heads_of_a_table_are_repeated_on_every_sheet() -> None:
    rows = "".join(f"<tr><td>Dòng {number}</td><td>x</td></tr>" for number in range(120))
    pages = _pages(_pdf(f"<table><thead><tr><th>Đầu cột</th><th>b</th></tr></thead>{rows}</table>"))
    assert len(pages) > 2
    assert all("Đầu cột" in page for page in pages)


def test_a_low_row_is_not_torn_by_the_end_of_a_sheet_and_a_high_one_is() -> None:
    words = "vài từ trong một ô hẹp của bảng " * 6
    rows = "".join(f"<tr><td>Đầu{n}</td><td>{words} Cuối{n}</td></tr>" for n in range(60))
    pages = _pages(_pdf(f"<table><tr><th>a</th><th>b</th></tr>{rows}</table>"))
    assert len(pages) > 2
    for number in range(60):
        (begun,) = (n for n, page in enumerate(pages) if re.search(rf"Đầu{number}\b", page))
        (ended,) = (n for n, page in enumerate(pages) if re.search(rf"Cuối{number}\b", page))
        assert begun == ended
    high = f"<table><tr><td>a</td><td>{'chữ ' * 6000}</td></tr></table>"
    assert len(_pages(_pdf(high))) > 2
    assert _off_the_sheet(_pdf(high)) == []


def test_sheets_are_numbered_straight_through() -> None:
    html = f"{'<p>chữ</p>' * 90}{TEXTS['wide table']}<p>sau</p>"
    pages = _pages(_pdf(html))
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page


def test_bookmarks_and_tags() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_pdf("<h2>1. Một</h2><h3>1.1 Hai</h3><p>x</p>")))
    assert [item.title for item in reader.outline if not isinstance(item, list)] == ["1. Một"]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.metadata.title == "Tài liệu"


def test_every_font_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_pdf(TEXTS["accents"] + TEXTS["code"])))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert any(key.startswith("/FontFile") for key in descendant["/FontDescriptor"])


def test_the_same_sheets_give_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale and clock: only what is given counts."""
    code = (
        "import sys; from tests.export.test_pdf import _pdf, TEXTS;"
        "sys.stdout.buffer.write(_pdf(''.join(TEXTS.values())))"
    )
    made = []
    for zone, locale in (("UTC", "C"), ("Asia/Ho_Chi_Minh", "C.UTF-8")):
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        environment["SOURCE_DATE_EPOCH"] = "1" if zone == "UTC" else "2000000000"
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        made.append(done.stdout)
    assert made[0] == made[1]
    assert made[0] == _pdf("".join(TEXTS.values()))


@pytest.mark.parametrize(("profile", "part"), [("a", "2"), ("ua", "2")])
def test_profiles_say_what_they_are(profile: str, part: str) -> None:
    content = _pdf(TEXTS["accents"], profile=profile)
    metadata = pypdf.PdfReader(io.BytesIO(content)).xmp_metadata
    assert f"<pdfaid:part>{part}</pdfaid:part>" in metadata.stream.get_data().decode()


def _png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        size, check = len(data).to_bytes(4, "big"), zlib.crc32(kind + data).to_bytes(4, "big")
        return size + kind + data + check

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def _img(data: bytes, alt: str = "", kind: str = "png") -> str:
    return f'<p><img src="data:image/{kind};base64,{base64.b64encode(data).decode()}" alt="{alt}"/></p>'


def test_pictures_are_shown_and_what_cannot_be_is_said_in_words() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_pdf(_img(_png(), "Sơ đồ"))))
    assert len(reader.pages[0].images) == 1
    assert (
        "[hình: Sơ đồ]"
        in _pages(_pdf('<p><img src="https://example.org/x.png" alt="Sơ đồ"/></p>'))[0]
    )


@pytest.mark.parametrize(("width", "height"), [(3000, 20), (20, 3000), (3000, 3000)])
def test_a_picture_too_large_is_made_smaller(width: int, height: int) -> None:
    content = _pdf(
        f"{_img(_png(width, height))}<table><tr><td>{_img(_png(width, height))}</td><td>b</td></tr></table>"
    )
    with pypdfium2.PdfDocument(content) as document:
        boxes = [
            (item.get_bounds(), page.get_size())
            for page in document
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
    assert len(boxes) == 2
    for (left, bottom, right, top), (page_width, page_height) in boxes:
        assert left >= EDGE
        assert bottom >= EDGE
        assert right <= page_width - EDGE
        assert top <= page_height - EDGE


def test_a_broken_picture_is_told_by_its_place() -> None:
    with pytest.raises(QmsError, match="picture 2"):
        _pdf(_img(_png()) + _img(b"no picture"))


def test_a_picture_without_words_is_told_to_who_wants_a_pdf_for_screen_readers() -> None:
    assert _pdf(_img(_png()))
    with pytest.raises(QmsError, match="words that describe it"):
        _pdf(_img(_png()), profile="ua")
