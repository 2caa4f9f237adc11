"""A built page → its text by section, as a reader sees it.

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
SILENT = frozenset(
    {
        "headerlink",
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
    found = [SearchPassage()]
    if begin < 0 or end < begin:
        return found
    reader = _Reader(found)
    at = begin
    for tag in _TAG.finditer(page, begin, end):
        reader.words(page[at : tag.start()])
        at = tag.end()
        if tag[2]:
            reader.tag(tag[2].lower(), tag[3], closing=bool(tag[1]))
    reader.words(page[at:end])
    reader.part()
    return [each for each in found if each.heading or each.blocks]


class _Reader:
    """Gathers words between tags; what is silent is passed over to the end tag of its name, a term goes with what it names."""

    def __init__(self, found: list[SearchPassage]) -> None:
        self.found = found
        self.parts: list[str] = []
        self.silent = ""
        self.depth = 0
        self.heading = False
        self.term = ""

    def words(self, text: str) -> None:
        if text and not self.silent:
            self.parts.append(text)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name in EMPTY:
            if name in {"br", "hr"}:
                self.part()
        elif self.silent:
            if name == self.silent:
                self.depth += -1 if closing else 1
                self.silent = self.silent if self.depth else ""
        else:
            if name not in INLINE:
                self.part()
            if closing and name in {"dt", "dd"}:
                self.term = (
                    self.found[-1].blocks.pop() if name == "dt" and self.found[-1].blocks else ""
                )
            if closing:
                self.heading = self.heading and name not in HEADINGS
            elif _is_silent(name, attributes):
                self.silent, self.depth = name, 1
            elif name in HEADINGS:
                self.heading = True
                anchor = _ID.search(attributes)
                self.found.append(
                    SearchPassage(
                        html.unescape(next(filter(None, anchor.groups()), "")) if anchor else ""
                    )
                )

    def part(self) -> None:
        """A block ends: what was gathered is a heading or a line."""
        text = normalize(_BLANK.sub(" ", html.unescape("".join(self.parts)))).strip()
        self.parts = []
        if text and self.heading:
            self.found[-1].heading = f"{self.found[-1].heading} {text}".strip()
        elif text:
            self.found[-1].blocks.append(f"{self.term}: {text}" if self.term else text)
            self.term = ""


def _is_silent(name: str, attributes: str) -> bool:
    if name in SILENT_TAGS or _EXCLUDED in attributes:
        return True
    classes = _CLASS.search(attributes)
    return classes is not None and not SILENT.isdisjoint(classes[1].split())
