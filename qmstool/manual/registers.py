"""Define the entries of registers: external documents, retained records, abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.parsing.yaml.records import Record


@dataclass(frozen=True, slots=True)
class ExternalDocument:
    """A document of somebody else's: law, decree, standard."""

    key: str
    number: str
    type: str
    issuer: str
    title: str
    status: str
    names: tuple[LocatedText, ...]
    amended_by: tuple[LocatedText, ...]
    superseded_by: tuple[LocatedText, ...]
    record: Record
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class RetainedRecord:
    """A kind of record that the organisation keeps; words are "" where they are not said."""

    key: str
    title: str
    form: LocatedText | None
    owner: LocatedText | None
    retention: LocatedText | None
    place: str
    disposition: str
    note: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    expansion: str
    inferred: bool
    note: str
    mark: LocatedText
