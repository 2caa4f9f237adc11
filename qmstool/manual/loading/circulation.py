"""Read what goes round from `releases/`: opinions, copies, reviews, readings, revoked keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.manual.circulation import (
    COPIES_FILE,
    OPINIONS_FOLDER,
    READINGS_FILE,
    REVIEWS_FILE,
    REVOKED_FILE,
    ControlledCopy,
    DocumentReview,
    OpinionRequest,
    Opinions,
    Reading,
    RevokedKey,
    Signature,
    TextKey,
)
from qmstool.manual.loading.evidence import read_evidence
from qmstool.manual.loading.values import find_place, read_day, read_located_day
from qmstool.manual.schema.circulation import COPIES, OPINIONS, READINGS, REVIEWS, REVOKED
from qmstool.manual.values import LocatedDay, Unknown
from qmstool.parsing.codes import fold_code
from qmstool.parsing.public_keys import fingerprint
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.record_reader import read_source

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record

EXPECTED = Text(
    "tên của tệp, tức là tên hồ sơ trình ký", "the name of the file, which is the candidate's"
)

ONE_AT_LEAST = Text("số bản, từ 1 trở lên", "how many copies, one at least")
WHOLE_KEY = Text(
    "cả khóa công khai (ssh-ed25519 AAAA…), hoặc dấu SHA256:… của khóa",
    "a whole public key (ssh-ed25519 AAAA…), or its SHA256:…",
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
        record = reader.record(source, OPINIONS)
        candidate = record.get("candidate")
        if candidate is not None and candidate.text != stem:
            reader.problems.append(_wrong_value("candidate", candidate, EXPECTED, stem))
        requests = [_request(entry) for entry in record.entries("asked")]
        signatures = tuple(_signature(entry) for entry in record.entries("signed"))
        asked = tuple(request for request in requests if request)
        opinions[stem] = Opinions(stem, asked, signatures, source)
    return opinions


def read_copies(reader: DataReader) -> tuple[ControlledCopy, ...]:
    """Read the copies that were handed out, in the order of the file."""
    record = reader.file(COPIES_FILE, COPIES)
    entries = record.entries("copies") if record else ()
    for count in (entry.get("copies") for entry in entries):
        if count is not None and not _number(count, 1):
            reader.problems.append(_wrong_value("copies", count, ONE_AT_LEAST, ""))
    copies = [_copy(entry) for entry in entries]
    return tuple(copy for copy in copies if copy)


def read_reviews(reader: DataReader) -> tuple[DocumentReview, ...]:
    """Read the periodic reviews, in the order of the file."""
    record = reader.file(REVIEWS_FILE, REVIEWS)
    reviews = []
    for entry in record.entries("reviews") if record else ():
        document = entry.get("document")
        if document is not None:
            reviews.append(
                DocumentReview(
                    document=document,
                    text=_text_key(document, entry),
                    date=read_located_day(entry, "date"),
                    outcome=entry.text("outcome"),
                    person=entry.text("person"),
                    comment=entry.text("comment"),
                    evidence=read_evidence(entry),
                )
            )
    return tuple(reviews)


def read_readings(reader: DataReader) -> tuple[Reading, ...]:
    """Read who has read what, in the order of the file."""
    record = reader.file(READINGS_FILE, READINGS)
    readings = []
    for entry in record.entries("readings") if record else ():
        document = entry.get("document")
        if document is not None:
            readings.append(
                Reading(
                    document=document,
                    text=_text_key(document, entry),
                    person=entry.text("person"),
                    unit=entry.get("unit"),
                    date=read_located_day(entry, "date"),
                    evidence=read_evidence(entry),
                )
            )
    return tuple(readings)


def _text_key(document: LocatedText, entry: Record) -> TextKey:
    return TextKey(
        fold_code(document.text),
        entry.text("issue", "unknown"),
        entry.text("revision", "unknown"),
        entry.text("check_code"),
    )


def read_revoked(reader: DataReader) -> tuple[RevokedKey, ...]:
    """Read the keys that are no longer trusted."""
    record = reader.file(REVOKED_FILE, REVOKED)
    revoked = _revoked_keys(record) if record else ()
    for key in (each.mark for each in revoked if not fingerprint(each.key)):
        reader.problems.append(_wrong_value("key", key, WHOLE_KEY, ""))
    return revoked


def parse_revoked(data: bytes) -> tuple[RevokedKey, ...]:
    """Return the keys that some version of the file of revoked keys names, as far as it is read."""
    record, _ = read_source(SourceFile(REVOKED_FILE, data), REVOKED)
    return _revoked_keys(record)


def _revoked_keys(record: Record) -> tuple[RevokedKey, ...]:
    return tuple(_revoked_key(entry) for entry in record.entries("revoked"))


def _revoked_key(record: Record) -> RevokedKey:
    return RevokedKey(
        key=record.text("key"),
        since=read_day(record, "from") or Unknown.UNKNOWN,
        reason=record.text("reason"),
        evidence=read_evidence(record),
        mark=record.get("key") or record.mark,
    )


def _wrong_value(key: str, mark: LocatedText, expected: Text, meant: str) -> LoadError:
    values = {
        "key": key,
        "value": mark.text,
        "expected_vi": expected.vi,
        "expected_en": expected.en,
    }
    return LoadError("wrong-value", Violation(mark.location, values, meant or None))


def _document_keys(record: Record) -> frozenset[str]:
    return frozenset(fold_code(code) for code in record.texts("documents"))


def _request(record: Record) -> OpinionRequest | None:
    unit = record.get("unit")
    if unit is None:
        return None
    return OpinionRequest(
        unit=unit,
        codes=record.list("documents"),
        documents=_document_keys(record),
        sent=read_located_day(record, "sent"),
        sender=record.text("by"),
        reference=record.text("reference"),
        due=read_located_day(record, "due"),
        answered=read_located_day(record, "answered"),
        answer=record.text("answer"),
        person=record.text("person"),
        comment=record.text("comment"),
        response=record.text("response"),
        evidence=read_evidence(record),
    )


def _signature(record: Record) -> Signature:
    return Signature(
        capacity=record.text("as"),
        codes=record.list("documents"),
        documents=_document_keys(record),
        person=record.text("person"),
        role=record.text("role"),
        unit=record.get("unit"),
        date=read_located_day(record, "date"),
        evidence=read_evidence(record),
    )


def _copy(record: Record) -> ControlledCopy | None:
    document, unit = record.get("document"), record.get("unit")
    if document is None or unit is None:
        return None
    return ControlledCopy(
        key=fold_code(document.text),
        document=document,
        release=_number(record.get("release"), 0),
        release_mark=record.get("release"),
        unit=unit,
        number=record.text("number"),
        medium=record.text("medium", "paper"),
        count=_number(record.get("copies"), 1),
        handed_out=_day_handed_out(record),
        recipient=record.text("to"),
        received=read_located_day(record, "received"),
        recalled=read_located_day(record, "recalled"),
        destroyed=read_located_day(record, "destroyed"),
        lost=read_located_day(record, "lost"),
        note=record.text("note"),
        evidence=read_evidence(record),
    )


def _day_handed_out(record: Record) -> LocatedDay:
    day = read_located_day(record, "handed_out")
    return day or LocatedDay(Unknown.UNKNOWN, find_place(record, "handed_out"))


def _number(mark: LocatedText | None, default: int) -> int:
    return int(mark.text) if mark is not None and mark.text.isdigit() else default
