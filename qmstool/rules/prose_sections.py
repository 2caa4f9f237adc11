"""Prose rules on whole sections: titles against the standard's, nothing but a reference, two that say nearly the same."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from qmstool.findings import Fault
from qmstool.rules.prose_passages import inside
from qmstool.rules.prose_text import alternatives
from qmstool.sources.codes import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.model import Catalogue, Section
    from qmstool.rules.prose_text import Prose, Writing
    from qmstool.rules.rule import Facts

STRANGE = 1 / 3
ALIKE = 0.6
SHINGLE = 3
FEWEST_WORDS = 20
MOST_WORDS = 400
COMMON = 4
ABBREVIATIONS = "manual/abbreviations.yml"
_WORDS = re.compile(r"[^\W_]+")


def title_not_of_clause(facts: Facts) -> Iterator[Fault]:
    """Sections numbered like a clause whose title brings words that the standard's title does not have."""
    main, catalogue = facts.manual.main, facts.manual.catalogue
    lang = facts.manual.config.language
    generic = {fold_name(title) for title in facts.prose.lists["generic_titles"]}
    readable = main is not None and ABBREVIATIONS not in facts.lost.broken  # they read the titles out
    writings = facts.prose.by_document.get(main.key, ()) if main and readable else ()
    sections = [section for writing in writings for section in writing.sections if section.heading.level == 1]
    numbers = Counter(section.number for section in sections)
    for section in sections:
        clause = catalogue.clauses.get(section.number) if catalogue and numbers[section.number] == 1 else None
        title = clause.title.get(lang) if clause and clause.title else ""
        if title and fold_name(title) not in generic and _strange(facts.prose, section.title, title):
            values = {"clause": section.number, "title": title, "said": section.title, "standard": _name(catalogue)}
            yield Fault(section.location, values, section.heading.text.removesuffix(section.title) + title)


def _name(catalogue: Catalogue | None) -> str:
    return f"{catalogue.standard}:{catalogue.edition}" if catalogue else ""


def _strange(prose: Prose, title: str, standard: str) -> bool:
    """Whether a title leaves out words of the standard's and a third of its own are none of those; abbreviations are read out."""
    idle = {word for phrase in prose.lists["title_words"] for word in fold_name(phrase).split()}
    full = {fold_name(short): each.expansion for short, each in prose.manual.abbreviations.items()}
    said = [part for word in _WORDS.findall(fold_name(title)) for part in _WORDS.findall(fold_name(full.get(word, word)))]
    own = [word for word in said if word not in idle]
    known = set(_WORDS.findall(fold_name(standard)))
    complete = known - idle <= set(own)
    return bool(own) and not complete and sum(word not in known for word in own) >= STRANGE * len(own)


def reference_only(facts: Facts) -> Iterator[Fault]:
    """Sections that only point at a document, so that a reader learns nothing here; lists of documents or forms are meant to."""
    lead_in = facts.prose.lists["lead_in"]
    words = re.compile(rf"(?<!\w)(?:{alternatives(lead_in)})(?!\w)", re.IGNORECASE)
    titles = [fold_name(each) for each in (*(each for each in lead_in if " " in each), *facts.prose.lists["list_titles"])]
    for writing, section, start, end in _leaves(facts.prose):
        if any(each in fold_name(section.title) for each in titles):
            continue
        cited = [each for each in facts.references.by_path.get(writing.file.path, ()) if start <= each.start < end]
        cited = [each for each in cited if not inside(writing.notes, each.start)]
        if cited and not _own_words(writing, start, end, [each.whole for each in cited], words):
            values = {"title": section.heading.text, "words": cited[0].words}
            yield Fault(section.location, values, related=tuple(each.location for each in cited))


def _own_words(writing: Writing, start: int, end: int, cited: list[tuple[int, int]], lead_in: re.Pattern[str]) -> bool:
    """Whether a section has words besides what it cites and what leads in to that."""
    parts = []
    for first, last in cited:
        parts.append(writing.words[start:first])
        start = max(start, last)
    rest = "\0".join([*parts, writing.words[start:end]])
    return any(char.isalnum() for char in lead_in.sub("\0", rest))


def near_duplicate(facts: Facts) -> Iterator[Fault]:
    """Two sections of one document that say nearly the same: mend one, and the other is forgotten."""
    leaves: dict[str, list[tuple[Section, list[str]]]] = {}
    for writing, section, start, end in _leaves(facts.prose):
        words = _WORDS.findall(writing.words[start:end].casefold())
        if FEWEST_WORDS <= len(words) <= MOST_WORDS:
            leaves.setdefault(section.document, []).append((section, words))
    for group in leaves.values():
        for (one, _), (other, _) in _pairs(group):
            if (one.number and one.number == other.number) or (one.file is other.file and one.anchor == other.anchor):
                continue  # told as a number or an address that stands twice
            values = {"title": other.heading.text, "other": one.heading.text}
            yield Fault(other.location, values, related=(one.location,))


def _pairs(group: list[tuple[Section, list[str]]]) -> Iterator[tuple[tuple[Section, list[str]], tuple[Section, list[str]]]]:
    """The pairs that are alike; only those that share rare runs of words are compared."""
    index: dict[tuple[str, ...], list[int]] = {}
    for at, (_, words) in enumerate(group):
        for run in {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}:
            index.setdefault(run, []).append(at)
    for (first, second), count in sorted(_shared(index).items()):
        one, other = group[first], group[second]
        if count * SHINGLE >= min(len(one[1]), len(other[1])) / SHINGLE and _alike(one[1], other[1]):
            yield one, other


def _shared(index: Mapping[tuple[str, ...], list[int]]) -> dict[tuple[int, int], int]:
    """How many runs each pair shares; a run that stands in many sections is a formula and counts for none."""
    counts: dict[tuple[int, int], int] = {}
    for places in index.values():
        if 1 < len(places) <= COMMON:
            for i, one in enumerate(places):
                for other in places[i + 1 :]:
                    counts[one, other] = counts.get((one, other), 0) + 1
    return counts


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _leaves(prose: Prose) -> Iterator[tuple[Writing, Section, int, int]]:
    """Each heading's own text: from it to the next heading of any level."""
    for writing in prose.writings:
        for at, section in enumerate(writing.sections):
            following = writing.sections[at + 1 : at + 2]
            end = following[0].heading.line_start if following else len(writing.words)
            yield writing, section, section.start, min(section.end, end)
