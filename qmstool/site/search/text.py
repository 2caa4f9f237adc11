"""Read a built page's text by section, as a reader sees it.

It reads the finished HTML, whatever renderer made it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

from qmstool.frozen import NamedTuple
from qmstool.site.search.words import normalize

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_MARK = re.compile(
    r"(</?[a-zA-Z][^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>|<!--.*?-->)", re.DOTALL
)
_ID = re.compile(r"\bid=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_CLASS = re.compile(r"\bclass=\"([^\"]*)\"")
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
    # Between every two texts a tag.
    pieces = _MARK.split(page[begin:end])
    for text, mark in zip(pieces[::2], pieces[1::2], strict=False):
        reader.read_text(text)
        tag = _tag(mark)
        if tag is not None:
            reader.read_tag(tag)
    reader.read_text(pieces[-1])
    reader.end_block()
    return [passage for passage in reader.blocks if passage.heading or passage.blocks]


class _Tag(NamedTuple):
    """A tag that means something to a reader of words: its lower-case name, and what it does.

    `breaks`: it ends a line wherever it stands, holding nothing; `is_inline`: it ends none.
    """

    name: str
    is_closing: bool
    breaks: bool
    is_inline: bool
    is_silent: bool
    anchor: str


@lru_cache(maxsize=1 << 16)
def _tag(mark: str) -> _Tag | None:
    """Return what a tag does, read once however often it is repeated; None for nothing at all."""
    match = _TAG.fullmatch(mark)
    if match is None:
        return None
    name = match[2].lower()
    breaks = name in {"br", "hr"}
    if name in EMPTY and not breaks:
        return None
    is_silent = not match[1] and _is_silent(name, match[3])
    anchor = _id_of(match[3]) if name in HEADINGS else ""
    return _Tag(name, bool(match[1]), breaks, name in INLINE, is_silent, anchor)


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

    def read_tag(self, tag: _Tag) -> None:
        """Take a tag."""
        if tag.breaks:
            self.end_block()
        elif self.silent:
            self._stay_silent(tag)
        elif tag.is_silent:
            if not tag.is_inline:
                self.end_block()
            self.silent, self.depth = tag.name, 1
        elif not tag.is_inline:
            self.end_block()
            if tag.is_closing:
                self._close(tag.name)
            elif tag.name in HEADINGS:
                self.in_heading = True
                self.blocks.append(SearchPassage(tag.anchor))

    def _stay_silent(self, tag: _Tag) -> None:
        if tag.name == self.silent:
            self.depth += -1 if tag.is_closing else 1
            if self.depth == 0:
                self.silent = ""

    def _close(self, name: str) -> None:
        if name in HEADINGS:
            self.in_heading = False
        if name in {"dt", "dd"}:
            blocks = self.blocks[-1].blocks
            self.term = blocks.pop() if name == "dt" and blocks else ""

    def end_block(self) -> None:
        """A block ends: what was gathered is a heading or a line."""
        raw = "".join(self.parts)
        self.parts = []
        # Between most blocks there is nothing but the end of a line.
        if not raw or raw.isspace():
            return
        text = normalize(" ".join(html.unescape(raw).split())).strip()
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
