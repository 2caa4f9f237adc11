"""Check what sections are: titled like the clause they answer, and more than a reference."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.hiders import lost_lines_of
from qmstool.rules.base.prose_blocks import lies_inside
from qmstool.rules.base.prose_text import alternatives
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.documents import Section
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Prose, Writing
    from qmstool.rules.base.rule import Rule

    # A text, a section of it, and where the section's own words start and end.
    OwnText = tuple[Writing, Section, int, int]

ABBREVIATIONS = "manual/abbreviations.yml"
# From this share of words on that the standard's title does not have, a title is another one.
STRANGE_SHARE = 1 / 3
_WORDS = re.compile(r"[^\W_]+")


@rule(
    "QMS608",
    "title-not-of-clause",
    Severity.INFO,
    Text("Tên mục khác tên điều khoản", "A title that is not the clause's"),
    Text(
        "Mục này trả lời điều khoản {clause} nhưng mang tên «{said}»; trong {standard} điều "
        "khoản ấy tên là «{title}».",
        "This section answers clause {clause} but is called «{said}»; in {standard} that clause "
        "is called «{title}».",
    ),
    hidden_by=(lost_lines_of(ABBREVIATIONS),),  # abbreviations are read out in titles
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
                "standard": f"{catalogue.standard}:{catalogue.edition}",
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
    for word in _WORDS.findall(fold_name(title)):
        words += _WORDS.findall(fold_name(expansions.get(word, word)))
    own = [word for word in words if word not in idle]
    known = set(_WORDS.findall(fold_name(standard)))
    if not own or known - idle <= set(own):
        return False
    return sum(word not in known for word in own) >= STRANGE_SHARE * len(own)


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
)
def reference_only(facts: Facts) -> Iterator[Violation]:
    """Find sections that only point at a document, so that a reader learns nothing here.

    Lists of documents or forms are meant to, and are left out.
    """
    lead_in = facts.prose.lists["lead_in"]
    lead_in_words = re.compile(rf"(?<!\w)(?:{alternatives(lead_in)})(?!\w)", re.IGNORECASE)
    titles = [fold_name(phrase) for phrase in lead_in if " " in phrase]
    titles += [fold_name(title) for title in facts.prose.lists["list_titles"]]
    for writing, section, start, end in own_texts(facts.prose):
        folded = fold_name(section.title)
        if any(title in folded for title in titles):
            continue
        cited = [
            reference
            for reference in facts.references.by_path.get(writing.file.path, ())
            if reference.kind != "image"
            and start <= reference.start < end
            and not lies_inside(writing.notes, reference.start)
        ]
        if not cited:
            continue
        spans = [reference.whole for reference in cited]
        if not _has_own_words(writing, start, end, spans, lead_in_words):
            values = {"title": section.heading.text, "words": cited[0].words}
            related = tuple(reference.location for reference in cited)
            yield Violation(section.location, values, related=related)


def _has_own_words(
    writing: Writing, start: int, end: int, cited: list[tuple[int, int]], lead_in: re.Pattern[str]
) -> bool:
    """Whether a section has words besides what it cites and what leads in to that."""
    parts = []
    for first, last in cited:
        parts.append(writing.words[start:first])
        start = max(start, last)
    parts.append(writing.words[start:end])
    rest = lead_in.sub("\0", "\0".join(parts))
    return any(char.isalnum() for char in rest)


def own_texts(prose: Prose) -> Iterator[OwnText]:
    """Yield each heading's own text: from it to the next heading of any level."""
    for writing in prose.writings:
        for at, section in enumerate(writing.sections):
            end = len(writing.words)
            if at + 1 < len(writing.sections):
                end = writing.sections[at + 1].heading.line_start
            yield writing, section, section.start, min(section.end, end)


RULES: tuple[Rule, ...] = (
    title_not_of_clause,
    reference_only,
)
