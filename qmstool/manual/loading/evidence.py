"""Read the evidence that a record names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.evidence import Evidence
from qmstool.manual.loading.values import find_place

if TYPE_CHECKING:
    from qmstool.parsing.yaml.records import Record


def read_evidence(record: Record) -> tuple[Evidence, ...]:
    """Return the evidence beside what a record says, in the order of the file."""
    return tuple(_evidence(entry) for entry in record.entries("evidence"))


def _evidence(entry: Record) -> Evidence:
    return Evidence(
        kind=entry.text("kind"),
        file=entry.text("file"),
        reference=entry.text("reference"),
        digest=entry.text("digest"),
        original=entry.text("original"),
        publish=entry.flag("publish"),
        file_mark=find_place(entry, "file"),
        digest_mark=find_place(entry, "digest"),
    )
