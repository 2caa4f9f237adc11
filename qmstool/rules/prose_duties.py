"""Prose rules on duties: weakened, periodic without a period, and given to one or the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Fault
from qmstool.rules.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.references import Reference
    from qmstool.rules.prose_passages import Passage
    from qmstool.rules.prose_text import Hit, Writing
    from qmstool.rules.rule import Facts
    from qmstool.wordlists import WordLists

_BETWEEN = r"[\s)\x01,;»\"]*"
_OPENING = r"[\s(\x01«\"]*"
_BESIDE = re.compile(_OPENING)
FAR = 300


def weak_obligation(facts: Facts) -> Iterator[Fault]:
    """Words that leave it to nobody in particular whether a duty is done."""
    for writing in facts.prose.writings:
        for hit in writing.hits.get("weak", ()):
            yield Fault(writing.locate(hit.start, hit.end), {"words": writing.said(hit.start, hit.end)})


def period_missing(facts: Facts) -> Iterator[Fault]:
    """«Periodically» where neither the passage nor a document cited in it says how often."""
    measured = _measured(facts.prose.lists)
    for writing in facts.prose.writings:
        if writing.hits.get("periodic"):
            for passage in _untimed(facts, writing, measured):
                for hit in writing.within("periodic", passage.start, passage.end):
                    yield Fault(writing.locate(hit.start, hit.end), {"words": writing.said(hit.start, hit.end)})


def _measured(lists: WordLists) -> re.Pattern[str]:
    """«06 tháng», «12 months»: a number and a unit of time."""
    units = alternatives(said for unit in lists.units for said in unit.said)
    return re.compile(rf"\d{{1,6}}[\s\x01\u00a0]{{1,9}}(?:{units})(?!\w)", re.IGNORECASE)


def _untimed(facts: Facts, writing: Writing, measured: re.Pattern[str]) -> Iterator[Passage]:
    """The passages that say nothing of when; the cells of one row speak together, and a heading need not."""
    cited = [each.start for each in facts.references.by_path.get(writing.file.path, ()) if _of_document(each)]
    rows: dict[int, list[Passage]] = {}
    for passage in writing.passages:
        if passage.kind != "heading":
            rows.setdefault(passage.row if passage.kind == "cell" else -1 - passage.start, []).append(passage)
    for row in rows.values():
        if not any(_says_when(writing, each, measured) or _any_between(cited, each.start, each.end) for each in row):
            yield from row


def _any_between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _of_document(reference: Reference) -> bool:
    if reference.target is None:
        return reference.fault == "unknown-code"
    return reference.target.kind in {"document", "section"}


def _says_when(writing: Writing, passage: Passage, measured: re.Pattern[str]) -> bool:
    timed = writing.within("periods", passage.start, passage.end)
    return bool(timed or measured.search(writing.words, passage.start, passage.end))


def alternative_authorities(facts: Facts) -> Iterator[Fault]:
    """«Or» between two documents to go by, or between two bodies that a sentence gives one duty."""
    joint = re.compile(rf"{_BETWEEN}(?P<or>{alternatives(facts.prose.lists['either'])}){_OPENING}\Z", re.IGNORECASE)
    for writing in facts.prose.writings:
        told = set()
        for start, end, one, other in _documents(facts, writing, joint):
            told.add(start)
            values = {"one": one.words, "other": other.words}
            yield Fault(writing.locate(start, end), values, related=(one.location, other.location))
        for hit in writing.hits.get("either", ()):
            if hit.start not in told:
                yield from _bodies(writing, hit)


def _documents(facts: Facts, writing: Writing, joint: re.Pattern[str]) -> Iterator[tuple[int, int, Reference, Reference]]:
    cited = facts.references.by_path.get(writing.file.path, ())
    for one, other in pairwise(cited):
        if not (one.target and other.target and one.target.kind == other.target.kind == "document" and one.target != other.target):
            continue
        found = joint.match(writing.words, one.whole[1], other.whole[0]) if one.whole[1] <= other.whole[0] else None
        if found:
            yield found.start("or"), found.end("or"), one, other


def _bodies(writing: Writing, either: Hit) -> Iterator[Fault]:
    """The alternative of two bodies, where the sentence gives a duty."""
    start, end = writing.sentence(either.start)
    before = writing.within("bodies", max(start, either.start - FAR), either.start)
    after = writing.within("bodies", either.end, min(end, either.end + FAR))
    if not before or not after or not writing.within("duties", start, end):
        return
    one, other = before[-1], after[0]
    if one.end <= either.start and _BESIDE.fullmatch(writing.words, either.end, other.start):
        values = {"one": writing.said(one.start, one.end), "other": writing.said(other.start, other.end)}
        related = (writing.locate(one.start, one.end), writing.locate(other.start, other.end))
        yield Fault(writing.locate(either.start, either.end), values, related=related)
