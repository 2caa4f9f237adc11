"""Resolve the numbers that a word announces: sections, annexes and clauses, by their binding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.references.bindings import HERE, OUTSIDE
from qmstool.references.model import Reference, ReferredPart, Target
from qmstool.references.sections import (
    annex_number,
    annexes_by_number,
    nearest_section_number,
    own_first,
    section_named,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document, Section, TextFile
    from qmstool.manual.model import Manual
    from qmstool.parsing.citations import Citation
    from qmstool.references.bindings import Binding

_Values = tuple[tuple[str, str], ...]
# What a message calls a section, and an annex.
SECTION: _Values = (("what_vi", "mục"), ("what_en", "section"))
ANNEX: _Values = (("what_vi", "phụ lục"), ("what_en", "annex"))


class NumberResolver:
    """Looks the numbers of citations up in the documents and catalogues of one manual."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.standard = manual.catalogue.key if manual.catalogue else ""
        self.annexes: dict[str, dict[str, tuple[Section, ...]]] = {}

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
        if citation.kind != "clause":
            # «mục» and «phụ lục» beside a standard are sooner this text's own.
            places = tuple(sorted(places, key=lambda place: place.kind == "catalogue"))
        known = [place for place in places if place.kind not in OUTSIDE]
        tried = [self._look_up(document, file, citation, place) for place in known]
        for reference in tried:
            if reference.violation is None:
                return reference
        # Where it may be a part of what is not known here, nobody can say that it is missing.
        sure = binding.sure and len(tried) == len(places)
        return tried[0] if sure or tried[0].target else None

    def _look_up(
        self, document: Document, file: TextFile, citation: Citation, place: Target
    ) -> Reference:
        """Return the reference of a number in one place where it may be."""
        if place.kind == "catalogue" or (place == HERE and citation.kind == "clause"):
            return self._clause(document, file, citation, place.key or self.standard)
        owner = document if place == HERE else self.manual.documents[place.key]
        return self._section(document, file, citation, owner)

    def _clause(
        self, document: Document, file: TextFile, citation: Citation, key: str
    ) -> Reference:
        """Return the reference of a clause of a standard."""
        catalogue = self.manual.catalogues.get(key)
        if catalogue is None:
            return _reference(document, file, citation, None)
        part = ReferredPart("clause", key, citation.number)
        if citation.number in catalogue.clauses:
            target = Target("clause", citation.number, within=key)
            return _reference(document, file, citation, target, part)
        values = (
            ("number", citation.number),
            ("standard", f"{catalogue.standard}:{catalogue.edition}"),
        )
        close = nearest_section_number(citation.number, catalogue.clauses)
        return _reference(document, file, citation, None, part, "unknown-clause", close, values)

    def _section(
        self, document: Document, file: TextFile, citation: Citation, owner: Document
    ) -> Reference:
        """Return the reference of a section or annex of a document of this manual."""
        numbers: Mapping[str, tuple[Section, ...]]
        if citation.kind == "annex":
            part = ReferredPart("annex", owner.key, citation.number)
            what, numbers = ANNEX, self._annexes_of(owner)
            found = numbers.get(annex_number(citation.number), ())
        else:
            part = ReferredPart("section", owner.key, citation.number)
            what, numbers = SECTION, owner.all_by_number
            found = numbers.get(citation.number, ())
        section = own_first(found, file)[0] if found else None
        if section is None and owner is self.manual.main and citation.kind == "section":
            section = self._answering(citation.number)
        if section is not None:
            target = Target("section", owner.key, section.anchor)
            return _reference(document, file, citation, target, part)
        values = (("number", citation.number), ("document", owner.name), *what)
        if not owner.held:
            target = Target("document", owner.key)
            return _reference(
                document, file, citation, target, part, "section-not-held", None, values
            )
        close = nearest_section_number(citation.number, numbers)
        return _reference(document, file, citation, None, part, "unknown-section", close, values)

    def _annexes_of(self, document: Document) -> dict[str, tuple[Section, ...]]:
        """Return the annexes of a document by number."""
        if document.key not in self.annexes:
            self.annexes[document.key] = annexes_by_number(document, self.manual)
        return self.annexes[document.key]

    def _answering(self, number: str) -> Section | None:
        """Return the section that answers a clause without a section of its own number."""
        coverage = self.manual.coverage.get(self.standard)
        row = coverage.answer(number) if coverage else None
        if row is None or row.section is None:
            return None
        return section_named(self.manual, row.section.text)


def _places(citation: Citation, binding: Binding) -> tuple[Target, ...]:
    """Return where to look a number up, the likeliest first.

    A clause beside a document is one of the standard, save where «của» joins the two.
    """
    places = binding.targets
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
        whole=(citation.start, citation.end),
        part=part,
        violation=violation,
        suggestion=suggestion,
        values=(("words", citation.text), *values),
    )
