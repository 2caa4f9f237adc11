"""Every citation and link of a manual to its target, or to nothing: the one answer that the checker and the site both use."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citation_numbers import NumberWords
from qmstool.parsing.citations import Citation, CitationFinder, CitationShapes
from qmstool.parsing.codes import EDITION, fits_shape, fold_code, fold_name, fold_number, phrase
from qmstool.parsing.similar import nearest_name, nearest_number
from qmstool.references.links import LinkResolver
from qmstool.references.model import Reference, ReferenceKind, References, Target
from qmstool.references.naming import citation_word_lists
from qmstool.references.number_binding import HERE, OUTSIDE, NumberBinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.documents import Document, Section, TextFile
    from qmstool.manual.model import Manual
    from qmstool.references.number_binding import Binding

# What a code or outside number means that nothing registers; that is told where it stands, and its
# parts are not looked for.
NOWHERE = Target("outside", "")
# What a message calls a section, and an annex.
SECTION, ANNEX = (
    (("what_vi", "mục"), ("what_en", "section")),
    (("what_vi", "phụ lục"), ("what_en", "annex")),
)
# Lists of words that may stand after the last number of a list.
AFTER = ("after_numbers", "part_of", "within", "document_words", "this")


def resolve(manual: Manual) -> References:
    """Find and resolve every reference of every document of a manual."""
    resolver = _Resolver(manual)
    found = [
        reference
        for document in manual.documents.values()
        for file in document.files
        for reference in resolver.file(document, file)
    ]
    return References(tuple(found))


def citation_shapes(manual: Manual) -> CitationShapes:
    """What counts as a citation in this manual: its code shapes, the codes that have no shape, names and words."""
    words, lists = manual.config.all_words, citation_word_lists(manual)
    typed = [each.code.text for each in manual.config.types.values() if each.code]
    codes = [document.code for document in manual.documents.values() if document.code]
    shapeless = [code for code in codes if not any(fits_shape(code, shape) for shape in typed)]
    numbers = [each.text for each in manual.config.external_shapes]
    known = [each.number for each in manual.externals.values() if each.number != UNKNOWN]
    odd = [number for number in known if not any(fits_shape(number, shape) for shape in numbers)]
    return CitationShapes(
        codes=(*typed, *shapeless),
        external=(*numbers, *odd),
        names=tuple(_names(manual)),
        words=NumberWords(
            words.clause,
            words.section,
            words.annex,
            to=lists["range_to"],
            both=lists["joined"],
            since=lists.get("range_from", ()),
            numbered=lists.get("numbered", ()),
            plural=lists.get("plural", ()),
            after=tuple(word for name in AFTER for word in lists.get(name, ())),
            other=lists.get("not_citing", ()),
        ),
    )


def _names(manual: Manual) -> dict[str, Target]:
    """Every name by which running text may call something, folded, with what it means."""
    names: dict[str, Target] = {}
    for catalogue in manual.catalogues.values():
        for name in catalogue.cited_as:
            names.setdefault(fold_name(name), Target("catalogue", catalogue.key))
    for external in manual.externals.values():
        for mark in external.names:
            names.setdefault(fold_name(mark.text), Target("external", external.key))
    for document in manual.documents.values():
        for mark in document.names:
            names.setdefault(fold_name(mark.text), Target("document", document.key))
    return names


class _Resolver:
    """The indexes of one manual, and the questions asked of them."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.links = LinkResolver(manual)
        self.finder = CitationFinder(citation_shapes(manual))
        self.close: dict[tuple[str, str], str | None] = {}
        self.names = _names(manual)
        self.numbers = {
            fold_number(each.number): each.key
            for each in manual.externals.values()
            if each.number != UNKNOWN
        }
        self.standard = manual.catalogue.key if manual.catalogue else ""
        self.editions = {
            fold_name(name): each.key
            for each in manual.catalogues.values()
            for name in each.cited_as
        }
        self.meant: dict[tuple[str, str], Target | None] = {}
        self.annexes: dict[str, dict[str, Section]] = {}
        self.homes = NumberBinder(manual)

    def file(self, document: Document, file: TextFile) -> Iterator[Reference]:
        """All references of one file, in the order of its words."""
        found = [self.links.reference(document, file, link) for link in file.page.links]
        cited = [
            (each, None if each.number else self.named(each))
            for each in self.finder.find(file.page.prose)
        ]
        named = [
            (each, None if each.number else self.edition(file, each, target))
            for each, target in cited
        ]
        homes = self.homes.of(document, file, named, found)
        for citation, target in cited:
            if not citation.number:
                found.append(self.cited(document, file, citation, target))
            elif not _in_heading(file, citation):
                reference = self.numbered(document, file, citation, homes[citation.lead])
                if reference is not None:
                    found.append(reference)
        found.sort(key=lambda each: each.start)
        yield from found

    # --- codes and names ---

    def named(self, citation: Citation) -> Target | None:
        """What a code, outside number or name means; most are cited more than once."""
        asked = (citation.kind, citation.text)
        if asked not in self.meant:
            self.meant[asked] = self.meaning(citation)
        return self.meant[asked]

    def meaning(self, citation: Citation) -> Target | None:
        """What a code, outside number or name is registered as."""
        match citation.kind:
            case "code":
                key = fold_code(citation.text)
                return Target("document", key) if key in self.manual.documents else None
            case "external":
                key = self.numbers.get(fold_number(citation.text), "")
                return Target("external", key) if key else None
            case "name":
                return self.names.get(fold_name(citation.text))
            case _:
                return None

    def cited(
        self, document: Document, file: TextFile, citation: Citation, target: Target | None
    ) -> Reference:
        """The reference of a code, outside number or name."""
        how: ReferenceKind = "name" if citation.kind == "name" else "code"
        fault, suggestion = None, None
        if target is None:
            fault = "unknown-code" if citation.kind == "code" else "unknown-external"
            suggestion = self.nearest(citation)
        return _reference(document, file, how, citation, target, fault, suggestion)

    def nearest(self, citation: Citation) -> str | None:
        """The registered code or number closest to one that is not."""
        asked = (citation.kind, citation.text)
        if asked not in self.close:
            if citation.kind == "code":
                self.close[asked] = nearest_name(
                    citation.text,
                    [each.code for each in self.manual.documents.values() if each.code],
                )
            else:
                self.close[asked] = nearest_number(
                    citation.text, [each.number for each in self.manual.externals.values()]
                )
        return self.close[asked]

    # --- numbers after a word ---

    def numbered(
        self, document: Document, file: TextFile, citation: Citation, home: Binding
    ) -> Reference | None:
        """The reference of «mục 5.2», «điều khoản 7.5», «phụ lục 1»; None for a part of somebody else's or an unknown document."""
        places = home.targets
        if citation.kind == "clause" and places[0].kind == "document":
            places = (HERE, *(each for each in places if each != HERE)) if home.said else (HERE,)
        if places[0].kind in OUTSIDE:
            return None
        if len(places) == 1 and home.sure:
            return self.looked_up(document, file, citation, places[0])
        if (
            citation.kind != "clause"
        ):  # «mục» and «phụ lục» beside a standard are sooner this text's own
            places = tuple(sorted(places, key=lambda place: place.kind == "catalogue"))
        tried = [
            self.looked_up(document, file, citation, place)
            for place in places
            if place.kind not in OUTSIDE
        ]
        found = next((each for each in tried if each.violation is None), None)
        # Where it may be a part of what is not known here, nobody can say that it is missing.
        sure = home.sure and len(tried) == len(places)
        return found or (tried[0] if sure or tried[0].target else None)

    def looked_up(
        self, document: Document, file: TextFile, citation: Citation, place: Target
    ) -> Reference:
        """The reference of a number in one place where it may be at home."""
        if place.kind == "catalogue" or (place == HERE and citation.kind == "clause"):
            return self.clause(document, file, citation, place.key or self.standard)
        return self.section(
            document,
            file,
            citation,
            document if place == HERE else self.manual.documents[place.key],
        )

    def edition(self, file: TextFile, citation: Citation, target: Target | None) -> Target:
        """What a number beside a citation is a part of: a standard cited as an outside document is the catalogue of that name.

        A standard named with the year of an edition that has no catalogue is nowhere: nobody knows its clauses.
        """
        if target is None or (
            target.kind == "catalogue" and EDITION.match(file.page.prose, citation.end)
        ):
            return NOWHERE
        key = self.editions.get(fold_name(citation.text)) if target.kind == "external" else None
        return Target("catalogue", key) if key else target

    def clause(self, document: Document, file: TextFile, citation: Citation, key: str) -> Reference:
        """A clause of a standard."""
        catalogue = self.manual.catalogues.get(key)
        if catalogue is None or citation.number in catalogue.clauses:
            target = Target("clause", citation.number, within=key) if catalogue else None
            return _reference(document, file, "number", citation, target)
        values = (
            ("number", citation.number),
            ("standard", f"{catalogue.standard}:{catalogue.edition}"),
        )
        close = nearest_section_number(citation.number, catalogue.clauses)
        return _reference(document, file, "number", citation, None, "unknown-clause", close, values)

    def section(
        self, document: Document, file: TextFile, citation: Citation, home: Document
    ) -> Reference:
        """A section or annex of a document of this manual."""
        annex = citation.kind == "annex"
        numbers = self.annexes_of(home) if annex else home.by_number
        section = numbers.get(_annex(citation.number) if annex else citation.number)
        if section is None and home is self.manual.main and citation.kind == "section":
            section = self.answering(citation.number)
        if section is not None:
            return _reference(
                document, file, "number", citation, Target("section", home.key, section.anchor)
            )
        values = (
            ("number", citation.number),
            ("document", home.name),
            *(ANNEX if annex else SECTION),
        )
        if not home.held:
            return _reference(
                document,
                file,
                "number",
                citation,
                Target("document", home.key),
                "section-not-held",
                None,
                values,
            )
        close = nearest_section_number(citation.number, numbers)
        return _reference(
            document, file, "number", citation, None, "unknown-section", close, values
        )

    def annexes_of(self, document: Document) -> dict[str, Section]:
        """The annexes of a document by number."""
        if document.key not in self.annexes:
            self.annexes[document.key] = _annexes(document, self.manual)
        return self.annexes[document.key]

    def answering(self, number: str) -> Section | None:
        """The section of the manual that answers a clause without a section of its own number."""
        coverage = self.manual.coverage.get(self.standard)
        row = coverage.answer(number) if coverage else None
        return section_named(self.manual, row.section.text) if row and row.section else None


def section_named(manual: Manual, name: str) -> Section | None:
    """The manual's section named by the mapping: its number, or number#anchor."""
    main = manual.main
    if main is None:
        return None
    number, _, anchor = name.partition("#")
    section = main.by_number.get(number)
    if section is None or not anchor:
        return section
    return next(
        (each for each in main.sections if each.file is section.file and each.anchor == anchor),
        None,
    )


def nearest_section_number(number: str, numbers: Iterable[str]) -> str | None:
    """The number probably meant by one that is not there: one beside it under the same heading; else one spelt like it."""
    known = tuple(numbers)
    above, dot, own = number.strip(" .").rpartition(".")
    if above + dot + own in known:
        return above + dot + own
    beside = {
        int(last): each
        for each in known
        for head, _, last in [each.rpartition(".")]
        if head == above and last.isdigit()
    }
    if beside and own.isdigit():
        return beside[min(beside, key=lambda last: (abs(last - int(own[:6])), -last))]
    return nearest_name(number, known)


def _annex(number: str) -> str:
    """«01» and «1» are one annex: a title's leading zero is lay-out."""
    return number.lstrip("0") or number


def _annexes(document: Document, manual: Manual) -> dict[str, Section]:
    """The annexes of a document by number: headings that open with an annex word."""
    words = manual.config.all_words.annex
    if not words:
        return {}
    opening = re.compile(
        rf"(?:{'|'.join(phrase(word) for word in words)})\s+(\d+|[A-Z]|[IVX]+)(?!\w)", re.IGNORECASE
    )
    found = ((opening.match(section.heading.text), section) for section in document.sections)
    return {_annex(match[1]): section for match, section in found if match}


def _in_heading(file: TextFile, citation: Citation) -> bool:
    headings = file.page.headings
    at = bisect_right(headings, citation.start, key=lambda heading: heading.start) - 1
    return at >= 0 and citation.start < headings[at].end


def _reference(
    document: Document,
    file: TextFile,
    how: ReferenceKind,
    citation: Citation,
    target: Target | None,
    fault: str | None = None,
    suggestion: str | None = None,
    values: tuple[tuple[str, str], ...] = (),
) -> Reference:
    span = (citation.start, citation.end)
    values = (("words", citation.text), *values)
    return Reference(
        file, document.key, how, *span, citation.text, target, span, fault, suggestion, values
    )
