"""Read a built page's text by section, as a reader sees it.

It reads the finished HTML, whatever renderer made it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from qmstool.site.search.words import normalize

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->", re.DOTALL)
_ID = re.compile(r"\bid=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_CLASS = re.compile(r"\bclass=\"([^\"]*)\"")
_BLANK = re.compile(r"\s+")
INLINE = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "a abbr b bdi bdo cite code data dfn em i ins kbd label mark q s samp small span strong "
        "sub sup time u var wbr"
    ).split()
)
EMPTY = frozenset(
    {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "track", "wbr"}
)
HEADINGS = frozenset({"h2", "h3"})
# What a page says of other pages or of itself: it would be found under their names.
SILENT_TAGS = frozenset({"h1", "nav", "script", "style", "svg", "template", "del"})
SILENT_CLASSES = frozenset(
    {
        "headerlink",
        "q-edit",
        "q-two",
        "q-identity",
        "q-print",
        "q-strip",
        "q-line",
        "q-ask",
        "q-tag",
        "q-chip",
    }
)
_EXCLUDED = "data-search-exclude"


@dataclass(slots=True)
class SearchPassage:
    """What stands under one heading: its anchor, its words, and its text, a line for each block.

    The first has no heading.
    """

    anchor: str = ""
    heading: str = ""
    blocks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The blocks as lines."""
        return "\n".join(self.blocks)


def extract_passages(page: str) -> list[SearchPassage]:
    """Return the text of a built page, section by section."""
    begin, end = page.find("<article"), page.rfind("</article>")
    reader = _TextReader()
    if begin < 0 or end < begin:
        return reader.blocks
    place = begin
    for tag in _TAG.finditer(page, begin, end):
        reader.read_text(page[place : tag.start()])
        place = tag.end()
        if tag[2]:
            reader.read_tag(tag[2].lower(), tag[3], is_closing=bool(tag[1]))
    reader.read_text(page[place:end])
    reader.end_block()
    return [passage for passage in reader.blocks if passage.heading or passage.blocks]


class _TextReader:
    """Gathers words between tags into passages.

    What is silent is passed over to the end tag of its name; a term goes with what it names.
    """

    def __init__(self) -> None:
        self.blocks = [SearchPassage()]
        self.parts: list[str] = []
        # The tag that silences what is in it, and how many of that name are open.
        self.silent = ""
        self.depth = 0
        self.in_heading = False
        # The last term of a list of terms; it stands before what names it.
        self.term = ""

    def read_text(self, text: str) -> None:
        """Take what stands between two tags."""
        if text and not self.silent:
            self.parts.append(text)

    def read_tag(self, name: str, attributes: str, *, is_closing: bool) -> None:
        """Take a tag by its lower-case name, with its attributes as written."""
        if name in EMPTY:
            if name in {"br", "hr"}:
                self.end_block()
        elif self.silent:
            self._stay_silent(name, is_closing=is_closing)
        else:
            if name not in INLINE:
                self.end_block()
            if is_closing:
                self._close(name)
            else:
                self._open(name, attributes)

    def _stay_silent(self, name: str, *, is_closing: bool) -> None:
        if name == self.silent:
            self.depth += -1 if is_closing else 1
            if self.depth == 0:
                self.silent = ""

    def _open(self, name: str, attributes: str) -> None:
        if _is_silent(name, attributes):
            self.silent, self.depth = name, 1
        elif name in HEADINGS:
            self.in_heading = True
            self.blocks.append(SearchPassage(_id_of(attributes)))

    def _close(self, name: str) -> None:
        if name in HEADINGS:
            self.in_heading = False
        if name in {"dt", "dd"}:
            blocks = self.blocks[-1].blocks
            self.term = blocks.pop() if name == "dt" and blocks else ""

    def end_block(self) -> None:
        """A block ends: what was gathered is a heading or a line."""
        raw = html.unescape("".join(self.parts))
        text = normalize(_BLANK.sub(" ", raw)).strip()
        self.parts = []
        passage = self.blocks[-1]
        if text and self.in_heading:
            passage.heading = f"{passage.heading} {text}".strip()
        elif text:
            passage.blocks.append(f"{self.term}: {text}" if self.term else text)
            self.term = ""


def _id_of(attributes: str) -> str:
    """The id that a tag gives, however it is quoted; "" where it gives none."""
    match = _ID.search(attributes)
    if match is None:
        return ""
    return html.unescape(match[1] or match[2] or match[3] or "")


def _is_silent(name: str, attributes: str) -> bool:
    if name in SILENT_TAGS or _EXCLUDED in attributes:
        return True
    classes = _CLASS.search(attributes)
    return classes is not None and not SILENT_CLASSES.isdisjoint(classes[1].split())
