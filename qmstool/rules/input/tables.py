"""Tables of a Markdown text → rows with more or fewer cells than the row of titles, which the renderer cuts or fills in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
# Where two cells of a line of hyphens meet, as they are written: rare, and soon found.
_SEAMS = ("-|", "- |", "-:", "-\t|")
_CODE = re.compile(r"(`+)[^`]*\1")
_BAR = re.compile(r"(?<!\\)\|")


def uneven_rows(text: str, prose: str, body: int) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of each row that does not fit its table, its number of cells, and that of the row of titles."""
    after, first = -1, text.find("|", body)
    if first < 0 or _even(
        [line for line in text[text.rfind("\n", 0, first) + 1 :].split("\n") if "|" in line]
    ):
        return
    for seam in _seams(text, first):
        start, end = text.rfind("\n", 0, seam) + 1, _line_end(text, seam)
        if start <= after or not _DIVIDER.fullmatch(text, start, end):
            continue
        after = start
        above = text.rfind("\n", 0, max(start - 1, 0)) + 1
        titles = text[above:start].rstrip("\n")
        # A table that the renderer makes none of shows its bars; one in fenced code shows nothing.
        if (
            "|" not in titles
            or not prose[above:start].strip("\0 \t\n\x01")
            or "|" in prose[above:start]
        ):
            continue
        at = end + 1
        below = text.find("\n\n", end)
        if _even(text[above : below if below >= 0 else len(text)].rstrip("\n").split("\n")):
            continue
        head = _cells(titles)
        while (end := _line_end(text, at)) > at and text[at:end].strip():
            said = _cells(text[at:end])
            if said != head:
                row = text[at:end]
                yield at + len(row) - len(row.lstrip()), at + len(row.rstrip()), said, head
            at = end + 1


def _even(rows: list[str]) -> bool:
    """Whether rows plainly have as many cells each, as most have: bars at both ends, and nothing that hides one."""
    plain = all(row[:1] == "|" == row[-1:] and "`" not in row and "\\" not in row for row in rows)
    return plain and len({row.count("|") for row in rows}) == 1


def _seams(text: str, first: int) -> list[int]:
    """Offsets of what may be in a line of hyphens, in order; `first`: that of the first bar."""
    found = []
    for seam in _SEAMS:
        at = text.find(seam, max(0, first - len(seam)))
        while at >= 0:
            found.append(at)
            at = text.find(seam, _line_end(text, at))
    return sorted(found)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _cells(row: str) -> int:
    """How many cells a row has: bars within code or behind a backslash divide none."""
    bare = row.strip()
    if "`" in bare:
        bare = _CODE.sub(lambda code: "x" * len(code[0]), bare)
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return (len(_BAR.findall(bare)) if "\\" in bare else bare.count("|")) + 1
