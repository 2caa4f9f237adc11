"""Prose rules on duties: weakened, periodic without a period, and given to one or the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.references.model import Reference
    from qmstool.rules.base.prose_blocks import Passage
    from qmstool.rules.base.prose_text import Hit, Writing
    from qmstool.rules.base.rule import Facts

_BETWEEN = r"[\s)\x01,;»\"]*"
_OPENING = r"[\s(\x01«\"]*"
_BESIDE = re.compile(_OPENING)
FAR = 300
NEAR = 60
_begins = attrgetter("start")


def weak_obligation(facts: Facts) -> Iterator[Violation]:
    """Words that leave it to nobody in particular whether a duty is done."""
    for writing in facts.prose.writings:
        for hit in writing.hits.get("weak", ()):
            yield Violation(
                writing.locate(hit.start, hit.end), {"words": writing.said(hit.start, hit.end)}
            )


def period_missing(facts: Facts) -> Iterator[Violation]:
    """«Periodically» where neither the sentence, the one after it, nor a document cited there says how often."""
    timed = Timed(facts)
    for writing in facts.prose.writings:
        hits = writing.hits.get("periodic", ())
        rows = timed.rows(writing) if hits else {}
        for hit in hits:
            at = bisect_right(writing.passages, hit.start, key=_begins) - 1
            passage = writing.passages[max(at, 0)]
            if passage.kind == "heading" or timed.names_paper(writing, hit):
                continue
            said = (
                rows.get(passage.row, False)
                if passage.kind == "cell"
                else timed.near(writing, hit, passage)
            )
            if not said:
                yield Violation(
                    writing.locate(hit.start, hit.end), {"words": writing.said(hit.start, hit.end)}
                )


class Timed:
    """Tells whether a stretch of text says how often."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        lists = facts.prose.lists
        units = alternatives(said for unit in lists.units for said in unit.said)
        self.measured = re.compile(
            rf"\d{{1,6}}[\s\x01\u00a0]{{1,9}}(?:{units})(?!\w)", re.IGNORECASE
        )
        between = alternatives(lists["activities"])
        self.paper = re.compile(
            rf"(?<!\w)(?:{alternatives(lists['common'])})[\s\x01]+(?:(?:{between})[\s\x01]+)?\Z",
            re.IGNORECASE,
        )

    def rows(self, writing: Writing) -> dict[int, bool]:
        """The rows of tables, by where they begin, and whether a cell says when."""
        found: dict[int, bool] = {}
        for passage in writing.passages:
            if passage.kind == "cell":
                found[passage.row] = found.get(passage.row, False) or self.says(
                    writing, passage.start, passage.end
                )
        return found

    def near(self, writing: Writing, hit: Hit, passage: Passage) -> bool:
        """Whether the sentence of a hit, or the one after it in its passage, says when."""
        start, end = writing.sentence(hit.start)
        start, end = max(start, passage.start), min(end, passage.end)
        following = min(writing.sentence(end + 1)[1], passage.end) if end + 1 < passage.end else end
        return self.says(writing, max(start, hit.start - FAR), min(following, hit.end + 2 * FAR))

    def says(self, writing: Writing, start: int, end: int) -> bool:
        """Whether a stretch names a period, or cites a document that would."""
        cited = self.facts.references.by_path.get(writing.file.path, ())
        near = cited[bisect_left(cited, start, key=_begins) : bisect_left(cited, end, key=_begins)]
        if any(_of_document(each) for each in near):
            return True
        return bool(
            writing.within("periods", start, end) or self.measured.search(writing.words, start, end)
        )

    def names_paper(self, writing: Writing, hit: Hit) -> bool:
        """Whether «periodic» belongs to the name of a paper: «Phiếu bảo dưỡng định kỳ»."""
        return self.paper.search(writing.words, max(0, hit.start - NEAR), hit.start) is not None


def _of_document(reference: Reference) -> bool:
    if reference.target is None:
        return reference.violation == "unknown-code"
    return reference.target.kind in {"document", "section"}


def alternative_authorities(facts: Facts) -> Iterator[Violation]:
    """«Or» between two documents to go by, or between two bodies that a sentence gives one duty."""
    joint = re.compile(
        rf"{_BETWEEN}(?P<or>{alternatives(facts.prose.lists['either'])}){_OPENING}\Z", re.IGNORECASE
    )
    for writing in facts.prose.writings:
        told = set()
        for start, end, one, other in _documents(facts, writing, joint):
            told.add(start)
            values = {"one": one.words, "other": other.words}
            yield Violation(
                writing.locate(start, end), values, related=(one.location, other.location)
            )
        for hit in writing.hits.get("either", ()):
            if hit.start not in told:
                yield from _bodies(writing, hit)


def _documents(
    facts: Facts, writing: Writing, joint: re.Pattern[str]
) -> Iterator[tuple[int, int, Reference, Reference]]:
    cited = facts.references.by_path.get(writing.file.path, ())
    for one, other in pairwise(cited):
        if not (
            one.target
            and other.target
            and one.target.kind == other.target.kind == "document"
            and one.target != other.target
        ):
            continue
        found = (
            joint.match(writing.words, one.whole[1], other.whole[0])
            if one.whole[1] <= other.whole[0]
            else None
        )
        if found:
            yield found.start("or"), found.end("or"), one, other


def _bodies(writing: Writing, either: Hit) -> Iterator[Violation]:
    """The alternative of two bodies, where the sentence gives a duty."""
    start, end = writing.sentence(either.start)
    before = writing.within("bodies", max(start, either.start - FAR), either.start)
    after = writing.within("bodies", either.end, min(end, either.end + FAR))
    if not before or not after or not writing.within("duties", start, end):
        return
    one, other = before[-1], after[0]
    if one.end <= either.start and _BESIDE.fullmatch(writing.words, either.end, other.start):
        values = {
            "one": writing.said(one.start, one.end),
            "other": writing.said(other.start, other.end),
        }
        related = (writing.locate(one.start, one.end), writing.locate(other.start, other.end))
        yield Violation(writing.locate(either.start, either.end), values, related=related)
