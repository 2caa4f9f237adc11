"""Lines that were to be headings: they bear the number of a section that somebody cites, and are bold or plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.references.model import Reference

LONGEST = 150


class PlainHeading(NamedTuple):
    """A line that was to be a heading: where it stands, its number, and what to put there."""

    file: TextFile
    place: tuple[int, int]
    number: str
    line: str


def plain_headings(
    manual: Manual, missing: Iterable[Reference]
) -> Mapping[tuple[str, str], PlainHeading]:
    """The lines that bear the numbers of sections that are cited and missing; by document and number."""
    found: dict[tuple[str, str], PlainHeading] = {}
    for reference in missing:
        values = dict(reference.values)
        home = manual.document(values["document"])
        number = values["number"]
        if home is None or (home.key, number) in found or "." not in number:
            continue
        line = _line(home, number)
        if line is not None:
            found[home.key, number] = line
    return found


def _line(document: Document, number: str) -> PlainHeading | None:
    """The paragraph of one line that opens with a number."""
    opening = re.compile(
        rf"(?<=\0)\x01*{re.escape(number)}[.):]?[ \t\u00a0]+[^\W\d_][^\n\0]*(?=[\n\0])"
    )
    for file in document.files:
        hit = opening.search(file.page.prose) if number in file.page.prose else None
        if (
            hit is None
            or len(hit[0]) > LONGEST
            or hit[0].rstrip("\x01 ").endswith((".", ";", ",", ":"))
        ):
            continue
        words = hit[0].replace("\x01", "").strip()
        beside = [
            each.heading.level
            for each in document.sections
            if each.number.count(".") == number.count(".")
        ]
        signs = "#" * (beside[0] if beside else min(number.count(".") + 2, 6))
        return PlainHeading(file, hit.span(), number, f"{signs} {words}")
    return None
