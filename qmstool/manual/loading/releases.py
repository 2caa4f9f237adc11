"""Read the records of releases under `releases/`, and what each does to a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.manual import schema
from qmstool.manual.releases import PinnedFile, Release, ReleaseItem
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record

RELEASE_PATH = re.compile(r"releases/(?P<number>\d{4})\.yml")


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
        record = reader.record(source, schema.RELEASE)
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
        files=_pinned_files(record, "files"),
        summary=record.text("summary"),
        reason=record.text("reason"),
        record=record,
        mark=record.get("code") or record.mark,
    )


def _release(number: int, record: Record, source: SourceFile) -> Release:
    return Release(
        number=number,
        imported=record.flag("imported"),
        title=record.text("title"),
        effective=record.text("effective", "unknown"),
        recorded=record.text("recorded", "unknown"),
        previous=record.text("previous"),
        basis=_pinned_files(record, "basis"),
        items=tuple(read_item(entry) for entry in record.entries("items")),
        record=record,
        source=source,
    )


def _pinned_files(record: Record, name: str) -> tuple[PinnedFile, ...]:
    return tuple(
        PinnedFile(entry.text("path"), entry.text("blob"), entry.text("digest"), entry)
        for entry in record.entries(name)
    )
