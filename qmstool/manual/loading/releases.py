"""Read the records of releases under `releases/`, and what each does to a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.manual.loading.evidence import read_evidence
from qmstool.manual.loading.values import find_place, read_count, read_counts, read_day
from qmstool.manual.releases import (
    RELEASE_PATH,
    Approval,
    Claim,
    IssuingInstrument,
    ItemMarks,
    PinnedFile,
    Release,
    ReleaseItem,
    ReleaseMarks,
    Signer,
    TakenOver,
)
from qmstool.manual.schema.releases import ITEM, RELEASE
from qmstool.manual.values import LocatedCount, Unknown
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record


def read_releases(reader: DataReader) -> tuple[Release, ...]:
    """Read the releases as recorded, in the order of their numbers.

    A file whose number is not that of its name is a problem.
    """
    releases = []
    for path in sorted(reader.sources):
        named = RELEASE_PATH.fullmatch(path)
        if not named:
            continue
        source = reader.sources[path]
        record = reader.record(source, RELEASE)
        number_by_name = int(named["number"])
        number = record.get("release")
        if number is None:
            continue
        if number.text != str(number_by_name):
            values = {"number": number.text, "path": path}
            violation = Violation(number.location, values, str(number_by_name))
            # Which records are missing cannot be counted by a number that two may bear.
            reader.problems.append(LoadError("release-misnamed", violation, violation.location))
        releases.append(_release(number_by_name, record, source))
    return tuple(releases)


def read_item(record: Record) -> ReleaseItem:
    """Read what a release or a candidate does to one document."""
    code = record.text("code")
    return ReleaseItem(
        key=fold_code(code),
        code=code,
        act=record.text("act"),
        title=record.text("title"),
        issue=record.text("issue", "unknown"),
        revision=record.text("revision", "unknown"),
        digest=record.text("digest"),
        files=read_pinned_files(record, "files"),
        summary=record.text("summary"),
        reason=record.text("reason"),
        follows=read_count(record, "follows"),
        taken_over=_taken_over(record),
        keys=frozenset(field.name for field in ITEM.fields if field.name in record),
        marks=ItemMarks(
            code=record.get("code") or record.mark,
            act=find_place(record, "act"),
            issue=find_place(record, "issue"),
            revision=find_place(record, "revision"),
            digest=find_place(record, "digest"),
        ),
    )


def _taken_over(record: Record) -> TakenOver | None:
    taken = record.record("taken_over")
    if taken is None:
        return None
    claims = [
        Claim(entry.text("what"), entry.text("value"), entry.text("stood"))
        for entry in taken.entries("claims")
    ]
    return TakenOver(taken.text("level", "none"), tuple(claims))


def read_pinned_files(record: Record, name: str) -> tuple[PinnedFile, ...]:
    """Read the files that a release or a candidate pins under a key."""
    return tuple(_pinned_file(entry) for entry in record.entries(name))


def _pinned_file(record: Record) -> PinnedFile:
    return PinnedFile(
        path=record.text("path"),
        blob=record.text("blob"),
        digest=record.text("digest"),
        blob_mark=record.get("blob") or record.mark,
        digest_mark=record.get("digest") or record.mark,
    )


def _release(number: int, record: Record, source: SourceFile) -> Release:
    instrument, signer = record.record("instrument"), record.record("signer")
    effective, recorded = read_day(record, "effective"), read_day(record, "recorded")
    return Release(
        number=number,
        imported=record.flag("imported"),
        title=record.text("title"),
        instrument=_instrument(instrument) if instrument else None,
        signer=_signer(signer) if signer else None,
        approvals=tuple(_approval(entry) for entry in record.entries("approvals")),
        effective=effective or Unknown.UNKNOWN,
        evidence=read_evidence(record),
        recorder=record.text("recorder"),
        recorded=recorded or Unknown.UNKNOWN,
        mends=read_counts(record, "mends"),
        cancels=read_counts(record, "cancels"),
        replaces=_replaced_record(record),
        reason=record.text("reason"),
        as_signed=record.flag("as_signed"),
        without_evidence=record.flag("without_evidence"),
        previous=record.text("previous"),
        basis=read_pinned_files(record, "basis"),
        items=tuple(read_item(entry) for entry in record.entries("items")),
        marks=_marks(record),
        source=source,
    )


def _replaced_record(record: Record) -> LocatedCount | None:
    count, mark = read_count(record, "replaces_record"), record.get("replaces_record")
    return None if count is None or mark is None else LocatedCount(count, mark)


def _instrument(record: Record) -> IssuingInstrument:
    return IssuingInstrument(
        kind=record.text("kind", "unknown"),
        number=record.text("number", "unknown"),
        date=read_day(record, "date") or Unknown.UNKNOWN,
    )


def _signer(record: Record) -> Signer:
    return Signer(
        person=record.text("person", "unknown"),
        role=record.text("role", "unknown"),
        capacity=record.text("capacity", "unknown"),
        person_mark=find_place(record, "person"),
        role_mark=find_place(record, "role"),
    )


def _approval(record: Record) -> Approval:
    return Approval(
        person=record.text("person"),
        role=record.text("role", "unknown"),
        capacity=record.text("capacity", "unknown"),
        date=read_day(record, "date") or Unknown.UNKNOWN,
        person_mark=find_place(record, "person"),
        role_mark=find_place(record, "role"),
    )


def _marks(record: Record) -> ReleaseMarks:
    return ReleaseMarks(
        number=find_place(record, "release"),
        imported=find_place(record, "imported"),
        effective=find_place(record, "effective"),
        recorded=find_place(record, "recorded"),
        previous=find_place(record, "previous"),
        basis=find_place(record, "basis"),
        items=find_place(record, "items"),
    )
