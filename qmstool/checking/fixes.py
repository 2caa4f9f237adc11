"""Apply the certain fixes of findings: return the files as they should be, without writing them.

Certain is what a finding says belongs in its place (`fix`), and how a file is stored: byte-order
mark, line ends, accents apart from their letters. What releases record is never changed, for its
digests are of the bytes as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.edits import Edit, apply_edits
from qmstool.parsing.source import BOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.findings import Finding

RELEASES_FOLDER = "releases/"
LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after, and how many places of each rule (by slug) were fixed in it."""

    path: str
    before: bytes
    after: bytes
    places: Mapping[str, int]


def apply_fixes(findings: Iterable[Finding], read: Callable[[str], bytes]) -> tuple[FixedFile, ...]:
    """Return every file that certain fixes change, by path; `read` gives its bytes."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        path = finding.location.path
        certain = finding.fix is not None or finding.slug in STORAGE_FIXES
        if certain and not path.startswith(RELEASES_FOLDER):
            by_path.setdefault(path, []).append(finding)
    files = []
    for path, group in sorted(by_path.items()):
        file = _fix_file(path, group, read(path))
        if file.after != file.before:
            files.append(file)
    return tuple(files)


def _fix_file(path: str, findings: list[Finding], before: bytes) -> FixedFile:
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:  # which bytes are wrong is not certain, so the file stays as it is
        return FixedFile(path, before, before, {})
    text, places = _replace_words(text, findings)
    slugs = {finding.slug for finding in findings}
    for slug, (count, clean) in STORAGE_FIXES.items():
        if slug in slugs:
            places[slug] = count(text)
            text = clean(text)
    return FixedFile(path, before, text.encode("utf-8"), dict(places))


def _replace_words(text: str, findings: list[Finding]) -> tuple[str, Counter[str]]:
    """Put the `fix` of each finding in its place; count the places by slug."""
    slugs = {}
    for finding in findings:
        if finding.fix is not None:
            slugs[Edit(finding.location, finding.fix)] = finding.slug
    text, made = apply_edits(text, slugs)
    return text, Counter(slugs[edit] for edit in made)


def _count_bom(text: str) -> int:
    return int(text.startswith(BOM))


def _drop_bom(text: str) -> str:
    return text.removeprefix(BOM)


def _count_foreign_line_ends(text: str) -> int:
    return len(LINE_END.findall(text))


def _unify_line_ends(text: str) -> str:
    return LINE_END.sub("\n", text)


def _count_decomposed_lines(text: str) -> int:
    return sum(not unicodedata.is_normalized("NFC", line) for line in text.split("\n"))


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# By slug, in this order: count the places stored so, and store the text otherwise. Readers see the
# same words before and after.
STORAGE_FIXES: Mapping[str, tuple[Callable[[str], int], Callable[[str], str]]] = {
    "bom": (_count_bom, _drop_bom),
    "crlf": (_count_foreign_line_ends, _unify_line_ends),
    "not-nfc": (_count_decomposed_lines, _compose),
}
