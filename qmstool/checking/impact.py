"""Find whom a change concerns: compare a manual before and after, return who cites what changed.

What changes is a document, a section, a clause of a catalogue, or an external document. A section
is its heading with all text under it, so that whoever cites section 5 is concerned by a change in
5.2. A clause is concerned where its row of the mapping names what changed, and where the section
that answers it cites that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Affected
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.references.sections import section_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.manual.text_files import Section
    from qmstool.references.model import Reference, References


@dataclass(frozen=True, slots=True)
class ResolvedManual:
    """A manual with its references resolved, as it was or is."""

    manual: Manual
    references: References


def find_affected(before: ResolvedManual, after: ResolvedManual) -> tuple[Affected, ...]:
    """Return what changed and is cited.

    First each document with its sections, in the order of the manual, those gone last; then
    clauses, then external documents.
    """
    changes: list[Affected] = []
    for key in dict.fromkeys((*after.manual.documents, *before.manual.documents)):
        changes += _affected_by_document(before, after, key)
    for catalogue, number in _changed_clauses(before.manual, after.manual):
        changes.append(_by_clause(after, catalogue, number))
    for external in _changed_externals(before.manual, after.manual):
        changes.append(_by_external(after, external))
    return tuple(each for each in changes if each.citing or each.clauses)


def _affected_by_document(
    before: ResolvedManual, after: ResolvedManual, key: str
) -> Iterator[Affected]:
    """Return those concerned by a change of a document, and of each of its sections."""
    old = before.manual.documents.get(key)
    new = after.manual.documents.get(key)
    if _text(old) == _text(new):
        return
    yield _by_document(before if new is None else after, after, key)
    old_sections = _sections(old)
    new_sections = _sections(new)
    for anchor in dict.fromkeys((*new_sections, *old_sections)):
        if _words(old_sections.get(anchor)) == _words(new_sections.get(anchor)):
            continue
        if anchor in new_sections:
            yield _by_section(after, after, new_sections[anchor])
        else:
            yield _by_section(before, after, old_sections[anchor])


def _sections(document: Document | None) -> Mapping[str, Section]:
    return document.by_anchor if document else {}


def _text(document: Document | None) -> str | None:
    """Return all that a document says, front matter included; moving a file changes none of it."""
    if document is None:
        return None
    return "\n".join(file.source.text for file in document.files)


def _words(section: Section | None) -> str | None:
    if section is None:
        return None
    return section.file.source.text[section.heading.line_start : section.end].strip()


def _changed_clauses(before: Manual, after: Manual) -> Iterator[tuple[Catalogue, str]]:
    """Return clauses with another title or other demands now.

    Clauses that are gone are reported by a rule where they are cited.
    """
    for key, catalogue in after.catalogues.items():
        earlier = before.catalogues[key].clauses if key in before.catalogues else {}
        for number, clause in catalogue.clauses.items():
            old = earlier.get(number)
            if old is None:
                continue
            if (old.title, old.maintain, old.retain) != (
                clause.title,
                clause.maintain,
                clause.retain,
            ):
                yield catalogue, number


def _changed_externals(before: Manual, after: Manual) -> Iterator[ExternalDocument]:
    """Return external documents whose entry in the register says something else now."""
    for key, external in after.externals.items():
        old = before.externals.get(key)
        if old and _external_facts(old) != _external_facts(external):
            yield external


def _external_facts(external: ExternalDocument) -> tuple[object, ...]:
    amended_by = tuple(mark.text for mark in external.amended_by)
    superseded_by = tuple(mark.text for mark in external.superseded_by)
    return external.number, external.title, external.status, amended_by, superseded_by


def _by_document(resolved: ResolvedManual, after: ResolvedManual, key: str) -> Affected:
    """Return those who cite a document as a whole, other than itself."""
    manual = resolved.manual
    document = manual.documents[key]
    citing = []
    for reference in resolved.references.by_target.get(("document", key), ()):
        if reference.document == key or reference.target is None:
            continue
        if reference.target.kind == "document":
            citing.append(reference)
    rows = [row for row in _rows(manual) if _names_document(manual, row, document)]
    name = f"{document.code}, {document.title}" if document.code else document.title
    return _affected(Text(name, name), resolved, after, citing, rows)


def _by_clause(after: ResolvedManual, catalogue: Catalogue, number: str) -> Affected:
    """Return those who cite a clause, and the clause itself where this manual answers it."""
    citing = [
        reference
        for reference in after.references.by_target.get(("clause", number), ())
        if reference.target is not None and reference.target.owner == catalogue.key
    ]
    rows = [
        coverage.rows[number]
        for coverage in after.manual.coverage.values()
        if coverage.catalogue.text == catalogue.key and number in coverage.rows
    ]
    name = catalogue.name
    clause = Text(f"{name}, điều khoản {number}", f"{name}, clause {number}")
    return _affected(clause, after, after, citing, rows)


def _by_external(after: ResolvedManual, external: ExternalDocument) -> Affected:
    """Return those who cite an external document."""
    citing = after.references.by_target.get(("external", external.key), ())
    rows = [row for row in _rows(after.manual) if _names_external(row, external)]
    name = f"{external.type} {external.number}"
    return _affected(Text(name, name), after, after, citing, rows)


def _by_section(resolved: ResolvedManual, after: ResolvedManual, section: Section) -> Affected:
    """Return those who cite a section from outside it."""
    manual = resolved.manual
    document = manual.documents[section.document]
    citing = []
    for reference in resolved.references.by_target.get(("section", section.document), ()):
        target = reference.target
        if target is None or target.anchor != section.anchor:
            continue
        if not _is_within(reference, section):
            citing.append(reference)
    rows = [row for row in _rows(manual) if _answering_section(manual, row) is section]
    label = section.number or f"«{section.title}»"
    name = Text(f"{document.name}, mục {label}", f"{document.name}, section {label}")
    return _affected(name, resolved, after, citing, rows)


def _is_within(reference: Reference, section: Section) -> bool:
    if reference.file is not section.file:
        return False
    return section.heading.line_start <= reference.start < section.end


def _rows(manual: Manual) -> Iterator[CoverageRow]:
    """Return every row of the mapping of clauses."""
    for coverage in manual.coverage.values():
        yield from coverage.rows.values()


def _names_document(manual: Manual, row: CoverageRow, document: Document) -> bool:
    return any(manual.document(mark.text) is document for mark in row.documents)


def _names_external(row: CoverageRow, external: ExternalDocument) -> bool:
    return any(mark.text == external.key for mark in row.external)


def _answering_section(manual: Manual, row: CoverageRow) -> Section | None:
    return section_named(manual, row.section.text) if row.section else None


def _affected(
    name: Text,
    resolved: ResolvedManual,
    after: ResolvedManual,
    citing: Iterable[Reference],
    naming_rows: Iterable[CoverageRow],
) -> Affected:
    """Return what changed with those who cite it.

    Its clauses are those whose rows name it, and those whose answering section cites it.
    """
    references = tuple(citing)
    rows = [*naming_rows]
    for row in _rows(resolved.manual):
        section = _answering_section(resolved.manual, row)
        if section and any(_is_within(reference, section) for reference in references):
            rows.append(row)
    clauses = dict.fromkeys(row.clause.text for row in rows)
    return Affected(name, _places(resolved, after, references), tuple(clauses))


def _places(
    resolved: ResolvedManual, after: ResolvedManual, references: Iterable[Reference]
) -> tuple[tuple[str, Location], ...]:
    """Return who cites, and where.

    Of those who cited something that is gone, only files that still say the same.
    """
    places = []
    for reference in references:
        if resolved is after or _is_unchanged(after, reference):
            document = resolved.manual.documents[reference.document]
            places.append((document.name, reference.location))
    return tuple(places)


def _is_unchanged(after: ResolvedManual, reference: Reference) -> bool:
    source = after.manual.sources.get(reference.file.path)
    return source is not None and source.text == reference.file.source.text
