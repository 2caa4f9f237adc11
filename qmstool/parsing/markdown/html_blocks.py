"""A draft with raw HTML → a draft without: blocks of it behind placeholders, `markdown` elements with their content apart.

The renderer takes raw HTML out before it looks for blocks: what begins at the start of a line (after three blanks at most)
is a block of HTML, all other tags stay in the running text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, NamedTuple

from qmstool.parsing.markdown.html_tags import Tag, Tokens, read_tag
from qmstool.parsing.markdown.source_map import PLACEHOLDER, Draft, Rewriter, Span

State = Literal["block", "span", "off"]
"""How the content of an element is read: as blocks, as running text, not at all."""

_MARGIN = 3
_LINE_START = re.compile(r"(?:\A|\n) {0,3}<[A-Za-z!?]")

_TEXT_TAGS = frozenset(
    {
        "address",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "li",
        "p",
        "summary",
        "td",
        "th",
    }
)
_RAW_TAGS = frozenset({"canvas", "math", "option", "pre", "script", "style", "textarea"})
_BLOCK_TAGS = frozenset({
    "article", "aside", "blockquote", "body", "center", "colgroup", "details", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "group", "header", "hgroup", "html", "iframe", "main", "map", "menu", "nav", "noscript", "object", "ol",
    "output", "progress", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "video",
})  # fmt: skip
_LEVEL_TAGS = _BLOCK_TAGS | _TEXT_TAGS | _RAW_TAGS | {"hr"}
"""Tags that the renderer takes for blocks."""


class Element(NamedTuple):
    """An HTML element and the place of its content in the draft."""

    tag: str
    state: State
    start: int
    end: int


class Extraction(NamedTuple):
    """The draft without raw HTML; its elements by number of placeholder; where raw HTML and comments stood in the draft before."""

    draft: Draft
    elements: tuple[Element, ...] = ()
    raw: tuple[Span, ...] = ()
    comments: tuple[Span, ...] = ()


class _Open:
    """An element with content to gather; `fresh` until text has come."""

    __slots__ = ("content", "fresh", "start", "state", "tag")

    def __init__(self, tag: str, state: State, start: int, content: Rewriter) -> None:
        self.tag = tag
        self.state = state
        self.start = start
        self.content = content
        self.fresh = True


def extract(draft: Draft) -> Extraction:
    """Take raw HTML out of a draft."""
    if "<" not in draft.text or not _LINE_START.search(draft.text, max(0, draft.start - 1)):
        return Extraction(draft)
    return _Extractor(draft).run()


class _Extractor:
    """Walks over the tags of a draft from left to right."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text = draft.text
        self._tokens = Tokens(draft.text)
        self._main = Rewriter(draft)
        self._open: list[_Open] = []
        self._names: Counter[str] = Counter()  # of the open elements
        self._done = 0  # all before is copied or dropped
        self._tail = -1  # up to here reaches the line on which a block of HTML ended
        self._elements: list[tuple[_Open, Rewriter]] = []
        self._raw: list[Span] = []
        self._comments: list[Span] = []

    def run(self) -> Extraction:
        """Return what the walk gathered."""
        at = self._draft.start
        while token := self._tokens.next(at):
            at = self._take(token)
        end = len(self._text)
        if self._open:
            self._end_element(self._open[0].tag, end, end)
        self._copy_to(end)
        elements = []
        for opened, content in self._elements:
            self._main.add("\n")
            start = self._main.length
            self._main.append(content)
            elements.append(Element(opened.tag, opened.state, start, self._main.length))
        return Extraction(
            self._main.draft(), tuple(elements), tuple(self._raw), tuple(self._comments)
        )

    def _take(self, token: re.Match[str]) -> int:
        """Deal with one token and return where to look for the next."""
        start, end = token.start(), self._tokens.end(token)
        if token["close"]:
            tag = read_tag(self._text, start, end)
            return self._start_tag(tag, token["close"] == "/>") if tag else end
        if token["end"]:
            name = token["end"].lower()
            if name in _LEVEL_TAGS and self._names[name]:
                self._end_element(name, start, end)
        elif token["other"]:
            self._markup(token["other"], start, end)
        return end

    def _markup(self, kind: str, start: int, end: int) -> None:
        """Deal with a comment, a declaration or a processing instruction."""
        comment = kind == "!--"
        if end == start + 1 + len(kind) or not (
            comment or self._at_line_start(start) or self._in_tail(start) or self._open
        ):
            return  # never closed, or plain text
        if self._void(start, end) and comment:
            self._comments.append((start, end))

    def _void(self, start: int, end: int) -> bool:
        """Take out a piece of HTML that has no content, if it stands where a block may; tell whether it did."""
        at_line_start = self._at_line_start(start)
        if self._open:
            if not at_line_start or self._open[-1].state == "off":
                return False
            self._copy_to(start)
            self._target().add("\n" + PLACEHOLDER.format("") + "\n\n")
        elif self._in_tail(start):
            self._copy_to(start)  # the renderer moves it elsewhere
        elif at_line_start:
            self._copy_to(start)
            self._block_placeholder("")
            self._tail = self._line_end(end)
        else:
            return False
        self._raw.append((start, end))
        self._done = end
        return True

    def _start_tag(self, tag: Tag, closed: bool) -> int:
        """Deal with a start tag and return where to go on."""
        placed = self._at_line_start(tag.start) or self._in_tail(tag.start)
        if tag.name == "hr" or closed:
            if tag.name in _LEVEL_TAGS or self._in_tail(tag.start):
                self._void(tag.start, tag.end)
            return tag.end
        if tag.name not in _LEVEL_TAGS or not (
            placed or (self._open and self._open[-1].fresh and self._done == tag.start)
        ):
            return tag.end
        state = self._state(tag)
        if state == "off" and not self._open:
            return self._raw_block(tag)
        if self._names["p"]:
            self._end_element("p", tag.start, tag.start)
        self._copy_to(tag.start)
        self._open.append(_Open(tag.name, state, tag.start, Rewriter(self._draft)))
        self._names[tag.name] += 1
        self._done = tag.end
        if state != "off":
            self._raw.append((tag.start, tag.end))
        return self._tokens.after_script(tag)

    def _raw_block(self, tag: Tag) -> int:
        """Take out an element with its content and return its end."""
        self._copy_to(tag.start)
        end = self._tokens.element_end(tag)
        self._main.add("\n" + PLACEHOLDER.format("") + "\n\n")
        self._raw.append((tag.start, end))
        self._done = end
        self._tail = self._line_end(end)
        return end

    def _end_element(self, name: str, start: int, end: int) -> None:
        """Close the innermost open element of that name, and those within it."""
        self._copy_to(start)
        self._done = end
        while self._open:
            opened = self._open.pop()
            self._names[opened.tag] -= 1
            self._finish(opened, end)
            if opened.tag == name:
                break
        if not self._open:
            self._tail = self._line_end(end)

    def _finish(self, opened: _Open, end: int) -> None:
        if self._open and self._open[-1].state == "off":
            return
        if opened.state == "off":
            self._raw.append((opened.start, end))
        number = str(len(self._elements))
        self._elements.append((opened, opened.content))
        if self._open:
            self._target().add("\n\n" + PLACEHOLDER.format(number) + "\n")
        else:
            self._block_placeholder(number)

    def _block_placeholder(self, number: str) -> None:
        """Add a placeholder to the main text; an empty line comes before it only where a line has just ended."""
        ending = self._main.ending()
        self._main.add("\n" if ending.endswith("\n") and not ending.endswith("\n\n") else "")
        self._main.add(PLACEHOLDER.format(number))
        self._main.add("\n\n")

    def _state(self, tag: Tag) -> State:
        """Return how the content of an element is to be read."""
        place = tag.attributes.get("markdown")
        wanted = "0" if place is None else self._text[slice(*place)] or "1"
        wanted = "1" if wanted == "markdown" else wanted
        around = self._open[-1].state if self._open else None
        if around == "off" or (around == "span" and wanted != "0"):
            wanted = around
        if tag.name in _TEXT_TAGS:
            return "span" if wanted in {"1", "span"} else "block" if wanted == "block" else "off"
        if tag.name in _BLOCK_TAGS:
            return "block" if wanted in {"1", "block"} else "span" if wanted == "span" else "off"
        return "off"

    def _target(self) -> Rewriter:
        return self._open[-1].content if self._open else self._main

    def _copy_to(self, place: int) -> None:
        """Copy the text up to a place into the innermost element, unless that is not Markdown."""
        if place > self._done:
            if self._open:
                self._open[-1].fresh = False
            if not self._open or self._open[-1].state != "off":
                self._target().copy(self._done, place)
            self._done = place

    def _in_tail(self, place: int) -> bool:
        return place < self._tail

    def _line_end(self, place: int) -> int:
        end = self._text.find("\n", place)
        return end if end >= 0 else len(self._text)

    def _at_line_start(self, place: int) -> bool:
        margin = self._text[max(0, place - _MARGIN - 1) : place]
        line = margin.rfind("\n") + 1
        return not margin[line:].strip() and (line > 0 or place <= _MARGIN)
