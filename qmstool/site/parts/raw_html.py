"""Fence the blocks of finished HTML in a page's Markdown: the renderer need not read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.markdown_extension import fence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.model import Manual

NAME = "q-ready"
_BLOCK = re.compile(r"<(?:div|dl|ul|ol|p|nav|details|figure|table|section)\b")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\"[^\"]*\"|[^\">])*>")
_ALONE = frozenset({"br", "hr", "img", "wbr", "col"})


def choose_fence_name(manual: Manual) -> str:
    """Return a name for the fence that no text of the manual can write by itself."""
    texts = [file.source.text for document in manual.documents.values() for file in document.files]
    name = NAME
    while any(f"<!--{name}-->" in text for text in texts):
        name += "-x"
    return name


def fence_html(text: str, name: str) -> str:
    """Return a template's output with every whole block of HTML in it fenced.

    Markdown between the blocks stays as it is, and so does a block that holds some.
    """
    return "\n".join(_lines(text.split("\n"), fence(name)))


def _lines(lines: Iterable[str], marks: tuple[str, str]) -> Iterator[str]:
    block: list[str] = []
    depth = 0
    for line in lines:
        if not block and not _BLOCK.match(line):
            yield line
            continue
        block.append(line)
        for close, tag in _TAG.findall(line):
            if tag not in _ALONE:
                depth += -1 if close else 1
        if depth == 0:
            yield from _fenced(block, marks)
            block = []
    yield from block


def _fenced(block: list[str], marks: tuple[str, str]) -> Iterable[str]:
    if any("markdown=" in line for line in block):
        return block
    return [marks[0], *filter(str.strip, block), marks[1]]
