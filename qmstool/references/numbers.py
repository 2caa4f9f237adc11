"""Resolve the numbers that a word announces: sections, annexes and clauses, by their binding."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.patterns import regex
from qmstool.references.bindings import ANY_FOLLOWED, HERE, OUTSIDE
from qmstool.references.clauses import ClauseFinder
from qmstool.references.model import Reference, ReferredPart, Target
from qmstool.references.sections import (
    KnownNumbers,
    Namesakes,
    annex_number,
    annexes_by_number,
    deepest_number,
    depth,
    section_named,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.parsing.citations import Citation
    from qmstool.references.bindings import Binding

_Values = tuple[tuple[str, str], ...]
# The item of a clause: «4.1.3.a».
LETTER_OF_CLAUSE = regex(r"\.[a-zđ]\Z")
# A whole number with more digits counts something, or is a law's.
MOST_WHOLE_DIGITS = 2
# What a message calls a section, and an annex.
SECTION: _Values = (("what_vi", "mục"), ("what_en", "section"))
ANNEX: _Values = (("what_vi", "phụ lục"), ("what_en", "annex"))


class NumberResolver:
    """Looks the numbers of citations up in the documents and catalogues of one manual."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.clauses = ClauseFinder(manual)
        self.annexes: dict[str, dict[str, tuple[Section, ...]]] = {}
        # What is asked of the same text or standard for each of its numbers.
        self._namesakes: dict[str, Namesakes] = {}
        self._deepest: dict[str, int] = {}
        self._known: dict[tuple[str, ...], KnownNumbers] = {}

    def resolve(
        self, document: Document, file: TextFile, citation: Citation, binding: Binding
    ) -> Reference | None:
        """Return the reference of «mục 5.2», «điều khoản 7.5», «phụ lục 1».

        None for a part of somebody else's document, or of one that is not known.
        """
        places = _places(citation, binding)
        if places[0].kind in OUTSIDE:
            return None
        if len(places) == 1 and binding.sure:
            return self._look_up(document, file, citation, places[0])
        if citation.kind != "clause" and self._deepest_of(document) >= depth(citation.number):
            # «mục» and «phụ lục» beside a standard are sooner this text's own, if it may be.
            places = tuple(sorted(places, key=lambda place: place.kind == "catalogue"))
        known = [place for place in places if place.kind not in OUTSIDE]
        tried: list[Reference] = []
        for place in known:
            reference = self._look_up(document, file, citation, place)
            if reference is None:
                continue
            if reference.violation in {None, "ambiguous-clause"}:
                return reference
            tried.append(reference)
        if not tried:
            return None
        # Where it may be a part of what is not known here, nobody can say that it is missing.
        sure = binding.sure and len(known) == len(places)
        return tried[0] if sure or tried[0].target else None

    def _look_up(
        self, document: Document, file: TextFile, citation: Citation, place: Target
    ) -> Reference | None:
        """Return the reference of a number in one place where it may be; None if it is outside."""
        if place.kind == "catalogue" and place.key:
            catalogue = self.clauses.find_named(place.key, place.owner, citation.number)
            return self._named_clause(document, file, citation, catalogue)
        if place.kind == "catalogue" or (place == HERE and citation.kind == "clause"):
            return self._bare_clause(document, file, citation)
        owner = document if place == HERE else self.manual.documents[place.key]
        return self._section(document, file, citation, owner)

    def _named_clause(
        self, document: Document, file: TextFile, citation: Citation, catalogue: Catalogue | None
    ) -> Reference | None:
        """Return the reference of a clause of a standard that the text names.

        None for an annex that its catalogue does not list: catalogues hold clauses and controls.
        """
        number = citation.number
        if catalogue is not None and number not in catalogue.clauses:
            number = LETTER_OF_CLAUSE.sub("", number)
        if catalogue is None:
            return _reference(document, file, citation, None)
        if number in catalogue.clauses:
            part = ReferredPart("clause", catalogue.key, number)
            target = Target("clause", number, owner=catalogue.key)
            return _reference(document, file, citation, target, part)
        if citation.kind == "annex" and number[:1] not in catalogue.clauses:
            return None
        return self._missing_clause(document, file, citation, (catalogue,))

    def _bare_clause(
        self, document: Document, file: TextFile, citation: Citation
    ) -> Reference | None:
        """Return the reference of a clause of the standards followed, none of which is named."""
        number, followed = citation.number, self.manual.followed_catalogues
        found = self.clauses.find_bare(number, file, document, citation.start)
        if not found.catalogues:
            number = LETTER_OF_CLAUSE.sub("", number)
            found = self.clauses.find_bare(number, file, document, citation.start)
        if found.catalogues:
            first, *others = (Target("clause", number, owner=each.key) for each in found.catalogues)
            part = ReferredPart("clause", first.owner, number)
            doubt = None if found.alike else "ambiguous-clause"
            names = ", ".join([each.name for each in found.catalogues])
            values = () if found.alike else (("number", number), ("standards", names))
            reference = _reference(document, file, citation, first, part, doubt, None, values)
            return replace(reference, other_targets=tuple(others)) if others else reference
        if not number[:1].isdigit():
            own = document.by_number.get(number)
            if own is not None:
                part = ReferredPart("section", document.key, number)
                target = Target("section", document.key, own.anchor)
                return _reference(document, file, citation, target, part)
            if not self.clauses.numbers_controls(number):
                return None
        if not followed:
            return _reference(document, file, citation, None)
        return self._missing_clause(document, file, citation, followed)

    def _section(
        self, document: Document, file: TextFile, citation: Citation, owner: Document
    ) -> Reference | None:
        """Return the reference of a section or annex of a document of this manual.

        An annex or control that it has not is one of the standards followed, if they have it.
        """
        numbers: Mapping[str, tuple[Section, ...]]
        if citation.kind == "annex":
            part = ReferredPart("annex", owner.key, citation.number)
            what, numbers = ANNEX, self._annexes_of(owner)
            found = numbers.get(annex_number(citation.number), ())
        else:
            part = ReferredPart("section", owner.key, citation.number)
            what, numbers = SECTION, owner.all_by_number
            found = numbers.get(citation.number, ())
        section = self._of_namesakes(found, file, citation.start) if found else None
        if section is None and owner is self.manual.main and citation.kind == "section":
            section = self._answering(citation.number)
        if section is None and owner is document and not citation.text[:1].isalnum():
            # A sign, and no word, stands before it: «§7.3.10» may be a clause as well.
            clause = self._bare_clause(document, file, citation)
            if clause is not None and clause.target is not None:
                return clause
        if section is not None:
            target = Target("section", owner.key, section.anchor)
            return _reference(document, file, citation, target, part)
        if owner is document and not citation.number[:1].isdigit():
            control = self._control(document, file, citation)
            if control is not None or _may_be_control(citation.number, numbers):
                return control
        values = (("number", citation.number), ("document", owner.name), *what)
        if not owner.held:
            target = Target("document", owner.key)
            return _reference(
                document, file, citation, target, part, "section-not-held", None, values
            )
        # The text of a document that is a Word or PDF file is not read.
        is_unread = owner.front_matter.file is not None and not owner.by_number
        if is_unread or (owner is document and _may_be_no_citation(file, citation)):
            return None
        close = self._nearest(citation.number, (citation.kind, owner.key), numbers)
        return _reference(document, file, citation, None, part, "unknown-section", close, values)

    def _control(self, document: Document, file: TextFile, citation: Citation) -> Reference | None:
        """Return the reference of «Annex A» or «Annex A.5.1» as one of the standards followed.

        None where they have none of that letter, or the letter alone and not this annex.
        """
        if not self.clauses.numbers_controls(citation.number):
            return None
        reference = self._bare_clause(document, file, citation)
        is_missing = reference is not None and reference.target is None
        return None if is_missing and "." not in citation.number else reference

    def _annexes_of(self, document: Document) -> dict[str, tuple[Section, ...]]:
        """Return the annexes of a document by number."""
        if document.key not in self.annexes:
            self.annexes[document.key] = annexes_by_number(document, self.manual)
        return self.annexes[document.key]

    def _of_namesakes(self, sections: Sequence[Section], file: TextFile, at: int) -> Section:
        """Return which section of one number is meant at a place of a file."""
        if file.path not in self._namesakes:
            self._namesakes[file.path] = Namesakes(file)
        return self._namesakes[file.path].own_first(sections, at)[0]

    def _missing_clause(
        self,
        document: Document,
        file: TextFile,
        citation: Citation,
        catalogues: Sequence[Catalogue],
    ) -> Reference:
        """Return the reference of a clause that none of some catalogues has.

        Of a standard followed in several editions the message names the first.
        """
        number, first = citation.number, catalogues[0]
        part = ReferredPart("clause", first.key, number)
        editions = {each.standard: each.name for each in reversed(catalogues)}
        values = (("number", number), ("standard", ", ".join(reversed(editions.values()))))
        numbers = chain.from_iterable(each.clauses for each in catalogues)
        whose = ("clause", *(each.key for each in catalogues))
        close = self._nearest(number, whose, dict.fromkeys(numbers))
        return _reference(document, file, citation, None, part, "unknown-clause", close, values)

    def _deepest_of(self, document: Document) -> int:
        if document.key not in self._deepest:
            self._deepest[document.key] = deepest_number(document)
        return self._deepest[document.key]

    def _nearest(self, number: str, whose: tuple[str, ...], numbers: Iterable[str]) -> str | None:
        """Return which of the numbers of a text or of some standards is nearest to one."""
        if whose not in self._known:
            self._known[whose] = KnownNumbers(numbers)
        return self._known[whose].nearest(number)

    def _answering(self, number: str) -> Section | None:
        """Return the section that answers a clause without a section of its own number."""
        for catalogue in self.manual.followed_catalogues:
            coverage = self.manual.coverage.get(catalogue.key)
            row = coverage.row_of(number) if coverage else None
            if row is not None and row.section is not None:
                return section_named(self.manual, row.section.text)
        return None


def _may_be_control(number: str, sections: Container[str]) -> bool:
    """Whether a number that no standard followed has may be a control of another: «A.5.1».

    «II.3» is none, and neither is «A.3» where the text has sections «A».
    """
    opening, dot, _ = number.partition(".")
    return bool(dot) and len(opening) == 1 and opening not in sections


def _may_be_no_citation(file: TextFile, citation: Citation) -> bool:
    """Whether a number that this text does not have may have meant nothing in it.

    «§ 35a GmbHG» is of a law; «Sections 800-1500» are counted; «Annex B: …» at the head of a line
    is its title.
    """
    number = citation.number
    if number.isdigit() and not citation.text[:1].isalnum():
        return citation.list_start == citation.start
    if number.isdigit() and len(number) > MOST_WHOLE_DIGITS:
        # One end of «800-1500».
        start, end = citation.start, citation.end
        beside = file.page.prose[start - 1 : start], file.page.prose[end : end + 1]
        return not {"-", "–"}.isdisjoint(beside)
    if citation.kind != "annex" or citation.list_start != citation.start:
        return False
    prose = file.page.prose
    follows = prose[citation.end :].lstrip("\x01 ")[:1]
    return follows in {":", "–", "—"} and _opens_block(file, citation.start)


def _opens_block(file: TextFile, at: int) -> bool:
    """Whether a block of text opens at a place, markup aside."""
    blocks = file.page.blocks
    index = bisect_right(blocks, at, key=lambda block: block.start) - 1
    return index >= 0 and not file.page.prose[blocks[index].start : at].strip("\x01 *_")


def _places(citation: Citation, binding: Binding) -> tuple[Target, ...]:
    """Return where to look a number up, the likeliest first.

    A clause beside a document is one of the standard, save where «của» joins the two.
    """
    places = binding.targets
    if places == (ANY_FOLLOWED,) and not binding.by_word:
        return (*places, HERE)
    if citation.kind != "clause" or places[0].kind != "document":
        return places
    if not binding.by_word:
        return (HERE,)
    return (HERE, *(place for place in places if place != HERE))


def _reference(
    document: Document,
    file: TextFile,
    citation: Citation,
    target: Target | None,
    part: ReferredPart | None = None,
    violation: str | None = None,
    suggestion: str | None = None,
    values: _Values = (),
) -> Reference:
    return Reference(
        file=file,
        document=document.key,
        kind="number",
        start=citation.start,
        end=citation.end,
        words=citation.text,
        target=target,
        whole_span=(citation.start, citation.end),
        part=part,
        violation=violation,
        suggestion=suggestion,
        values=(("words", citation.text), *values),
    )
