"""The data files of a manual (catalogues, mapping, registers, map, abbreviations) → values of the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.manual import schema as shapes
from qmstool.manual.model import (
    Abbreviation,
    Catalogue,
    Clause,
    Coverage,
    CoverageRow,
    ExternalDocument,
    Flow,
    OutsideParty,
    Process,
    ProcessMap,
    RetainedRecord,
    Transition,
    TransitionLine,
)
from qmstool.parsing import similar
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, record_reader
from qmstool.parsing.yaml import records as entries
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Config
    from qmstool.parsing.yaml.records import Record
    from qmstool.parsing.yaml.schema import Schema

MAPPING_PATH = re.compile(r"clauses/mapping/[^/]+\.yml")
EXTERNALS_FILE = "procedures/external.yml"
RECORDS_FILE = "procedures/records.yml"
PROCESS_MAP_FILE = "manual/process-map.yml"
ABBREVIATIONS_FILE = "manual/abbreviations.yml"


class DataReader:
    """Reads data files by their shapes, adding what does not fit to `problems`."""

    def __init__(self, sources: dict[str, SourceFile], problems: list[LoadError]) -> None:
        self.sources = sources
        self.problems = problems

    def record(self, source: SourceFile, shape: Schema) -> Record:
        """One whole file by its shape."""
        node, problems = composer.compose(source)
        self.problems += problems
        if node is None and problems:
            return entries.Record(LocatedText("", source, 0, 0), {}, {})
        entry, problems = record_reader.read_record(node, shape, LocatedText("", source, 0, 0))
        self.problems += problems
        return entry

    def file(self, path: str, shape: Schema) -> Record | None:
        """A file of the manual by its shape; None where there is none."""
        return self.record(self.sources[path], shape) if path in self.sources else None

    # --- standards ---

    def catalogues(
        self, config: Config, transitions: dict[str, Transition]
    ) -> dict[str, Catalogue]:
        """The catalogues and amendments that the manifest names, and the next editions that transitions lead to."""
        wanted = {
            mark.text: mark
            for standard in config.standards
            for mark in (standard.catalogue, *standard.amendments)
        }
        found = {}
        for key, mark in wanted.items():
            source = self.kept("catalogues", key, mark)
            if source is not None:
                found[key] = self.catalogue(key, source)
        for transition in transitions.values():
            source = self.find(f"clauses/catalogues/{transition.new}.yml")
            if source is not None and transition.new not in found:
                found[transition.new] = self.catalogue(transition.new, source)
        return found

    def find(self, path: str) -> SourceFile | None:
        """A catalogue or transition: the manual's own, else the packaged one."""
        if path in self.sources:
            return self.sources[path]
        data = resources.find(None, path)
        return SourceFile(path, data) if data is not None else None

    def kept(self, folder: str, key: str, mark: LocatedText) -> SourceFile | None:
        """The file that a mark of the manifest names; a problem at the mark where nobody keeps it."""
        path = f"clauses/{folder}/{key}.yml"
        source = self.find(path)
        if source is None:
            known = [
                name.removesuffix(".yml") for name in resources.list_names(f"clauses/{folder}")
            ]
            fault = Violation(
                mark.location, {"name": key, "path": path}, similar.nearest_name(key, known)
            )
            self.problems.append(LoadError("no-catalogue", fault))
        return source

    def catalogue(self, key: str, source: SourceFile) -> Catalogue:
        """One catalogue file."""
        entry = self.record(source, shapes.CATALOGUE)
        clauses = {mark.text: _clause(mark, each) for mark, each in entry.keyed("clauses")}
        for clause in clauses.values():
            if clause.parent and clause.parent not in clauses:
                self.problems.append(
                    LoadError(
                        "clause-without-parent",
                        Violation(
                            clause.mark.location, {"clause": clause.number, "parent": clause.parent}
                        ),
                    )
                )
        title = entry.bilingual("title")
        return Catalogue(
            key=key,
            standard=entry.text("standard"),
            edition=entry.text("edition"),
            title=title or Text(key, key),
            cited_as=tuple(mark.text for mark in entry.list("cited_as")),
            note=entry.bilingual("note"),
            unverified=entry.flag("unverified"),
            clauses=clauses,
            amends=entry.text("amends") or None,
            changes={
                mark.text: (each.text("kind"), each.bilingual("comment"))
                for mark, each in entry.keyed("changes")
            },
            asks={
                mark.text: ask
                for name in ("clauses", "changes")
                for mark, each in entry.keyed(name)
                if (ask := each.bilingual("ask"))
            },
        )

    def transitions(self, config: Config) -> dict[str, Transition]:
        """The transitions that the manifest names."""
        found = {}
        for mark in (each.transition for each in config.standards):
            source = self.kept("transitions", mark.text, mark) if mark else None
            if mark and source is not None:
                found[mark.text] = _transition(mark.text, self.record(source, shapes.TRANSITION))
        return found

    def coverage(self) -> dict[str, Coverage]:
        """The mapping files, by the catalogue they answer."""
        found = {}
        for path in sorted(self.sources):
            if MAPPING_PATH.fullmatch(path):
                entry = self.record(self.sources[path], shapes.MAPPING)
                catalogue = entry.get("catalogue")
                if catalogue is not None:
                    rows = {mark.text: _row(mark, each) for mark, each in entry.keyed("clauses")}
                    found[catalogue.text] = Coverage(catalogue, rows, self.sources[path])
        return found

    # --- registers ---

    def externals(self) -> dict[str, ExternalDocument]:
        """The register of external documents."""
        entry = self.file(EXTERNALS_FILE, shapes.EXTERNALS)
        return (
            {mark.text: _external(mark, each) for mark, each in entry.keyed("documents")}
            if entry
            else {}
        )

    def records(self) -> dict[str, RetainedRecord]:
        """The register of records."""
        entry = self.file(RECORDS_FILE, shapes.RECORDS)
        return (
            {
                mark.text: RetainedRecord(mark.text, each.text("title", mark.text), each, mark)
                for mark, each in entry.keyed("records")
            }
            if entry
            else {}
        )

    def process_map(self) -> ProcessMap | None:
        """The process map."""
        entry = self.file(PROCESS_MAP_FILE, shapes.PROCESS_MAP)
        if entry is None:
            return None
        empty = Text("", "")
        flows = tuple(_flows(entry))
        return ProcessMap(
            title=entry.bilingual("title") or empty,
            note=entry.text("note"),
            groups={
                mark.text: (each.bilingual("name") or Text(mark.text, mark.text), mark)
                for mark, each in entry.keyed("groups")
            },
            parties={mark.text: _party(mark, each, flows) for mark, each in entry.keyed("parties")},
            processes={mark.text: _process(mark, each) for mark, each in entry.keyed("processes")},
            flows=flows,
            source=self.sources[PROCESS_MAP_FILE],
        )

    def abbreviations(self) -> dict[str, Abbreviation]:
        """The abbreviations, in the order of the file."""
        entry = self.file(ABBREVIATIONS_FILE, shapes.ABBREVIATIONS)
        if entry is None:
            return {}
        return {
            mark.text: Abbreviation(
                mark.text, each.text("expansion"), each.flag("inferred"), each.text("note"), mark
            )
            for mark, each in entry.keyed("abbreviations")
        }


def _party(mark: LocatedText, entry: Record, flows: tuple[Flow, ...]) -> OutsideParty:
    """A party of the map; where its side is not said, the side on which its flows run."""
    gives = any(each.source.text == mark.text for each in flows)
    takes = any(each.target.text == mark.text for each in flows)
    side = "both" if gives and takes else "out" if takes else "in"
    return OutsideParty(
        mark.text,
        entry.bilingual("name") or Text(mark.text, mark.text),
        entry.text("side", side),
        mark,
    )


def _clause(mark: LocatedText, entry: Record) -> Clause:
    vi, en = entry.text("vi"), entry.text("en")
    title = Text(vi or en, en or vi) if vi or en else None
    parent = mark.text.rpartition(".")[0]
    marks = tuple(each.text for each in entry.list("unverified"))
    return Clause(
        mark.text,
        parent,
        title,
        entry.text("maintain"),
        entry.text("retain"),
        entry.bilingual("comment"),
        marks,
        mark,
    )


def _transition(key: str, entry: Record) -> Transition:
    lines = tuple(
        TransitionLine(
            each.text("kind"),
            each.list("from"),
            each.list("to"),
            each.bilingual("comment"),
            each.flag("unverified"),
        )
        for each in entry.entries("lines")
    )
    return Transition(
        key,
        entry.text("from"),
        entry.text("to"),
        entry.flag("unverified"),
        entry.bilingual("note"),
        lines,
    )


def _row(mark: LocatedText, entry: Record) -> CoverageRow:
    excluded = entry.record("excluded")
    reason = None
    if excluded is not None:
        reason = excluded.get("reason") or LocatedText(
            "", mark.source, excluded.mark.start, excluded.mark.start
        )
    return CoverageRow(
        clause=mark,
        section=entry.get("section"),
        documents=entry.list("documents"),
        external=entry.list("external"),
        records=entry.list("records"),
        role=entry.get("role"),
        covers=entry.list("covers"),
        excluded=reason,
        note=entry.text("note"),
    )


def _external(mark: LocatedText, entry: Record) -> ExternalDocument:
    return ExternalDocument(
        key=mark.text,
        number=entry.text("number", "unknown"),
        type=entry.text("type"),
        issuer=entry.text("issuer"),
        title=entry.text("title", mark.text),
        status=entry.text("status", "unknown"),
        names=entry.list("names"),
        amended_by=entry.list("amended_by"),
        superseded_by=entry.list("superseded_by"),
        record=entry,
        mark=mark,
    )


def _process(mark: LocatedText, entry: Record) -> Process:
    return Process(
        key=mark.text,
        title=entry.bilingual("title") or Text(mark.text, mark.text),
        group=entry.get("group") or LocatedText("", mark.source, mark.start, mark.end),
        owner=entry.get("owner"),
        procedure=entry.get("procedure"),
        inputs=entry.list("inputs"),
        outputs=entry.list("outputs"),
        clauses=entry.list("clauses"),
        note=entry.text("note"),
        mark=mark,
    )


def _flows(entry: Record) -> Iterator[Flow]:
    for each in entry.entries("flows"):
        source, target = each.get("from"), each.get("to")
        if source is not None and target is not None:
            yield Flow(source, target, each.bilingual("item"))
