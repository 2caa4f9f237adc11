"""Read comments that silence a rule: `<!-- qms: allow SLUG, because … -->`."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.suppressions import parse_comment
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.parsing.markdown.inlines import Span

_BEFORE = regex(r"[ \t>]*")
_BETWEEN = regex(r"[\s>]*")
_BLOCK_END = regex(r"[ \t]*\n[ \t>]*(?=\n|\Z)|\Z")
OPENING, CLOSING = len("<!--"), len("-->")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule that a comment silences, the place of its name, and the place of what it covers.

    A `reason` of "" silences nothing yet; a comment that could not be understood has no `slug`, and
    its own place.
    """

    slug: str
    reason: str
    start: int
    end: int
    covers_start: int
    covers_end: int


def allowances(text: str, comments: Sequence[Span]) -> list[Allowance]:
    """Read the comments that speak to the checker.

    One on lines of its own covers the lines up to the next empty one; one beside words covers the
    lines that it stands on.
    """
    found: list[Allowance] = []
    block_ends: list[int] = []
    next_start = begin = -1
    for start, end in reversed(comments):
        between = _BETWEEN.match(text, end)
        after = between.end() if between else end
        if after != next_start:  # else another comment comes next, and both cover the same
            begin = after
        next_start = start
        words = parse_comment(text, start + OPENING, max(start + OPENING, end - CLOSING))
        if words is None:
            continue
        place = start, end
        if _own_line(text, start, end):
            block_ends = block_ends or [block.start() for block in _BLOCK_END.finditer(text)]
            place = begin, block_ends[bisect_left(block_ends, begin)]
        names = words.rules or (("", start, end),)
        found += [
            Allowance(slug, words.reason, first, last, *place)
            for slug, first, last in reversed(names)
        ]
    return found[::-1]


def _own_line(text: str, start: int, end: int) -> bool:
    """Tell whether nothing else stands on the lines of a comment."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return (
        bool(_BEFORE.fullmatch(text, first, start))
        and not text[end : last if last >= 0 else len(text)].strip()
    )
