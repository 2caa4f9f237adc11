"""Collect who is to hold which document: rows of registers of distribution, and «Nơi nhận».

What goes in: rows as registers have them. What comes out: for a document the value of
`distribution` at its head, and a line of the report for each row. The number of a copy and its day
belong into the ledger of copies, which names a release: of these the report gives the command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from qmstool import shell
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.importing.naming import read_date, slug
from qmstool.importing.recognized import compiled
from qmstool.importing.result import LEFT_OUT, READ, UNSURE, Line
from qmstool.parsing.codes import fold_code
from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.importing.names import Names
    from qmstool.importing.workbooks.registers import Entry, ReadRegister

_HOLDERS = re.compile(r"^distribution:.*(?:\n[ \t-].*)*", re.MULTILINE)
_PAPER, _ELECTRONIC = compiled("media_paper"), compiled("media_electronic")

NO_DOCUMENT = Text(
    "Dòng «{row}» không cho biết là tài liệu nào trong các tệp này; chưa ghi vào distribution.",
    "The row «{row}» is of no document of these files; not written into distribution.",
)
NO_UNIT = Text(
    "Nơi nhận «{name}» chưa rõ là đơn vị nào của qms.yml; chưa ghi vào distribution.",
    "Recipient «{name}» is no unit that qms.yml knows; not written into distribution.",
)
GIVEN_BACK = Text(
    "Bản đã thu hồi nên không còn trong distribution: {row}",
    "The copy came back, so it is not in distribution: {row}",
)
ODD_COUNT = Text(
    "Số bản ghi «{written}», không phải một số; distribution chỉ ghi đơn vị: {row}",
    "The number of copies is written «{written}», which is none; distribution has the unit alone: "
    "{row}",
)
ODD_MEDIUM = Text(
    "Dạng bản ghi «{written}», chưa rõ là giấy hay điện tử: {row}",
    "The medium is written «{written}», which is not known as paper or electronic: {row}",
)
NO_MEDIUM = Text(
    "Sổ không cho biết bản giấy hay điện tử, nên chưa ghi `medium`; khi chưa ghi, trang hiểu là "
    "bản điện tử.",
    "The register does not say paper or electronic, so `medium` is not written; the site then "
    "takes copies for electronic ones.",
)
FOR_THE_LEDGER = Text(
    "Bản số, ngày phát thuộc sổ theo dõi (releases/copies.yml). Khi đã có đợt ban hành, ghi bằng: "
    "{command}",
    "Number and day of a copy belong into the ledger (releases/copies.yml). Once there is a "
    "release, record them by: {command}",
)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    entry: Entry

    @property
    def text(self) -> str:
        return " · ".join(value for value in self.entry.values.values() if value)


class Holders:
    """Collects rows, and gives for each document who holds it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._rows: dict[str, list[_Row]] = {}
        self.lines: list[Line] = []

    def add(self, name: str, read: ReadRegister) -> None:
        """Add the rows of a register of distribution."""
        if "medium" not in read.columns:
            self.lines.append(Line(UNSURE, name, read.table.place, "", NO_MEDIUM, 2))
        for entry in read.entries:
            code, title = entry.values.get("code", ""), entry.values.get("title", "")
            key = fold_code(code) if code else f"title:{slug(title)}"
            self._rows.setdefault(key, []).append(_Row(name, entry))

    def units_written(self) -> list[str]:
        """Return who receives, as the rows write it."""
        return [row.entry.values["unit"] for rows in self._rows.values() for row in rows]

    def of(
        self, key: str, title: str, path: str, own: tuple[str, Iterable[Entry]] = ("", ())
    ) -> list[dict[str, str]]:
        """Return who holds a document, as its head says it; each row becomes a line of the report.

        `own`: what the document itself says of it: its file, and the rows.
        """
        rows = self._rows.pop(key, []) + self._rows.pop(f"title:{slug(title)}", [])
        name, entries = own
        copies: dict[tuple[str, str], list[int]] = {}
        for row in [*(_Row(name, entry) for entry in entries), *rows]:
            place = self._read(row, path)
            if place is not None:
                unit, medium, count = place
                copies.setdefault((unit, medium), []).append(count)
        heads = [_head(unit, medium, counts) for (unit, medium), counts in copies.items()]
        # «Nơi nhận» names a unit alone; where a register says how many copies it has, that counts.
        counted = {head["unit"] for head in heads if len(head) > 1}
        return [head for head in heads if len(head) > 1 or head["unit"] not in counted]

    def settle(self) -> list[Line]:
        """Return the lines of the report, with those of rows whose document was in no file."""
        for rows in self._rows.values():
            for row in rows:
                self._tell(UNSURE, row, "", NO_DOCUMENT.fill({"row": row.text}))
        self._rows.clear()
        return self.lines

    def _read(self, row: _Row, path: str) -> tuple[str, str, int] | None:
        """Return unit, medium and count (0: not said) of a row; None where it is no copy."""
        values = row.entry.values
        unit = self._names.unit(values["unit"])
        if not unit:
            self._tell(UNSURE, row, path, NO_UNIT.fill({"name": values["unit"][:80]}), 2)
            return None
        if values.get("returned"):
            self._tell(LEFT_OUT, row, path, GIVEN_BACK.fill({"row": row.text}))
            return None
        self._tell(READ, row, path, Text(row.text, row.text), 2)
        self._tell_ledger(row, unit, path)
        return unit, self._medium(row, path), self._count(row, path)

    def _medium(self, row: _Row, path: str) -> str:
        written = row.entry.values.get("medium", "")
        paper, electronic = _PAPER.search(written), _ELECTRONIC.search(written)
        if written and bool(paper) == bool(electronic):
            values = {"written": written, "row": row.text}
            self._tell(UNSURE, row, path, ODD_MEDIUM.fill(values))
            return ""
        if not written:
            return ""
        return "paper" if paper else "electronic"

    def _count(self, row: _Row, path: str) -> int:
        values = row.entry.values
        written = values.get("copies", "")
        if written.isdigit():
            return int(written)
        if written:
            told = ODD_COUNT.fill({"written": written, "row": row.text})
            self._tell(UNSURE, row, path, told)
        # A row with the number of a copy is that copy.
        return 1 if values.get("copy") and not written else 0

    def _tell_ledger(self, row: _Row, unit: str, path: str) -> None:
        values = row.entry.values
        number, given = values.get("copy", ""), values.get("given", "")
        if not number and not given:
            return
        words = ["qmstool", "record", "copy", values.get("code") or "CODE", "--unit", unit]
        if number:
            words += ["--number", number]
        copies = values.get("copies", "")
        if copies not in {"", "1"}:
            words += ["--copies", copies]
        words += ["--handed-out", read_date(given) or given or "DAY"]
        command = FOR_THE_LEDGER.fill({"command": shell.join(*words)})
        self._tell(UNSURE, row, path, command, 2)

    def _tell(self, group: str, row: _Row, target: str, message: Text, weight: int = 1) -> None:
        self.lines.append(Line(group, row.name, row.entry.place, target, message, weight))


def _head(unit: str, medium: str, counts: list[int]) -> dict[str, str]:
    head = {"unit": unit}
    if medium:
        head["medium"] = medium
    if sum(counts):
        head["copies"] = str(sum(counts))
    return head


def with_holders(text: str, holders: Sequence[Mapping[str, str]]) -> str:
    """Return the text of a document with the units at its head that it had not; else as it is.

    What its head says of a unit stays, unless it names the unit alone.
    """
    head, sign, rest = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not sign:
        return text
    before = _listed(head)
    if before is None:
        return text
    told = {holder["unit"] for holder in holders if len(holder) > 1}
    kept = [one for one in before if len(one) > 1 or one.get("unit") not in told]
    known = {one.get("unit") for one in kept}
    after = [*kept, *(dict(holder) for holder in holders if holder["unit"] not in known)]
    if after == before:
        return text
    line = dump({"distribution": after}).rstrip("\n")
    there = _HOLDERS.search(head)
    head = f"{head[: there.start()]}{line}{head[there.end() :]}" if there else f"{head}\n{line}"
    return f"---\n{head}\n---\n{rest}"


def _listed(head: str) -> list[dict[str, str]] | None:
    """Return who holds a document by its head, None where that cannot be read."""
    try:
        record = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    except yaml.YAMLError:
        return None
    listed = record.get("distribution", []) if isinstance(record, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return None
    return listed
