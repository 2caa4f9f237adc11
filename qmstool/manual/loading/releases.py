"""Records under `releases/` → releases of the model; what a release does to one document is read here for candidates too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.manual import schema as shapes
from qmstool.manual.model import PinnedFile, Release, ReleaseItem
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record

RELEASE_PATH = re.compile(r"releases/\d{4}\.yml")


def read_releases(reader: DataReader) -> tuple[Release, ...]:
    """Return the releases as recorded, in the order of their numbers; a file whose number is not its name's is a problem."""
    found = []
    for path in sorted(reader.sources):
        if RELEASE_PATH.fullmatch(path):
            entry = reader.record(reader.sources[path], shapes.RELEASE)
            name = int(path[-8:-4])
            number = entry.get("release")
            if number is not None and number.text != str(name):
                fault = Violation(number.location, {"number": number.text, "path": path}, str(name))
                # Which records are missing cannot be counted by a number that two may bear.
                reader.problems.append(LoadError("release-misnamed", fault, fault.location))
            if number is not None:
                found.append(_release(name, entry, reader.sources[path]))
    return tuple(found)


def read_item(entry: Record) -> ReleaseItem:
    """Return what a release or a candidate does to one document."""
    return ReleaseItem(
        key=fold_code(entry.text("code")),
        code=entry.text("code"),
        act=entry.text("act"),
        title=entry.text("title"),
        issue=entry.text("issue", "unknown"),
        revision=entry.text("revision", "unknown"),
        digest=entry.text("digest"),
        files=_pins(entry, "files"),
        summary=entry.text("summary"),
        reason=entry.text("reason"),
        record=entry,
        mark=entry.get("code") or entry.mark,
    )


def _release(number: int, entry: Record, source: SourceFile) -> Release:
    return Release(
        number=number,
        imported=entry.flag("imported"),
        title=entry.text("title"),
        effective=entry.text("effective", "unknown"),
        recorded=entry.text("recorded", "unknown"),
        previous=entry.text("previous"),
        basis=_pins(entry, "basis"),
        items=tuple(read_item(each) for each in entry.entries("items")),
        record=entry,
        source=source,
    )


def _pins(entry: Record, name: str) -> tuple[PinnedFile, ...]:
    return tuple(
        PinnedFile(each.text("path"), each.text("blob"), each.text("digest"), each)
        for each in entry.entries(name)
    )
