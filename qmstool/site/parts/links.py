"""An author's Markdown file → the Markdown of its page: anchors written out, references linked, files pointed at their copies.

Every change is an edit at offsets of the source; the author's other characters pass through untouched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.site.edition.addresses import relative_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.model import TextFile
    from qmstool.parsing.markdown.scanner import Heading
    from qmstool.references.model import Reference
    from qmstool.site.edition.addresses import Addresses

# What a link must not cross: inline markup and cells of a table.
_PIECE = re.compile(r"[^*_`~|\[\]<>]+")
_QUALIFIED = re.compile(r"\w")
_NESTED = re.compile(r"\]\(|\]\[|<")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `text[start:end]` by `words`."""

    start: int
    end: int
    words: str


def link_references(
    file: TextFile, references: Sequence[Reference], addresses: Addresses, *, page: str
) -> str:
    """Return the body of a file as its page shows it, less its title; `references` are those that stand in the file."""
    text = file.source.text
    edits: list[TextEdit] = []
    begin = file.body
    headings = file.page.headings
    if headings and headings[0].level == 1 and not text[begin : headings[0].line_start].strip():
        begin = headings[0].line_end
    edits += [
        edit
        for heading in headings
        if heading.line_start >= begin and (edit := _anchored(text, heading))
    ]
    taken = [*((heading.line_start, heading.line_end) for heading in headings), *_links(references)]
    for reference in references:
        edits += _edits(text, reference, addresses, page, taken)
    return apply_edits(text, edits, begin)


def apply_edits(text: str, edits: Sequence[TextEdit], begin: int = 0) -> str:
    """Carry out edits on `text[begin:]`; of two that overlap the first wins."""
    parts, at = [], begin
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.words]
            at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def _anchored(text: str, heading: Heading) -> TextEdit | None:
    """Write a heading's anchor out at the end of its words, unless the author did."""
    if heading.explicit or not heading.anchor:
        return None
    line = text[heading.line_start : heading.line_end]
    first = line.split("\n", 1)[0]
    at = heading.line_start + len(re.sub(r"[ \t]*#*[ \t]*\Z", "", first))
    return TextEdit(at, at, f" {{#{heading.anchor}}}")


def _links(references: Sequence[Reference]) -> Iterator[tuple[int, int]]:
    return (reference.whole for reference in references if reference.how in {"link", "image"})


def _edits(
    text: str,
    reference: Reference,
    addresses: Addresses,
    page: str,
    taken: Sequence[tuple[int, int]],
) -> Iterator[TextEdit]:
    target = reference.target
    address = addresses.of(target) if target else None
    if reference.how in {"link", "image"}:
        if address is not None:
            yield TextEdit(reference.start, reference.end, relative_link(page, address))
        elif target is None or target.kind == "file":
            yield _unlinked(text, reference)
    elif address is not None and not any(
        start < reference.end and reference.start < end for start, end in taken
    ):
        yield from _linked(text, reference.start, reference.end, relative_link(page, address))


def _unlinked(text: str, reference: Reference) -> TextEdit:
    """A link that leads nowhere keeps its label only; where label and address stand apart, it leads to the page itself."""
    start, end = reference.whole
    label = text.find("[", start, reference.start)
    close = text.rfind("](", start, reference.start)
    if 0 <= label < close:
        return TextEdit(start, end, text[label + 1 : close])
    return TextEdit(reference.start, reference.end, "#")


def _linked(text: str, start: int, end: int, link: str) -> Iterator[TextEdit]:
    """Link the words of a span; what markup parts is linked part by part, code with its backticks."""
    if _NESTED.search(text, start, end):
        return
    for piece in _PIECE.finditer(text, start, end):
        first, last = piece.span()
        words = piece[0]
        first += len(words) - len(words.lstrip(" \t\u00a0,;:()"))
        last -= len(words) - len(words.rstrip(" \t\u00a0,;:("))
        if first >= last or not _QUALIFIED.search(text, first, last):
            continue
        if text[first - 1 : first] == "`":
            if text[last : last + 1] != "`":
                continue
            first, last = first - 1, last + 1
        elif (
            text[last : last + 1] == "`"
            or text.count("`", text.rfind("\n", 0, first) + 1, first) % 2
        ):
            continue
        yield TextEdit(first, last, f"[{text[first:last]}]({link})")
