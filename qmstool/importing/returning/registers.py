"""Take a register back that was exported to Excel and edited there: only changed cells change.

What goes in: the rows of a sheet, the register as it was exported and as it is now, and who knows
where its facts are kept (`Keeper`). What comes out: each changed cell with its place, and the
replacements. A row that is gone takes nothing out: that is a decision. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qmstool.frozen import NamedTuple, dataclass
from qmstool.i18n import Text
from qmstool.importing.returning.edits import FileEdits
from qmstool.importing.returning.result import ReturnedChange
from qmstool.releases.canonical_yaml import scalar
from qmstool.tables.external_and_records import EXTERNAL, RECORDS
from qmstool.tables.registers import FORMS, INTERNAL, NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.parsing.source import SourceFile
    from qmstool.tables.registers import Columns

    Rows = Mapping[str, Mapping[str, str]]  # by the key of an entry, its cells by column

HALF = 0.5  # share of cells from which two rows of different names are one that was renamed
LANGS: tuple[Lang, ...] = ("vi", "en")
UNKNOWN_WORDS = frozenset({NOT_KNOWN.get(lang) for lang in LANGS} | {""})
MOVED_ON = Text(
    "XUNG ĐỘT: từ khi xuất, ô này trong danh mục đã đổi thành «{now}»; để nguyên.",
    "CONFLICT: since the export this cell has become «{now}» in the register; it is left so.",
)


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A register that can come back: its name for the command line, columns, what names a row."""

    name: str
    columns: Columns
    names: tuple[str, ...]

    @property
    def of_documents(self) -> bool:
        """Whether its rows are documents, whose facts stand at the head of each."""
        return self.names[0] == "code"


KINDS = (
    RegisterKind("external", EXTERNAL, ("number", "title")),
    RegisterKind("records", RECORDS, ("title", "form")),
    RegisterKind("internal", INTERNAL, ("code", "title")),
    RegisterKind("forms", FORMS, ("code", "title")),
)


class KeptPlace(NamedTuple):
    """Where a value stands in a file; `form`: how it is written there."""

    source: SourceFile
    start: int
    end: int
    form: Callable[[str], str] = scalar


class Keeper(Protocol):
    """Knows where the facts of a register are kept, and what may be changed from Excel.

    `row_added`, `row_gone`: what is told of rows that came and went.
    """

    row_added: Text
    row_gone: Text

    def places(self, key: str, column: str) -> Sequence[KeptPlace] | Text:
        """Return where a value of an entry is kept, or why it is not changed from Excel."""

    def written(self, column: str, value: str) -> str | Text:
        """Return a value as the file keeps it, or why it cannot be one."""


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
        found = [
            (places, kind, lang)
            for kind in KINDS
            for lang in LANGS
            if (places := _places_of(heads, kind, lang))
        ]
        if not found:
            continue
        places, kind, lang = max(found, key=lambda each: len(each[0]))
        under = [
            {key: line[at].strip() for key, at in places.items() if at < len(line)}
            for line in rows[number + 1 :]
        ]
        return SheetRows(kind, lang, tuple(line for line in under if any(line.values())))
    return None


def _places_of(heads: Sequence[str], kind: RegisterKind, lang: Lang) -> dict[str, int]:
    """Return column → place among heads; {} where most of a register's columns are not there."""
    known = {text.get(lang).casefold(): key for key, text in kind.columns}
    places = {known[head]: at for at, head in enumerate(heads) if head in known}
    return places if len(places) * 2 > len(known) and kind.names[0] in places else {}


def take_rows(
    sheet: SheetRows, before: Rows, now: Rows, keeper: Keeper
) -> tuple[list[ReturnedChange], dict[str, FileEdits]]:
    """Return the changes of a sheet, and the edits by file.

    `before`, `now`: the register as it was exported, and as it is.
    """
    return _RegisterTaker(sheet, before, now, keeper).take()


class _RegisterTaker:
    def __init__(self, sheet: SheetRows, before: Rows, now: Rows, keeper: Keeper) -> None:
        self._sheet = sheet
        self._before = before
        self._now = now
        self._keeper = keeper
        self._edits: dict[str, FileEdits] = {}
        self._changes: list[ReturnedChange] = []

    def take(self) -> tuple[list[ReturnedChange], dict[str, FileEdits]]:
        keeper, pairs = self._keeper, self._pairs()
        for at, row in enumerate(self._sheet.rows):
            if at not in pairs:
                words = " | ".join(value for value in row.values() if value)
                self._changes.append(
                    ReturnedChange("added", "", "", words, "", 0, keeper.row_added)
                )
                continue
            for column, value in row.items():
                self._take_cell(pairs[at], column, value)
        for key in self._before.keys() - set(pairs.values()):
            name = _name(self._before[key], self._sheet.kind)
            self._changes.append(ReturnedChange("removed", "", name, "", "", 0, keeper.row_gone))
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
        now = self._now.get(key, {}).get(column, "")
        if _same(before, value) or _same(now, value):
            return
        name = _name(self._before[key], self._sheet.kind)
        places = self._keeper.places(key, column)
        if not isinstance(places, Text) and not _same(now, before):
            places = MOVED_ON.fill({"now": now})
        written = value if isinstance(places, Text) else self._keeper.written(column, value)
        if isinstance(places, Text) or isinstance(written, Text):
            note = places if isinstance(places, Text) else written
            assert isinstance(note, Text)
            self._changes.append(ReturnedChange("changed", name, before, value, "", 0, note))
            return
        for place in places:
            edits = self._edits.setdefault(place.source.path, FileEdits())
            edits.put(place.start, place.end, place.form(written))
        first = places[0]
        line = first.source.line_and_column(first.start)[0]
        path = first.source.path
        self._changes.append(ReturnedChange("changed", name, before, value, path, line))


def _name(row: Mapping[str, str], kind: RegisterKind) -> str:
    """Return by what a row is found again: its number or code, its title where that is unknown."""
    first, second = (row.get(column, "") for column in kind.names)
    return second if first in UNKNOWN_WORDS else first


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _agreement(before: Mapping[str, str], row: Mapping[str, str]) -> float:
    """Return the share of cells that agree, of those that say something in either row."""
    told = [key for key, value in row.items() if not {before.get(key, ""), value} <= UNKNOWN_WORDS]
    return sum(_same(before.get(key, ""), row[key]) for key in told) / max(len(told), 1)
