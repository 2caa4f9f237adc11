"""Findings with a certain cure + the files they stand in → the files as they should be.

Pure; what is not certain stays as it is.

Certain is what a finding says belongs in its place (`fix`), and how a file is stored: byte-order
mark, line ends, accents apart from their letters. What releases record is never mended, for its
digests are of the bytes as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.source import BOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.findings import Finding, Location

RELEASES_FOLDER = "releases/"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after, and how many places of each rule were mended in it."""

    path: str
    before: bytes
    after: bytes
    places: Mapping[str, int]


def apply_fixes(findings: Iterable[Finding], read: Callable[[str], bytes]) -> tuple[FixedFile, ...]:
    """Every file with something certain to mend, in the order of paths."""
    by_path: dict[str, list[Finding]] = {}
    for each in findings:
        if (
            each.fix is not None or each.slug in STORAGE_FIXES
        ) and not each.location.path.startswith(RELEASES_FOLDER):
            by_path.setdefault(each.location.path, []).append(each)
    files = (_file(path, group, read(path)) for path, group in sorted(by_path.items()))
    return tuple(each for each in files if each.after != each.before)


def _file(path: str, findings: list[Finding], before: bytes) -> FixedFile:
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:  # which bytes are wrong is not certain, so nothing of the file is
        return FixedFile(path, before, before, {})
    places: Counter[str] = Counter()
    first = len(text)
    # From the end on, so that the places before stay where they are.
    for each in sorted(
        (each for each in findings if each.fix is not None),
        key=lambda each: each.location,
        reverse=True,
    ):
        start, end = _span(text, each.location)
        if end > first:
            continue  # two cures of the same words: which of them is right is not certain
        first = start
        text = text[:start] + (each.fix or "") + text[end:]
        places[each.slug] += 1
    for slug, (count, clean) in STORAGE_FIXES.items():
        if any(each.slug == slug for each in findings):
            places[slug] = count(text)
            text = clean(text)
    return FixedFile(path, before, text.encode("utf-8"), dict(places))


def _span(text: str, place: Location) -> tuple[int, int]:
    """Offsets of a place in the text of the file as it is: a byte-order mark stands before the first column."""
    starts = [found.start() for found in LINE.finditer(text)]
    starts[0] = len(BOM) if text.startswith(BOM) else 0
    return starts[place.line - 1] + place.column - 1, starts[
        place.end_line - 1
    ] + place.end_column - 1


def _apart(text: str) -> int:
    return sum(not unicodedata.is_normalized("NFC", line) for line in text.split("\n"))


# By slug, in this order: how many places are stored so, and the text stored otherwise. Readers see
# the same words before and after.
STORAGE_FIXES: Mapping[str, tuple[Callable[[str], int], Callable[[str], str]]] = {
    "bom": (lambda text: int(text.startswith(BOM)), lambda text: text.removeprefix(BOM)),
    "crlf": (lambda text: len(LINE_END.findall(text)), lambda text: LINE_END.sub("\n", text)),
    "not-nfc": (_apart, lambda text: unicodedata.normalize("NFC", text)),
}
