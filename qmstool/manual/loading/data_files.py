"""Read data files of a manual by their schemas, and collect what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.source import SourceFile
from qmstool.storage import resources

if TYPE_CHECKING:
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record
    from qmstool.parsing.yaml.schema import Schema


class DataReader:
    """Reads data files by their schemas, adding what does not fit to `problems`."""

    def __init__(self, sources: dict[str, SourceFile], problems: list[LoadError]) -> None:
        self.sources = sources
        self.problems = problems

    def record(self, source: SourceFile, schema: Schema) -> Record:
        """Return a whole file; an empty record where it cannot be read at all."""
        from qmstool.parsing.yaml.record_reader import read_source  # noqa: PLC0415 - most checks read none

        record, errors = read_source(source, schema)
        self.problems += errors
        return record

    def file(self, path: str, schema: Schema) -> Record | None:
        """Return a file of the manual; None where there is none."""
        return self.record(self.sources[path], schema) if path in self.sources else None

    def shared_file(self, folder: str, mark: LocatedText) -> SourceFile | None:
        """Return the file `clauses/<folder>/<name>.yml` that a mark of the manifest names.

        The manual's own before the package's; a problem at the mark where neither has it.
        """
        path = f"clauses/{folder}/{mark.text}.yml"
        source = self.find(path)
        if source is None:
            names = resources.list_names(f"clauses/{folder}")
            known = [name.removesuffix(".yml") for name in names]
            values = {"name": mark.text, "path": path}
            violation = Violation(mark.location, values, nearest_name(mark.text, known))
            self.problems.append(LoadError("no-catalogue", violation))
        return source

    def find(self, path: str) -> SourceFile | None:
        """Return a catalogue or transition: the manual's own, else the packaged one."""
        if path in self.sources:
            return self.sources[path]
        data = resources.find(None, path)
        return SourceFile(path, data) if data is not None else None
