"""Find what a mapping claims and the texts do not show: nobody answers, nothing is said of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import filterfalse, pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD
from qmstool.references.sections import section_named
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.coverage.hiding import disorder
from qmstool.rules.coverage.open_clauses import followed, place_of_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.i18n import Lang
    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts

# Two words that follow each other, without accents.
WordPair = tuple[str, str]

# Two words that so many titles have in common say nothing of one clause.
COMMON = 3
# A row with more documents than these is answered in too many places to say that nothing is said.
MOST_DOCUMENTS = 20


@rule(
    "QMS217",
    "nobody-answers",
    Severity.INFO,
    title=Text("Điều khoản chưa rõ ai chịu trách nhiệm", "A clause that nobody answers for"),
    message=Text(
        (
            "{count} dòng của bảng điều khoản ghi «role: unknown», tức là chưa rõ ai chịu "
            "trách nhiệm. Hãy hỏi rồi ghi vào."
        ),
        (
            "Rows of the mapping that say «role: unknown»: {count}. Ask who answers for "
            "them, and write it down."
        ),
    ),
    blocked_by=(disorder,),
)
def nobody_answers(facts: Facts) -> Iterator[Violation]:
    """Find rows that say it is unknown who answers for the clause (ISO 9001 5.3).

    One finding for a mapping, once it is in order.
    """
    for _, coverage in followed(facts):
        roles = [row.role for row in coverage.rows.values()]
        unknown = [role for role in roles if role is not None and role.text == UNKNOWN]
        if unknown:
            related = tuple(role.location for role in unknown[1:])
            yield Violation(unknown[0].location, {"count": str(len(unknown))}, None, related)


@rule(
    "QMS218",
    "covered-in-silence",
    Severity.INFO,
    title=Text(
        "Điều khoản ghi là đã đáp ứng mà lời văn không nhắc đến",
        "A clause said to be covered and never spoken of",
    ),
    message=Text(
        (
            "Bảng ghi mục «{section}» đáp ứng cả {clauses}, nhưng lời văn không nhắc chữ nào "
            "của tên ấy. Hãy viết thêm, hoặc cho điều khoản ấy một dòng riêng."
        ),
        (
            "The mapping says that section «{section}» also answers {clauses}, but none of "
            "these words stand there. Write the answer, or give the clause a row of its own."
        ),
    ),
)
def covered_in_silence(facts: Facts) -> Iterator[Violation]:
    """Find clauses answered by the section of a clause above that no text answering it speaks of.

    A text speaks of a clause when it has two words that follow each other in the clause's title,
    and in the titles of few others. One finding for a row.
    """
    for catalogue, coverage in followed(facts):
        titles = _TitleWords(catalogue, facts.manual.config.screen)
        for row in coverage.rows.values():
            section = section_named(facts.manual, row.section.text) if row.section else None
            silent = _silent_covers(facts, titles, coverage, row)
            if not silent or section is None:
                continue
            clauses = [f"{mark.text} {titles.title(mark.text)}" for mark in silent]
            values = {"clauses": "; ".join(clauses), "section": section.heading.text}
            related = (*(mark.location for mark in silent[1:]), section.location)
            yield Violation(silent[0].location, values, None, related)


def _silent_covers(
    facts: Facts, titles: _TitleWords, coverage: Coverage, row: CoverageRow
) -> list[LocatedText]:
    """Return the clauses that a row covers and no text that answers the row speaks of."""
    if row.clause.text not in titles.catalogue.clauses:
        return []
    own_pairs = {}
    for mark in row.covers:
        # A clause not below the row's is reported by `covers-not-below`.
        if mark.text in coverage.rows or not mark.text.startswith(f"{row.clause.text}."):
            continue
        pairs = titles.own_pairs(mark.text)
        if pairs:
            own_pairs[mark] = pairs
    answers = _answers(facts, row) if own_pairs else None
    if answers is None:
        return []
    for text in answers:
        if not own_pairs:
            break
        spoken = set(_pairs(text))
        own_pairs = {mark: pairs for mark, pairs in own_pairs.items() if not pairs & spoken}
    return [mark for mark in own_pairs if not _is_generic(facts, titles.title(mark.text))]


def _is_generic(facts: Facts, title: str) -> bool:
    """Whether a title is one of those that any clause might bear."""
    return fold_name(title) in map(fold_name, facts.prose.lists["generic_titles"])


class _TitleWords:
    """The titles of a catalogue's clauses in one language, as pairs of words."""

    def __init__(self, catalogue: Catalogue, lang: Lang) -> None:
        self.catalogue = catalogue
        self.lang = lang
        self.uses: Counter[WordPair] = Counter()
        for number in catalogue.clauses:
            self.uses.update(set(_pairs(self.title(number))))

    def title(self, number: str) -> str:
        """Return the title of a clause; "" for one without."""
        clause = self.catalogue.clauses.get(number)
        return clause.title.get(self.lang) if clause and clause.title else ""

    def own_pairs(self, number: str) -> set[WordPair]:
        """Return the pairs that a title shares with no clause above it and with few others."""
        shared: set[WordPair] = set()
        above = number
        while "." in above:
            above = above.rpartition(".")[0]
            if above not in self.catalogue.clauses:
                return set()
            shared.update(_pairs(self.title(above)))
        pairs = set(_pairs(self.title(number))) - shared
        return {pair for pair in pairs if self.uses[pair] < COMMON}


def _pairs(text: str) -> Iterator[WordPair]:
    """Yield each two words that follow each other, without accents: «thoả mãn» is «thỏa mãn»."""
    return pairwise(map(_without_accents, WORD.findall(text.casefold())))


@lru_cache(maxsize=8192)  # a manual says the same few thousand words over and over
def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(filterfalse(unicodedata.combining, decomposed))


def _answers(facts: Facts, row: CoverageRow) -> list[str] | None:
    """Return the texts that answer a row, the shortest first; None where that is not known."""
    if row.section is None or row.excluded is not None or len(row.documents) > MOST_DOCUMENTS:
        return None
    section = section_named(facts.manual, row.section.text)
    if section is None:
        return None
    documents = []
    for mark in row.documents:
        document = facts.manual.document(mark.text)
        if document is None:
            return None
        documents.append(document)
    texts = [section.file.source.text[section.start : section.end]]
    for document in documents:
        if document is not facts.manual.main and (document.held or document.has_own_text):
            texts += [file.source.text[file.body :] for file in document.files]
    return sorted(texts, key=len)


@rule(
    "QMS219",
    "ask-evidence",
    Severity.INFO,
    title=Text("Điều mà sổ tay không tự chứng minh được", "What a manual cannot prove by itself"),
    message=Text(
        (
            "{by}, điều khoản {clause}: {ask_vi} Công cụ chỉ hỏi; người phụ trách trả lời và "
            "chỉ ra bằng chứng."
        ),
        (
            "{by}, clause {clause}: {ask_en} The tool only asks; somebody must answer and "
            "show the evidence."
        ),
    ),
)
def ask_evidence(facts: Facts) -> Iterator[Violation]:
    """Report what a catalogue says must be asked of people, since no manual proves it.

    The place is the row that answers the clause.
    """
    for catalogue, coverage in followed(facts):
        amendments = [
            other for other in facts.manual.catalogues.values() if other.amends == catalogue.key
        ]
        for source in (catalogue, *amendments):
            for number, ask in source.open_questions.items():
                row = coverage.row_of(number)
                if row is None or row.excluded is not None:
                    continue
                values = {
                    "clause": number,
                    **bilingual(ask=ask),
                    "by": source.name,
                }
                section = section_named(facts.manual, row.section.text) if row.section else None
                related = (section.location,) if section else ()
                yield Violation(place_of_answer(row, number).location, values, None, related)


RULES: tuple[Rule, ...] = (
    nobody_answers,
    covered_in_silence,
    ask_evidence,
)
