"""Define candidates: texts frozen with numbers, as they lie before the signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.values import known_day

if TYPE_CHECKING:
    from datetime import date

    from qmstool.manual.releases import PinnedFile, ReleaseItem
    from qmstool.manual.values import Day
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText

CANDIDATES_FOLDER = "releases/candidates/"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate as its file says; `is_whole`: whether that file fits its form.

    `key_mark`: where its key is written, None where it is not; `prepared`: None where it is not
    said; `effective`: the day that the draft decision names, None for none; `catalogues`: ids of
    the editions and amendments followed.
    """

    key: str
    key_mark: LocatedText | None
    title: str
    commit: str
    prepared: Day | None
    effective: Day | None
    catalogues: tuple[str, ...]
    basis: tuple[PinnedFile, ...]
    items: tuple[ReleaseItem, ...]
    is_whole: bool
    source: SourceFile

    @property
    def compared_on(self) -> date | None:
        """The day whose manual in force it is compared with; None where that is not known."""
        return known_day(self.effective) or known_day(self.prepared)

    @property
    def keys(self) -> frozenset[str]:
        """The documents in it."""
        return frozenset(item.key for item in self.items)


def candidate_path(key: str) -> str:
    """Return where a candidate is kept."""
    return f"{CANDIDATES_FOLDER}{key}.yml"
