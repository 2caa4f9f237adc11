"""Match the footnotes of a document with their calls, and find calls that no footnote answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.inlines import FootnoteReference, TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.walking import lines_of
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument

_CALL = regex(r"\[\^([^\[\]\s^]+)\]")
_DEFINED = regex(r"\[\^[^\]\n]*\]:")


class Footnote(NamedTuple):
    """A footnote by the place of its label in brackets.

    `called` says whether the text calls it, `first` whether no footnote before has its label.
    """

    start: int
    end: int
    label: str
    called: bool
    first: bool


class MissingFootnote(NamedTuple):
    """A call of a footnote that is not there."""

    start: int
    end: int
    label: str


class Footnotes(NamedTuple):
    """The footnotes of a document, their calls in order, and the calls that nothing answers."""

    notes: tuple[Footnote, ...]
    calls: tuple[FootnoteReference, ...]
    missing_footnotes: tuple[MissingFootnote, ...]


_NOTHING = Footnotes((), (), ())


def footnotes(document: MarkdownDocument) -> Footnotes:
    """Return the footnotes of a document and what calls them."""
    if "^" not in document.text or "[^" not in document.text:
        return _NOTHING
    definitions: list[tree.FootnoteDefinition] = []
    calls: list[FootnoteReference] = []
    missing: list[MissingFootnote] = []
    for block, _ in document.blocks:
        if isinstance(block, tree.FootnoteDefinition):
            definitions.append(block)
        for node in walk(lines_of(block)):
            if isinstance(node, FootnoteReference):
                calls.append(node)
            elif isinstance(node, TextRun) and "[^" in node.text:
                missing += _missing(document.text, node)
    called = {call.label.casefold() for call in calls}
    return Footnotes(
        tuple(_notes(document.text, definitions, called)), tuple(calls), tuple(missing)
    )


def _notes(
    source: str, definitions: list[tree.FootnoteDefinition], called: set[str]
) -> Iterator[Footnote]:
    seen: set[str] = set()
    for each in definitions:
        label = each.label.casefold()
        found = _DEFINED.match(source, each.start)
        end = found.end() - 1 if found else each.start
        yield Footnote(each.start, end, each.label, label in called, label not in seen)
        seen.add(label)


def _missing(source: str, text: TextRun) -> Iterator[MissingFootnote]:
    """Yield the calls in a text that are shown as typed."""
    if not text.literal:
        return
    for found in _CALL.finditer(source, text.start, text.end):
        escaped = source[: found.start()].endswith("\\") and found.start() == text.start
        if not escaped:
            yield MissingFootnote(*found.span(), found[1])
