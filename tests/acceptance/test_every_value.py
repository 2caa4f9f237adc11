"""Every value of a manual is odd, and whatever is made of the manual holds it as words alone.

Each form of each answer is read by a strict reader of its kind: nothing drives a terminal, a runner
of jobs or a spreadsheet, nothing is a heading, a link or a class of a page, every file is whole.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from qmstool.cli.main import main
from tests.support.every_value import lived, one_line
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from pathlib import Path

MARK = "qzjx"
ODD = (
    f"={MARK}\n\n# {MARK}h {{ .q-chip .q-chip--effective #{MARK}-id }}\n\n[{MARK}l](https://evil.invalid)"
    '\n\n::error::x\n##[error]y\r\n\t=1;\uff1d2 "><script>alert(1)</script><i onmouseover=alert(1)>'
    "' markdown=1 {{ 7*7 }} {% x %} $(x) `y` %0A @all \u202ertl \x1b[31m\x07 \u2028 \x85 \ufeff & | ~ * _ \\"
)
HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"^\s*::\w+.*::|##(?:vso|teamcity)?\[", re.MULTILINE | re.IGNORECASE)
FORMULA = re.compile(r"\s*[=+@\uff1d-]")
TABLES = {
    **{f"register {which}": ("register", which)
       for which in ("internal", "external", "forms", "records", "reviews")},
    "matrix": ("matrix",),
    "clauses": ("matrix", "--clauses"),
    "side by side": ("matrix", "--side-by-side"),
    "statement": ("matrix", "--statement"),
    "history": ("history", "QT VP 01"),
    "as-of": ("as-of", "2024-06-01"),
    "trail": ("trail",),
    "ledger": ("distribution", "--ledger"),
    "recall": ("distribution", "--recall", "2"),
    "unread": ("distribution", "--unread"),
    "out": ("distribution", "--out"),
    "opinions": ("opinions", "dot-2"),
    "signed": ("opinions", "--signed"),
    "handover": ("handover", "nguoi-ky"),
}  # fmt: skip
REPORTS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "lines", "xlsx")
OTHERS = [
    *(("check", "--all", "--history", "--no-cache", "--format", form) for form in REPORTS),
    *(("verify", "--format", form) for form in ("text", "json", "html")),
    *(("diff", "QT VP 01", "1", "2", "--format", form) for form in ("text", "html")),
    *(("matrix", "--statement", "--format", form) for form in ("oscal", "oscal-catalog")),
]


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every")
    evidence = folder / 'bằng "chứng" =1 $(y).txt'
    evidence.write_text("x")
    lived(folder / "repo", lambda _: ODD, evidence)
    return folder


def made(manual: Path, *words: str, suffix: str = "") -> bytes:
    target = manual / f"made{suffix}"
    target.unlink(missing_ok=True)
    assert main([*words, "--root", str(manual / "repo"), "--output", str(target)]) in {0, 1}, words
    return target.read_bytes()


def parts(content: bytes) -> dict[str, ET.Element]:
    """The XML of a file of Word or Excel, by part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: ET.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def leads_out(content: bytes) -> list[str]:
    """What a file of Word or Excel would reckon, fetch or lead to."""
    found = []
    for name, root in parts(content).items():
        for each in root.iter():
            tag = str(each.tag).rpartition("}")[2]
            if (
                tag in {"f", "hyperlink", "altChunk", "object"}
                or each.get("TargetMode") == "External"
            ):
                found.append(f"{name}: {tag}")
            if tag == "instrText" and MARK in (each.text or ""):
                found.append(f"{name}: {each.text}")
    return found


class Page(HTMLParser):
    """What on a page came out of a value and is more than words: ids, links, handlers, headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.tag = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        for name, value in attrs:
            if name.startswith("on") or (name, value) == ("id", f"{MARK}-id"):
                self.found.add(f"{name}={value}")
            if name == "href" and "evil.invalid" in (value or ""):
                self.found.add("link")

    def handle_data(self, data: str) -> None:
        if data.lstrip().startswith(f"{MARK}h"):
            self.found.add(f"<{self.tag}>")


def assert_words_alone(form: str, content: bytes) -> None:
    """Read an answer as a program of its kind does."""
    if form == "xlsx":
        assert leads_out(content) == []
        return
    text = content.decode()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n") if form == "csv" else text
    assert not HARMFUL.search(plain), HARMFUL.search(plain)
    if form == "github":
        assert all(re.match(r"::(?:error|warning|notice) file=", line) or not COMMAND.search(line)
                   for line in plain.split("\n"))  # fmt: skip
    else:
        assert not COMMAND.search(plain), COMMAND.search(plain)
    if form in {"json", "sarif", "gitlab", "oscal", "oscal-catalog"}:
        json.loads(text)
    elif form == "junit":
        ET.fromstring(text)
    elif form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(plain, newline="")) for cell in row]
        assert [cell for cell in cells if FORMULA.match(cell)] == []
    elif form == "html":
        assert Page(text).found == set()


@pytest.mark.parametrize("form", ["table", "csv", "json", "html", "xlsx"])
def test_tables(form: str, manual: Path) -> None:
    for words in TABLES.values():
        assert_words_alone(form, made(manual, *words, "--format", form))


@pytest.mark.parametrize("words", OTHERS, ids=" ".join)
def test_reports_and_answers(words: tuple[str, ...], manual: Path) -> None:
    assert_words_alone(words[-1], made(manual, *words))


@pytest.mark.parametrize("more", [("QT VP 01",), ("QT VP 01", "--compare", "1")], ids=" ".join)
def test_word(more: tuple[str, ...], manual: Path) -> None:
    content = made(manual, "export", "docx", *more, suffix=".docx")
    assert leads_out(content) == []
    assert MARK in "".join(parts(content)["word/document.xml"].itertext())


def test_papers_to_sign(manual: Path) -> None:
    papers = sorted((manual / "repo/build").rglob("*.html"))
    assert papers
    for paper in papers:
        assert_words_alone("html", paper.read_bytes())
    target = manual / "word"
    words = ["export", "docx", "--dossier", "dot-3", "--output", str(target)]
    assert main([*words, "--root", str(manual / "repo")]) == 0
    for file in target.iterdir():
        assert leads_out(file.read_bytes()) == []


def test_pages(manual: Path) -> None:
    built(manual / "repo", manual / "site")
    for path in (manual / "site").rglob("*.xml"):
        ET.fromstring(path.read_bytes())
    for line in (manual / "site/review.ics").read_bytes().decode().split("\r\n"):
        assert re.match(r"[A-Z][A-Z-]*[:;]| |$", line), line
        assert len(line.encode()) <= 75
    found = {
        (path.relative_to(manual / "site").as_posix(), what)
        for path in (manual / "site").rglob("*.html")
        for what in Page(path.read_text("utf-8")).found
    }
    assert found == set()


def test_pdf(manual: Path) -> None:
    pypdf: Any = pytest.importorskip("pypdf")
    content = made(manual, "export", "pdf", suffix=".pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    actions = {key for page in reader.pages for note in page.get("/Annots", ())
               for key in note.get_object().get("/A", {})}  # fmt: skip
    assert actions <= {"/S", "/D", "/Type"}
    assert MARK in one_line(reader.pages[0].extract_text())
    assert not {"/OpenAction", "/AA"} & set(reader.trailer["/Root"])


def test_the_pack_of_an_audit(manual: Path) -> None:
    content = made(manual, "export", "pack", "--no-site", suffix=".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = {name: archive.read(name) for name in archive.namelist()}
    assert_words_alone("text", told["verify.txt"])
    assert_words_alone("json", told["verify.json"])
    assert_words_alone("text", told["START-HERE.txt"].removeprefix("\ufeff".encode()))
    for name, data in told.items():
        if name.endswith(".xlsx"):
            assert_words_alone("xlsx", data)
