"""Find the heads and feet that pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_RUNNING = 5  # lines of a head or foot


def running_places(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return page and line of running heads and feet.

    They stand at the edge of half of the pages or more (the head of a left page may differ from
    that of a right one), numbers apart, with nothing but their like between them and the edge.
    """
    places: set[tuple[int, int]] = set()
    for edge in (1, -1):
        filled = [
            [number for number, line in enumerate(page) if line.strip()][::edge][:MOST_RUNNING]
            for page in pages
        ]
        masked = [
            [without_digits(" ".join(page[number].split())) for number in numbers]
            for page, numbers in zip(pages, filled, strict=True)
        ]
        counted = Counter(place for lines in masked for place in enumerate(lines))
        for page, (numbers, lines) in enumerate(zip(filled, masked, strict=True)):
            for number, place in zip(numbers, enumerate(lines), strict=True):
                if counted[place] < max(2, len(pages) / 2):
                    break
                places.add((page, number))
    return places


def without_digits(line: str) -> str:
    """Return a line that differs from its like by its numbers alone, without these."""
    return re.sub(r"\d+", "#", line)
