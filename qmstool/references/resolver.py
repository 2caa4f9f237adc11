"""Resolve every citation and link of a manual to its target, or to nothing.

The checker and the site both use this one answer.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citations import Citation, CitationFinder
from qmstool.parsing.codes import EDITION, fold_code, fold_name, fold_number
from qmstool.parsing.designations import designation_parts, standard_number
from qmstool.parsing.similar import OutsideNumbers, nearest_name
from qmstool.references.bindings import ANY_FOLLOWED, NOWHERE
from qmstool.references.joining import HeadingsAbove
from qmstool.references.links import LinkResolver
from qmstool.references.model import (
    FileReferences,
    OutsideNumber,
    Reference,
    ReferenceKind,
    References,
    Target,
)
from qmstool.references.naming import citation_word_lists
from qmstool.references.number_binding import NumberBinder
from qmstool.references.numbers import NumberResolver
from qmstool.references.outline import outline_digest
from qmstool.references.shapes import citation_shapes, followed_bodies, named_targets

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.storage.kept_facts import KeptFacts

    _Found = tuple[list[Reference], list[OutsideNumber]]


def resolve(manual: Manual, facts: KeptFacts | None = None) -> References:
    """Find and resolve every reference of every document of a manual.

    Those of a file are recalled from `facts` where neither it nor what may be cited has changed.
    """
    outline = outline_digest(manual, facts) if facts else b""
    finder = _ReferenceFinder(manual, facts, outline)
    files = []
    for document in manual.written_documents:
        files += [finder.find(document, file) for file in document.files]
    return References(files, outline)


class _ReferenceFinder:
    """Finds what files refer to, when it is asked for: what was kept of them, or anew."""

    def __init__(self, manual: Manual, facts: KeptFacts | None, outline: bytes) -> None:
        self._manual = manual
        self._facts = facts
        self._outline = outline

    @cached_property
    def _resolver(self) -> _Resolver:
        return _Resolver(self._manual)

    def find(self, document: Document, file: TextFile) -> FileReferences:
        """Return the references of a file, found when they are asked for unless they are kept."""
        return FileReferences(file.path, partial(self._found, document, file))

    def _found(self, document: Document, file: TextFile) -> _Found:
        facts, more = self._facts, self._outline + document.key.encode()
        kept: _Found | None = None
        if facts:
            kept = facts.recall("references", file.path, more, anchors=(file,))
        if kept is None:
            self._resolver.outside = []
            kept = self._resolver.resolve_file(document, file), self._resolver.outside
            if facts:
                facts.keep("references", file.path, kept, more, anchors=(file,))
        return kept


class _Resolver:
    """Resolves the references of one manual by its indexes."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.links = LinkResolver(manual)
        words = citation_word_lists(manual)
        self.finder = CitationFinder(citation_shapes(manual, words))
        self.binder = NumberBinder(manual, words)
        self.numbers = NumberResolver(manual)
        self.names = named_targets(manual)
        self.own_bodies = followed_bodies(manual)
        self.externals = {
            fold_number(external.number): external.key
            for external in manual.externals.values()
            if external.number != UNKNOWN
        }
        self.catalogues = {
            fold_name(name): catalogue.key
            for catalogue in manual.catalogues.values()
            for name in catalogue.cited_as
        }
        # Standards called otherwise than their catalogues say, by the very words.
        self.standards: dict[str, Target] = {}
        # What was looked up before, by kind and words: most citations occur more than once.
        self.targets: dict[tuple[str, str], Target | None] = {}
        self.suggestions: dict[tuple[str, str], str | None] = {}
        self.outside: list[OutsideNumber] = []

    def resolve_file(self, document: Document, file: TextFile) -> list[Reference]:
        """Return all references of one file, in the order of its words."""
        links = [self.links.reference(document, file, link) for link in file.page.links]
        references = list(links)
        cited: list[tuple[Citation, Target | None]] = []
        named: list[tuple[Citation, Target | None]] = []
        above = HeadingsAbove(file.page, self.binder.naming.joining)
        places = [link.whole_span for link in links]
        for found in self.finder.find(file.page.prose, places):
            citation = self._held_standard(found) if found.kind == "designation" else found
            if citation is None:
                owner = self._outside_owner(found)
                named += [(found, owner)] if owner else []
            elif citation.number:
                cited.append((citation, None))
                named.append((citation, None))
            elif (target := self._find_target(citation)) or citation.sure:
                if target is not None or not _is_of_its_time(above, citation):
                    cited.append((citation, target))
                named.append((citation, self._owner_of_numbers(file, citation, target)))
        bindings = self.binder.bind(document, file, named, links)
        for citation, target in cited:
            if not citation.number:
                references.append(self._reference(document, file, citation, target))
            elif not _in_heading(file, citation):
                binding = bindings[citation.list_start]
                reference = self.numbers.resolve(document, file, citation, binding)
                if reference is not None:
                    references.append(reference)
                else:
                    span = citation.start, citation.end
                    self.outside.append(OutsideNumber(file, *span, citation.text, binding.owner))
        references.sort(key=lambda reference: reference.start)
        return references

    def _find_target(self, citation: Citation) -> Target | None:
        """Return what a code, outside number or name means."""
        asked = (citation.kind, citation.text)
        if asked not in self.targets:
            self.targets[asked] = self._look_up(citation)
        return self.targets[asked]

    def _look_up(self, citation: Citation) -> Target | None:
        """Return what a code, outside number or name is registered as."""
        match citation.kind:
            case "code":
                key = fold_code(citation.text)
                return Target("document", key) if key in self.manual.documents else None
            case "external":
                key = self.externals.get(fold_number(citation.text), "")
                return Target("external", key) if key else None
            case "name":
                return self.names.get(fold_name(citation.text)) or self.standards.get(citation.text)
            case _:
                return None

    def _held_standard(self, citation: Citation) -> Citation | None:
        """Return a standard as a name without the year of an edition that is not held here.

        «ISO9001:2015», «DIN EN ISO 9001», «ISO 27001:2023»; None for a standard not held at all.
        """
        bodies, number, year, colon = designation_parts(citation.text)
        editions = []
        for catalogue in self.manual.catalogues.values():
            own_bodies, own_number = standard_number(catalogue.standard)
            known = bool(own_bodies & bodies) or not (bodies and "".join(bodies).isascii())
            if number and number == own_number and known and not catalogue.amends:
                editions.append(catalogue)
        if not editions:
            return None
        of_year = [catalogue for catalogue in editions if catalogue.edition == year]
        words, end = citation.text, citation.end
        if year and not of_year:
            end -= len(words) - colon
            words = words[:colon]
        found = (of_year or editions)[0]
        self.standards[words] = Target("catalogue", found.key)
        return replace(citation, kind="name", text=words, end=end)

    def _outside_owner(self, citation: Citation) -> Target | None:
        """Return what numbers beside a standard or law are of that is not held here.

        «ISO» alone stands for the standards followed. None for the title of a document held here.
        """
        if citation.text in self.own_bodies:
            return ANY_FOLLOWED
        return None if fold_name(citation.text) in self._titles else NOWHERE

    def _owner_of_numbers(
        self, file: TextFile, citation: Citation, target: Target | None
    ) -> Target:
        """Return what a number beside a citation is a part of.

        A standard cited as an outside document is the catalogue of that name. A standard named with
        the year of an edition that has no catalogue is nowhere: nobody knows its clauses.
        """
        if target is None:
            return NOWHERE
        if target.kind == "catalogue":
            if EDITION.match(file.page.prose, citation.end):
                return NOWHERE
            catalogue = self.manual.catalogues[target.key]
            if catalogue.edition not in citation.text:
                return replace(target, owner=catalogue.standard)
        if target.kind == "external":
            key = self.catalogues.get(fold_name(citation.text))
            if key:
                return Target("catalogue", key)
        return target

    def _reference(
        self, document: Document, file: TextFile, citation: Citation, target: Target | None
    ) -> Reference:
        """Return the reference of a code, outside number or name."""
        kind: ReferenceKind = "name" if citation.kind == "name" else "code"
        violation, suggestion = None, None
        if target is None:
            violation = "unknown-code" if citation.kind == "code" else "unknown-external"
            suggestion = self._nearest(citation)
        span = (citation.start, citation.end)
        return Reference(
            file=file,
            document=document.key,
            kind=kind,
            start=citation.start,
            end=citation.end,
            words=citation.text,
            target=target,
            whole_span=span,
            violation=violation,
            suggestion=suggestion,
            values=(("words", citation.text),),
        )

    def _nearest(self, citation: Citation) -> str | None:
        """Return the registered code or number closest to one that is not."""
        asked = (citation.kind, citation.text)
        if asked in self.suggestions:
            return self.suggestions[asked]
        if citation.kind == "code":
            suggestion = nearest_name(citation.text, self._codes)
        else:
            suggestion = self._outside_numbers.nearest(citation.text)
        self.suggestions[asked] = suggestion
        return suggestion

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(fold_name(document.title) for document in self.manual.documents.values())

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        documents = self.manual.documents.values()
        return tuple(document.code for document in documents if document.code)

    @cached_property
    def _outside_numbers(self) -> OutsideNumbers:
        return OutsideNumbers(external.number for external in self.manual.externals.values())


def _is_of_its_time(above: HeadingsAbove, citation: Citation) -> bool:
    """Whether a code stands in the history of changes, where it may be that of the time."""
    return citation.kind == "code" and above.tell_history(citation.start)


def _in_heading(file: TextFile, citation: Citation) -> bool:
    headings = file.page.headings
    before = bisect_right(headings, citation.start, key=lambda heading: heading.start) - 1
    return before >= 0 and citation.start < headings[before].end
