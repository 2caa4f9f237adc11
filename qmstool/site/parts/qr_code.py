"""Draw the QR code that leads from a wall to what is in force of a document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.documents import Document
    from qmstool.site.edition.edition import Edition

# Light modules around a code, as its standard wants (ISO/IEC 18004).
QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """An address and its code: a square of `size` modules, dark ones as the path of a drawing."""

    address: str
    size: int
    path: str


def qr_code(edition: Edition, document: Document) -> QrCode | None:
    """Return the way to what is in force of a document.

    None where the site has no address, or nothing is in force to lead to.
    """
    base = edition.manual.config.url.rstrip("/")
    standing = edition.standing(document.key)
    if not base or standing is None or not standing.in_force:
        return None
    address = f"{base}/{edition.addresses.document(document.key)}"
    matrix = segno.make_qr(address, error="m").matrix
    return QrCode(address, len(matrix) + 2 * QUIET, "".join(_runs(matrix)))


def _runs(matrix: Iterable[Iterable[int]]) -> Iterator[str]:
    """Dark modules as strokes of a path, one for each run in a row."""
    for y, row in enumerate(matrix, QUIET):
        x = QUIET
        for is_dark, group in groupby(row):
            length = len(list(group))
            if is_dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
