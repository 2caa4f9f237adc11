"""Two readings of a manual → whom the change concerns: documents and clauses that cite what it touches. Pure.

Touched can be a document, a section, a clause of a catalogue, an external document. A section is its heading with all text under
it, so that whoever cites section 5 is told of a change in 5.2. A clause is concerned where its row names what is touched, and where
the section that answers it cites that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Affected
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.references.sections import section_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.documents import Document, Section
    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.references.model import Reference, References


@dataclass(frozen=True, slots=True)
class Reading:
    """A manual with its references, as it was or is."""

    manual: Manual
    references: References


def affected(before: Reading, after: Reading) -> tuple[Affected, ...]:
    """What is touched and cited: documents with sections as the manual has them, those gone last; then clauses and externals."""
    found: list[Affected] = []
    for key in dict.fromkeys((*after.manual.documents, *before.manual.documents)):
        old, new = before.manual.documents.get(key), after.manual.documents.get(key)
        if _text(old) == _text(new):
            continue
        found.append(_document(before if new is None else after, after, key))
        was, now = (document.by_anchor if document else {} for document in (old, new))
        for anchor in dict.fromkeys((*now, *was)):
            if _words(was.get(anchor)) != _words(now.get(anchor)):
                gone = anchor not in now
                found.append(
                    _section(before if gone else after, after, (was if gone else now)[anchor])
                )
    found += (
        _clause(after, catalogue, number)
        for catalogue, number in _clauses_touched(before.manual, after.manual)
    )
    found += (
        _external(after, external) for external in _externals_touched(before.manual, after.manual)
    )
    return tuple(each for each in found if each.citing or each.clauses)


def _clauses_touched(before: Manual, after: Manual) -> Iterator[tuple[Catalogue, str]]:
    """Clauses that are called otherwise now, or demand something else; those gone are told as unknown where they are cited."""
    for key, catalogue in after.catalogues.items():
        earlier = before.catalogues[key].clauses if key in before.catalogues else {}
        for number, clause in catalogue.clauses.items():
            was = earlier.get(number)
            if was and (was.title, was.maintain, was.retain) != (
                clause.title,
                clause.maintain,
                clause.retain,
            ):
                yield catalogue, number


def _externals_touched(before: Manual, after: Manual) -> Iterator[ExternalDocument]:
    """External documents whose entry says something else now."""
    for key, external in after.externals.items():
        was = before.externals.get(key)
        if was and _entry(was) != _entry(external):
            yield external


def _entry(external: ExternalDocument) -> tuple[object, ...]:
    chain = (
        tuple(mark.text for mark in marks)
        for marks in (external.amended_by, external.superseded_by)
    )
    return external.number, external.title, external.status, *chain


def _text(document: Document | None) -> str | None:
    """All that a document says, front matter included; moving a file changes nothing of it."""
    return None if document is None else "\n".join(file.source.text for file in document.files)


def _words(section: Section | None) -> str | None:
    return (
        None
        if section is None
        else section.file.source.text[section.heading.line_start : section.end].strip()
    )


def _document(reading: Reading, after: Reading, key: str) -> Affected:
    """Those who cite a document as a whole, other than itself."""
    document = reading.manual.documents[key]
    citing = (
        each for each in reading.references.to.get(("document", key), ()) if each.document != key
    )
    whole = (each for each in citing if each.target is not None and each.target.kind == "document")
    name = f"{document.code}, {document.title}" if document.code else document.title
    named = (
        row
        for row in _rows(reading.manual)
        if any(reading.manual.document(mark.text) is document for mark in row.documents)
    )
    return _affected(Text(name, name), reading, after, whole, named)


def _clause(after: Reading, catalogue: Catalogue, number: str) -> Affected:
    """Those who cite a clause, and the clause itself where this manual answers it."""
    to = after.references.to.get(("clause", number), ())
    citing = (
        each for each in to if each.target is not None and each.target.within == catalogue.key
    )
    rows = (
        coverage.rows.get(number)
        for coverage in after.manual.coverage.values()
        if coverage.catalogue.text == catalogue.key
    )
    name = f"{catalogue.standard}:{catalogue.edition}"
    return _affected(
        Text(f"{name}, điều khoản {number}", f"{name}, clause {number}"),
        after,
        after,
        citing,
        (row for row in rows if row),
    )


def _external(after: Reading, external: ExternalDocument) -> Affected:
    """Those who cite an external document."""
    citing = iter(after.references.to.get(("external", external.key), ()))
    named = (
        row
        for row in _rows(after.manual)
        if any(mark.text == external.key for mark in row.external)
    )
    name = f"{external.type} {external.number}"
    return _affected(Text(name, name), after, after, citing, named)


def _section(reading: Reading, after: Reading, section: Section) -> Affected:
    """Those who cite a section from outside it."""
    document = reading.manual.documents[section.document]
    to = (
        each
        for each in reading.references.to.get(("section", section.document), ())
        if each.target is not None
    )
    citing = (
        each
        for each in to
        if each.target and each.target.anchor == section.anchor and not _within(each, section)
    )
    said = section.number or f"«{section.title}»"
    name = Text(f"{document.name}, mục {said}", f"{document.name}, section {said}")
    named = (
        row
        for row in _rows(reading.manual)
        if row.section and section_named(reading.manual, row.section.text) is section
    )
    return _affected(name, reading, after, citing, named)


def _within(reference: Reference, section: Section) -> bool:
    return (
        reference.file is section.file
        and section.heading.line_start <= reference.start < section.end
    )


def _rows(manual: Manual) -> Iterator[CoverageRow]:
    return (row for coverage in manual.coverage.values() for row in coverage.rows.values())


def _affected(
    name: Text,
    reading: Reading,
    after: Reading,
    citing: Iterable[Reference],
    named: Iterable[CoverageRow],
) -> Affected:
    """What is touched, and those who cite it; the clauses whose rows name it, and those whose answering section cites it."""
    references = tuple(citing)
    answers = (
        (row, section_named(reading.manual, row.section.text))
        for row in _rows(reading.manual)
        if row.section
    )
    citing_rows = (
        row
        for row, section in answers
        if section and any(_within(each, section) for each in references)
    )
    clauses = dict.fromkeys(row.clause.text for row in (*named, *citing_rows))
    return Affected(name, _places(reading, after, references), tuple(clauses))


def _places(
    reading: Reading, after: Reading, references: Iterable[Reference]
) -> tuple[tuple[str, Location], ...]:
    """Who cites, and where; of what cited something that is gone, only files that still say the same."""
    return tuple(
        (reading.manual.documents[each.document].name, each.location)
        for each in references
        if reading is after or _same(after, each)
    )


def _same(after: Reading, reference: Reference) -> bool:
    source = after.manual.sources.get(reference.file.path)
    return source is not None and source.text == reference.file.source.text
