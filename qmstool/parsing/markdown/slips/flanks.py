"""Find bold words that GitHub shows between their stars, for what stands beside these.

Its renderer looks past `~` for what stands beside a star, and takes a sign that is not in ASCII,
such as «→» or «≥», for a letter. So `**~ 5 ngày**` and `**(1)**→**(2)**` are not bold in its
preview.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import Emphasis, Inlines, Span, Strong
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument

# To one sign that opens an expression the engine skips, to several it does not.
_SIGN = r"(?:~|[^\x00-\x7f\w\s])"
_BESIDE = tuple([regex(rf"{sign}(?:(?={_SIGN})|(?<={_SIGN}{sign}))") for sign in (r"\*", "_")])


def may_be_plain_on_github(document: MarkdownDocument) -> bool:
    """Tell whether `flank_slips` may find anything in a document."""
    return _stands_beside(document.text, document.start, len(document.text))


def _stands_beside(text: str, start: int, end: int) -> bool:
    """Tell whether a star or low line has a sign beside it that GitHub goes by otherwise."""
    return any(beside.search(text, start, end) for beside in _BESIDE)


def flank_slips(source: str, inlines: Inlines) -> Iterator[Slip]:
    """Yield `stars-github` for the first words of a line whose stars GitHub shows as typed."""
    bounds = inlines[0].start, inlines[-1].end
    if not _stands_beside(source, *bounds):
        return
    for node in walk(inlines):
        if isinstance(node, Strong | Emphasis) and not _is_marked(source, node, bounds):
            yield Slip(node.start, node.end, "stars-github", {"sign": source[node.start]})
            return


def _is_marked(source: str, node: Strong | Emphasis, bounds: Span) -> bool:
    """Tell whether GitHub sees what opens and what closes some words."""
    if not source[node.start : node.end].strip("*_~"):
        return True
    before, after = _beside(source, node.start, bounds)
    opens = _binds(after, before)
    if opens and source[node.start] == "_":  # within a word it opens and closes nothing
        opens = _is_punctuation(before) or not _binds(before, after)
    before, after = _beside(source, node.end - 1, bounds)
    closes = _binds(before, after)
    if closes and source[node.start] == "_":
        closes = _is_punctuation(after) or not _binds(after, before)
    return opens and closes


def _beside(source: str, place: int, bounds: Span) -> tuple[str, str]:
    """Return the signs on both sides of the run of stars at a place, tildes passed over."""
    start = end = place
    while start > bounds[0] and source[start - 1] in (source[place], "~"):
        start -= 1
    while end < bounds[1] and source[end] in (source[place], "~"):
        end += 1
    before = source[start - 1] if start > bounds[0] else " "
    return before, source[end] if end < bounds[1] else " "


def _binds(near: str, far: str) -> bool:
    """Tell whether stars belong to the sign `near`, given the one on their other side."""
    if near.isspace():
        return False
    return not _is_punctuation(near) or far.isspace() or _is_punctuation(far)


def _is_punctuation(sign: str) -> bool:
    """Tell whether GitHub takes a sign for punctuation: of ASCII all, of others not the symbols."""
    category = unicodedata.category(sign)[0]
    return category == "P" or (category == "S" and sign.isascii())
