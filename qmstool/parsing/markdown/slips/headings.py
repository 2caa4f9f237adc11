"""Find ids and attributes of headings that do not say what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.markdown.containers import Heading
from qmstool.parsing.markdown.headings import attributes_span, id_span
from qmstool.parsing.markdown.inlines import TextRun
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument

_BRACES_SHOWN = regex(r"\{:?[ \t]*[#.][^{}\n]*\}")
_HASHES = regex(r"(?<=[^\s#])#{2,6}\Z")
_WORD = regex(r"(?<=[{\s])[^\s{}#.=][^\s{}=]*(?=[\s}])")
_ID = regex(r"(?<=[{\s])#[^\s{}]+")


def heading_slips(source: str, heading: Heading) -> Iterator[Slip]:
    """Yield `braces-shown` where a title still has braces in it, and what is odd within them.

    `attribute` is a word without a value (an id with a blank in it), `ids` a second id in the
    braces, `class-twice` a class named again, `underlined` a paragraph of several lines that a
    line of hyphens below made a title of, `hashes-shown` closing signs without a blank before.
    """
    yield from _shown(source, heading)
    if heading.children and "\n" in source[heading.children[0].start : heading.children[-1].end]:
        yield Slip(heading.start, heading.end, "underlined", {})
    if not (heading.id or heading.classes or heading.attributes):
        return
    braces = attributes_span(source, heading)
    if braces is None:
        return
    for word in _WORD.finditer(source, *braces):  # the parser drops some that have one letter
        yield Slip(*word.span(), "attribute", {"name": word[0]})
    for extra in list(_ID.finditer(source, *braces))[:-1]:
        yield Slip(*extra.span(), "ids", {"id": extra[0][1:], "used": heading.id or ""})
    for name in dict.fromkeys(heading.classes):
        if heading.classes.count(name) > 1:
            yield Slip(*braces, "class-twice", {"name": name})


def _shown(source: str, heading: Heading) -> Iterator[Slip]:
    start = heading.children[0].start if heading.children else heading.end
    if source.find("{", start, heading.end) < 0 and source.find("##", start, heading.end) < 0:
        return
    for node in walk(heading.children):
        if not isinstance(node, TextRun) or not node.literal:
            continue
        for cause, shape in (("braces-shown", _BRACES_SHOWN), ("hashes-shown", _HASHES)):
            found = shape.search(source, node.start, node.end)
            if found and source[found.start() - 1] != "\\":
                yield Slip(*found.span(), cause, {"said": found[0]})


def repeated_ids(document: MarkdownDocument) -> Iterator[Slip]:
    """Yield `id-twice` for each explicit id of a heading that an earlier one has."""
    if "{" not in document.text:  # no id is typed
        return
    seen: set[str] = set()
    for _, block, _ in document.lines:
        if isinstance(block, Heading) and block.id:
            if block.id in seen:
                place = id_span(document.text, block) or (block.start, block.end)
                yield Slip(*place, "id-twice", {"id": block.id})
            seen.add(block.id)
