"""Hold what is known of the manual that files are taken into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Lang
    from qmstool.importing.types import Types
    from qmstool.importing.workbooks.field_names import SaidOfColumns


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest and the documents say already.

    `units`, `roles` and `people`: key → name; `codes`: of documents, folded → path;
    `sections`: numbers of the manual's, in small letters → path, {} where there is no manual yet;
    `taken_codes`: digests of the files that were taken in before, as they are;
    `may_name`: whether units, roles and people that files name become part of the manifest;
    `changes`: what to do with tracked changes: "accept", "reject", or "" to refuse such a file;
    `manual_code`: for a manual that says none; `shapes`: type → shape of its codes where
    no file shows another; `titles`: clause → its short title in the first catalogue;
    `refused`: keys of units and roles that a person says are none;
    `columns`: what somebody says of columns of registers.
    """

    lang: Lang
    types: Types
    units: Mapping[str, str]
    roles: Mapping[str, str]
    people: Mapping[str, str]
    codes: Mapping[str, str]
    taken_codes: frozenset[str]
    sections: Mapping[str, str]
    may_name: bool
    changes: str
    manual_code: str
    shapes: Mapping[str, str]
    titles: Mapping[str, str]
    columns: SaidOfColumns
    refused: frozenset[str]
