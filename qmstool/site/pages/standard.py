"""Make the pages ordered by clause: matrix, applicability, transition; and the abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.edition.addresses import clause_id, meaning_id, slugify
from qmstool.site.edition.page_link import PageLink
from qmstool.site.parts.render import list_page
from qmstool.tables.clauses import answer_words, harmonized_lines, line_title
from qmstool.tables.statement import statement_document, statement_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.standards import Catalogue, Coverage, CoverageRow, Transition
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage

    Values = dict[str, object]


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the pages ordered by clause, for what the manual follows."""
    manual = edition.manual
    standards = tuple(_standards(edition))
    if standards:
        values: Values = {
            "standards": standards,
            "meanings": tuple(_meanings(edition)),
            "followed": tuple(edition.manual.followed_catalogues),
        }
        yield list_page(edition, "matrix", values, whole=True)
        yield list_page(edition, "applicability", {"standards": standards})
    transitions = [_transition(edition, transition) for transition in manual.transitions.values()]
    if transitions:
        yield list_page(edition, "transition", {"transitions": tuple(transitions)}, whole=True)
    entries = [
        {"id": slugify(short), "entry": abbreviation}
        for short, abbreviation in manual.abbreviations.items()
    ]
    if entries:
        yield list_page(edition, "abbreviations", {"lines": tuple(entries)})


def _standards(edition: Edition) -> Iterator[Values]:
    """Every standard followed that has a mapping: its clauses, and the documents that answer."""
    for catalogue in edition.manual.followed_catalogues:
        coverage = edition.manual.coverage.get(catalogue.key)
        if coverage is not None and coverage.rows:
            yield {
                "catalogue": catalogue,
                "lines": tuple(_lines(edition, catalogue, coverage)),
                "columns": tuple(_columns(edition, catalogue)),
                "statement": statement_table(edition.manual, catalogue, edition.lang),
                "stated_in": _stated_in(edition, coverage),
            }


def _stated_in(edition: Edition, coverage: Coverage) -> PageLink | None:
    """The document that the statement of applicability is; None where it is none."""
    document = statement_document(edition.manual, coverage)
    return edition.document(document.key) if document else None


def _same_above(shown: Mapping[tuple[str, str], str], catalogue: Catalogue, number: str) -> str:
    """Return the highest clause above one that the same answers, "" where its own are others."""
    answer, highest = shown[catalogue.key, number], ""
    above = catalogue.clauses[number].parent
    while above and shown.get((catalogue.key, above)) == answer:
        highest, above = above, catalogue.clauses[above].parent
    return highest


def _meanings(edition: Edition) -> Iterator[Values]:
    """The clauses of several standards side by side, those of one meaning in one line.

    None where only one standard is followed.
    """
    manual = edition.manual
    followed = manual.followed_catalogues
    if len(followed) == 1:
        return
    shown: dict[tuple[str, str], str] = {}
    for line in harmonized_lines(manual, followed):
        key, number = next(iter(line.items()))
        meaning = manual.harmonized.meaning(key, number)
        cells = [
            _meaning_cell(edition, catalogue, line.get(catalogue.key, ""), shown)
            for catalogue in followed
        ]
        yield {
            "id": meaning_id(meaning) if meaning else "",
            "title": line_title(manual, line, edition.lang),
            "cells": tuple(cells),
        }


def _meaning_cell(
    edition: Edition, catalogue: Catalogue, number: str, shown: dict[tuple[str, str], str]
) -> Values:
    """A clause with its answer, or with which clause above it has the same; empty without one.

    `shown`: the answers so far, by catalogue and number; this one is put to them.
    """
    if not number:
        return {"link": None, "answer": "", "is_open": False}
    answer = answer_words(edition.manual, catalogue.key, number, edition.lang)
    shown[catalogue.key, number] = said = answer
    above = answer and _same_above(shown, catalogue, number)
    if above:
        said = edition.word("as_clause").format(number=above)
    link = replace(edition.clause(number, catalogue), code=number)
    return {"link": link, "answer": said, "is_open": not answer}


def _columns(edition: Edition, catalogue: Catalogue) -> Iterator[tuple[str, PageLink]]:
    """The documents that answer any clause of a standard, in the manual's order."""
    named: set[str] = set()
    for row in edition.rows_of(catalogue):
        named.update(fold_code(mark.text) for mark in row.documents)
    for key in edition.manual.documents:
        if key in named:
            yield key, edition.document(key)


def _lines(edition: Edition, catalogue: Catalogue, coverage: Coverage) -> Iterator[Values]:
    """Every clause with the row that answers it: its own, or that of a clause above."""
    for number, clause in catalogue.clauses.items():
        row = coverage.row_of(number)
        own = row if row and row.clause.text == number else None
        rows = coverage.rows_answering(catalogue, number)
        marks = _documents_of(rows)
        is_excluded = bool(rows) and all(each.excluded for each in rows)
        # Asked of each column of the matrix, so by their names.
        named = dict.fromkeys(fold_code(mark.text) for mark in marks)
        yield {
            "id": edition.addresses.clause_id(number, catalogue.key),
            "number": number,
            "level": clause.level,
            "title": edition.bilingual(clause.title),
            "unverified": edition.shown_lang in clause.unverified,
            "checked": clause.checked,
            "maintain": clause.maintain,
            "retain": clause.retain,
            "address": edition.addresses.answers_of(catalogue.key).get(number),
            "covered": row.clause.text if row and not own else "",
            "excluded": is_excluded,
            "documents": edition.documents(marks),
            "keys": {} if is_excluded else named,
            **_own_values(edition, own),
        }


def _documents_of(rows: tuple[CoverageRow, ...]) -> tuple[LocatedText, ...]:
    """The documents that some rows name, each once."""
    marks = (mark for row in rows for mark in row.documents)
    return tuple({fold_code(mark.text): mark for mark in marks}.values())


def _own_values(edition: Edition, row: CoverageRow | None) -> Values:
    """What only the clause of a row shows, and not the clauses below it that the row covers."""
    if row is None:
        empty: Values = {"section": None, "reason": "", "external": (), "records": ()}
        return empty | {"role": "", "note": ""}
    return {
        "section": _section(edition, row),
        "reason": text_of(row.excluded),
        "external": edition.externals(row.external),
        "records": edition.records(row.records),
        "role": edition.role(row.role),
        "note": row.note,
    }


def _section(edition: Edition, row: CoverageRow) -> PageLink | None:
    """The section of the manual that answers a row."""
    if row.section is None:
        return None
    section = edition.addresses.named_section(row.section.text)
    if section is None:
        return None
    return PageLink(section.title, edition.addresses.section(section), section.number)


def _transition(edition: Edition, transition: Transition) -> Values:
    """The way from one edition of a standard to the next, line by line."""
    old = edition.manual.catalogues.get(transition.old)
    new = edition.manual.catalogues.get(transition.new)
    lines: list[Values] = []
    named: set[str] = set()
    for line in transition.lines:
        old_numbers = [mark.text for mark in line.old]
        lines.append(
            {
                "kind": line.kind,
                "old": tuple(_clause(edition, old, name, transition.old) for name in old_numbers),
                "new": _new_clauses(edition, new, line.new, named),
                "documents": _documents(edition, old, old_numbers),
                "comment": edition.bilingual(line.comment),
                "unverified": line.unverified or transition.unverified,
            }
        )
        named.update(mark.text for mark in line.new)
    return {
        "transition": transition,
        "old": old,
        "new": new,
        "note": transition.note,
        "lines": tuple(lines),
    }


def _new_clauses(
    edition: Edition, catalogue: Catalogue | None, marks: Sequence[LocatedText], named: set[str]
) -> tuple[tuple[str, PageLink], ...]:
    """The clauses of the new edition, each with its HTML id; "" where the page has `named` it."""
    clauses = []
    for mark in marks:
        anchor = "" if mark.text in named else clause_id(mark.text)
        clauses.append((anchor, _clause(edition, catalogue, mark.text, "")))
    return tuple(clauses)


def _clause(edition: Edition, catalogue: Catalogue | None, number: str, linked: str) -> PageLink:
    """A clause by number and title; `linked`: the catalogue in which it has a place, or ""."""
    words, address = "", None
    if catalogue and number in catalogue.clauses:
        words = edition.bilingual(catalogue.clauses[number].title)
    if linked:
        address = edition.addresses.clause(number, linked)
    return PageLink(words, address, number)


def _documents(
    edition: Edition, catalogue: Catalogue | None, numbers: Sequence[str]
) -> tuple[PageLink, ...]:
    """The documents that answer clauses of the old edition: those to be looked at when it goes."""
    if catalogue is None:
        return ()
    keys: dict[str, None] = {}
    for row in edition.rows_of(catalogue):
        if row.clause.text in numbers:
            keys |= dict.fromkeys(fold_code(mark.text) for mark in row.documents)
    return tuple(map(edition.document, keys))
