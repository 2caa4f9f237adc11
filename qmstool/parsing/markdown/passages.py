"""Cut a document into the passages that a reader reads: what is searched, and what is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from qmstool.parsing.markdown import document as doc
from qmstool.parsing.markdown.inlines import Image, Inlines, Text
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import alternative, mapped, walk
from qmstool.parsing.markdown.raw_html import visible
from qmstool.parsing.markdown.walking import Context, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import Block, Document

PassageKind = Literal[
    "heading", "paragraph", "item", "cell", "term", "definition", "title", "image", "html"
]


class Passage(NamedTuple):
    """A stretch of running text that is read as one, and what it stands in.

    `words` are what the reader sees. A soft break is a blank in them, a hard break and `<br>` the
    end of a line. `row` is the place at which the row of a cell begins, -1 for all others.
    `note` is said of alerts, of admonitions and of their titles, `html` of raw HTML.
    """

    start: int
    end: int
    kind: PassageKind
    words: MappedText
    row: int
    quote: bool
    note: bool
    footnote: str


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document in order, those with no words in them left out."""
    found: list[Passage] = []
    for block, context in blocks(document):
        found += _of_block(document.text, block, context)
    return tuple(found)


def _of_block(source: str, block: Block, context: Context) -> Iterator[Passage]:
    """Yield the passages of a block, without those of blocks within it."""
    if isinstance(block, doc.Paragraph):
        yield from _of_line(source, _kind(context), block.children, context)
    elif isinstance(block, doc.Heading):
        yield from _of_line(source, "heading", block.children, context)
    elif isinstance(block, doc.Cell):
        yield from _of_line(source, "cell", block.children, context)
    elif isinstance(block, doc.Term):
        yield from _of_line(source, "term", block.children, context)
    elif isinstance(block, doc.Admonition) and block.title:
        title_context = context._replace(note=True)
        yield from _of_line(source, "title", block.title, title_context)
    elif isinstance(block, doc.HtmlBlock):
        for words in visible(MappedText(block.pieces)):
            place = words.span(0, len(words.text))
            yield _passage(place, "html", words, context)


def _kind(context: Context) -> PassageKind:
    """Return what a paragraph is: the first of an item is the item."""
    if isinstance(context.parent, doc.Item):
        return "item"
    return "definition" if isinstance(context.parent, doc.Definition) else "paragraph"


def _of_line(
    source: str, kind: PassageKind, inlines: Inlines, context: Context
) -> Iterator[Passage]:
    """Yield the words of a line, and apart from them those that stand for its pictures."""
    if not inlines:
        return
    if len(inlines) == 1 and inlines[0].__class__ is Text:
        words = MappedText(inlines)  # type: ignore[arg-type]
        yield _passage(inlines[0][:2], kind, words, context)
        return
    words = mapped(source, inlines)
    if words.text.strip():
        yield _passage((inlines[0].start, inlines[-1].end), kind, words, context)
    for node in walk(inlines):
        if isinstance(node, Image) and node.children:
            yield _passage(node[:2], "image", _image_words(source, node), context)


def _image_words(source: str, image: Image) -> MappedText:
    """Return the words that stand for a picture."""
    if any(isinstance(child, Image) for child in image.children):
        return MappedText([Text(image.start, image.end, alternative(image))])
    return mapped(source, image.children)


def _passage(
    place: tuple[int, int], kind: PassageKind, words: MappedText, context: Context
) -> Passage:
    row = context.parent.start if kind == "cell" and context.parent else -1
    return Passage(*place, kind, words, row, context.quote, context.note, context.footnote)
