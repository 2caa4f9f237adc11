"""Find the passages that git could not merge and left in two versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.source import MERGE_MARKER
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.parsing.source import SourceFile

MERGE_OPENING = regex(r"^<{7}(?: .*)?$", re.MULTILINE)
MERGE_CLOSING = regex(r"^>{7}(?: .*)?$", re.MULTILINE)


def merge_places(source: SourceFile) -> Iterator[tuple[Location, Location]]:
    """Yield the opening and closing marker of each passage that git left in two versions."""
    if not source.holds(MERGE_MARKER):
        return
    opening = MERGE_OPENING.search(source.text)
    while opening is not None:
        closing = MERGE_CLOSING.search(source.text, opening.end())
        if closing is None:
            return
        yield source.locate(*opening.span()), source.locate(*closing.span())
        opening = MERGE_OPENING.search(source.text, closing.end())
