"""Define candidates: texts frozen with numbers, as they lie before the signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.manual.releases import ReleaseItem
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record

CANDIDATES_FOLDER = "releases/candidates/"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate as its file says; `whole`: whether that file fits its form."""

    key: str
    title: str
    commit: str
    prepared: str
    items: tuple[ReleaseItem, ...]
    whole: bool
    record: Record
    source: SourceFile

    @property
    def keys(self) -> frozenset[str]:
        """The documents in it."""
        return frozenset(item.key for item in self.items)


def candidate_path(key: str) -> str:
    """Return where a candidate is kept."""
    return f"{CANDIDATES_FOLDER}{key}.yml"
