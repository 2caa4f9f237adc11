"""Hold what an import would make: files, what the manifest has to know, lines of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.i18n import Text
    from qmstool.importing.accounting import Account
    from qmstool.importing.draft import DraftDocument

READ, UNSURE, LEFT_OUT = "read", "unsure", "left-out"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: of which group, from which file and place, to which place, what.

    `target`: path and line of a file of the manual, or ""; `weight`: 0 is looked at first.
    """

    group: str
    source: str
    place: Text
    target: str
    message: Text
    weight: int = 1


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """An office that a document names: what it is called, which types it approves."""

    name: str
    approves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import makes of its files; nothing is written yet.

    `files`: path → text or bytes; `rows`: register's file → rows to add; `codes`: type → shape of
    its codes, "" for none; `accounts`: source → its words; `refused_files`: files that were not
    read; `updated_files`: path → text of documents that the manual has, as their files are now;
    `holders`: path of a document that the manual has → who holds it, by registers of distribution;
    `digests`: of the files that were read; `sections`: numbers of the manual's, None where none was
    among the files.
    """

    files: Mapping[str, str | bytes]
    rows: Mapping[str, Mapping[str, Mapping[str, str]]]
    codes: Mapping[str, str]
    units: Mapping[str, str]
    roles: Mapping[str, FoundOffice]
    people: Mapping[str, str]
    organization: str
    sections: tuple[str, ...] | None
    lines: tuple[Line, ...]
    accounts: Mapping[str, Account]
    drafts: tuple[DraftDocument, ...]
    refused_files: tuple[str, ...]
    updated_files: Mapping[str, str]
    holders: Mapping[str, Sequence[Mapping[str, str]]]
    digests: tuple[str, ...]

    @property
    def lost_words(self) -> int:
        """How many words are neither in a file nor left out for a reason."""
        return sum(len(account.missing) for account in self.accounts.values())
