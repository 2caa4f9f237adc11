"""Check what sections are: titled like the clause they answer, and more than a reference."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.registers import ABBREVIATIONS_FILE
from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import lost_lines_of
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.spans import lies_inside, starting_within
from qmstool.rules.base.text.wording import alternatives, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.text_files import Section
    from qmstool.references.model import Reference
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Prose, Writing
    from qmstool.rules.base.text.wording import Wording


# From this share of words on that the standard's title does not have, a title is another one.
STRANGE_SHARE = 1 / 3


@rule(
    "QMS608",
    "title-not-of-clause",
    Severity.INFO,
    Text("Tên mục khác tên điều khoản", "A title that is not the clause's"),
    Text(
        "Mục này đáp ứng điều khoản {clause} nhưng mang tên «{said}»; trong {standard} điều "
        "khoản ấy tên là «{title}».",
        "This section answers clause {clause} but is called «{said}»; in {standard} that clause "
        "is called «{title}».",
    ),
    hidden_by=(lost_lines_of(ABBREVIATIONS_FILE),),  # abbreviations are read out in titles
)
def title_not_of_clause(facts: Facts) -> Iterator[Violation]:
    """Find sections numbered like a clause with words that the standard's title does not have."""
    main, catalogue = facts.manual.main, facts.manual.catalogue
    if main is None or catalogue is None:
        return
    lang = facts.manual.config.screen
    generic = {fold_name(title) for title in facts.prose.lists["generic_titles"]}
    sections = _chapters(facts.prose.by_document.get(main.key, ()))
    times = Counter(section.number for section in sections)
    for section in sections:
        clause = catalogue.clauses.get(section.number)
        if clause is None or clause.title is None or times[section.number] > 1:
            continue
        title = clause.title.get(lang)
        if not title or fold_name(title) in generic:
            continue
        if _is_strange(facts.prose, section.title, title):
            values = {
                "clause": section.number,
                "title": title,
                "said": section.title,
                "standard": catalogue.name,
            }
            suggestion = section.heading.text.removesuffix(section.title) + title
            yield Violation(section.location, values, suggestion)


def _chapters(writings: Iterable[Writing]) -> list[Section]:
    """Return the sections of the first level."""
    chapters: list[Section] = []
    for writing in writings:
        chapters += [section for section in writing.sections if section.heading.level == 1]
    return chapters


def _is_strange(prose: Prose, title: str, standard: str) -> bool:
    """Whether a title leaves out words of the standard's and has too many of its own.

    Abbreviations are read out; idle words count for neither.
    """
    idle: set[str] = set()
    for phrase in prose.lists["title_words"]:
        idle.update(fold_name(phrase).split())
    expansions = {
        fold_name(short): abbreviation.expansion
        for short, abbreviation in prose.manual.abbreviations.items()
    }
    words: list[str] = []
    for word in WORD.findall(fold_name(title)):
        words += WORD.findall(fold_name(expansions.get(word, word)))
    own = [word for word in words if word not in idle]
    known = set(WORD.findall(fold_name(standard)))
    if not own or known - idle <= set(own):
        return False
    return sum(word not in known for word in own) >= STRANGE_SHARE * len(own)


@citing_question
def sections_of_references(citing: Citing) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Find which sections of a file are nothing but references, and which references these are."""
    writing = citing.writing
    if not writing.is_authored:
        return ()
    words = writing.wording.prepared(LeadIn)
    notes = writing.notes
    cited = tuple(
        [
            reference
            for reference in citing.references
            if reference.kind != "image" and not (notes and lies_inside(notes, reference.start))
        ]
    )
    places = {id(reference): place for place, reference in enumerate(citing.references)}
    found = []
    parts = zip(writing.sections, writing.own_texts, strict=True)
    for index, (section, (start, end)) in enumerate(parts):
        own = starting_within(cited, start, end)
        if own and words.only_cites(writing, start, end, own) and not words.introduces(section):
            found.append((index, tuple([places[id(reference)] for reference in own])))
    return tuple(found)


@rule(
    "QMS619",
    "reference-only",
    Severity.INFO,
    Text("Mục chỉ có viện dẫn", "A section that is only a reference"),
    Text(
        "Mục «{title}» không có nội dung riêng, chỉ dẫn sang «{words}». Hãy viết thêm: làm gì, "
        "ai làm, bao lâu một lần.",
        "Section «{title}» says nothing itself; it only points to «{words}». Say what is done, "
        "by whom, how often.",
    ),
    reads=(sections_of_references,),
)
def reference_only(facts: Facts) -> Iterator[Violation]:
    """Find sections that only point at a document, so that a reader learns nothing here.

    Lists of documents or forms are meant to, and are left out.
    """
    for writing, found in facts.citing.answers_to(sections_of_references):
        for index, places in found:
            section = writing.sections[index]
            cited = facts.references.of(writing.file.path)
            own = [cited[place] for place in places]
            values = {"title": section.heading.text, "words": own[0].words}
            related = tuple(reference.location for reference in own)
            yield Violation(section.location, values, related=related)


class LeadIn:
    """The words that lead in to a reference and say nothing themselves."""

    def __init__(self, wording: Wording) -> None:
        phrases = wording.lists["lead_in"]
        self._titles = [fold_name(phrase) for phrase in phrases if " " in phrase]
        self._titles += [fold_name(title) for title in wording.lists["list_titles"]]
        self._all = phrases
        self._words = frozenset(chain.from_iterable(map(WORD.findall, folded(phrases))))

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        return regex(rf"(?<!\w)(?:{alternatives(self._all)})(?!\w)", re.IGNORECASE)

    def introduces(self, section: Section) -> bool:
        """Whether a section is a list of documents or forms by its title."""
        title = fold_name(section.title)
        return any(words in title for words in self._titles)

    def only_cites(
        self, writing: Writing, start: int, end: int, cited: Iterable[Reference]
    ) -> bool:
        """Whether a stretch has no words besides what it cites and what leads in to that."""
        parts = []
        for reference in cited:
            first, last = reference.whole_span
            part = writing.words[start:first]
            if not self._may_lead_in(part):
                return False
            parts.append(part)
            start = max(start, last)
        parts.append(writing.words[start:end])
        if not self._may_lead_in(parts[-1]):
            return False
        rest = self._phrases.sub("\0", "\0".join(parts))
        return not any(char.isalnum() for char in rest)

    def _may_lead_in(self, words: str) -> bool:
        """Whether each word is one of a phrase that leads in; most texts fail at the first."""
        return all(word[0].casefold() in self._words for word in WORD.finditer(words))


RULES: tuple[Rule, ...] = (
    title_not_of_clause,
    reference_only,
)
