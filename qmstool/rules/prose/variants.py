"""Find several spellings of one term, in one document or from document to document."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple, dataclass
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.wording import match_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import PhraseHit, Writing
    from qmstool.rules.base.text.wording import Wording

    Counts = Mapping[tuple[str, ...], Counter[int]]
    Place = tuple["SpelledTerm", "Spelling"]

# «ISO 9001:2008» is no way to write «ISO 9001», nor is «TCVN ISO 9001» one of «ISO 9001».
_LONGER = regex(r"[ \u00a0\x01]*[:/–—-][ \u00a0]*\d")
_BEFORE = regex(r"(?:(?P<one>\S+)[ \u00a0\x01]+)?(?:(?P<two>[A-ZĐ]{2,})|/)[ \u00a0\x01]*\Z")
# How far before a name, in characters, the words are read that may belong to it.
NEAR = 30


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a term: the one numbered `way` of a listed `group`, and of its family.

    Terms that vary by the same word are one family («hằng năm, hàng năm», «hằng quý, hàng quý»):
    who mixes them mixes one spelling. `listed`: it stands in the lists of words, not among the
    names of a standard.
    """

    group: tuple[str, ...]
    family: tuple[str, ...]
    way: int
    listed: bool


class SpelledTerm(NamedTuple):
    """A place of a text where a term is spelled in one of several ways.

    `phrase`: the listed spelling, folded; `words`: as the text has it.
    """

    phrase: str
    words: str
    location: Location


@question
def spelled_terms(writing: Writing) -> tuple[SpelledTerm, ...]:
    """Return every place of a listed spelling."""
    spellings = writing.wording.prepared(spellings_of)
    terms = []
    for hit in writing.hits.get("variants", ()):
        if spellings[hit.phrase].listed or not _is_part_of_longer(writing, hit):
            words, place = (
                writing.plain_words(hit.start, hit.end),
                writing.locate(hit.start, hit.end),
            )
            terms.append(SpelledTerm(hit.phrase, words, place))
    return tuple(terms)


def spellings_of(wording: Wording) -> Mapping[str, Spelling]:
    """Return the ways of writing that the lists know, by their folded words."""
    spellings: dict[str, Spelling] = {}
    for group in wording.variants:
        family = _family(group)
        listed = group in wording.lists.variants
        for way, written in enumerate(group):
            spellings[fold_name(written)] = Spelling(group, family, way, listed)
    return spellings


def _places_by_document(facts: Facts) -> Mapping[str, tuple[Place, ...]]:
    spellings = facts.prose.wording.prepared(spellings_of)
    places: dict[str, list[Place]] = {}
    for writing, terms in facts.files.answers_to(spelled_terms):
        own = places.setdefault(writing.document, [])
        own += [(term, spellings[term.phrase]) for term in terms]
    return {key: tuple(own) for key, own in places.items()}


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
    reads=(spelled_terms,),
    on_request=True,
)
def term_variant(facts: Facts) -> Iterator[Violation]:
    """Find the less used spelling of a term.

    Where one document has two, once a file; where other documents have another, once.
    """
    by_document = _places_by_document(facts)
    all_places = list(chain.from_iterable(by_document.values()))
    everywhere = _counts(all_places)
    models = _models(all_places)
    for places in filter(None, by_document.values()):
        own = _counts(places)
        nearest = {**models, **_models(places)}
        # By path where the document mixes spellings, else by "".
        groups: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
        for place in places:
            term, spelling = place
            family = spelling.family
            is_mixed = len(own[family]) > 1
            if not is_mixed and not spelling.listed:
                continue
            counts = own if is_mixed else everywhere
            if _best(counts[family]) != spelling.way:
                path = term.location.path if is_mixed else ""
                groups.setdefault((path, family), []).append(place)
        for (path, family), group in groups.items():
            counts = own if path else everywhere
            yield _fault(group, _best(counts[family]), nearest)


def _counts(places: Iterable[Place]) -> Counts:
    """Return how often each way of each family is used."""
    counts: dict[tuple[str, ...], Counter[int]] = {}
    for _, spelling in places:
        counts.setdefault(spelling.family, Counter())[spelling.way] += 1
    return counts


def _best(counts: Counter[int]) -> int:
    """Return the most used way, the first listed of equals."""
    return max(sorted(counts), key=counts.__getitem__)


def _models(places: Iterable[Place]) -> dict[tuple[str, ...], Place]:
    """Return the first place of each spelling, and of each way of a family."""
    models: dict[tuple[str, ...], Place] = {}
    for place in places:
        term, spelling = place
        models.setdefault((term.phrase,), place)
        models.setdefault((*spelling.family, str(spelling.way)), place)
    return models


def _fault(places: list[Place], best: int, models: Mapping[tuple[str, ...], Place]) -> Violation:
    """Report one spelling, with a place of the better one and the other places of this one."""
    (first, spelling), *others = places
    better = spelling.group[best]
    same_term = models.get((fold_name(better),))
    model, _ = same_term or models[*spelling.family, str(best)]
    usual = match_case(first.words, model.words)
    suggestion = usual
    if not same_term:
        suggestion = match_case(first.words, better)
    related = (model.location, *(other.location for other, _ in others))
    values = {"words": first.words, "usual": usual}
    return Violation(first.location, values, suggestion, related)


RULES: tuple[Rule, ...] = (term_variant,)
