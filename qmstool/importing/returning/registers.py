"""Take a register back that was exported to Excel and edited there: only changed cells change.

What goes in: the rows of a sheet, the register as it was exported and as it is now, and the file
that keeps it. What comes out: each changed cell with its place, and the replacements. A row that is
gone takes nothing out: that is a decision. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.importing.returning.edits import FileEdits
from qmstool.importing.returning.result import ReturnedChange
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.composer import compose
from qmstool.parsing.yaml.nodes import Mapping as MappingNode
from qmstool.parsing.yaml.nodes import Scalar
from qmstool.releases.canonical_yaml import scalar
from qmstool.tables.external_and_records import (
    EXTERNAL,
    RECORDS,
    external_register,
    records_register,
)
from qmstool.tables.registers import EXTERNAL_STATUS, NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.parsing.source import SourceFile
    from qmstool.tables.registers import Columns, Table

HALF = 0.5  # share of cells from which two rows of different names are one that was renamed
LANGS: tuple[Lang, ...] = ("vi", "en")
CELL_BY_HAND = Text(
    "Cột này không ghi thẳng trong danh mục; hãy sửa bằng tay.",
    "This column does not stand in the register as it is shown; make this change by hand.",
)
MOVED_ON = Text(
    "XUNG ĐỘT: từ khi xuất, ô này trong danh mục đã đổi thành «{now}»; để nguyên.",
    "CONFLICT: since the export this cell has become «{now}» in the register; it is left so.",
)
ROW_ADDED = Text(
    "Dòng mới: chạy qmstool import với tệp này (không có --update) để thêm.",
    "A new row: run qmstool import on this file (without --update) to add it.",
)
ROW_GONE = Text(
    "Dòng bị xóa trong Excel: không xóa khỏi danh mục; nếu đúng là bỏ, hãy xóa bằng tay.",
    "The row is gone in Excel: it is not taken out of the register; if it is to go, do so by hand.",
)


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A register that can come back: its file, its key there, its columns, what names a row."""

    path: str
    key: str
    columns: Columns
    names: tuple[str, ...]

    def table(self, manual: Manual, lang: Lang) -> Table:
        """Return the register as it is exported."""
        if self.key == "documents":
            return external_register(manual, lang)
        return records_register(manual, lang)

    def entries(self, manual: Manual) -> tuple[str, ...]:
        """Return the keys of its entries, in the order of its rows."""
        return tuple(manual.externals if self.key == "documents" else manual.records)


KINDS = (
    RegisterKind("procedures/external.yml", "documents", EXTERNAL, ("number", "title")),
    RegisterKind("procedures/records.yml", "records", RECORDS, ("title", "form")),
)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet: which register they are of, in which language, values by column."""

    kind: RegisterKind
    lang: Lang
    rows: tuple[Mapping[str, str], ...]


def read_rows(rows: Sequence[Sequence[str]]) -> SheetRows | None:
    """Return the rows of a sheet that has the heads of a register; None for another sheet."""
    for number, row in enumerate(rows):
        heads = [" ".join(cell.split()).casefold() for cell in row]
        for kind in KINDS:
            for lang in LANGS:
                known = {text.get(lang).casefold(): key for key, text in kind.columns}
                places = {known[head]: at for at, head in enumerate(heads) if head in known}
                if len(places) * 2 <= len(known) or kind.names[0] not in places:
                    continue
                under = [
                    {key: line[at].strip() for key, at in places.items() if at < len(line)}
                    for line in rows[number + 1 :]
                ]
                return SheetRows(kind, lang, tuple(line for line in under if any(line.values())))
    return None


def take_rows(
    sheet: SheetRows, exported: Manual, now: Manual, source: SourceFile
) -> tuple[list[ReturnedChange], FileEdits]:
    """Return the changes of a sheet, and the edits of its register's file `source`."""
    return _RegisterTaker(sheet, exported, now, source).take()


class _RegisterTaker:
    def __init__(self, sheet: SheetRows, exported: Manual, now: Manual, source: SourceFile) -> None:
        self._sheet = sheet
        self._before = _rows_by_key(sheet.kind, exported, sheet.lang)
        self._now = _rows_by_key(sheet.kind, now, sheet.lang)
        self._manual = now
        self._source = source
        self._edits = FileEdits()
        self._changes: list[ReturnedChange] = []

    def take(self) -> tuple[list[ReturnedChange], FileEdits]:
        pairs = self._pairs()
        for at, row in enumerate(self._sheet.rows):
            if at not in pairs:
                words = " | ".join(value for value in row.values() if value)
                self._changes.append(ReturnedChange("added", "", "", words, "", 0, ROW_ADDED))
                continue
            for column, value in row.items():
                self._take_cell(pairs[at], column, value)
        for key in self._before.keys() - set(pairs.values()):
            name = _name(self._before[key], self._sheet.kind)
            self._changes.append(ReturnedChange("removed", "", name, "", "", 0, ROW_GONE))
        return self._changes, self._edits

    def _pairs(self) -> dict[int, str]:
        """Return index of a row → key of its entry: by its name, else where most cells agree."""
        by_name: dict[str, list[str]] = {}
        for key, row in self._before.items():
            by_name.setdefault(_name(row, self._sheet.kind), []).append(key)
        pairs: dict[int, str] = {}
        for at, line in enumerate(self._sheet.rows):
            named = by_name.get(_name(line, self._sheet.kind), [])
            if named:
                pairs[at] = named.pop(0)
        left = [key for keys in by_name.values() for key in keys]
        for at, line in enumerate(self._sheet.rows):
            if at in pairs:
                continue
            shares = {key: _agreement(self._before[key], line) for key in left}
            likest = max(shares, key=shares.__getitem__, default="")
            if shares.get(likest, 0.0) > HALF:
                pairs[at] = likest
                left.remove(likest)
        return pairs

    def _take_cell(self, key: str, column: str, value: str) -> None:
        before = self._before[key].get(column, "")
        if _same(before, value):
            return
        now = self._now.get(key, {}).get(column, "")
        section = _name(self._before[key], self._sheet.kind)
        if _same(now, value):
            return
        note: Text | None = None
        place = self._place(key, column)
        if not _same(now, before):
            note = MOVED_ON.fill({"now": now})
        elif place is None:
            note = CELL_BY_HAND
        if place is None or note is not None:
            self._changes.append(ReturnedChange("changed", section, before, value, "", 0, note))
            return
        written = self._written(column, value)
        self._edits.put(place[0], place[1], scalar(written))
        line = self._source.line_and_column(place[0])[0]
        path = self._source.path
        self._changes.append(ReturnedChange("changed", section, before, value, path, line))

    def _written(self, column: str, value: str) -> str:
        """Return a value as the register keeps it: words for what is not known, for a status."""
        lang = self._sheet.lang
        if not value or _same(value, NOT_KNOWN.get(lang)):
            return UNKNOWN
        if column == "status":
            known = {text.get(lang).casefold(): key for key, text in EXTERNAL_STATUS.items()}
            return known.get(value.casefold(), value)
        if column == "owner":
            units = {unit.name.casefold(): key for key, unit in self._manual.config.units.items()}
            return units.get(value.casefold(), value)
        return value

    def _place(self, key: str, column: str) -> tuple[int, int] | None:
        """Return where the value of a column stands in the file, None where it is no one word."""
        root, _ = compose(self._source)
        node = root
        for name in (self._sheet.kind.key, key, column):
            if not isinstance(node, MappingNode):
                return None
            node = next(
                (
                    value
                    for mark, value in zip(node.keys, node.values, strict=True)
                    if mark.text == name
                ),
                None,
            )
        return (node.mark.start, node.mark.end) if isinstance(node, Scalar) else None


def _rows_by_key(kind: RegisterKind, manual: Manual, lang: Lang) -> dict[str, dict[str, str]]:
    """Return the rows of a register by the keys of their entries."""
    columns = [key for key, _ in kind.columns]
    rows = kind.table(manual, lang).rows
    keys = kind.entries(manual)
    return {key: dict(zip(columns, row, strict=True)) for key, row in zip(keys, rows, strict=False)}


def _name(row: Mapping[str, str], kind: RegisterKind) -> str:
    """Return by what a row is found again: its number, its title where that is not known."""
    unknown = {NOT_KNOWN.get(lang) for lang in LANGS} | {""}
    first, second = (row.get(column, "") for column in kind.names)
    if kind.names[0] == "number" and first in unknown:
        return second
    return first


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _agreement(before: Mapping[str, str], row: Mapping[str, str]) -> float:
    """Return the share of cells that agree, of those that say something in either row."""
    unknown = {NOT_KNOWN.get(lang) for lang in LANGS} | {""}
    told = [key for key, value in row.items() if not {before.get(key, ""), value} <= unknown]
    return sum(_same(before.get(key, ""), row[key]) for key in told) / max(len(told), 1)
