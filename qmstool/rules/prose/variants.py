"""Find several spellings of one term, in one document or from document to document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_text import match_case
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import PhraseHit, Prose, Writing
    from qmstool.rules.base.rule import Rule

    Counts = Mapping[tuple[str, ...], Counter[int]]
    Place = tuple[Writing, PhraseHit, "Spelling"]

# «ISO 9001:2008» is no way to write «ISO 9001», nor is «TCVN ISO 9001» one of «ISO 9001».
_LONGER = re.compile(r"[ \u00a0\x01]*[:/–—-][ \u00a0]*\d")
_BEFORE = re.compile(r"(?:(?P<one>\S+)[ \u00a0\x01]+)?(?:(?P<two>[A-ZĐ]{2,})|/)[ \u00a0\x01]*\Z")
# How far before a name, in characters, the words are read that may belong to it.
NEAR = 30


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a term: `written` as it is listed, way number `way` of its family.

    Terms that vary by the same word are one family («hằng năm, hàng năm», «hằng quý, hàng quý»):
    who mixes them mixes one spelling. `listed`: it stands in the lists of words, not among the
    names of a standard.
    """

    written: str
    group: tuple[str, ...]
    family: tuple[str, ...]
    way: int
    listed: bool


class VariantIndex:
    """The ways of writing that a manual's lists know, and where its texts use them."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.spellings: dict[str, Spelling] = {}
        for group in prose.variants:
            family = _family(group)
            listed = group in prose.lists.variants
            for way, written in enumerate(group):
                spelling = Spelling(written, group, family, way, listed)
                self.spellings[fold_name(written)] = spelling

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """Every place of a listed spelling, by document."""
        places: dict[str, tuple[Place, ...]] = {}
        for key, writings in self.prose.by_document.items():
            places[key] = tuple(chain.from_iterable(map(self._in, writings)))
        return places

    def _in(self, writing: Writing) -> Iterator[Place]:
        for hit in writing.hits.get("variants", ()):
            spelling = self.spellings[hit.phrase]
            if spelling.listed or not _is_part_of_longer(writing, hit):
                yield writing, hit, spelling


def _is_part_of_longer(writing: Writing, hit: PhraseHit) -> bool:
    """Whether a standard's name is but a part of another one's."""
    if _LONGER.match(writing.words, hit.end):
        return True
    before = _BEFORE.search(writing.words[max(0, hit.start - NEAR) : hit.start])
    if before is None:
        return False
    # In a phrase in capitals any word would look like part of a name: «SƠ ĐỒ THEO ISO 9001».
    is_shouted = before["two"] and (before["one"] or "").isupper()
    return not is_shouted


def _family(group: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words by which the phrases of a group differ, if it is one in each.

    Else the phrases themselves.
    """
    phrases = [phrase.split() for phrase in group]
    if len(set(map(len, phrases))) != 1:
        return group
    odd = [words for words in zip(*phrases, strict=True) if len(set(words)) > 1]
    return odd[0] if len(odd) == 1 else group


@rule(
    "QMS617",
    "term-variant",
    Severity.INFO,
    Text("Một từ nhiều cách viết", "One term, several spellings"),
    Text(
        "Ở đây viết «{words}», nơi khác viết «{usual}» nhiều hơn. Hãy thống nhất một cách viết.",
        "Here «{words}»; elsewhere mostly «{usual}». Choose one of them.",
    ),
)
def term_variant(facts: Facts) -> Iterator[Violation]:
    """Find the less used spelling of a term.

    Where one document has two, once a file; where other documents have another, once.
    """
    variants = VariantIndex(facts.prose)
    all_places = list(chain.from_iterable(variants.places.values()))
    everywhere = _counts(all_places)
    models = _models(all_places)
    for places in variants.places.values():
        own = _counts(places)
        nearest = {**models, **_models(places)}
        # By path where the document mixes spellings, else by "".
        groups: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
        for place in places:
            writing, _, spelling = place
            family = spelling.family
            is_mixed = len(own[family]) > 1
            if not is_mixed and not spelling.listed:
                continue
            counts = own if is_mixed else everywhere
            if _best(counts[family]) != spelling.way:
                path = writing.file.path if is_mixed else ""
                groups.setdefault((path, family), []).append(place)
        for (path, family), group in groups.items():
            counts = own if path else everywhere
            yield _fault(group, _best(counts[family]), nearest)


def _counts(places: Iterable[Place]) -> Counts:
    """Return how often each way of each family is used."""
    counts: dict[tuple[str, ...], Counter[int]] = {}
    for _, _, spelling in places:
        counts.setdefault(spelling.family, Counter())[spelling.way] += 1
    return counts


def _best(counts: Counter[int]) -> int:
    """Return the most used way, the first listed of equals."""
    return max(sorted(counts), key=counts.__getitem__)


def _models(places: Iterable[Place]) -> dict[tuple[str, ...], Place]:
    """Return the first place of each spelling, and of each way of a family."""
    models: dict[tuple[str, ...], Place] = {}
    for place in places:
        _, hit, spelling = place
        models.setdefault((hit.phrase,), place)
        models.setdefault((*spelling.family, str(spelling.way)), place)
    return models


def _fault(places: list[Place], best: int, models: Mapping[tuple[str, ...], Place]) -> Violation:
    """Report one spelling, with a place of the better one and the other places of this one."""
    (writing, first, spelling), *others = places
    better = spelling.group[best]
    words = writing.said(first.start, first.end)
    same_term = models.get((fold_name(better),))
    model_writing, model, _ = same_term or models[*spelling.family, str(best)]
    usual = model_writing.said(model.start, model.end)
    suggestion = match_case(words, usual if same_term else better)
    related = [model_writing.locate(model.start, model.end)]
    related += [other.locate(hit.start, hit.end) for other, hit, _ in others]
    values = {"words": words, "usual": match_case(words, usual)}
    return Violation(writing.locate(first.start, first.end), values, suggestion, tuple(related))


RULES: tuple[Rule, ...] = (term_variant,)
