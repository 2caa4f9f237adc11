"""List what a text mentions, in its order: all that a number can be bound to.

Codes, names, links to documents, and lists of numbers. A link beside a number stands for its
document, and its address, which no reader sees, parts nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.references.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.parsing.citations import Citation
    from qmstool.references.model import Reference

# How far from a number, in characters, a link to its document may stand.
CLOSE_BY = 60


class Mention(NamedTuple):
    """What a text mentions at a place.

    A list of numbers has no target; it begins at `list_start`, and its last is `number`. `words`:
    those that call what is mentioned.
    """

    start: int
    end: int
    kind: str
    target: Target | None
    list_start: int = -1
    number: str = ""
    words: str = ""

    @property
    def counts(self) -> bool:
        """Whether it may own a number that does not stand beside it.

        Not a code that none bears, nor «ISO» alone.
        """
        if self.target is None or (self.target.kind == "catalogue" and not self.target.key):
            return False
        return self.kind != "code" or self.target.kind != "outside"


def collect_mentions(cited: Iterable[tuple[Citation, Target | None]]) -> list[Mention]:
    """Return codes, names and lists of numbers; the numbers of one list are one mention."""
    mentions: list[Mention] = []
    for citation, target in cited:
        start, lead = citation.start, citation.list_start
        if target is None and mentions and mentions[-1].list_start == lead:
            start = mentions.pop().start
        words = "" if target is None else citation.text
        mentions.append(
            Mention(start, citation.end, citation.kind, target, lead, citation.number, words)
        )
    return mentions


def links_near_numbers(
    prose: str, links: Iterable[Reference], lists: Sequence[Mention]
) -> list[Reference]:
    """Return the links to documents that hold a list of numbers or stand right beside one.

    In the order of the text.
    """
    if not lists:
        return []
    starts = [numbers.start for numbers in lists]
    near = []
    for link in links:
        if link.kind != "link" or not link.target:
            continue
        if link.target.kind not in {"document", "section"}:
            continue
        first, last = (bisect_left(starts, edge) for edge in link.whole_span)
        around = lists[max(0, first - 1) : last + 1]
        if any(_is_beside(prose, link.whole_span, numbers) for numbers in around):
            near.append(link)
    return sorted(near, key=_whole)


def _whole(link: Reference) -> tuple[int, int]:
    return link.whole_span


def _is_beside(prose: str, span: tuple[int, int], numbers: Mention) -> bool:
    if span[1] <= numbers.start:
        start, end = span[1], numbers.start
    else:
        start, end = numbers.end, span[0]
    return end - start < CLOSE_BY and "\x00" not in prose[start:end]


def link_around(links: Sequence[Reference], at: int) -> Reference | None:
    """Return the link that an offset lies in."""
    before = bisect_right(links, at, key=lambda link: link.whole_span[0]) - 1
    return links[before] if before >= 0 and at < links[before].whole_span[1] else None


def with_links(mentions: list[Mention], links: Iterable[Reference]) -> list[Mention]:
    """Return the mentions, and the links whose words mention nothing."""
    starts = [mention.start for mention in mentions]
    added = []
    for link in links:
        first, last = (bisect_left(starts, edge) for edge in link.whole_span)
        if first == last and link.target:
            added.append(Mention(*link.whole_span, "link", Target("document", link.target.key)))
    return sorted([*mentions, *added], key=lambda mention: mention.start)


def join_across_links(prose: str, links: Sequence[Reference]) -> str:
    """Return running text in which a link's address no longer parts its words from the next."""
    parts = []
    position = 0
    for link in links:
        start, end = link.whole_span
        if start >= position:
            parts += [prose[position:start], prose[start:end].replace("\x00", "\x01")]
            position = end
    return "".join([*parts, prose[position:]]) if parts else prose
