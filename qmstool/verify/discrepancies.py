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


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that speaks against the records. `slug` names what does not fit."""

    slug: str
    location: Location
    message: Text
