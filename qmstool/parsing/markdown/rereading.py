"""Keep, of the edits that take the old dialect out of a text, those after which it reads the same.

What a reader sees is compared, block by block: an edit is not certain where a fence left open
swallows `</details>`, or where HTML goes on into the words below it. Nor is it where GitHub draws
no alert: in a list, a quotation, a footnote or another note.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.html import BlocksWriter
from qmstool.parsing.markdown.inlines import FootnoteReference
from qmstool.parsing.markdown.modernizing import (
    alert_kind,
    details_opening,
    modern_edits,
    replace_words,
    title_words,
)
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.walking import children_of
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Inlines
    from qmstool.parsing.markdown.modernizing import MarkupEdit

_BOLD = regex(r"</?strong>")
_END = "end"
_CLOSING = "</details>"
_PLACE = ("start", "end", "children")


def certain_edits(document: MarkdownDocument, titles: Mapping[str, str]) -> tuple[MarkupEdit, ...]:
    """Return the edits of a document that change nothing but its dialect.

    `titles` are the words that stand over alerts by kind, as for `modern_edits`.
    """
    undrawn = _undrawn(document, titles)
    edits = [edit for edit in modern_edits(document, titles) if not _count_within(edit, undrawn)]
    if not edits:
        return ()
    comparison = _Comparison(document, titles)
    if comparison.is_same_after(edits):
        return tuple(edits)
    harmless = _harmless(edits, comparison)
    return tuple(harmless) if comparison.is_same_after(harmless) else ()


def _harmless(edits: Sequence[MarkupEdit], comparison: _Comparison) -> list[MarkupEdit]:
    """Return those of some edits, not all of them harmless, that change nothing but the dialect.

    By halves: where few change more, few readings find them.
    """
    harmless: list[MarkupEdit] = []
    middle = len(edits) // 2
    for half in (edits[:middle], edits[middle:]):
        if half and comparison.is_same_after(half):
            harmless += half
        elif len(half) > 1:
            harmless += _harmless(half, comparison)
    return harmless


def _count_within(edit: MarkupEdit, starts: Sequence[int]) -> int:
    """Return how many places, given in order, lie within the words of an edit."""
    return bisect_left(starts, edit.end) - bisect_left(starts, edit.start)


def _undrawn(document: MarkdownDocument, titles: Mapping[str, str]) -> tuple[int, ...]:
    """Return where notes begin that GitHub would not draw as alerts: nested ones, and empty ones.

    Those that fold become HTML around their words, so that what is in them is not nested. One is
    empty, too, whose title is left out because the alert bears it.
    """
    nested: set[int] = set()
    undrawn = []
    for block, context in document.blocks:
        parent = context.parent
        in_details = isinstance(parent, tree.Admonition) and parent.folds
        if parent is not None and (not in_details or id(parent) in nested):
            nested.add(id(block))
        if isinstance(block, tree.Admonition) and not block.folds:
            empty = not (block.children or title_words(document, block, titles))
            if empty or id(block) in nested:
                undrawn.append(block.start)
    return tuple(sorted(undrawn))


class _Comparison:
    """Compares a document with itself after edits."""

    def __init__(self, document: MarkdownDocument, titles: Mapping[str, str]) -> None:
        self._document = document
        self._titles = titles
        self._outline = _outline(document, titles)
        self._admonitions = sorted(_admonitions(document))

    def is_same_after(self, edits: Sequence[MarkupEdit]) -> bool:
        """Whether the edits take out the old dialect where they stand, and change nothing else."""
        before = self._document
        after = read(replace_words(before.text, edits), before.start)
        taken_out = sum(_count_within(edit, self._admonitions) for edit in edits)
        if len(self._admonitions) - taken_out != len(_admonitions(after)):
            return False
        return _outline(after, self._titles) == self._outline


def _admonitions(document: MarkdownDocument) -> list[int]:
    return [block.start for block, _ in document.blocks if isinstance(block, tree.Admonition)]


def _outline(document: MarkdownDocument, titles: Mapping[str, str]) -> list[str]:
    """Return what a reader sees of a document, its notes as they are in this dialect."""
    outline: list[str] = []
    writer = BlocksWriter(document)
    waiting: list[Any] = list(reversed(document.children))
    while waiting:
        block = waiting.pop()
        if isinstance(block, str):
            outline.append(block)
        elif isinstance(block, tree.Admonition | tree.Alert):
            waiting += reversed(_note_parts(document, block, titles, writer))
        elif children_of(block) and not isinstance(block, tree.TableBlock):
            waiting += [_END, *reversed(children_of(block))]
            outline.append(_look(block))
        else:
            outline.append(writer.html((block,)).strip())
    return outline


def _look(block: tree.Block) -> str:
    """Return what a block is, less where it stands and what stands in it."""
    names = [name for name in block._fields if name not in _PLACE]
    return " ".join([block.__class__.__name__, *(repr(getattr(block, name)) for name in names)])


def _note_parts(
    document: MarkdownDocument,
    note: tree.Admonition | tree.Alert,
    titles: Mapping[str, str],
    writer: BlocksWriter,
) -> list[Any]:
    """Return the parts of a note; which words of its first paragraph are bold is left open.

    A title becomes that paragraph, and all of it bold. Calls of footnotes in the title of one that
    folds are parts by themselves: HTML cannot bear them.
    """
    parts: list[Any] = list(note.children)
    if isinstance(note, tree.Admonition):
        if note.folds:
            return [details_opening(note), *_calls(note.title or ()), *parts, _CLOSING]
        if note.title and title_words(document, note, titles):
            parts.insert(0, tree.Paragraph(note.start, note.end, note.title))
    if parts and isinstance(parts[0], tree.Paragraph):
        parts[0] = _BOLD.sub("", writer.html((parts[0],))).strip()
    kind = note.kind if isinstance(note, tree.Alert) else alert_kind(note.kind)
    return [f"alert {kind}", *parts, _END]


def _calls(title: Inlines) -> list[str]:
    """Return which footnotes a title calls."""
    return [f"call {node.label}" for node in walk(title) if isinstance(node, FootnoteReference)]
