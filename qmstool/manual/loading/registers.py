"""Read the registers of external documents, retained records and abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.loading.values import read_located_day
from qmstool.manual.registers import (
    ABBREVIATIONS_FILE,
    EXTERNALS_FILE,
    RECORDS_FILE,
    Abbreviation,
    ExternalDocument,
    RetainedRecord,
)
from qmstool.manual.schema.registers import ABBREVIATIONS, EXTERNALS, RECORDS

if TYPE_CHECKING:
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record


def read_externals(reader: DataReader) -> dict[str, ExternalDocument]:
    """Read the register of external documents, by their ids in it."""
    register = reader.file(EXTERNALS_FILE, EXTERNALS)
    if register is None:
        return {}
    return {mark.text: _external(mark, entry) for mark, entry in register.keyed("documents")}


def read_records(reader: DataReader) -> dict[str, RetainedRecord]:
    """Read the register of retained records, by their ids in it."""
    register = reader.file(RECORDS_FILE, RECORDS)
    if register is None:
        return {}
    return {mark.text: _retained(mark, entry) for mark, entry in register.keyed("records")}


def read_abbreviations(reader: DataReader) -> dict[str, Abbreviation]:
    """Read the abbreviations, in the order of the file."""
    register = reader.file(ABBREVIATIONS_FILE, ABBREVIATIONS)
    if register is None:
        return {}
    return {
        mark.text: Abbreviation(
            short=mark.text,
            expansion=entry.text("expansion"),
            inferred=entry.flag("inferred"),
            note=entry.text("note"),
            mark=mark,
        )
        for mark, entry in register.keyed("abbreviations")
    }


def _retained(mark: LocatedText, record: Record) -> RetainedRecord:
    return RetainedRecord(
        key=mark.text,
        title=record.text("title", mark.text),
        form=record.get("form"),
        owner=record.get("owner"),
        retention=record.get("retention"),
        place=record.text("place"),
        disposition=record.text("disposition"),
        note=record.text("note"),
        mark=mark,
    )


def _external(mark: LocatedText, record: Record) -> ExternalDocument:
    return ExternalDocument(
        key=mark.text,
        number=record.text("number", "unknown"),
        number_mark=record.get("number"),
        type=record.text("type"),
        issuer=record.text("issuer"),
        title=record.text("title", mark.text),
        issued=read_located_day(record, "issued"),
        effective=read_located_day(record, "effective"),
        expired=read_located_day(record, "expired"),
        status=record.text("status", "unknown"),
        status_mark=record.get("status"),
        names=record.list("names"),
        amended_by=record.list("amended_by"),
        superseded_by=record.list("superseded_by"),
        url=record.text("url"),
        checked_on=read_located_day(record, "checked_on"),
        checked_by=record.get("checked_by"),
        evidence=record.text("evidence"),
        note=record.text("note"),
        keys=frozenset(record.keys),
        mark=mark,
    )
