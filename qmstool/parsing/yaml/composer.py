"""Read YAML text as nodes with their places.

PyYAML's `compose` alone is used: no tags are resolved and nothing is constructed, so a file is data
whatever it says. Anchors, aliases and tags are refused: nobody needs them in these files, and they
are how YAML bombs are made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    from qmstool.findings import LoadError
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import Node

FENCE = regex(r"---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def find_front_matter(text: str) -> tuple[int, int, int] | None:
    """Return start and end of a document's YAML block, and where its body begins.

    None where there is no block.
    """
    if not text.startswith("---"):
        return None
    block = FENCE.match(text)
    if block is None:
        return None
    start = text.index("\n") + 1
    return start, start + len(block["yaml"] or ""), block.end()


def compose(
    source: SourceFile, start: int = 0, end: int | None = None
) -> tuple[Node | None, list[LoadError]]:
    """Read `source.text[start:end]` as one YAML document, and return it with what was wrong.

    None where it cannot be read at all. A line that keeps the rest from being read is told, and the
    rest is read as if that line were as it was meant.
    """
    from qmstool.parsing.yaml.reading import read_nodes  # noqa: PLC0415 - PyYAML costs start-up, and where facts are kept little is read

    return read_nodes(source, start, len(source.text) if end is None else end)
