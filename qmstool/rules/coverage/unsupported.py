"""Rules on what a mapping claims and the texts do not show: nobody named, nothing said, and what must be asked of people."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_name
from qmstool.references.sections import section_named
from qmstool.rules.base.prose_blocks import written_out
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.coverage.open_clauses import disorder, followed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText

WORD = re.compile(r"[^\W_]+")
# Two words that so many titles have in common say nothing of one clause.
COMMON = 3
# A row with more documents than these is answered in too many places to say that nothing is said.
MOST_DOCUMENTS = 20

Pair = tuple[str, str]


def nobody_answers(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Rows that say it is unknown who answers for the clause (ISO 9001 5.3); one finding for a mapping, once it is in order."""
    if hindered := disorder(facts):
        yield from hindered
        return
    for _, coverage in followed(facts):
        marks = [
            row.role
            for row in coverage.rows.values()
            if row.role is not None and row.role.text == UNKNOWN
        ]
        if marks:
            yield Violation(
                marks[0].location,
                {"count": str(len(marks))},
                None,
                tuple(mark.location for mark in marks[1:]),
            )


def covered_in_silence(facts: Facts) -> Iterator[Violation]:
    """Clauses answered by the section of a clause above, where no words of their title stand in what answers; told by the row."""
    lang = facts.manual.config.language
    for catalogue, coverage in followed(facts):
        often = Counter(
            pair for number in catalogue.clauses for pair in set(_title(catalogue, number, lang))
        )
        for row in coverage.rows.values():
            below = (
                [mark for mark in _below(row) if mark.text not in coverage.rows]
                if row.clause.text in catalogue.clauses
                else []
            )
            own = {
                mark: pairs for mark in below if (pairs := _own(catalogue, mark.text, lang, often))
            }
            said = _said(facts, row) if own else None
            unsaid = [mark for mark, pairs in own.items() if said is not None and not pairs & said]
            silent = [
                mark for mark in unsaid if not _generic(facts, _name(catalogue, mark.text, lang))
            ]
            section = section_named(facts.manual, row.section.text) if row.section else None
            if silent and section is not None:
                clauses = "; ".join(
                    f"{mark.text} {_name(catalogue, mark.text, lang)}" for mark in silent
                )
                places = (*(mark.location for mark in silent[1:]), section.location)
                yield Violation(
                    silent[0].location,
                    {"clauses": clauses, "section": section.heading.text},
                    None,
                    places,
                )


def _generic(facts: Facts, title: str) -> bool:
    """Whether a title is one of those that any clause might bear."""
    return fold_name(title) in map(fold_name, facts.prose.lists["generic_titles"])


def _below(row: CoverageRow) -> tuple[LocatedText, ...]:
    """The clauses that a row covers and may cover; the others are told as such."""
    return tuple(mark for mark in row.covers if mark.text.startswith(f"{row.clause.text}."))


def _own(catalogue: Catalogue, number: str, lang: Lang, often: Mapping[Pair, int]) -> set[Pair]:
    """The pairs of words that a clause's title shares neither with the clauses above it nor with many others."""
    above, taken = number, set[Pair]()
    while "." in above:
        above = above.rpartition(".")[0]
        if above not in catalogue.clauses:
            return set()
        taken |= set(_title(catalogue, above, lang))
    return {
        pair
        for pair in _title(catalogue, number, lang)
        if pair not in taken and often[pair] < COMMON
    }


def _title(catalogue: Catalogue, number: str, lang: Lang) -> tuple[Pair, ...]:
    return tuple(_pairs(_name(catalogue, number, lang)))


def _name(catalogue: Catalogue, number: str, lang: Lang) -> str:
    clause = catalogue.clauses.get(number)
    return clause.title.get(lang) if clause and clause.title else ""


def _pairs(text: str) -> Iterator[Pair]:
    """Each two words that follow each other, without accents: «thoả mãn» is «thỏa mãn»."""
    return pairwise(map(_bare, WORD.findall(text.casefold())))


@lru_cache(maxsize=8192)  # a manual says the same few thousand words over and over
def _bare(word: str) -> str:
    """A word without its accents."""
    return "".join(
        char
        for char in unicodedata.normalize("NFD", word.replace("đ", "d"))
        if not unicodedata.combining(char)
    )


def _said(facts: Facts, row: CoverageRow) -> set[Pair] | None:
    """All pairs of words of the texts that answer a row; None where that cannot be told."""
    if len(row.documents) > MOST_DOCUMENTS:
        return None
    section = (
        section_named(facts.manual, row.section.text)
        if row.section and row.excluded is None
        else None
    )
    documents = [facts.manual.document(mark.text) for mark in row.documents]
    if section is None or any(document is None for document in documents):
        return None
    said = set(_pairs(section.file.source.text[section.start : section.end]))
    for document in documents:
        said |= (
            _words(document)
            if document is not None and document is not facts.manual.main
            else set()
        )
    return said


def _words(document: Document) -> set[Pair]:
    if not document.held and not written_out(document):
        return set()
    return {pair for file in document.files for pair in _pairs(file.source.text[file.body :])}


def ask_evidence(facts: Facts) -> Iterator[Violation]:
    """What a catalogue says must be asked of people, since no manual proves it; at the row that answers the clause."""
    for catalogue, coverage in followed(facts):
        for each in (
            catalogue,
            *(other for other in facts.manual.catalogues.values() if other.amends == catalogue.key),
        ):
            for number, ask in each.asks.items():
                row = coverage.answer(number)
                if row is not None and row.excluded is None:
                    place = next((mark for mark in row.covers if mark.text == number), row.clause)
                    values = {
                        "clause": number,
                        "ask_vi": ask.vi,
                        "ask_en": ask.en,
                        "by": f"{each.standard}:{each.edition}",
                    }
                    section = section_named(facts.manual, row.section.text) if row.section else None
                    yield Violation(
                        place.location, values, None, (section.location,) if section else ()
                    )


I = Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS217", "nobody-answers", I,
        Text("Điều khoản chưa rõ ai chịu trách nhiệm", "A clause that nobody answers for"),
        Text(
            (
                "{count} dòng của bảng điều khoản ghi «role: unknown», tức là chưa rõ ai chịu "
                "trách nhiệm. Hãy hỏi rồi ghi vào."
            ),
            (
                "Rows of the mapping that say «role: unknown»: {count}. Ask who answers for "
                "them, and write it down."
            ),
        ),
        nobody_answers,
    ),
    Rule(
        "QMS218", "covered-in-silence", I,
        Text("Điều khoản ghi là đã trả lời mà lời văn không nhắc đến", "A clause said to be covered and never spoken of"),
        Text(
            "Bảng ghi mục «{section}» trả lời cả {clauses}, nhưng lời văn không nhắc chữ nào "
            "của tên ấy. Hãy viết thêm, hoặc cho "
            "điều khoản ấy một dòng riêng.",
            "The mapping says that section «{section}» also answers {clauses}, but none of "
            "these words stand there. Write the "
            "answer, or give the clause a row of its own.",
        ),
        covered_in_silence,
    ),
    Rule(
        "QMS219", "ask-evidence", I,
        Text("Điều mà sổ tay không tự chứng minh được", "What a manual cannot prove by itself"),
        Text(
            (
                "{by}, điều khoản {clause}: {ask_vi} Công cụ chỉ hỏi; người phụ trách trả lời và "
                "chỉ ra bằng chứng."
            ),
            (
                "{by}, clause {clause}: {ask_en} The tool only asks; somebody must answer and "
                "show the evidence."
            ),
        ),
        ask_evidence,
    ),
)
