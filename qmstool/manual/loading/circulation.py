"""Records of opinions, copies and revoked keys under `releases/` → values of `qmstool.circulation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.manual import circulation
from qmstool.manual import schema as shapes
from qmstool.manual.circulation import (
    ControlledCopy,
    OpinionRequest,
    Opinions,
    RevokedKey,
    Signature,
)
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record

EXPECTED = Text(
    "tên của tệp, tức là tên hồ sơ trình ký", "the name of the file, which is the candidate's"
)


def read_opinions(reader: DataReader) -> dict[str, Opinions]:
    """Return the opinions on each candidate, by its key; a file that names another candidate is a problem."""
    found = {}
    for path in sorted(reader.sources):
        stem = path.removeprefix(circulation.OPINIONS_FOLDER).removesuffix(".yml")
        if path == f"{circulation.OPINIONS_FOLDER}{stem}.yml" and "/" not in stem:
            entry = reader.record(reader.sources[path], shapes.OPINIONS)
            name = entry.get("candidate")
            if name is not None and name.text != stem:
                values = {
                    "key": "candidate",
                    "value": name.text,
                    "expected_vi": EXPECTED.vi,
                    "expected_en": EXPECTED.en,
                }
                reader.problems.append(
                    LoadError("wrong-value", Violation(name.location, values, stem))
                )
            asked = tuple(made for each in entry.entries("asked") if (made := _asked(each)))
            signed = tuple(_signature(each) for each in entry.entries("signed"))
            found[stem] = Opinions(stem, asked, signed, reader.sources[path])
    return found


def read_copies(reader: DataReader) -> tuple[ControlledCopy, ...]:
    """Return the copies that were handed out, in the order of the file."""
    entry = reader.file(circulation.COPIES_FILE, shapes.COPIES)
    return tuple(made for each in entry.entries("copies") if (made := _copy(each))) if entry else ()


def read_revoked(reader: DataReader) -> tuple[RevokedKey, ...]:
    """Return the keys that are no longer trusted."""
    entry = reader.file(circulation.REVOKED_FILE, shapes.REVOKED)
    listed = entry.entries("revoked") if entry else ()
    return tuple(
        RevokedKey(each.text("key"), each.text("from", "unknown"), each.text("reason"), each)
        for each in listed
    )


def _keys(entry: Record) -> frozenset[str]:
    return frozenset(fold_code(mark.text) for mark in entry.list("documents"))


def _asked(entry: Record) -> OpinionRequest | None:
    unit = entry.get("unit")
    if unit is None:
        return None
    sent, by, due, answered, answer, person = map(
        entry.text, ("sent", "by", "due", "answered", "answer", "person")
    )
    return OpinionRequest(unit, _keys(entry), sent, by, due, answered, answer, person, entry)


def _signature(entry: Record) -> Signature:
    capacity, person, role, unit, date = map(entry.text, ("as", "person", "role", "unit", "date"))
    return Signature(capacity, _keys(entry), person, role, unit, date, entry)


def _copy(entry: Record) -> ControlledCopy | None:
    document, unit = entry.get("document"), entry.get("unit")
    if document is None or unit is None:
        return None
    return ControlledCopy(
        key=fold_code(document.text),
        document=document,
        release=_number(entry.get("release"), 0),
        unit=unit,
        number=entry.text("number"),
        medium=entry.text("medium", "paper"),
        count=_number(entry.get("copies"), 1),
        handed_out=entry.text("handed_out", "unknown"),
        to=entry.text("to"),
        received=entry.text("received"),
        recalled=entry.text("recalled"),
        destroyed=entry.text("destroyed"),
        lost=entry.text("lost"),
        record=entry,
    )


def _number(mark: LocatedText | None, default: int) -> int:
    return int(mark.text) if mark is not None and mark.text.isdigit() else default
