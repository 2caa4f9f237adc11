"""Read the head that other programs write above a text: YAML between `---`, TOML between `+++`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULES = {"---": ("---", "..."), "+++": ("+++",)}
_LINE = re.compile(r"([A-Za-z_][\w-]*)\s*[:=]\s*(.+)")
MOST_LINES = 200
# What controls a document, and what such a head calls it.
_KEYS = {
    "title": ("title",),
    "code": ("code", "doc_id", "document_id", "document_number", "number"),
    "issue": ("issue", "edition"),
    "revision": ("revision", "rev"),
    "date": ("date", "effective_date"),
    "owner": ("owner", "department"),
}
_MEANT = {name: key for key, names in _KEYS.items() for name in names}


def split_front_matter(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines of the head with their rules, [] for none, and where the text begins."""
    ends = _RULES.get(lines[0].rstrip()) if lines else None
    if ends is None:
        return [], 0
    for number in range(1, min(len(lines), MOST_LINES)):
        if lines[number].rstrip() in ends:
            return list(lines[: number + 1]), number + 1
    return [], 0


def said_in(head: Sequence[str]) -> list[tuple[str, str, Text]]:
    """Return what the head says of the document: what, as written, where."""
    found = []
    for number, line in enumerate(head, start=1):
        match = _LINE.fullmatch(line.strip())
        key = _MEANT.get(match[1].casefold().replace("-", "_")) if match else None
        if match and key:
            place = Text(f"dòng {number}", f"line {number}")
            found.append((key, match[2].strip().strip("\"'"), place))
    return found
