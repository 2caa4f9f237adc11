"""Every way to break a manual in one place: citations, codes, names, clause keys, anchors, links,
images, required keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmstool.parsing.yaml import record_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from qmstool.findings import Location
    from qmstool.manual.model import Manual
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText, Node
    from qmstool.parsing.yaml.records import Record
    from qmstool.parsing.yaml.schema import Schema
    from qmstool.references.model import Reference, References
    from qmstool.rules.base.name_uses import NameKind


@dataclass(frozen=True)
class Break:
    """One replacement of `source.text[start:end]`, and the place where the checker must point."""

    kind: str
    source: SourceFile
    start: int
    end: int
    text: str
    place: tuple[str, int, int]

    @property
    def file(self) -> bytes:
        """The broken file."""
        whole = self.source.text
        return (whole[: self.start] + self.text + whole[self.end :]).encode()

    def __str__(self) -> str:
        path, line, column = self.place
        return (
            f"{self.kind} at {path}:{line}:{column}: «{self.source.text[self.start : self.end]}» "
            f"→ «{self.text}»"
        )


def of_references(references: References) -> Iterator[Break]:
    """Citations of running text, links and images."""
    for each in references.all:
        source = each.file.source
        where = _place(each.location)
        said = source.text[each.start : each.end]
        if each.kind in {"link", "image"}:
            yield Break(each.kind, source, each.start, each.end, f"{said}x", where)
            continue
        broken = _misspelt(each, said)
        if broken is not None:
            kind = {"number": "number citation", "code": "code citation", "name": "name citation"}[
                each.kind
            ]
            yield Break(kind, source, each.start, each.end, broken, where)


def _misspelt(reference: Reference, said: str) -> str | None:
    """A citation with one slip in it; None where what is left would be a citation still."""
    if reference.kind == "name" and reference.target and reference.target.kind == "catalogue":
        return said.replace("2015", "2051") if "2015" in said else None
    if reference.kind == "name" or said.isalpha():
        return said[:1] + ("Z" if said.isupper() else "x") + said[2:]
    at = max(place for place, char in enumerate(said) if char.isdigit())
    first = next(place for place, char in enumerate(said) if char.isdigit())
    return (
        said[:at] + "9" + said[at + 1 :]
        if reference.kind == "code" and "/" not in said
        else said[:first] + "99" + said[first:]
    )


def of_codes(manual: Manual) -> Iterator[Break]:
    """The codes (or keys) by which documents are what they are."""
    for document in manual.documents.values():
        mark = document.mark
        text = f"{mark.text}x" if document.code else f"{mark.text}-x"
        yield Break("code", mark.source, *_inside(mark), text, _place(mark.location))


def of_names(manual: Manual, named: Mapping[NameKind, tuple[LocatedText, ...]]) -> Iterator[Break]:
    """Every word of the data that names something defined elsewhere."""
    for kind, marks in named.items():
        for mark in marks:
            yield Break(
                f"{kind} named", mark.source, *_inside(mark), f"{mark.text}x", _place(mark.location)
            )
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            if row.section is not None:
                where = _place(row.section.location)
                yield Break(
                    "section named",
                    row.section.source,
                    *_inside(row.section),
                    f"9{row.section.text}",
                    where,
                )


def of_clauses(manual: Manual) -> Iterator[Break]:
    """Clause numbers: keys of the mapping, `covers`, catalogues, process map, transitions."""
    marks: list[tuple[str, LocatedText]] = []
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            marks += [("clause key", row.clause), *(("clause named", mark) for mark in row.covers)]
    for process in manual.process_map.processes.values() if manual.process_map else ():
        marks += [("clause named", mark) for mark in process.clauses]
    for transition in manual.transitions.values():
        for line in transition.lines:
            marks += [("clause named", mark) for mark in (*line.old, *line.new)]
    for kind, mark in marks:
        yield Break(kind, mark.source, *_inside(mark), f"9{mark.text}", _place(mark.location))
    for catalogue in manual.catalogues.values():
        for clause in catalogue.clauses.values():
            yield Break(
                "clause key",
                clause.mark.source,
                *_inside(clause.mark),
                f"{clause.number}x",
                _place(clause.mark.location),
            )


def of_anchors(manual: Manual) -> Iterator[Break]:
    """Explicit anchors, each made the same as the one before it, or as the title's where it is
    alone.
    """
    for document in manual.documents.values():
        for file in document.files:
            others = [heading.anchor for heading in file.page.headings]
            for at, heading in enumerate(file.page.headings):
                typed = (heading.id_start, heading.id_end) != (heading.start, heading.end)
                if at and typed:
                    where = _place(file.source.locate(heading.id_start, heading.id_end))
                    yield Break(
                        "anchor",
                        file.source,
                        heading.id_start,
                        heading.id_end,
                        others[at - 1] or others[1],
                        where,
                    )


def of_keys(watched: list[tuple[Schema, Record]]) -> Iterator[Break]:
    """Required keys of every mapping that was read by a shape."""
    for shape, entry in watched:
        for field in shape.fields:
            mark = entry.keys.get(field.name)
            if field.required and mark is not None:
                yield Break(
                    "required key",
                    mark.source,
                    *_inside(mark),
                    f"{mark.text}x",
                    _place(mark.location),
                )


def watch(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Schema, Record]]:
    """From now on, keep every mapping that is read by a shape."""
    watched: list[tuple[Schema, Record]] = []
    plain = record_reader.RecordReader.record

    def entry(
        reader: record_reader.RecordReader, node: Node, shape: Schema, *where: LocatedText
    ) -> Record:
        got = plain(reader, node, shape, *where)
        watched.append((shape, got))
        return got

    monkeypatch.setattr(record_reader.RecordReader, "record", entry)
    return watched


def _place(where: Location) -> tuple[str, int, int]:
    return where.path, where.line, where.column


def _inside(mark: LocatedText) -> tuple[int, int]:
    """The words of a mark without their quotes."""
    quoted = mark.source.text[mark.start] in "\"'"
    return (mark.start + 1, mark.end - 1) if quoted else (mark.start, mark.end)
