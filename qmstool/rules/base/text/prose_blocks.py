"""Ask where a place lies: in a document with a text of its own, in one of some stretches."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.manual.documents import Document
    from qmstool.parsing.markdown.inlines import Span


def has_own_text(document: Document) -> bool:
    """Whether a document's file holds its text, whatever its data say.

    A stub has no heading below the title.
    """
    return any(section.heading.level > 1 for section in document.sections)


def lies_inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of some stretches, which are in order and do not overlap."""
    index = bisect_right(spans, offset, key=_begin) - 1
    return index >= 0 and offset < spans[index][1]


def _begin(span: Span) -> int:
    return span[0]
