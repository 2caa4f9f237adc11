"""Say who names whom in a manual: documents, clauses and registers in their data, texts in words.

What goes in: the manual and its references. What comes out: keys, and links to pages. Each is asked
for every document, so all are looked through once. Pure.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.nodes import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import Reference, References
    from qmstool.site.edition.page_link import PageLink


class Mentions:
    """Who names whom, and who cites what, in one version of the manual.

    `rows` of the mapping, each with its standard; `paths`: the files of the manual in their order;
    `clause` and `page` make links of a number and of a document's file.
    """

    def __init__(
        self,
        manual: Manual,
        references: References,
        rows: Sequence[tuple[Catalogue, CoverageRow]],
        paths: Iterable[str],
        clause: Callable[[str, Catalogue], PageLink],
        page: Callable[[str, str], PageLink],
    ) -> None:
        self._manual = manual
        self._references = references
        self._rows = rows
        self._order = {path: place for place, path in enumerate(paths)}
        self._clause, self._page = clause, page

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """For each document the documents that say they belong to it, by key."""
        pairs = []
        for key, document in self._manual.documents.items():
            if document.front_matter.parent:
                pairs.append((fold_code(text_of(document.front_matter.parent)), key))
        return _grouped(pairs)

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """For each document the documents that say they replace it, by key."""
        pairs = []
        for key, document in self._manual.documents.items():
            pairs += [(fold_code(mark.text), key) for mark in document.front_matter.replaces]
        return _grouped(pairs)

    @cached_property
    def answered_clauses(self) -> Mapping[str, tuple[PageLink, ...]]:
        """For each document, by key, the clauses whose rows of the mapping name it."""
        return self._clauses_naming(lambda row: map(fold_code, _texts(row.documents)))

    @cached_property
    def clauses_with_external(self) -> Mapping[str, tuple[PageLink, ...]]:
        """For each external document, by key, the clauses whose rows name it."""
        return self._clauses_naming(lambda row: _texts(row.external))

    @cached_property
    def clauses_with_record(self) -> Mapping[str, tuple[PageLink, ...]]:
        """For each record, by key, the clauses whose rows name it."""
        return self._clauses_naming(lambda row: _texts(row.records))

    @cached_property
    def _said_once(self) -> tuple[tuple[Catalogue, CoverageRow], ...]:
        """The rows of the standards followed, less what a clause takes over from the one above."""
        coverage = self._manual.coverage
        return tuple(
            (catalogue, row)
            for catalogue, row in self._rows
            if row.clause.text not in coverage[catalogue.key].repeated
        )

    def _clauses_naming(
        self, named: Callable[[CoverageRow], Iterable[str]]
    ) -> Mapping[str, tuple[PageLink, ...]]:
        clauses: dict[str, list[PageLink]] = {}
        for catalogue, row in self._said_once:
            for key in dict.fromkeys(named(row)):
                clauses.setdefault(key, []).append(self._clause(row.clause.text, catalogue))
        return {key: tuple(links) for key, links in clauses.items()}

    def cited_by(self, kind: str, key: str) -> tuple[PageLink, ...]:
        """The pages whose text cites a thing, in the manual's order, each once.

        A document does not count for itself.
        """
        citing = self._references.by_target.get((kind, key), ())
        own = ("document", key)
        return self._pages(ref for ref in citing if (kind, ref.document) != own)

    def section_cited_by(self, document: Document, path: str) -> tuple[PageLink, ...]:
        """The pages whose text cites a section of one file of a document."""
        if document.key not in self._citing_anchors:
            self._citing_anchors[document.key] = _by_anchor(
                self._references.by_target.get(("section", document.key), ())
            )
        citing = self._citing_anchors[document.key]
        file = document.file_at.get(path)
        found = (citing.get(section.anchor, ()) for section in (file.sections if file else ()))
        return self._pages(ref for ref in chain.from_iterable(found) if ref.file.path != path)

    @cached_property
    def _citing_anchors(self) -> dict[str, Mapping[str, Sequence[Reference]]]:
        """What cites the sections of each document that was asked for, by their anchors."""
        return {}

    def _pages(self, references: Iterable[Reference]) -> tuple[PageLink, ...]:
        """The pages of the files in which references stand, in the manual's order."""
        documents: dict[str, str] = {}
        for reference in references:
            documents.setdefault(reference.file.path, reference.document)
        paths = sorted(documents.keys() & self._order.keys(), key=self._order.__getitem__)
        return tuple(self._page(documents[path], path) for path in paths)


def _texts(marks: Iterable[LocatedText]) -> Iterator[str]:
    return (mark.text for mark in marks)


def _by_anchor(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    citing: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.target:
            citing.setdefault(reference.target.anchor, []).append(reference)
    return citing


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the second ones of pairs by the first, each once, in their order."""
    groups: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        groups.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in groups.items()}
