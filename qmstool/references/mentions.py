"""What a text names, in its order: codes, names, links to documents, and lists of numbers: what a number can be bound to.

A link beside a number stands for its document, and its address, which no reader sees, parts nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qmstool.references.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.parsing.citations import Citation
    from qmstool.references.model import Reference

# How far from a number, in characters, a link to its document may stand.
CLOSE_BY = 60


class Mention(NamedTuple):
    """What a text names at a place.

    A list of numbers has no target; it begins at `lead`, and its last is `number`.
    """

    start: int
    end: int
    kind: str
    target: Target | None
    lead: int = -1
    number: str = ""


def collect_mentions(cited: Iterable[tuple[Citation, Target | None]]) -> list[Mention]:
    """Codes, names and lists of numbers."""
    things: list[Mention] = []
    for each, target in cited:
        start, lead = each.start, each.lead
        if target is None and things and things[-1].lead == lead:
            start = things.pop().start
        things.append(Mention(start, each.end, each.kind, target, lead, each.number))
    return things


def links_near_numbers(
    prose: str, links: Iterable[Reference], lists: Sequence[Mention]
) -> list[Reference]:
    """Links to documents that hold a list of numbers or stand right beside one, in the order of the text."""
    starts, found = [each.start for each in lists], []
    for link in links if lists else ():
        if link.kind == "link" and link.target and link.target.kind in {"document", "section"}:
            first, last = (bisect_left(starts, at) for at in link.whole)
            if any(
                _beside(prose, link.whole, this) for this in lists[max(0, first - 1) : last + 1]
            ):
                found.append(link)
    return sorted(found, key=_whole)


def _whole(link: Reference) -> tuple[int, int]:
    return link.whole


def _beside(prose: str, span: tuple[int, int], this: Mention) -> bool:
    between = (span[1], this.start) if span[1] <= this.start else (this.end, span[0])
    return between[1] - between[0] < CLOSE_BY and "\x00" not in prose[slice(*between)]


def link_around(links: Sequence[Reference], at: int) -> Reference | None:
    """The link that an offset lies in."""
    before = bisect_right(links, at, key=lambda link: link.whole[0]) - 1
    return links[before] if before >= 0 and at < links[before].whole[1] else None


def with_links(things: list[Mention], links: Iterable[Reference]) -> list[Mention]:
    """The same, and links whose words name nothing."""
    starts = [each.start for each in things]
    empty = (
        each
        for each in links
        if bisect_left(starts, each.whole[0]) == bisect_left(starts, each.whole[1])
    )
    found = (
        Mention(*each.whole, "link", Target("document", each.target.key))
        for each in empty
        if each.target
    )
    return sorted([*things, *found], key=lambda each: each.start)


def join_across_links(prose: str, links: Sequence[Reference]) -> str:
    """Running text in which the address of a link no longer parts its words from those behind it."""
    parts, at = [], 0
    for link in links:
        start, end = link.whole
        if start >= at:
            parts += [prose[at:start], prose[start:end].replace("\x00", "\x01")]
            at = end
    return "".join([*parts, prose[at:]]) if parts else prose
