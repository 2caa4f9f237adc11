"""Guard a printed sheet: a page of its own that somebody opens in a browser to print it.

A manual may bring its own templates of sheets, so a sheet is looked at as a stranger's text: only
elements and attributes that lay out words may stand in it, and before everything else it says to
the browser that nothing may be run or fetched.
"""

from __future__ import annotations

import re

from qmstool.i18n import QmsError, Text
from qmstool.sanitizing.html import ATTRIBUTES, TAGS, is_local
from qmstool.sanitizing.html_reader import HtmlReader
from qmstool.sanitizing.styles import first_foreign

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
GUARD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_ELEMENTS = TAGS | {"html", "head", "title", "meta", "style", "body"}
_METAS = {"charset": {"utf-8"}, "name": {"viewport"}}
_FOREIGN = Text(
    "Mẫu in có phần không được phép: «{words}». Mẫu in chỉ gồm chữ, bảng, hình kèm sẵn trong trang "
    "và kiểu trình bày; hãy bỏ phần ấy khỏi templates/.",
    "The print template holds what may not stand there: «{words}». A sheet is made of words, "
    "tables, pictures within the page and styles; take that out of templates/.",
)


def guarded(sheet: str) -> str:
    """Return a sheet with its policy before everything else.

    Raises QmsError where something stands in it that is not known to be harmless.
    """
    if "<" not in sheet:
        return sheet  # words alone; nothing to guard
    reader = _SheetReader()
    reader.feed(sheet)
    reader.close()
    if reader.foreign:
        raise QmsError(_FOREIGN.fill({"words": reader.foreign[0][:200]}))
    opening = _DOCTYPE.match(sheet)
    start = opening.end() if opening else 0
    return f"{sheet[:start]}\n{GUARD}{sheet[start:]}"


class _SheetReader(HtmlReader):
    """Collects what may not stand in a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self._in_style = False
        self._is_drawn = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and at each of its attributes."""
        words = self.get_starttag_text() or tag
        # In a drawing a browser reads the entities of a style, too; and where a drawing ends,
        # readers of HTML do not agree.
        is_read_otherwise = tag == "style" and self._is_drawn
        if tag not in _ELEMENTS or "<" in words[1:] or is_read_otherwise:
            self.foreign.append(words)
        self._is_drawn |= tag == "svg"
        self._in_style = tag == "style"
        for name, value in attrs:
            if not _may_stand(tag, name, value or ""):
                self.foreign.append(words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element that closes itself; a style never does."""
        self.handle_starttag(tag, attrs)
        if tag in {"style", "title"}:
            self.foreign.append(self.get_starttag_text() or tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where a style ends."""
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        """Look at the words of a style; of other words none can begin an element."""
        foreign = first_foreign(data) if self._in_style else ""
        if foreign:
            self.foreign.append(foreign)

    def handle_comment(self, data: str) -> None:
        """Refuse a comment: where it ends, readers of HTML do not agree."""
        self.foreign.append(f"<!--{data}")

    def handle_pi(self, data: str) -> None:
        """Refuse an instruction."""
        self.foreign.append(f"<?{data}")

    def unknown_decl(self, data: str) -> None:
        """Refuse a declaration."""
        self.foreign.append(f"<![{data}")

    def handle_decl(self, decl: str) -> None:
        """Permit the one declaration of a page."""
        if decl.lower() != "doctype html":
            self.foreign.append(f"<!{decl}")

    def handle_unfinished(self, rest: str) -> None:
        """Refuse what nothing closes."""
        self.foreign.append(rest)


def _may_stand(tag: str, name: str, value: str) -> bool:
    """Whether an attribute lays out, or names a picture within the page."""
    if name == "style":
        return not first_foreign(value)
    if name == "src":
        return tag == "img" and (value.startswith("data:image/") or is_local(value))
    if name == "href":
        return tag == "a" and is_local(value)
    if name == "dir":
        return tag == "html" and value in {"ltr", "rtl"}
    if tag == "meta":
        return name == "content" or value.lower() in _METAS.get(name, set())
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, set())
