"""Find the definitions that references go by, those that the parser passes over in silence too."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.parsing.markdown import containers as tree
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.inlines import Span

_DEFINITION = regex(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?P<all>\[(?P<label>(?!\^)(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(?:\r?\n[ \t>]*)?"
    r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^ \t\r\n<][^ \t\r\n]*)))",
    re.MULTILINE,
)
_LEAVES = (tree.Paragraph, tree.Heading, tree.TableBlock, tree.CodeBlock, tree.HtmlBlock, tree.Term)


class LinkDefinition(NamedTuple):
    """A definition of a label; only the `first` of a label counts, the others show nowhere."""

    start: int
    end: int
    label: str
    label_start: int
    label_end: int
    target_start: int
    target_end: int
    first: bool


def definitions(document: MarkdownDocument) -> tuple[LinkDefinition, ...]:
    """Return all definitions of link labels in order, the repeated ones among them."""
    if "]:" not in document.text:
        return ()
    leaves = [block[:2] for block, _ in document.blocks if isinstance(block, _LEAVES)]
    return tuple(_definitions(document, leaves))


def normalised(label: str) -> str:
    """Return a label as labels are compared: case folded, white space as one blank."""
    return re.sub(r"[ \t\r\n]+", " ", label).strip(" ").casefold()


def _definitions(document: MarkdownDocument, leaves: list[Span]) -> Iterator[LinkDefinition]:
    """Yield what looks like a definition and stands in no text, code or HTML."""
    seen: set[str] = set()
    starts = [start for start, _ in leaves]
    for found in _DEFINITION.finditer(document.text, document.start):
        start, end = found.span("all")
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < leaves[index][1]:
            continue
        label = normalised(found["label"])
        target = found.span("bare" if found["angled"] is None else "angled")
        yield LinkDefinition(
            start, end, found["label"], *found.span("label"), *target, first=label not in seen
        )
        seen.add(label)
