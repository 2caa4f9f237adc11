"""Define a discrepancy: something that speaks against the records, with its place.

`chain`, `texts`, `sequence`, `approval`, `seals` and `kept_files` find them; `questions` turns them
into answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.findings import Location
    from qmstool.i18n import Text
    from qmstool.parsing.yaml.records import Record


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that speaks against the records. `slug` names what does not fit."""

    slug: str
    location: Location
    message: Text


def place_of(entry: Record, name: str) -> Location:
    """Return the place of a value, of the key over several, or of the mapping that lacks it."""
    return (entry.get(name) or entry.keys.get(name) or entry.mark).location
