"""Read the records of opinions, controlled copies and revoked keys under `releases/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.manual import schema
from qmstool.manual.circulation import (
    COPIES_FILE,
    OPINIONS_FOLDER,
    REVOKED_FILE,
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
    """Read the opinions on each candidate, by its key.

    A file that names another candidate than its own name is a problem.
    """
    opinions = {}
    for path in sorted(reader.sources):
        stem = path.removeprefix(OPINIONS_FOLDER).removesuffix(".yml")
        if path != f"{OPINIONS_FOLDER}{stem}.yml" or "/" in stem:
            continue
        source = reader.sources[path]
        record = reader.record(source, schema.OPINIONS)
        candidate = record.get("candidate")
        if candidate is not None and candidate.text != stem:
            reader.problems.append(_wrong_candidate(candidate, stem))
        requests = [_request(entry) for entry in record.entries("asked")]
        signatures = tuple(_signature(entry) for entry in record.entries("signed"))
        asked = tuple(request for request in requests if request)
        opinions[stem] = Opinions(stem, asked, signatures, source)
    return opinions


def read_copies(reader: DataReader) -> tuple[ControlledCopy, ...]:
    """Read the copies that were handed out, in the order of the file."""
    record = reader.file(COPIES_FILE, schema.COPIES)
    copies = [_copy(entry) for entry in record.entries("copies")] if record else []
    return tuple(copy for copy in copies if copy)


def read_revoked(reader: DataReader) -> tuple[RevokedKey, ...]:
    """Read the keys that are no longer trusted."""
    record = reader.file(REVOKED_FILE, schema.REVOKED)
    if record is None:
        return ()
    return tuple(
        RevokedKey(
            key=entry.text("key"),
            since=entry.text("from", "unknown"),
            reason=entry.text("reason"),
            record=entry,
        )
        for entry in record.entries("revoked")
    )


def _wrong_candidate(candidate: LocatedText, stem: str) -> LoadError:
    values = {
        "key": "candidate",
        "value": candidate.text,
        "expected_vi": EXPECTED.vi,
        "expected_en": EXPECTED.en,
    }
    return LoadError("wrong-value", Violation(candidate.location, values, stem))


def _document_keys(record: Record) -> frozenset[str]:
    return frozenset(fold_code(code) for code in record.texts("documents"))


def _request(record: Record) -> OpinionRequest | None:
    unit = record.get("unit")
    if unit is None:
        return None
    return OpinionRequest(
        unit=unit,
        documents=_document_keys(record),
        sent=record.text("sent"),
        by=record.text("by"),
        due=record.text("due"),
        answered=record.text("answered"),
        answer=record.text("answer"),
        person=record.text("person"),
        record=record,
    )


def _signature(record: Record) -> Signature:
    return Signature(
        capacity=record.text("as"),
        documents=_document_keys(record),
        person=record.text("person"),
        role=record.text("role"),
        unit=record.text("unit"),
        date=record.text("date"),
        record=record,
    )


def _copy(record: Record) -> ControlledCopy | None:
    document, unit = record.get("document"), record.get("unit")
    if document is None or unit is None:
        return None
    return ControlledCopy(
        key=fold_code(document.text),
        document=document,
        release=_number(record.get("release"), 0),
        unit=unit,
        number=record.text("number"),
        medium=record.text("medium", "paper"),
        count=_number(record.get("copies"), 1),
        handed_out=record.text("handed_out", "unknown"),
        to=record.text("to"),
        received=record.text("received"),
        recalled=record.text("recalled"),
        destroyed=record.text("destroyed"),
        lost=record.text("lost"),
        record=record,
    )


def _number(mark: LocatedText | None, default: int) -> int:
    return int(mark.text) if mark is not None and mark.text.isdigit() else default
