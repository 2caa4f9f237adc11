"""Turn what stands in a line into the words that a reader sees, with the way back to the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    InlineHtml,
    Inlines,
    Link,
    SoftBreak,
    Strike,
    Strong,
    TextRun,
)
from qmstool.parsing.markdown.mapped_text import MappedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOLDERS = (Emphasis, Strong, Strike, Link)
_TEXTS = (TextRun, Code)
_WEIGHTS = (Emphasis, Strong)
LINE_END = "\n"
"""What a hard break and `<br>` are in plain words; a soft break is a blank."""


def mapped(source: str, inlines: Inlines) -> MappedText:
    """Return the words of a line, markup taken out and breaks turned into white space."""
    only = inlines[0] if len(inlines) == 1 else None
    if isinstance(only, TextRun):
        return MappedText((only,))
    return MappedText(list(pieces(source, inlines)))


def plain(inlines: Inlines, numbers: Mapping[str, int] | None = None, *, ends: bool = False) -> str:
    """Return the words of a line as one string, blanks at both ends left out but for `ends`.

    `numbers`: those of footnotes by their labels in small letters, where they are words too.
    """
    if len(inlines) == 1 and isinstance(inlines[0], TextRun):
        return inlines[0].text
    words = []
    for node in walk(inlines):
        if numbers and isinstance(node, FootnoteReference):
            words.append(str(numbers.get(node.label.casefold(), "")))
        else:
            words.append(_words(node))
    return "".join(words) if ends else "".join(words).strip()


def walk(inlines: Inlines) -> Iterator[Inline]:
    """Yield every node of a line in order, those within others after them."""
    waiting = list(inlines)
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        if node.__class__ is not TextRun and isinstance(node, _HOLDERS):
            waiting += reversed(node.children)


def first_node(inlines: Inlines) -> Inline:
    """Return the node that a line opens with, whatever weight its words have."""
    first = inlines[0]
    while isinstance(first, _WEIGHTS):
        first = first.children[0]
    return first


def alternative(image: Image) -> str:
    """Return the words that stand for a picture: those of the pictures within it, too."""
    words = []
    waiting = list(reversed(image.children))
    while waiting:
        node = waiting.pop()
        words.append(_words(node))
        if isinstance(node, (*_HOLDERS, Image)):
            waiting.extend(reversed(node.children))
    return "".join(words)


def code_content(source: str, code: Code) -> TextRun:
    """Return the words of a code span at their place between the backticks, if they stand there.

    Where they do not, over the end of a line within a quotation, the place is that of the span.
    """
    raw = source[code.start : code.end]
    ticks = len(raw) - len(raw.lstrip("`"))
    rest = len(raw) - 2 * ticks - len(code.text)
    start = code.start + ticks + (1 if rest == 2 else 0)  # noqa: PLR2004 - a blank at either end
    if source.startswith(code.text, start) and rest in {0, 2}:
        return TextRun(start, start + len(code.text), code.text)
    return TextRun(*code)


def pieces(source: str, inlines: Inlines) -> Iterator[TextRun]:
    """Yield the words of a line piece by piece, each at its place; a soft break is a blank."""
    for node in walk(inlines):
        if node.__class__ is TextRun:
            yield node
        elif isinstance(node, Code):
            yield code_content(source, node)
        elif words := _words(node):
            yield TextRun(node.start, node.end, words)


def _words(node: Inline) -> str:
    """Return what a node itself adds to the words of a line."""
    if isinstance(node, _TEXTS):
        return node.text
    if isinstance(node, SoftBreak):
        return " "
    if isinstance(node, HardBreak) or (isinstance(node, InlineHtml) and node.line_break):
        return LINE_END
    return ""
