"""Find labels and footnotes that are defined twice, never, or for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.definitions import definitions
from qmstool.parsing.markdown.footnotes import footnotes
from qmstool.parsing.markdown.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument


def label_slips(document: MarkdownDocument) -> Iterator[Slip]:
    """Yield `label-twice`, `footnote-twice`, `footnote-unused` and `footnote-missing`.

    Yield `footnote-blank` for a label with a blank in it, which GitHub takes for no footnote.
    """
    for each in definitions(document):
        if not each.first:
            yield Slip(each.label_start, each.label_end, "label-twice", {"label": each.label})
    found = footnotes(document)
    for note in found.notes:
        if not note.first:
            yield Slip(note.start, note.end, "footnote-twice", {"label": note.label})
        elif not note.called:
            yield Slip(note.start, note.end, "footnote-unused", {"label": note.label})
        elif any(map(str.isspace, note.label)):
            yield Slip(note.start, note.end, "footnote-blank", {"label": note.label})
    for call in found.missing_footnotes:
        yield Slip(call.start, call.end, "footnote-missing", {"label": call.label})
