"""Find clauses, sections and editions that texts and data name and that are not there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import EDITION, fold_name
from qmstool.parsing.similar import nearest_name
from qmstool.references.numbers import SECTION
from qmstool.references.sections import KnownNumbers, section_named
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import doubled_sections, lost_clause
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.references.broken import violation_of
from qmstool.rules.references.hiding import (
    after_slip,
    beside_misspelled_code,
    plain_heading,
    unheaded_section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.process_map import Process
    from qmstool.manual.standards import Catalogue, Transition
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing

NO_CITATION_WORDS = Text(
    (
        "số mục và điều khoản trong lời văn: chưa biết ngôn ngữ «{language}» gọi mục, điều khoản "
        "là gì; hãy ghi các chữ ấy vào citations.words trong qms.yml"
    ),
    (
        "numbers of sections and clauses in running text: nobody said what «{language}» calls a "
        "section and a clause; write those words into citations.words of qms.yml"
    ),
)


def no_citation_words(facts: Facts) -> Iterator[Text]:
    """Yield why sections and clauses in running text were not looked for, if no word says them."""
    if not facts.manual.config.announces_sections:
        yield NO_CITATION_WORDS.fill({"language": facts.manual.config.language})


@rule(
    "QMS103",
    "unknown-clause",
    Severity.ERROR,
    title=Text("Tiêu chuẩn không có điều khoản này", "A clause that the standard does not have"),
    message=Text(
        "{standard} không có điều khoản {number}. Hãy tra lại số trong danh mục điều khoản.",
        "{standard} has no clause {number}. Look the number up in the catalogue.",
    ),
    unseen=no_citation_words,
    hidden_by=(lost_clause,),
)
def unknown_clause(facts: Facts) -> Iterator[Violation]:
    """Find clauses, in texts and data, that their standard does not have."""
    for reference in facts.broken_references.get("unknown-clause", ()):
        part = reference.part
        number, owner = (part.number, part.owner) if part else ("", "")
        yield violation_of(reference, number, owner)
    known: dict[str, KnownNumbers] = {}
    for catalogue, mark in _named_clauses(facts.manual):
        if mark.text in catalogue.clauses:
            continue
        values = {"words": mark.text, "number": mark.text, "standard": catalogue.name}
        if catalogue.key not in known:
            known[catalogue.key] = KnownNumbers(catalogue.clauses)
        similar = known[catalogue.key].nearest(mark.text)
        subject = Subject(mark.text, catalogue.key)
        yield Violation(mark.location, values, similar, subjects=(subject,))


def _named_clauses(manual: Manual) -> Iterator[tuple[Catalogue, LocatedText]]:
    """Yield every clause that mapping, process map and transitions name, with its catalogue."""
    for key, coverage in manual.coverage.items():
        if key in manual.catalogues:
            for row in coverage.rows.values():
                yield from _each_with(manual.catalogues[key], (row.clause, *row.covers))
    if manual.process_map is not None:
        for process in manual.process_map.processes.values():
            yield from _process_clauses(manual, process)
    for transition in manual.transitions.values():
        yield from _transition_clauses(manual, transition)


def _process_clauses(manual: Manual, process: Process) -> Iterator[tuple[Catalogue, LocatedText]]:
    for mark in process.clauses:
        catalogue = manual.catalogue_with(mark.text)
        if catalogue is not None:
            yield catalogue, mark


def _transition_clauses(
    manual: Manual, transition: Transition
) -> Iterator[tuple[Catalogue, LocatedText]]:
    old = manual.catalogues.get(transition.old)
    new = manual.catalogues.get(transition.new)
    if old is not None:
        for line in transition.lines:
            yield from _each_with(old, line.old)
    if new is not None:
        for line in transition.lines:
            yield from _each_with(new, line.new)


def _each_with(
    catalogue: Catalogue, marks: Iterable[LocatedText]
) -> Iterator[tuple[Catalogue, LocatedText]]:
    return ((catalogue, mark) for mark in marks)


@rule(
    "QMS104",
    "unknown-section",
    Severity.ERROR,
    title=Text("Tài liệu không có mục này", "A section that the document does not have"),
    message=Text(
        (
            "{document} không có {what_vi} «{number}»; có thể {what_vi} ấy đã đổi số hoặc bị "
            "bỏ. Hãy tìm số hiện nay."
        ),
        (
            "{document} has no {what_en} «{number}»; it may have been renumbered or dropped. "
            "Find its present number."
        ),
    ),
    unseen=no_citation_words,
    hidden_by=(
        unheaded_section,
        plain_heading,
        after_slip,
        beside_misspelled_code,
        doubled_sections,
    ),
)
def unknown_section(facts: Facts) -> Iterator[Violation]:
    """Find sections, in texts and in the mapping, that a document does not have."""
    for reference in facts.broken_references.get("unknown-section", ()):
        part = reference.part
        number, owner = (part.number, part.owner) if part else ("", "")
        yield violation_of(reference, number, owner)
    yield from _unknown_in_mapping(facts)


def _unknown_in_mapping(facts: Facts) -> Iterator[Violation]:
    """Find sections that the mapping names and the manual does not have."""
    main = facts.manual.main
    if main is None:
        return
    sections = _SimilarSections(main)
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            mark = row.section
            if mark is None or mark.text == UNKNOWN:
                continue
            if section_named(facts.manual, mark.text) is not None:
                continue
            values = {"words": mark.text, "number": mark.text, "document": main.name}
            values.update(SECTION)
            similar, subject = sections.similar(mark.text), Subject(mark.text, main.key)
            yield Violation(mark.location, values, similar, subjects=(subject,))


class _SimilarSections:
    """The sections of the manual, asked which of them a mapping probably means."""

    def __init__(self, main: Document) -> None:
        self._main = main

    @cached_property
    def _numbers_by_title(self) -> dict[str, str]:
        numbered = [section for section in self._main.sections if section.number]
        return {fold_name(section.title): section.number for section in reversed(numbered)}

    @cached_property
    def _known(self) -> KnownNumbers:
        return KnownNumbers(self._main.by_number)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(_section_names(self._main))

    def similar(self, name: str) -> str | None:
        """Return the number or name of a section by its title, or one spelt like it."""
        titled = self._numbers_by_title.get(fold_name(name))
        if titled is not None:
            return titled
        return nearest_name(name, self._names) if "#" in name else self._known.nearest(name)


def _section_names(main: Document) -> list[str]:
    """Return how a mapping may name the manual's sections: by number, and by number#anchor."""
    names, number = [], ""
    for section in main.sections:
        if section.heading.level == 1:
            number = section.number
            names.append(number)
        else:
            names.append(f"{number}#{section.anchor}")
    return names


@rule(
    "QMS105",
    "section-not-held",
    Severity.INFO,
    title=Text(
        "Mục của tài liệu mới chỉ đăng ký, chưa có nội dung",
        "A section of a document that is only registered",
    ),
    message=Text(
        (
            "«{words}»: {document} mới chỉ đăng ký, chưa có nội dung ở đây, nên không kiểm "
            "tra được có {what_vi} {number} hay không."
        ),
        (
            "«{words}»: the text of {document} is not kept here, so nobody can tell whether "
            "it has {what_en} {number}."
        ),
    ),
)
def section_not_held(facts: Facts) -> Iterator[Violation]:
    """Report sections of documents whose text is not kept here."""
    return map(violation_of, facts.broken_references.get("section-not-held", ()))


@citing_question
def named_with_year(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file name a standard with a year behind it."""
    prose = citing.file.page.prose
    places = []
    for place, reference in enumerate(citing.references):
        target = reference.target
        if reference.kind != "name" or target is None or target.kind != "catalogue":
            continue
        if EDITION.match(prose, reference.end):
            places.append(place)
    return tuple(places)


@rule(
    "QMS113",
    "unknown-edition",
    Severity.WARNING,
    title=Text("Ấn bản tiêu chuẩn không có trong danh mục", "An edition that is not known"),
    message=Text(
        (
            "«{words}» không phải là ấn bản mà sổ tay này khai ({standard}). Hãy sửa năm, "
            "hoặc khai thêm ấn bản ấy."
        ),
        (
            "«{words}» is not an edition that this manual follows ({standard}). Fix the "
            "year, or name that edition in qms.yml."
        ),
    ),
    reads=(named_with_year,),
)
def unknown_edition(facts: Facts) -> Iterator[Violation]:
    """Find standards named with a year that is none of their known editions."""
    for reference in facts.references_of(named_with_year):
        target = reference.target
        year = EDITION.match(reference.file.page.prose, reference.end)
        if year is not None and target is not None:
            catalogue = facts.manual.catalogues[target.key]
            place = reference.file.source.locate(reference.start, year.end())
            values = {"words": reference.words + year[0], "standard": catalogue.name}
            yield Violation(place, values, f"{reference.words}:{catalogue.edition}")


RULES: tuple[Rule, ...] = (
    unknown_clause,
    unknown_section,
    section_not_held,
    unknown_edition,
)
