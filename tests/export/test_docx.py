"""Word files: the words of the source, Word's own numbers, and changes that lead to either text."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import time
import unicodedata
import zipfile
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import docx
import pytest
from lxml import etree

from qmstool.export.content import read_html
from qmstool.export.sheets import WORDS, Paper, segments
from qmstool.export.word.document import as_docx, text_blocks
from qmstool.export.word.origins import AuthoredText
from qmstool.export.word.revisions import Author
from qmstool.i18n import QmsError
from tests.export.test_pdf import TEXTS, _img, _png
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 3, 1)
AUTHOR = Author("Nguyễn Văn A", "2026-03-01T01:00:00Z")
LATER = Author("Trần Thị B", "2026-03-02T01:00:00Z", "đổi theo góp ý")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHANGES = ("ins", "del", "moveFrom", "moveTo")


def _paper(html: str, revision: str = "1") -> Paper:
    content = read_html(html)
    front = {"title": ["Quy trình"], "facts": [["Lần sửa đổi", [revision]]], "people": [],
             "changes": None, "contents": 0}  # fmt: skip
    sheet = {
        "organization": ["Nơi thử"],
        "title": ["Quy trình"],
        "head": [["Mã: QT 01"], [f"Lần sửa đổi: {revision}"]],
        "foot": [["Mã kiểm tra: ABCD"], ["dự thảo"], []],
        "front": front,
        "segments": segments(content.blocks),
    }
    words = {name: text.vi for name, text in WORDS.items()}
    data = {"language": "vi", "organization": "Nơi thử", "title": "Quy trình", "words": words}
    return Paper({**data, "cover": None, "sheets": [sheet]}, content.pictures)


def _docx(html: str, **options: Any) -> bytes:
    return as_docx(_paper(html), DAY, **options)


def _parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if re.match(r"word/(document|header\d)", name)]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def _lines(root: etree._Element) -> list[str]:
    """The words of each paragraph, as they stand once nothing is tracked any more."""
    lines = []
    for paragraph in root.iter(f"{W}p"):
        words = []
        for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}instrText"):
            if element.tag == f"{W}t":
                words.append(element.text or "")
            elif element.tag == f"{W}br":
                words.append("\n")
        lines.append("".join(words))
    return [line for line in lines if line.strip()]


def _resolve(root: etree._Element, *, accept: bool) -> None:
    """Accept or reject every change, as Word does; nothing tracked is left."""
    kept, gone = (
        (("ins", "moveTo"), ("del", "moveFrom"))
        if accept
        else (("del", "moveFrom"), ("ins", "moveTo"))
    )
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for paragraph in list(root.iter(f"{W}p")):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        marked = {child.tag.removeprefix(W) for child in mark} if mark is not None else set()
        for name in gone:
            for element in list(paragraph.iter(f"{W}{name}")):
                if element.getparent().tag != f"{W}rPr":
                    element.getparent().remove(element)
        if (
            marked & set(gone)
            and not "".join(_lines(paragraph))
            and paragraph.find(f".//{W}drawing") is None
        ):
            paragraph.getparent().remove(paragraph)
    for name in kept:
        for element in list(root.iter(f"{W}{name}")):
            parent = element.getparent()
            for child in list(element):
                element.addprevious(child)
            parent.remove(element)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and re.search(r"}move(From|To)Range", element.tag):
            element.getparent().remove(element)
        elif element.tag == f"{W}delText":
            element.tag = f"{W}t"


def _tracked(root: etree._Element) -> list[str]:
    return [name for name in CHANGES for _ in root.iter(f"{W}{name}")]


def _letters(text: str) -> str:
    return re.sub(r"[\s•☐☑]", "", unicodedata.normalize("NFC", text))


def _source_letters(html: str) -> list[str]:
    return [_letters(words) for words in re.split(r"<[^>]*>", html) if _letters(words)]


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_is_there(name: str) -> None:
    html = re.sub(r"<a class='headerlink'.*?</a>", "", TEXTS[name])
    text = _letters("".join(_lines(_parts(_docx(html))["word/document.xml"])))
    for words in re.split(r"<[^>]*>", html):
        for word in unescape(words).split():
            if re.fullmatch(r"\d+(\.\d+)*\.?", word):
                continue  # a number may be Word's own
            assert _letters(word) in text, word


@pytest.mark.parametrize("name", TEXTS)
def test_word_files_are_sound(name: str) -> None:
    document = docx.Document(io.BytesIO(_docx(TEXTS[name])))
    assert document.paragraphs[0].text == "Quy trình"
    for table in document.tables:
        grid = len(table._tbl.tblGrid.findall(f"{W}gridCol"))
        for row in table._tbl.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            widths = [int(span.get(f"{W}val")) if span is not None else 1 for span in spans]
            assert sum(widths) == grid
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_headings_have_styles_and_word_counts_what_was_typed() -> None:
    html = "<h2>1. Một</h2><h3>1.1. Con</h3><h3>1.2. Nữa</h3><h2>2. Hai</h2><p>01 ngày</p>"
    document = docx.Document(io.BytesIO(_docx(html)))
    headings = [(_style(item), item.text) for item in document.paragraphs if "Head" in _style(item)]
    assert headings == [
        ("Heading 2", "Một"),
        ("Heading 3", "Con"),
        ("Heading 3", "Nữa"),
        ("Heading 2", "Hai"),
    ]
    assert document.paragraphs[-1].text == "01 ngày"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>1. Một</h2><h2>3. Ba</h2>",
        "<h2>1. Một</h2><h3>1.2. Con</h3>",
        "<h2>1. Một</h2><h2>2 Hai</h2>",
        "<h2>1. Một</h2><h3>1. Con</h3>",
        "<h2>4. Bốn</h2><h2>5. Năm</h2>",
    ],
)
def test_numbers_that_word_would_count_otherwise_stay_typed(html: str) -> None:
    document = docx.Document(io.BytesIO(_docx(html)))
    shown = [item.text for item in document.paragraphs if "Head" in _style(item)]
    assert shown == re.findall(r">([^<]+)<", html)


def test_lists_are_words_own_with_the_numbers_typed() -> None:
    html = "<ol start='4'><li>bốn</li><li value='6'>sáu<ul><li>con</li></ul></li><li>bảy</li></ol>"
    content = _docx(html)
    numbering = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/numbering.xml"))
    starts = {
        item.get(f"{W}abstractNumId"): item.find(f"{W}lvl/{W}start").get(f"{W}val")
        for item in numbering.findall(f"{W}abstractNum")
        if int(item.get(f"{W}abstractNumId")) >= 100
    }
    used = [item.get(f"{W}val") for item in _parts(content)["word/document.xml"].iter(f"{W}numId")]
    assert [starts[number] for number in used] == ["4", "6", "1", "6"]


@pytest.mark.parametrize("length", [255, 256, 3_000])
def test_what_is_longer_than_a_property_holds_is_whole_on_the_page(length: int) -> None:
    paper = _paper("<p>Lời</p>")
    long = "Quy trình " + "x" * (length - 10)
    sheet = paper.data["sheets"][0]
    front = {**sheet["front"], "title": [long]}
    sheet = {**sheet, "front": front, "title": [long], "head": [[long]], "code": long}
    data = {**paper.data, "title": long, "organization": long, "sheets": [sheet]}
    document = docx.Document(io.BytesIO(as_docx(Paper(data, paper.pictures), DAY)))
    held = document.core_properties
    for value in (held.title, held.author, held.subject, held.identifier):
        assert value == (long if length == 255 else f"{long[:254]}…")
    assert long in "".join(paragraph.text for paragraph in document.paragraphs)


def test_head_foot_fields_and_properties() -> None:
    content = _docx("<p>x</p>")
    document = docx.Document(io.BytesIO(content))
    header = etree.tostring(document.sections[0].header._element).decode()
    assert "NUMPAGES" in header
    assert "fldSimple" not in header
    assert "Mã kiểm tra: ABCD" in document.sections[0].footer.paragraphs[0].text
    assert document.core_properties.title == "Quy trình"
    assert document.core_properties.created.date() == DAY


def test_the_running_head_is_as_wide_as_the_text_of_its_sheet() -> None:
    """Also where sheets lie, stand again, and lie again; there are two heads, not four."""
    wide = TEXTS["wide table"]
    document = docx.Document(io.BytesIO(_docx(f"<p>a</p>{wide}<p>b</p>{wide}<p>c</p>")))
    widths = []
    for section in document.sections:
        (table,) = section.header.tables
        head = sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid)
        sheet, *edges = (
            int(length or 0)
            for length in (section.page_width, section.left_margin, section.right_margin)
        )
        text = (sheet - sum(edges)) / 635
        assert text - 300 < head <= text
        widths.append(head)
    assert widths == [9300, 14200, 9300, 14200, 9300]
    parts = {section.header.part.partname for section in document.sections}
    assert len(parts) == 2


def test_the_same_document_gives_the_same_bytes() -> None:
    html = "".join(TEXTS.values())
    assert _docx(html) == _docx(html)


def zip_without(data: bytes, path: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_a_template_gives_letterhead_and_styles() -> None:
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "THƯ MỤC CÔNG TY"
    template.add_paragraph("Nội dung mẫu")
    saved = io.BytesIO()
    template.save(saved)
    content = _docx("<p>chữ</p>", template=saved.getvalue(), template_name="mẫu.docx")
    document = docx.Document(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text == "THƯ MỤC CÔNG TY"
    assert "Nội dung mẫu" not in "".join(item.text for item in document.paragraphs)
    whole = saved.getvalue()
    lost = zip_without(whole, "word/document.xml")
    for spoilt in (b"", b"no zip", whole[: len(whole) // 2], lost, _png()):
        with pytest.raises(QmsError, match="mẫu"):
            _docx("<p>x</p>", template=spoilt, template_name="mẫu.docx")


def test_a_letterhead_that_has_no_list_gets_those_of_the_text() -> None:
    template = docx.Document()
    rels = template.part.rels
    (numbering,) = [name for name, each in rels.items() if each.reltype.endswith("/numbering")]
    del rels[numbering]
    saved = io.BytesIO()
    template.save(saved)
    assert "word/numbering.xml" not in zipfile.ZipFile(saved).namelist()
    content = _docx("<h1>1. Một</h1><ol><li>a</li></ol>", template=saved.getvalue())
    made = docx.Document(io.BytesIO(content)).part.numbering_part.element
    kinds = [each.tag.rpartition("}")[2] for each in made]
    assert kinds == ["abstractNum", "abstractNum", "num", "num"]


def test_pictures_go_in_and_a_broken_one_is_named() -> None:
    names = zipfile.ZipFile(io.BytesIO(_docx(_img(_png())))).namelist()
    assert any(name.startswith("word/media/") for name in names)
    for broken in (b"", b"none", _png()[:20], b"\xff\xd8\xff\xe0\0\x10JFIF", b"<svg/>"):
        assert "[Sơ đồ]" in "".join(
            _lines(_parts(_docx(_img(broken, "Sơ đồ")))["word/document.xml"])
        )


def test_a_wide_table_lies_with_its_heading_in_smaller_letters() -> None:
    html = f"<p>trước</p><h2>Bảng</h2>{TEXTS['wide table']}<p>sau</p>"
    body = _parts(_docx(html))["word/document.xml"][0]
    breaks = [at for at, element in enumerate(body) if element.find(f".//{W}sectPr") is not None]
    lying = ["".join(each.itertext()) for each in body[breaks[0] + 1 : breaks[1]]]
    assert lying[0] == "Bảng"
    assert "Ô số 14" in lying[1]
    sizes = {size.get(f"{W}val") for size in body.iter(f"{W}sz")}
    assert sizes
    assert max(map(int, sizes)) < 20
    narrow = _parts(_docx("<table><tr><td>a</td></tr></table>"))["word/document.xml"]
    assert not list(narrow.iter(f"{W}sz"))


def test_cells_are_aligned_as_their_columns_are() -> None:
    row = "<tr><{0} align='right'>{1}</{0}><{0} align='center'>a</{0}><{0}>b</{0}></tr>"
    html = f"<table>{row.format('th', 'Số')}{row.format('td', '5')}</table>"
    (body,) = [root for path, root in _parts(_docx(html)).items() if "document" in path]
    table = next(each for each in body.iter(f"{W}tbl") if "Số" in "".join(each.itertext()))
    sides = []
    for paragraph in table.iter(f"{W}p"):
        side = paragraph.find(f"{W}pPr/{W}jc")
        sides.append(None if side is None else side.get(f"{W}val"))
    assert sides == ["right", "center", None] * 2


def _drawing(size: str = 'width="192" height="96"') -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 192 96">'
        '<rect width="192" height="96" fill="#c00"/></svg>'
    ).encode()


# One pixel, without loss.
WEBP = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")


@pytest.mark.parametrize(("kind", "picture"), [("svg+xml", _drawing()), ("webp", WEBP)])
def test_pictures_that_word_cannot_carry_are_drawn(kind: str, picture: bytes) -> None:
    html = _img(picture, "Sơ đồ", kind)
    made = _docx(html)
    assert made == _docx(html)
    parts = zipfile.ZipFile(io.BytesIO(made))
    (name,) = [each for each in parts.namelist() if each.startswith("word/media/")]
    assert parts.read(name).startswith(b"\x89PNG")
    assert 'descr="Sơ đồ"' in parts.read("word/document.xml").decode()


def test_pictures_are_as_large_as_on_paper_and_never_larger_than_their_room() -> None:
    def sizes(html: str) -> list[tuple[int, int]]:
        shapes = docx.Document(io.BytesIO(_docx(html))).inline_shapes
        return [(round(shape.width.mm), round(shape.height.mm)) for shape in shapes]

    assert sizes(_img(_drawing(), "x", "svg+xml")) == [(51, 25)]
    wide, tall = _drawing('width="9600" height="4800"'), _drawing('width="96" height="9600"')
    assert sizes(_img(wide, "x", "svg+xml")) == [(164, 82)]
    ((width, height),) = sizes(_img(tall, "x", "svg+xml"))
    assert width < 10
    assert height <= 230
    cells = f"<table><tr><td>a</td><td>{_img(wide, 'x', 'svg+xml')}</td></tr></table>"
    ((width, _),) = sizes(cells)
    assert width < 160


PAIRS = {
    "a word": ("<p>Giữ 3 năm.</p>", "<p>Giữ 5 năm.</p>"),
    "a paragraph more": ("<p>một</p>", "<p>một</p><p>hai mới</p>"),
    "a paragraph less": ("<p>một</p><p>hai</p><p>ba</p>", "<p>một</p><p>ba</p>"),
    "all": ("<p>một hai ba</p>", "<p>bốn năm sáu</p>"),
    "a heading": ("<h2>1. Phạm vi</h2><p>x</p>", "<h2>1. Phạm vi áp dụng</h2><p>x</p>"),
    "moved": (
        "<p>Đoạn thứ nhất dài hơn hai mươi chữ.</p><p>hai</p><p>ba</p><p>bốn</p>",
        "<p>hai</p><p>ba</p><p>bốn</p><p>Đoạn thứ nhất dài hơn hai mươi chữ.</p>",
    ),
    "an item": ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>c mới</li><li>b</li></ul>"),
    "a number": ("<ol><li>a b c</li><li>d e f</li></ol>", "<ol><li>a b c</li><li>d x f</li></ol>"),
    "bold": ("<p>một <b>hai</b> ba</p>", "<p>một <b>hai bốn</b> ba</p>"),
    "a table more": ("<p>x</p>", "<p>x</p><table><tr><td>a</td><td>b</td></tr></table>"),
    "a table less": ("<p>x</p><table><tr><td>a</td><td>b</td></tr></table><p>y</p>", "<p>x</p><p>y</p>"),
    "a cell": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>3 năm</td><td>x</td></tr></table>",
        "<table><tr><th>A</th><th>B</th></tr><tr><td>5 năm</td><td>x</td></tr></table>",
    ),
    "a row more": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td>m</td><td>n</td></tr><tr><td>c</td><td>d</td></tr></table>",
    ),
    "a row less": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>m</td><td>n</td></tr></table>",
        "<table><tr><td>a</td><td>b</td></tr></table>",
    ),
    "a column more": ("<table><tr><td>a</td></tr></table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
    "nothing": ("<p>một</p><ul><li>hai</li></ul>", "<p>một</p><ul><li>hai</li></ul>"),
    "from nothing": ("", "<p>một</p>"),
    "to nothing": ("<p>một</p>", ""),
    "lines": ("<p>a<br/>b</p>", "<p>a<br/>c<br/>b</p>"),
    "a quote": ("<blockquote><p>lời cũ xưa</p></blockquote>", "<blockquote><p>lời mới xưa</p></blockquote>"),
    "two swapped": (
        "<p>Một đoạn đủ dài để chuyển đi.</p><p>Hai đoạn đủ dài để chuyển đi.</p>",
        "<p>Hai đoạn đủ dài để chuyển đi.</p><p>Một đoạn đủ dài để chuyển đi.</p>",
    ),
}  # fmt: skip


def _compared(name: str, *, traced: bool = False) -> bytes:
    old, new = (_paper(html, str(at)) for at, html in enumerate(PAIRS[name], 1))
    versions = [
        AuthoredText(tuple(text_blocks(paper)), author)
        for paper, author in ((old, AUTHOR), (old, AUTHOR), (new, LATER))
    ]
    return as_docx(new, DAY, old=old, versions=versions if traced else (), author=AUTHOR)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("traced", [True, False])
@pytest.mark.parametrize("accept", [True, False])
def test_accepted_is_the_new_text_and_rejected_the_old(
    name: str, *, accept: bool, traced: bool
) -> None:
    old, new = PAIRS[name]
    wanted = _parts(as_docx(_paper(new, "2"), DAY) if accept else as_docx(_paper(old, "1"), DAY))
    for part, root in _parts(_compared(name, traced=traced)).items():
        _resolve(root, accept=accept)
        assert _tracked(root) == []
        expected = _lines(wanted[part])
        numbered = [re.sub(r"^\d+(\.\d+)*\.? ", "", line) for line in _lines(root)]
        assert [re.sub(r"^\d+(\.\d+)*\.? ", "", line) for line in expected] == numbered


@pytest.mark.parametrize("name", PAIRS)
def test_a_traced_change_of_the_text_is_its_authors(name: str) -> None:
    body = _parts(_compared(name, traced=True))["word/document.xml"]
    front = {"1", "2"}  # the number in front of the text, which the last version changed as well
    for mark in body.iter(*(f"{W}{kind}" for kind in CHANGES)):
        if "".join(mark.itertext()) not in front:
            assert mark.get(f"{W}author") == LATER.name
            assert mark.get(f"{W}date") == LATER.moment


@pytest.mark.parametrize("name", PAIRS)
def test_every_change_names_who_and_when(name: str) -> None:
    for root in _parts(_compared(name)).values():
        for kind in CHANGES:
            for element in root.iter(f"{W}{kind}"):
                assert element.get(f"{W}author") == AUTHOR.name
                assert element.get(f"{W}date") == AUTHOR.moment


def test_what_moved_is_shown_as_moved_and_the_head_is_compared() -> None:
    parts = _parts(_compared("moved"))
    body = parts["word/document.xml"]
    names = [
        element.get(f"{W}name")
        for element in body.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")
    ]
    assert names == ["move1", "move1"]
    header = next(root for name, root in parts.items() if name.startswith("word/header"))
    assert _tracked(header) == ["ins", "del"]


def test_only_the_changed_cell_of_a_table_is_marked() -> None:
    body = _parts(_compared("a cell"))["word/document.xml"]
    table = body.find(f".//{W}tbl")
    marked = ["".join(cell.itertext()) for cell in table.iter(f"{W}tc") if _tracked(cell)]
    assert marked == ["35 năm"]


@needs("soffice")
def test_libreoffice_reads_the_accepted_text(tmp_path: Path) -> None:
    """All at once: LibreOffice takes longer to start than to read any of them."""
    names = ("a word", "moved", "a cell", "a row more", "a row less")
    for number, name in enumerate(names):
        (tmp_path / f"{number}.docx").write_bytes(_accepted(_compared(name)))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        *(f"{number}.docx" for number in range(len(names))),
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for number, name in enumerate(names):
        text = _letters((tmp_path / f"{number}.txt").read_text("utf-8-sig"))
        for words in _source_letters(PAIRS[name][1]):
            assert words in text, name


def _accepted(content: bytes) -> bytes:
    """A file in which every change was accepted."""
    accepted = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(accepted, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if re.match(r"word/(document|header\d)", part):
                root = etree.fromstring(data)
                _resolve(root, accept=True)
                data = etree.tostring(root)
            target.writestr(part, data)
    return accepted.getvalue()


def test_a_table_within_a_cell_stays_within_it() -> None:
    inner = "<table><tr><td>b</td><td>c</td></tr></table>"
    body = _parts(_docx(f"<table><tr><td>a{inner}</td><td>d</td></tr></table>"))[
        "word/document.xml"
    ]
    widths = [int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) for table in body.iter(f"{W}tbl")]
    cell = body.find(f".//{W}tc/{W}tcPr/{W}tcW")
    assert widths[1] < int(cell.get(f"{W}w")) < widths[0]


@pytest.mark.parametrize(("rows", "columns"), [(1, 4), (4, 1)])
def test_time_does_not_grow_with_the_square_of_a_table(rows: int, columns: int) -> None:
    def seconds(rows: int, columns: int) -> float:
        row = f"<tr>{'<td>a</td>' * columns}</tr>"
        begun = time.process_time()
        _docx(f"<table>{row * rows}</table>")
        return time.process_time() - begun

    once = max(0.15, seconds(40, 80))
    assert seconds(40 * rows, 80 * columns) < 8 * once
