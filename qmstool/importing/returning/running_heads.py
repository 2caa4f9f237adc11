"""Tell what was edited in the heads and feet of pages: they are made anew with every export.

What goes in: the heads and feet as exported and as they came back. What comes out: changes that are
not taken, each with where to make it instead. Pure.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from qmstool.importing.returning.result import ReturnedChange
from qmstool.importing.returning.shown import shown_nodes, squeeze
from qmstool.importing.returning.told import NOT_TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.importing.blocks import Block, Source
    from qmstool.importing.returning.result import Kind

_DIGITS = re.compile(r"\d+")


def edited_heads(exported: Source, returned: Source) -> list[ReturnedChange]:
    """Return what heads and feet say otherwise.

    Numbers of pages are counted by every program; how many parts hold heads, and which pages they
    are for, differs from program to program too.
    """
    before, after = _lines(exported.headers), _lines(returned.headers)
    gone = [words for key, words in before.items() if key not in after]
    new = [words for key, words in after.items() if key not in before]
    changes = []
    for old, words in zip_longest(gone, new, fillvalue=""):
        changes.append(ReturnedChange(_kind(old, words), "", old, words, "", 0, NOT_TYPED))
    return changes


def _kind(old: str, new: str) -> Kind:
    if not old:
        return "added"
    return "changed" if new else "removed"


def _lines(parts: Iterable[tuple[str, tuple[Block, ...]]]) -> dict[str, str]:
    """Return the lines of heads and feet, each once, by their words without numbers and blanks."""
    lines: dict[str, str] = {}
    for _, blocks in parts:
        for node in shown_nodes(blocks):
            for line in node.words.replace(" | ", "\n").splitlines():
                lines.setdefault(squeeze(_DIGITS.sub("", line)), line.strip())
    lines.pop("", None)
    return lines
