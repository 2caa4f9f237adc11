"""Add rows to the registers of a manual: into an empty one, or below its last row.

What goes in: the text of a register's file as it is, the rows. What comes out: the text as it will
be, and the rows that are there already. No line that is there is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = {
    "procedures/records.yml": "records",
    "procedures/external.yml": "documents",
    "manual/abbreviations.yml": "abbreviations",
}


def add_rows(before: str, path: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """Return the register with the rows that it had not; unchanged where it cannot take any."""
    key = KEYS[path]
    new = {name: values for name, values in rows.items() if not _has(before, name)}
    if not new:
        return before
    block = dump({key: new}).removeprefix(f"{key}:\n")
    if not before.strip():
        return f"schema: 1\n{key}:\n{block}"
    empty = re.search(rf"^{key}: *\{{ *\}} *$", before, re.MULTILINE)
    if empty:
        return f"{before[: empty.start()]}{key}:\n{block}{before[empty.end() :].lstrip()}"
    tops = re.findall(r"^([\w-]+):", before, re.MULTILINE)
    if tops and tops[-1] == key and re.search(rf"^{key}: *$", before, re.MULTILINE):
        return before.rstrip("\n") + "\n" + block
    return before


def _has(text: str, name: str) -> bool:
    return bool(re.search(rf"^ +[\"']?{re.escape(name)}[\"']?:", text, re.MULTILINE))
