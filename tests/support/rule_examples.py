"""The examples of a rule's page: which files they lay over the tiny manual, and where they say the
finding stands.

A fence names its file in `title`; «(saved as …)» after the path says how its bytes differ from
plain UTF-8 with LF. A line «…» at the beginning stands for the file's lines before the first line
shown, one at the end for those after the last.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from html import escape

from qmstool.rules.base.pages import HEADINGS
from tests.support.manuals import tiny
from tests.support.memory import LinkOut

FENCE = re.compile(
    r"^```\w+ title=\"(?P<path>[^\" ]+)(?: \((?P<saved>[^)]+)\))?\"\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PLACE = re.compile(r"^→ `(?P<place>[^`]+)`$", re.MULTILINE)
REST = "…"


@dataclass(frozen=True)
class Example:
    """What stands under «Bad» or «Good»: files to lay over the tiny manual, and «path:line:column»
    of what is found.
    """

    files: dict[str, bytes]
    places: tuple[str, ...]


def headings(page: str) -> tuple[str, ...]:
    """The level-2 headings of a page, those inside its examples left out."""
    return tuple(re.findall(r"^## (.+)$", FENCE.sub("", page), re.MULTILINE))


def example(page: str, heading: str) -> Example:
    """The example under a heading of a page."""
    ends = "|".join(re.escape(each) for names in HEADINGS.values() for each in names)
    body = re.split(
        rf"^## (?:{ends})$", page.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE
    )[0]
    files = {
        found["path"]: saved_file(whole_example(found["path"], found["text"]), found["saved"] or "")
        for found in FENCE.finditer(body)
    }
    return Example(files, tuple(found["place"] for found in PLACE.finditer(body)))


def whole_example(path: str, shown: str) -> str:
    """A file of the tiny manual with the lines shown put in their place."""
    lines = shown.splitlines()
    before: list[str] = []
    after: list[str] = []
    if REST in {lines[0], lines[-1]}:
        there = tiny()[path].decode().splitlines()
        first = there.index(lines[1]) if lines[0] == REST else 0
        if lines[0] == REST:
            before, lines = there[:first], lines[1:]
        if lines[-1] == REST:
            search_from = first + 1 if lines[-2] == lines[0] else first  # front matter's two «---»
            after, lines = there[there.index(lines[-2], search_from) + 1 :], lines[:-1]
    return "\n".join([*before, *lines, *after]) + "\n"


def word(header: str) -> bytes:
    """A Word file whose header says this, one paragraph for each line."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in header.splitlines()
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        # Without the time of day: pages show digests of forms.
        archive.writestr(
            zipfile.ZipInfo("word/header1.xml"), f'<w:hdr xmlns:w="w">{paragraphs}</w:hdr>'
        )
    return data.getvalue()


def excel(header: str) -> bytes:
    """An Excel file whose sheet prints this in its header."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        said = escape("&L" + header.replace("&", "&&"))
        archive.writestr(
            zipfile.ZipInfo("xl/worksheets/sheet1.xml"),
            f"<headerFooter><oddHeader>{said}</oddHeader></headerFooter>",
        )
    return data.getvalue()


def saved_file(text: str, how: str) -> bytes:
    """The bytes of a file as an editor of that kind saves it."""
    match how:
        case "BOM":
            return b"\xef\xbb\xbf" + text.encode()
        case "CRLF":
            return text.replace("\n", "\r\n").encode()
        case "NFD":
            return unicodedata.normalize("NFD", text).encode()
        case "Word":
            return word(text)
        case "Excel":
            return excel(text)
        case "link":
            return LinkOut(text.encode())
        case "":
            return text.encode()
        case encoding:
            return text.encode(encoding)
