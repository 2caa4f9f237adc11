"""Two readings of a manual → whom the change concerns: documents and clauses that cite a touched section or document. Pure.

A section is its heading with all text under it, so that whoever cites section 5 is told of a change in 5.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Affected, Text
from qmstool.resolve import section_of
from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.model import Document, Manual, Row, Section
    from qmstool.references import Reference, References


@dataclass(frozen=True, slots=True)
class Reading:
    """A manual with its references, as it was or is."""

    manual: Manual
    references: References


def affected(before: Reading, after: Reading) -> tuple[Affected, ...]:
    """Every touched document and section that others cite, in the order of the manual; documents that are gone stand last."""
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
                found.append(_section(before if gone else after, after, (was if gone else now)[anchor]))
    return tuple(each for each in found if each.citing or each.clauses)


def _text(document: Document | None) -> str | None:
    """All that a document says, front matter included; moving a file changes nothing of it."""
    return None if document is None else "\n".join(file.source.text for file in document.files)


def _words(section: Section | None) -> str | None:
    return None if section is None else section.file.source.text[section.heading.line_start : section.end].strip()


def _document(reading: Reading, after: Reading, key: str) -> Affected:
    """Those who cite a document as a whole, other than itself."""
    document = reading.manual.documents[key]
    citing = (each for each in reading.references.to.get(("document", key), ()) if each.document != key)
    whole = (each for each in citing if each.target is not None and each.target.kind == "document")
    name = f"{document.code}, {document.title}" if document.code else document.title
    named = (row for row in _rows(reading.manual) if any(reading.manual.document(mark.text) is document for mark in row.documents))
    return Affected(Text(name, name), _places(reading, after, whole), _clauses(named))


def _section(reading: Reading, after: Reading, section: Section) -> Affected:
    """Those who cite a section from outside it."""
    document = reading.manual.documents[section.document]
    to = (each for each in reading.references.to.get(("section", section.document), ()) if each.target is not None)
    citing = (each for each in to if each.target and each.target.anchor == section.anchor and not _within(each, section))
    said = section.number or f"«{section.title}»"
    name = Text(f"{document.name}, mục {said}", f"{document.name}, section {said}")
    named = (row for row in _rows(reading.manual) if row.section and section_of(reading.manual, row.section.text) is section)
    return Affected(name, _places(reading, after, citing), _clauses(named))


def _within(reference: Reference, section: Section) -> bool:
    return reference.file is section.file and section.heading.line_start <= reference.start < section.end


def _rows(manual: Manual) -> Iterator[Row]:
    return (row for coverage in manual.coverage.values() for row in coverage.rows.values())


def _clauses(rows: Iterator[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.clause.text for row in rows))


def _places(reading: Reading, after: Reading, references: Iterator[Reference]) -> tuple[tuple[str, Location], ...]:
    """Who cites, and where; of what cited something that is gone, only files that still say the same."""
    return tuple(
        (reading.manual.documents[each.document].name, each.location)
        for each in references
        if reading is after or _same(after, each)
    )


def _same(after: Reading, reference: Reference) -> bool:
    source = after.manual.sources.get(reference.file.path)
    return source is not None and source.text == reference.file.source.text
