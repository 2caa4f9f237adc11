"""Paint a document's running text at the offsets of its source, markup covered by signs.

What is painted is what `passages` reads: citations and phrases found in it have the places of the
source. `HIDDEN` covers what is no running text, `MARK` markup within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import (
    Code,
    Emphasis,
    HardBreak,
    InlineHtml,
    Link,
    SoftBreak,
    Strike,
    Strong,
    TextRun,
)
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import code_content
from qmstool.parsing.markdown.raw_html import WITHIN_LINES, visible
from qmstool.parsing.markdown.running_text import HIDDEN, MARK, Cover
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inline, Inlines, Span

_NO_BREAK = "\u00a0"
_LEAD = regex(r"[^ \t]")
_TAG = regex(r"</?([A-Za-z][A-Za-z0-9-]*)")
_OWN_WORDS = frozenset({"inline", "reference", "collapsed", "shortcut"})
"""Kinds of links whose words are not their address."""

_BREAKS = frozenset({SoftBreak, HardBreak})
_HOLDERS = (Emphasis, Strong, Strike)


class _Hidden(NamedTuple):
    """A stretch of a line that is no running text, such as a link's address."""

    start: int
    end: int


class Painter:
    """Paints one document; `code` gathers where spans of code stand in its running text."""

    def __init__(self, document: MarkdownDocument) -> None:
        self._source = document.text
        self._document = document
        self._at = 0
        self._stretches: list[int] = []
        self._words: list[tuple[int, str]] = []
        self.code: list[Span] = []

    def paint(self) -> Cover:
        """Return what covers the source."""
        stretches = self._stretches
        for inlines, block, _ in self._document.lines:
            if len(inlines) == 1 and inlines[0].__class__ is TextRun:
                start, end, shown = inlines[0]
                if self._at < start and len(shown) == end - start:  # most lines are words alone
                    stretches += (self._at, 2 * start)
                    self._at = end
                    continue
            if block.__class__ is tree.HtmlBlock:
                for words in visible(MappedText(block.pieces)):
                    self._paint_html(words)
            else:
                self._paint_line(inlines)
        self._cover(len(self._source), HIDDEN)
        return Cover.of(stretches, self._words)

    def _cover(self, end: int, sign: str) -> None:
        """Cover what comes before an offset."""
        if self._at < end:
            self._stretches += (self._at, 2 * end + (sign is MARK))
            self._at = end

    def _say(self, words: str) -> None:
        """Show words in the place of as many characters."""
        if not self._source.startswith(words, self._at):
            self._words.append((self._at, words))
        self._at += len(words)

    def _show(self, text: TextRun) -> None:
        """Show words as they are read; of an entity the rest is covered."""
        entity = not text.literal and self._source.startswith("&", text.start)
        if entity and (text.text == _NO_BREAK or text.text.isprintable()):
            self._say(text.text[: text.end - text.start])
            self._cover(text.end, MARK)
            return
        self._at = text.end

    def _paint_html(self, words: MappedText) -> None:
        """Paint a passage of raw HTML."""
        self._cover(words.pieces[0].start, HIDDEN)
        for piece in words.pieces:
            self._cover(piece.start, MARK)
            if piece.text == "\n":
                self._paint_break(piece)
            else:
                self._show(piece)

    def _paint_line(self, inlines: Inlines) -> None:
        """Paint what stands in the lines of a block."""
        self._cover(inlines[0].start, HIDDEN)
        if len(inlines) == 1 and inlines[0].__class__ is TextRun:
            self._show(inlines[0])
            return
        after_break = False
        for node in self._pieces(inlines):
            if after_break and self._at < node.start:
                self._say(_LEAD.sub(MARK, self._source[self._at : node.start]))
            self._cover(node.start, MARK)
            after_break = node.__class__ in _BREAKS
            if node.__class__ is TextRun:
                self._show(node)
            elif after_break:
                self._say(self._source[node.start : node.end].replace("\\", MARK))
            elif isinstance(node, InlineHtml) and node.line_break:
                self._paint_break(node)
            elif isinstance(node, InlineHtml) and _parts_no_words(node):
                self._cover(node.end, MARK)
            else:
                self._cover(node.end, HIDDEN)
        self._cover(inlines[-1].end, MARK)

    def _paint_break(self, tag: TextRun | InlineHtml) -> None:
        """Paint a `<br>`, which is the end of a line."""
        self._say("\n")
        self._cover(tag.end, MARK)

    def _pieces(self, inlines: Inlines) -> Iterator[Inline | _Hidden]:
        """Yield what is shown or hidden, in order; what lies between is markup."""
        waiting: list[Inline | _Hidden] = list(reversed(inlines))
        while waiting:
            node = waiting.pop()
            if node.__class__ is TextRun:
                yield node
            elif isinstance(node, _HOLDERS):
                waiting += reversed(node.children)
            elif isinstance(node, Link) and node.kind in _OWN_WORDS:
                waiting.append(self._address(node))
                waiting += reversed(node.children)
            elif isinstance(node, Code):
                self.code.append((node.start, node.end))
                yield code_content(self._source, node)
            else:
                yield node

    def _address(self, link: Link) -> _Hidden:
        """Return where the address or label of a link stands, behind its words."""
        last = link.children[-1].end if link.children else link.start + 1
        close = self._source.find("]", last, link.end)
        return _Hidden(close + 1 if close >= 0 else link.end, link.end)


def _parts_no_words(html: InlineHtml) -> bool:
    """Tell whether a tag is one of those that stand within a sentence."""
    tag = _TAG.match(html.text)
    return tag is not None and tag[1].lower() in WITHIN_LINES
