"""All pages of one edition, in one stream."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qmstool.site import board, chapters, chart, days, documents, heat, home, proof, registers, standard, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.site.edition import Edition
    from qmstool.site.render import Page


def pages(edition: Edition) -> Iterator[Page]:
    """Every page, home first."""
    rooms = (home, chapters, documents, registers, standard, heat, chart, board, timeline, days, proof)
    return chain.from_iterable(room.pages(edition) for room in rooms)
