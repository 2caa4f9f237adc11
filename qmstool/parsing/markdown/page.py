"""Read a Markdown text into what checking asks of it: headings, links, running text, each placed.

The parser's tree is not kept: a page holds facts only.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from qmstool.digest import blake2b
from qmstool.frozen import NamedTuple, dataclass
from qmstool.parsing.at_hand import AtHand
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.comments import comments
from qmstool.parsing.markdown.footnotes import Footnote, footnotes
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.inlines import TextRun
from qmstool.parsing.markdown.links import Anchor, linked_places
from qmstool.parsing.markdown.packed_places import PackedHeadings, PackedLinks
from qmstool.parsing.markdown.painting import Painter
from qmstool.parsing.markdown.plain import first_node
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.running_text import HIDDEN, MARK, Cover, PackedBlocks
from qmstool.parsing.markdown.slips import Slip, slips
from qmstool.parsing.markdown.suppressions import Allowance, allowances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.footnotes import Footnotes
    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.parsing.markdown.inlines import Span
    from qmstool.parsing.markdown.links import PlacedLink
    from qmstool.parsing.markdown.running_text import BlockKind, TextBlock
    from qmstool.parsing.markdown.walking import Context

_NOTES = frozenset({tree.Alert, tree.Admonition})
_OLD = frozenset(tree.OLD)
_WORDLESS = f"{HIDDEN}{MARK} \t\r\n"
_KINDS: dict[type, BlockKind] = {tree.Heading: "heading", tree.Cell: "cell"}


class HasText(Protocol):
    """What has the text that a page was read from."""

    @property
    def text(self) -> str:
        """The text."""


class _Text(NamedTuple):
    text: str


class MissingReference(NamedTuple):
    """A label in brackets, or a footnote's (with its `^`), that has no definition."""

    label: str
    start: int
    end: int


class OldBlock(NamedTuple):
    """A note or the meaning of an abbreviation in words of the old dialect.

    Notes within notes are not told apart.
    """

    start: int
    end: int
    kind: Literal["note", "abbreviation"]


@dataclass(frozen=True)
class Page:
    """All that checking asks of a Markdown text.

    `slips` are what a page shows otherwise than was meant, `old_blocks` what only the old dialect
    knows. `code` are the places of code in its running text, `notes` those of alerts and
    admonitions. The running text itself is laid out on the text of `source` when it is asked for.
    """

    source: HasText
    packed_headings: PackedHeadings
    packed_links: PackedLinks
    anchors: tuple[Anchor, ...]
    missing_references: tuple[MissingReference, ...]
    allowances: tuple[Allowance, ...]
    footnotes: tuple[Footnote, ...]
    cover: Cover
    packed_blocks: PackedBlocks
    code: tuple[Span, ...]
    notes: tuple[Span, ...]
    slips: tuple[Slip, ...]
    old_blocks: tuple[OldBlock, ...]
    _outline: bytes = b""

    @cached_property
    def headings(self) -> tuple[NamedHeading, ...]:
        """Its headings, in order."""
        return self.packed_headings.unpacked()

    @cached_property
    def links(self) -> tuple[PlacedLink, ...]:
        """Its links and pictures, in order."""
        return self.packed_links.unpacked()

    @property
    def prose(self) -> str:
        """As long as the text: its running text only, the rest covered by `HIDDEN` and `MARK`."""
        return _prose.of(self)

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """The blocks that have words in them."""
        return _blocks.of(self)

    @property
    def outline(self) -> bytes:
        """A digest of what may be cited in it: its headings and anchors, wherever they stand."""
        if not self._outline:
            cited = [
                (each.level, each.number, each.text, each.anchor, each.github_anchor)
                for each in self.headings
            ]
            said = repr((cited, [anchor.id for anchor in self.anchors]))
            digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            object.__setattr__(self, "_outline", digest)  # made once: a page is frozen
        return self._outline


def _laid_out(page: Page) -> str:
    return page.cover.on(page.source.text)


def _unpacked(page: Page) -> tuple[TextBlock, ...]:
    return page.packed_blocks.unpacked()


_prose = AtHand(_laid_out)
_blocks = AtHand(_unpacked)


def read_page(text: str, start: int = 0, source: HasText | None = None) -> Page:
    """Read a Markdown text whose body begins at `start`; all places are the text's.

    `source`: what holds the text as long as somebody may ask for its words.
    """
    document = read(text, start)
    places = linked_places(document)
    notes = footnotes(document)
    painter = Painter(document)
    cover = painter.paint()
    as_read = source is not None and document.text is text
    titles = headings(document)
    page = Page(
        source=source if source and as_read else _Text(document.text),
        packed_headings=PackedHeadings.of(titles),
        packed_links=PackedLinks.of(places.links),
        anchors=places.anchors,
        missing_references=tuple(sorted(_missing(document, notes), key=lambda call: call.start)),
        allowances=tuple(allowances(document.text, comments(document))),
        footnotes=notes.notes,
        cover=cover,
        packed_blocks=PackedBlocks.of(_text_blocks(document, cover)),
        code=tuple(painter.code),
        notes=tuple(_notes(document)),
        slips=slips(document),
        old_blocks=tuple(_old_blocks(document)),
    )
    vars(page).update(headings=titles, links=places.links)  # at hand: they need not be made again
    return page


def _missing(document: MarkdownDocument, notes: Footnotes) -> Iterator[MissingReference]:
    """Yield what nothing defines; a word in brackets alone is taken for words."""
    for call in notes.missing_footnotes:
        yield MissingReference(f"^{call.label}", call.start, call.end)
    for reference in document.missing:
        called = document.text.startswith("(", reference.end)  # `[a][b](c)`: the link is `[b](c)`
        if reference.kind != "shortcut" and not called:
            yield MissingReference(reference.label, reference.start, reference.end)


def _text_blocks(
    document: MarkdownDocument, cover: Cover
) -> Iterator[tuple[int, int, BlockKind, int, bool]]:
    """Yield the blocks that have words in them."""
    text, prose = document.text, ""
    for inlines, block, context in document.lines:
        if not inlines:
            continue
        start, end = inlines[0][0], inlines[-1][1]
        first = first_node(inlines)
        # Nearly all begin with a word; of the others it is seen whether any follows.
        if not (first.__class__ is TextRun and text[first[0] : first[0] + 1].isalnum()):
            prose = prose or cover.on(text)
            if not prose[start:end].strip(_WORDLESS):
                continue
        row = text.rfind("\n", 0, start) + 1
        note = context.note or block.__class__ is tree.Admonition
        yield start, end, _kind(block, context), row, note


def _kind(block: tree.Block, context: Context) -> BlockKind:
    kind = _KINDS.get(block.__class__)
    if kind is not None:
        return kind
    item = context.parent
    return "item" if isinstance(item, tree.Item) and item.children[0] is block else "paragraph"


def _notes(document: MarkdownDocument) -> Iterator[Span]:
    """Yield where the outermost notes stand, from the beginning of their first line."""
    for block, context in document.blocks:
        if block.__class__ in _NOTES and not context.note:
            yield document.text.rfind("\n", 0, block.start) + 1, block.end


def _old_blocks(document: MarkdownDocument) -> Iterator[OldBlock]:
    """Yield the outermost blocks of the old dialect."""
    end = 0
    for block, _ in document.blocks:
        if block.__class__ in _OLD and block.start >= end:
            note = block.__class__ is tree.Admonition
            yield OldBlock(block.start, block.end, "note" if note else "abbreviation")
            end = block.end
