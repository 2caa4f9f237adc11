"""Cut a document into the passages that a reader reads: what is searched, and what is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import Image, Inlines, TextRun
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import alternative, mapped, walk
from qmstool.parsing.markdown.raw_html import visible
from qmstool.parsing.markdown.walking import WITH_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.walking import Context

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


def passages(document: MarkdownDocument) -> tuple[Passage, ...]:
    """Return the passages of a document in order, those with no words in them left out."""
    found: list[Passage] = []
    for block, context in document.blocks:
        if isinstance(block, WITH_LINES):
            kind = _LINE_KINDS.get(block.__class__) or _kind(context)
            found += _of_line(document.text, kind, block.children, context)
        elif isinstance(block, tree.Admonition) and block.title:
            title = context._replace(note=True)
            found += _of_line(document.text, "title", block.title, title)
        elif isinstance(block, tree.HtmlBlock):
            found += _of_html(block, context)
    return tuple(found)


_LINE_KINDS: dict[type, PassageKind] = {
    tree.Heading: "heading",
    tree.Cell: "cell",
    tree.Term: "term",
}


def _of_html(block: tree.HtmlBlock, context: Context) -> Iterator[Passage]:
    for words in visible(MappedText(block.pieces)):
        yield _passage(words.span(0, len(words.text)), "html", words, context)


def _kind(context: Context) -> PassageKind:
    """Return what a paragraph is by what it stands in."""
    if isinstance(context.parent, tree.Item):
        return "item"
    return "definition" if isinstance(context.parent, tree.Definition) else "paragraph"


def _of_line(
    source: str, kind: PassageKind, inlines: Inlines, context: Context
) -> Sequence[Passage]:
    """Return the words of a line, and apart from them those that stand for its pictures."""
    if not inlines:
        return ()
    place = inlines[0].start, inlines[-1].end
    words = mapped(source, inlines)
    found = [_passage(place, kind, words, context)] if words.text.strip() else []
    if "![" in source[place[0] : place[1]]:
        found += [
            _passage(node[:2], "image", _image_words(source, node), context)
            for node in walk(inlines)
            if isinstance(node, Image) and node.children
        ]
    return found


def _image_words(source: str, image: Image) -> MappedText:
    """Return the words that stand for a picture."""
    if any(isinstance(child, Image) for child in image.children):
        return MappedText([TextRun(image.start, image.end, alternative(image))])
    return mapped(source, image.children)


def _passage(
    place: tuple[int, int], kind: PassageKind, words: MappedText, context: Context
) -> Passage:
    row = context.parent.start if kind == "cell" and context.parent else -1
    return Passage(*place, kind, words, row, context.quote, context.note, context.footnote)
