"""Read comments that silence a rule: `<!-- qms: allow SLUG, because … -->`."""

from __future__ import annotations

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
    following: Span = (-1, -1)
    covers = following
    for start, end in reversed(comments):
        between = _BETWEEN.match(text, end)
        begin = between.end() if between else end
        if begin != following[0]:  # else another comment comes next, and both cover the same
            block_end = _BLOCK_END.search(text, begin)
            covers = begin, (block_end.start() if block_end else len(text))
        following = start, end
        words = parse_comment(text, start + OPENING, max(start + OPENING, end - CLOSING))
        if words is None:
            continue
        place = covers if _own_line(text, start, end) else (start, end)
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
