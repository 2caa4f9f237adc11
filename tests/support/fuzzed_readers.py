"""Hold the readers that are fed hostile texts: by a fuzzer, and by a test with the texts it kept.

Each reader takes bytes and returns nothing. It raises QmsError for what it refuses, and fails an
assertion where its answer breaks a promise. Beside each stand the texts to begin with.
"""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl

from qmstool.importing.dialects.reader import read_markdown
from qmstool.importing.plain.pdf import read_pdf
from qmstool.importing.plain.text import read_text
from qmstool.importing.word.reader import read_word
from qmstool.importing.workbooks.sheets import read_sheets
from qmstool.manual.loading.loader import load
from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.reader import read
from qmstool.references.resolver import resolve
from qmstool.releases.seal import public_key
from qmstool.sanitizing.drawings import rebuilt_drawing
from qmstool.sanitizing.html import ATTRIBUTES, TAGS, TASK_BOX, clean
from qmstool.sanitizing.sheets import guarded
from qmstool.sanitizing.styles import first_foreign
from qmstool.signatures.judge import judge_file
from qmstool.signatures.words import PROBLEMS, REASONS
from tests.support.manuals import tiny, tiny_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests/data/fuzzed.tar.xz"
WORD = ROOT / "tests/data/word"
BODY, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
DATA = {
    "qms.yml": ROOT / "qms.yml",
    "clauses/mapping/tiny-1.yml": ROOT / "tests/data/tiny/clauses/mapping/tiny-1.yml",
    "clauses/catalogues/tiny-1.yml": ROOT / "tests/data/tiny/clauses/catalogues/tiny-1.yml",
    "procedures/records.yml": ROOT / "procedures/records.yml",
    "procedures/external.yml": ROOT / "procedures/external.yml",
    "manual/process-map.yml": ROOT / "manual/process-map.yml",
    "manual/abbreviations.yml": ROOT / "manual/abbreviations.yml",
    "releases/0001.yml": ROOT / "releases/0001.yml",
}
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M0 0"/></g><use href="#a"/>'
    b'<style>.a{fill:url(#b)}</style><image href="data:image/png;base64,AA=="/></svg>'
)
LONGEST = 4096  # bytes of a text
SIGNED = 32_768  # of a signed file: its certificates alone are longer than a text
QUESTION = {"moment": "2024-06-01T00:00:00+00:00", "usages": [], "certificates": [], "lists": []}
# The names of attributes that a page of an author's text may have, in small letters as they are
# read, with those that the cleaner itself writes.
LISTED = {tag: {name.lower() for name in ATTRIBUTES.get(tag, ())} for tag in ("*", *TAGS)}
LISTED["a"].add("rel")
LISTED["input"].update(TASK_BOX)
RUNNING = re.compile(r"(?i)^\s*(?:javascript|vbscript|data:text)")


class _Listed(HTMLParser):
    """Looks in a page for what is on no list: a second reader than the one that cleaned it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in LISTED["*"] or name in LISTED[tag], (tag, name)
            assert not RUNNING.match(value or ""), value


def _text(data: bytes) -> None:
    """Read a document, its front matter too, and find its citations."""
    resolve(load(tiny_with({"procedures/qt-vp-01.md": data})))


def _data(data: bytes) -> None:
    """Read a file of data, which the first byte chooses."""
    names = [*DATA]
    if data:
        resolve(load(tiny_with({names[data[0] % len(names)]: data[1:]})))


def _page(data: bytes) -> None:
    """Make a page of Markdown; a second reader finds nothing in it that is on no list."""
    page = clean(html(read(data.decode("utf-8", "replace"))), authored=True)
    reader = _Listed()
    reader.feed(page)
    reader.close()


def _drawing(data: bytes) -> None:
    made = rebuilt_drawing(data)
    if made is not None:
        for element in ET.fromstring(made).iter():
            assert not str(element.tag).lower().endswith(("script", "foreignobject", "a"))
            assert not any(name.lower().startswith("on") for name in element.attrib)
        assert rebuilt_drawing(made) is not None


def _style(data: bytes) -> None:
    style = data.decode("utf-8", "replace")
    if not first_foreign(style, files=False):
        assert "@import" not in re.sub(
            r"/\*.*?(?:\*/|\Z)|\".*?\"|'.*?'", " ", style, flags=re.DOTALL
        )


def _sheet(data: bytes) -> None:
    guarded(data.decode("utf-8", "replace"))


def _plain(data: bytes) -> None:
    read_text(data, "a.txt")


def _markdown(data: bytes) -> None:
    read_markdown(data, "a.md")


def _word(data: bytes) -> None:
    read_word(
        _packed(next(iter(sorted(WORD.glob("*.docx")))), BODY, data), "a.docx", changes="accept"
    )


def _workbook(data: bytes) -> None:
    read_sheets(_packed(_made_workbook(), SHEET, data), "a.xlsx")


def _table(data: bytes) -> None:
    read_sheets(data, "a.csv")


def _pdf(data: bytes) -> None:
    read_pdf(data, "a.pdf")


def _signed(data: bytes) -> None:
    """Judge a signed file: whatever it is, it is told in a word that has a sentence."""
    answer = judge_file(data, QUESTION)
    for each in (answer, *answer.get("signatures", ())):
        assert each.get("problem") in {None, *PROBLEMS}, each
        assert each.get("reason") in {None, "", *REASONS}, each


def _seal(data: bytes) -> None:
    public_key(data)


def _packed(source: Path | bytes, name: str, data: bytes) -> bytes:
    """Return an Office file with one member replaced."""
    out = io.BytesIO()
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    with zipfile.ZipFile(opened) as given, zipfile.ZipFile(out, "w") as made:
        for each in given.namelist():
            made.writestr(each, data if each == name else given.read(each))
    return out.getvalue()


def _made_workbook() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    for row in (["Mã", "Tên", "Ngày"], ["QT 01", "Thử", 45000], ["QT 02", True, "=1+1"]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _made_pdf() -> bytes:
    """Return a page with text in two columns, a rule and a picture, nothing of it compressed."""
    text = "".join(
        f"BT /F 9 Tf {left} {700 - 12 * row} Td (QT {row}. Kiem soat tai lieu, ho so va) Tj ET\n"
        for row in range(12)
        for left in (50, 310)
    )
    page = f"{text}50 720 500 1 re f q 90 0 0 90 50 400 cm /I Do Q\n".encode()
    dot = b"/Length 1>>stream\n0\nendstream"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 7 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray%b" % dot,
        b"<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>",
    ]
    out, places = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, part in enumerate(parts, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    count = len(parts) + 1
    end = b"xref\n0 %d\n%btrailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (count, places, count, len(out))


def _signed_files() -> Iterator[bytes]:
    from tests.support.signing import Authority, sign, stamp_document

    root, moment = Authority(), datetime(2024, 3, 1, tzinfo=UTC)
    one = sign(_made_pdf(), root.issue("A"), root)
    yield one
    yield stamp_document(one, root, moment)
    yield sign(_made_pdf(), root.issue("A"), root, stamp=True)


def _members(paths: Iterator[Path], name: str) -> Iterator[bytes]:
    for path in paths:
        with zipfile.ZipFile(path) as opened:
            yield opened.read(name)


def _texts() -> Iterator[bytes]:
    for path in (*tiny().items(),):
        if path[0].endswith(".md"):
            yield path[1]
    for each in sorted((ROOT / "tests/data/word").glob("*.md")):
        yield each.read_bytes()


def _data_files() -> Iterator[bytes]:
    for at, path in enumerate(DATA.values()):
        yield bytes([at]) + path.read_bytes()[: LONGEST - 1]


READERS: dict[str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]]]] = {
    "text": (_text, _texts),
    "data": (_data, _data_files),
    "page": (_page, _texts),
    "drawing": (
        _drawing,
        lambda: iter([SVG]),
    ),
    "style": (_style, lambda: iter([b"@media print{a:hover{color:rgb(1,2,3)}} /* x */ b{background:url(a.png)}"])),
    "sheet": (_sheet, lambda: iter([(ROOT / "tests/data/word/01-heading-by-name.md").read_bytes(), b"<!doctype html><html><head><style>a{b:c}</style></head><body><table class='x'></table></body></html>"])),
    "plain": (_plain, _texts),
    "markdown": (_markdown, _texts),
    "word": (_word, lambda: _members(iter(sorted(WORD.glob("*.docx"))), BODY)),
    "workbook": (_workbook, lambda: iter([zipfile.ZipFile(io.BytesIO(_made_workbook())).read(SHEET)])),
    "pdf": (_pdf, lambda: iter([_made_pdf()])),
    "signed": (_signed, _signed_files),
    "table": (_table, lambda: iter(['Mã;Tên\n1;"a;b"\n'.encode(), b"a,b\n1,2\n"])),
    "seal": (_seal, lambda: iter([b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3No\n-----END SSH SIGNATURE-----\n"])),
}  # fmt: skip


def kept_texts(name: str) -> dict[str, bytes]:
    """Return the texts that a fuzzer kept for a reader, because each reached something new."""
    texts = {}
    with tarfile.open(KEPT) as opened:
        for member in opened:
            data = opened.extractfile(member) if member.name.startswith(f"{name}/") else None
            if data is not None:
                texts[member.name] = data.read()
    return texts
