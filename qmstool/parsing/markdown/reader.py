"""Read a Markdown text into its tree: CommonMark with GitHub's extensions, `{#id}` and definitions.

The parser is pulldown-cmark, by way of `pyromark`; ADR 0016 says why. Text that the old dialect of
existing manuals may be in is rewritten first, see `old_dialect`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyromark
from pyromark import Options

from qmstool.parsing.markdown.document import MarkdownDocument
from qmstool.parsing.markdown.leaves import UnresolvedLabel
from qmstool.parsing.markdown.reading.assembly import Assembly
from qmstool.parsing.markdown.reading.builder import TreeBuilder
from qmstool.parsing.markdown.reading.offsets import DraftOffsets, Offsets, offsets
from qmstool.parsing.markdown.reading.old_dialect import may_be_old, modernised

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.parsing.markdown.reading.draft import DraftBlock

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_GFM
)
MAX_READINGS = 20
"""How often a text is read again without what turned out to be none of the old dialect."""

_UNREADABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")


def read(text: str, start: int = 0) -> MarkdownDocument:
    """Read a text whose body begins at `start`; the places in what is returned are the text's.

    A text that the parser cannot take is read as `readable` has it.
    """
    if "\0" in text:
        return _read(readable(text), start)
    try:
        return _read(text, start)
    except UnicodeEncodeError:  # the parser takes the text's bytes, and half a character has none
        return _read(readable(text), start)


def readable(text: str) -> str:
    """Return a text with a sign in the place of each that the parser cannot take."""
    return text.translate(_UNREADABLE)


def _read(source: str, start: int) -> MarkdownDocument:
    """Read a text of which the parser can take every character."""
    if not may_be_old(source, start):
        return _plain_document(source, start)
    refused: frozenset[int] = frozenset()
    for _ in range(MAX_READINGS):
        draft, old = modernised(source, start, refused)
        document, met = _document(source, start, draft.text, partial(DraftOffsets, draft), old)
        if met.issuperset(old):
            return document
        refused |= old.keys() - met
    return _plain_document(source, start)


def _plain_document(source: str, start: int) -> MarkdownDocument:
    """Read a text that holds nothing of the old dialect."""
    body = source[start:] if start else source
    return _document(source, start, body, partial(offsets, body, start), {})[0]


def _document(
    source: str, start: int, body: str, places: Callable[[], Offsets], old: dict[int, DraftBlock]
) -> tuple[MarkdownDocument, set[int]]:
    """Parse a body and return the document, and which of the old constructs came out of it."""
    missing: list[Any] = []
    assembly = Assembly(source, start, old)
    events = pyromark.events_with_range(body, options=OPTIONS, broken_link_callback=missing.append)
    children = TreeBuilder(places(), assembly).build(events)
    # What the parser took for markup within a bare address is words after all.
    words = source if assembly.has_addresses else "".join(assembly.words)
    labels = _missing(missing, places()) if missing else ()
    return MarkdownDocument(source, start, children, labels, words), assembly.met


def _missing(found: list[Any], places: Offsets) -> tuple[UnresolvedLabel, ...]:
    """Return the references without a definition, in order."""
    references = []
    for each in sorted(found, key=lambda each: each["span"]["start"]):
        kind = each["link_type"].lower()
        span = each["span"]
        start, end = places.begin(span["start"]), places.finish(span["end"])
        end += len("[]") if kind == "collapsed" else 0
        references.append(UnresolvedLabel(start, end, each["reference"], kind))
    return tuple(references)
