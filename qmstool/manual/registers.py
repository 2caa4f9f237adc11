"""Define the entries of registers: external documents, retained records, abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.manual.values import LocatedDay
    from qmstool.parsing.yaml.nodes import LocatedText

EXTERNALS_FILE = "procedures/external.yml"
RECORDS_FILE = "procedures/records.yml"
ABBREVIATIONS_FILE = "manual/abbreviations.yml"


@dataclass(frozen=True, slots=True)
class ExternalDocument:
    """A document of somebody else's: law, decree, standard.

    `number_mark`, `status_mark`: where these are written. `keys`: those of its entry, also with a
    value that does not fit.
    """

    key: str
    number: str
    number_mark: LocatedText | None
    type: str
    issuer: str
    title: str
    issued: LocatedDay | None
    effective: LocatedDay | None
    expired: LocatedDay | None
    status: str
    status_mark: LocatedText | None
    names: tuple[LocatedText, ...]
    amended_by: tuple[LocatedText, ...]
    superseded_by: tuple[LocatedText, ...]
    url: str
    checked_on: LocatedDay | None
    checked_by: LocatedText | None
    evidence: str
    note: str
    keys: frozenset[str]
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
