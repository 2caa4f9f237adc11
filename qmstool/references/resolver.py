"""Resolve every citation and link of a manual to its target, or to nothing.

The checker and the site both use this one answer.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citations import Citation, CitationFinder
from qmstool.parsing.codes import EDITION, fold_code, fold_name, fold_number
from qmstool.parsing.similar import nearest_name, nearest_number
from qmstool.references.links import LinkResolver
from qmstool.references.model import Reference, ReferenceKind, References, Target
from qmstool.references.naming import citation_word_lists
from qmstool.references.number_binding import NumberBinder
from qmstool.references.numbers import NumberResolver
from qmstool.references.outline import outline_digest
from qmstool.references.shapes import citation_shapes, named_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.storage.kept_facts import KeptFacts

# What a code or outside number means that nothing registers; that is told where it stands, and its
# parts are not looked for.
NOWHERE = Target("outside", "")


def resolve(manual: Manual, facts: KeptFacts | None = None) -> References:
    """Find and resolve every reference of every document of a manual.

    Those of a file are recalled from `facts` where neither it nor what may be cited has changed.
    """
    if facts is None:
        return References(tuple(_resolve_all(manual, _Resolver(manual))))
    return References(tuple(_recall_all(manual, facts)))


def _resolve_all(manual: Manual, resolver: _Resolver) -> Iterator[Reference]:
    for document in manual.documents.values():
        for file in document.files:
            yield from resolver.resolve_file(document, file)


def _recall_all(manual: Manual, facts: KeptFacts) -> Iterator[Reference]:
    outline = outline_digest(manual)
    resolver: _Resolver | None = None
    for document in manual.documents.values():
        more = outline + document.key.encode()
        for file in document.files:
            references = facts.recall("references", file.path, more, anchors=(file,))
            if references is None:
                resolver = resolver or _Resolver(manual)
                references = resolver.resolve_file(document, file)
                facts.keep("references", file.path, references, more, anchors=(file,))
            yield from references


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
        # What was looked up before, by kind and words: most citations occur more than once.
        self.targets: dict[tuple[str, str], Target | None] = {}
        self.suggestions: dict[tuple[str, str], str | None] = {}

    def resolve_file(self, document: Document, file: TextFile) -> list[Reference]:
        """Return all references of one file, in the order of its words."""
        links = [self.links.reference(document, file, link) for link in file.page.links]
        references = list(links)
        cited: list[tuple[Citation, Target | None]] = []
        named: list[tuple[Citation, Target | None]] = []
        for citation in self.finder.find(file.page.prose):
            if citation.number:
                cited.append((citation, None))
                named.append((citation, None))
                continue
            target = self._find_target(citation)
            cited.append((citation, target))
            named.append((citation, self._owner_of_numbers(file, citation, target)))
        bindings = self.binder.bind(document, file, named, links)
        for citation, target in cited:
            if not citation.number:
                references.append(self._reference(document, file, citation, target))
            elif not _in_heading(file, citation):
                binding = bindings[citation.lead]
                reference = self.numbers.resolve(document, file, citation, binding)
                if reference is not None:
                    references.append(reference)
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
                return self.names.get(fold_name(citation.text))
            case _:
                return None

    def _owner_of_numbers(
        self, file: TextFile, citation: Citation, target: Target | None
    ) -> Target:
        """Return what a number beside a citation is a part of.

        A standard cited as an outside document is the catalogue of that name. A standard named with
        the year of an edition that has no catalogue is nowhere: nobody knows its clauses.
        """
        if target is None:
            return NOWHERE
        if target.kind == "catalogue" and EDITION.match(file.page.prose, citation.end):
            return NOWHERE
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
            whole=span,
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
            documents = self.manual.documents.values()
            codes = [document.code for document in documents if document.code]
            suggestion = nearest_name(citation.text, codes)
        else:
            numbers = [external.number for external in self.manual.externals.values()]
            suggestion = nearest_number(citation.text, numbers)
        self.suggestions[asked] = suggestion
        return suggestion


def _in_heading(file: TextFile, citation: Citation) -> bool:
    headings = file.page.headings
    before = bisect_right(headings, citation.start, key=lambda heading: heading.start) - 1
    return before >= 0 and citation.start < headings[before].end
