"""The prose rule on several spellings of one term, in one document or from document to document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.frozen import dataclass
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_text import cased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.rules.base.prose_text import Hit, Prose, Writing
    from qmstool.rules.base.rule import Facts

    Counts = Mapping[tuple[str, ...], Counter[int]]
    Place = tuple[Writing, Hit, "Spelling"]

# «ISO 9001:2008» is no way to write «ISO 9001», nor is «TCVN ISO 9001» one of «ISO 9001».
_LONGER = re.compile(r"[ \u00a0\x01]*[:/–—-][ \u00a0]*\d")
_BEFORE = re.compile(r"(?:(?P<one>\S+)[ \u00a0\x01]+)?(?:(?P<two>[A-ZĐ]{2,})|/)[ \u00a0\x01]*\Z")
NEAR = 30


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a term: `written` as it is listed, the `at`-th of the ways of its family.

    Terms that vary by the same word are one family («hằng năm, hàng năm», «hằng quý, hàng quý»):
    who mixes them mixes one spelling.
    """

    written: str
    group: tuple[str, ...]
    family: tuple[str, ...]
    at: int
    listed: bool


class Variants:
    """The ways of writing that a manual's lists know, and where its texts use them."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.spellings = {
            fold_name(said): Spelling(
                said, group, _family(group), at, group in prose.lists.variants
            )
            for group in prose.variants
            for at, said in enumerate(group)
        }

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """Every place of a listed spelling, by document."""
        return {
            key: tuple(each for writing in group for each in self._in(writing))
            for key, group in self.prose.by_document.items()
        }

    def _in(self, writing: Writing) -> Iterator[Place]:
        for hit in writing.hits.get("variants", ()):
            spelling = self.spellings[hit.phrase]
            if spelling.listed or not _part_of_longer(writing, hit):
                yield writing, hit, spelling


def _part_of_longer(writing: Writing, hit: Hit) -> bool:
    """Whether a standard's name is but a part of another one's."""
    before = _BEFORE.search(writing.words[max(0, hit.start - NEAR) : hit.start])
    shouted = (
        before is not None and before["two"] and (before["one"] or "").isupper()
    )  # «SƠ ĐỒ THEO ISO 9001»
    return _LONGER.match(writing.words, hit.end) is not None or (before is not None and not shouted)


def _family(group: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which the phrases of a group differ, if it is one in each; else the phrases themselves."""
    columns = list(zip(*(phrase.split() for phrase in group), strict=False))
    odd = [column for column in columns if len(set(column)) > 1]
    same = len({len(phrase.split()) for phrase in group}) == 1
    return odd[0] if same and len(odd) == 1 else group


def term_variant(facts: Facts) -> Iterator[Violation]:
    """The less used spelling of a term: where one document has two, once a file; where other documents have another, once."""
    variants = Variants(facts.prose)
    everywhere = _counts(each for places in variants.places.values() for each in places)
    models = _models(each for places in variants.places.values() for each in places)
    for places in variants.places.values():
        own = _counts(places)
        near = {**models, **_models(places)}
        told: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
        for place in places:
            writing, _, spelling = place
            mixed = len(own[spelling.family]) > 1
            counts = own if mixed else everywhere
            if (mixed or spelling.listed) and _best(counts[spelling.family]) != spelling.at:
                told.setdefault((writing.file.path if mixed else "", spelling.family), []).append(
                    place
                )
        for (path, _), group in told.items():
            yield _fault(group, own if path else everywhere, near)


def _counts(places: Iterable[Place]) -> Counts:
    """How often each way of each family is used."""
    counts: dict[tuple[str, ...], Counter[int]] = {}
    for _, _, spelling in places:
        counts.setdefault(spelling.family, Counter())[spelling.at] += 1
    return counts


def _best(counts: Counter[int]) -> int:
    """The most used way, the first listed of equals."""
    return max(sorted(counts), key=lambda at: counts[at])


def _models(places: Iterable[Place]) -> dict[tuple[str, ...], Place]:
    """The first place of each spelling, and of each way of a family."""
    models: dict[tuple[str, ...], Place] = {}
    for place in places:
        _, hit, spelling = place
        models.setdefault((hit.phrase,), place)
        models.setdefault((*spelling.family, str(spelling.at)), place)
    return models


def _fault(
    places: list[Place], counts: Counts, models: Mapping[tuple[str, ...], Place]
) -> Violation:
    """The fault of one spelling, with a place of the better one and the other places of this one."""
    (writing, first, spelling), *rest = places
    best = _best(counts[spelling.family])
    wanted = spelling.group[best]
    same = models.get((fold_name(wanted),))
    other, model, _ = same or models[*spelling.family, str(best)]
    words, usual = writing.said(first.start, first.end), other.said(model.start, model.end)
    mended = cased(words, usual if same else wanted)
    related = (
        other.locate(model.start, model.end),
        *(each.locate(hit.start, hit.end) for each, hit, _ in rest),
    )
    return Violation(
        writing.locate(first.start, first.end),
        {"words": words, "usual": cased(words, usual)},
        mended,
        related,
    )
