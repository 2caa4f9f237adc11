"""Turn an author's Markdown file into the Markdown of its page: what it cites becomes links.

Every change is an edit at offsets of the source; the author's other characters pass through
untouched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.spans import Spans
from qmstool.site.edition.addresses import relative_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import Reference
    from qmstool.site.edition.addresses import Addresses


# What a link must not cross: inline markup and cells of a table.
_PIECE = re.compile(r"[^*_`~|\[\]<>]+")
_QUALIFIED = re.compile(r"\w")
_NESTED = re.compile(r"\]\(|\]\[|<")
# What stays outside a link at its ends.
_BEFORE_LINK, _AFTER_LINK = " \t\u00a0,;:()", " \t\u00a0,;:("


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `text[start:end]` by `words`."""

    start: int
    end: int
    words: str


def link_references(
    file: TextFile, references: Sequence[Reference], addresses: Addresses, *, page: str
) -> str:
    """Return the body of a file with the links that its page shows.

    `references` are those that stand in the file; `page`: the address of the page.
    """
    text = file.source.text
    taken = [(heading.line_start, heading.line_end) for heading in file.page.headings]
    taken += [reference.whole_span for reference in references if _is_written_link(reference)]
    unlinked = Spans(taken)
    edits: list[TextEdit] = []
    for reference in references:
        edits += _edits(text, reference, addresses, page, unlinked)
    return apply_edits(text, edits, file.body)


def apply_edits(text: str, edits: Sequence[TextEdit], begin: int = 0) -> str:
    """Carry out edits on `text[begin:]`; of two that overlap the first wins."""
    parts, done = [], begin
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= done:
            parts += [text[done : edit.start], edit.words]
            done = edit.end
    parts.append(text[done:])
    return "".join(parts)


def _is_written_link(reference: Reference) -> bool:
    """Whether the author wrote a reference as a link or a picture, and not in words."""
    return reference.kind in {"link", "image"}


def _edits(
    text: str, reference: Reference, addresses: Addresses, page: str, taken: Spans
) -> Iterator[TextEdit]:
    """What becomes of one reference; `taken`: headings and written links, where none is made."""
    target, start, end = reference.target, reference.start, reference.end
    address = addresses.of_target(target) if target else None
    if target is not None and reference.other_targets:
        address = addresses.same_clauses(target.key, target.owner)
    if _is_written_link(reference):
        if address is not None:
            yield TextEdit(start, end, relative_link(page, address))
        elif target is None or target.kind == "file":
            yield _unlinked(text, reference)
    elif address is not None and not taken.meets(start, end):
        yield from _linked(text, start, end, relative_link(page, address))


def _unlinked(text: str, reference: Reference) -> TextEdit:
    """A link that leads nowhere keeps its label only.

    Where label and address stand apart, it leads to the page itself.
    """
    start, end = reference.whole_span
    label = text.find("[", start, reference.start)
    close = text.rfind("](", start, reference.start)
    if 0 <= label < close:
        return TextEdit(start, end, text[label + 1 : close])
    return TextEdit(reference.start, reference.end, "#")


def _linked(text: str, start: int, end: int, link: str) -> Iterator[TextEdit]:
    """Link the words of a span.

    What markup parts is linked part by part, code with its backticks.
    """
    if _NESTED.search(text, start, end):
        return
    for piece in _PIECE.finditer(text, start, end):
        words = piece[0]
        first = piece.end() - len(words.lstrip(_BEFORE_LINK))
        last = piece.start() + len(words.rstrip(_AFTER_LINK))
        if first >= last or not _QUALIFIED.search(text, first, last):
            continue
        opens, closes = text[first - 1 : first] == "`", text[last : last + 1] == "`"
        if opens and closes:
            first, last = first - 1, last + 1
        elif opens or closes or _is_in_code(text, first):
            continue
        yield TextEdit(first, last, f"[{text[first:last]}]({link})")


def _is_in_code(text: str, place: int) -> bool:
    """Whether a place of a line lies between backticks."""
    line_start = text.rfind("\n", 0, place) + 1
    return text.count("`", line_start, place) % 2 == 1
