"""Collect rows of registers from the tables and texts of many files: the first of each name stays.

What goes in: what tables list, entries. What comes out: rows by register file,
and lines of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.result import READ, Line
from qmstool.importing.workbooks.found_tables import TableKind
from qmstool.manual.registers import ABBREVIATIONS_FILE, EXTERNALS_FILE, RECORDS_FILE
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.importing.names import Names
    from qmstool.importing.workbooks.registers import Entry, ReadRegister

UNKNOWN = "unknown"
FILES = {
    TableKind.RECORDS: RECORDS_FILE,
    TableKind.EXTERNAL: EXTERNALS_FILE,
    TableKind.ABBREVIATIONS: ABBREVIATIONS_FILE,
}


class Rows:
    """The rows of all registers."""

    def __init__(self) -> None:
        self.by_file: dict[str, dict[str, Mapping[str, str]]] = {}
        self.lines: list[Line] = []

    def add_register(self, name: str, read: ReadRegister) -> bool:
        """Add what a table lists; return whether it is one of these registers."""
        target = FILES.get(read.kind)
        if target is not None:
            self.add(target, read.entries, name)
        return target is not None

    def add(self, target: str, entries: Iterable[Entry], name: str) -> list[Entry]:
        """Add entries to a register; return those that are new."""
        rows = self.by_file.setdefault(target, {})
        new = []
        for entry in entries:
            if entry.key and entry.key not in rows:
                rows[entry.key] = entry.values
                new.append(entry)
                words = " · ".join(value for value in entry.values.values() if value != UNKNOWN)
                self.lines.append(Line(READ, name, entry.place, target, Text(words, words), 2))
        return new

    def settle_records(self, form_codes: Iterable[str], names: Names) -> None:
        """Name in records only forms and units that the manual has; other words become a note."""
        forms = {fold_code(code): code for code in form_codes}
        for key, values in self.by_file.get(RECORDS_FILE, {}).items():
            form = forms.get(fold_code(values.get("form", "")), "")
            owner = names.unit(values.get("owner", ""))
            settled = {
                name: value for name, value in values.items() if name not in {"form", "owner"}
            }
            if form:
                settled["form"] = form
            settled["owner"] = owner or UNKNOWN
            unclear = [
                values.get(name, UNKNOWN)
                for name, known in (("form", form), ("owner", owner))
                if not known
            ]
            note = "; ".join(word for word in unclear if word != UNKNOWN)
            if note:
                settled["note"] = note
            self.by_file[RECORDS_FILE][key] = settled
