"""Find words that are shown as code, by an indent or by a fence that nothing closes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.containers import CodeBlock
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.document import MarkdownDocument

_SENTENCE = regex(r"\b[^\W\d_]+(?:[,;:]?[ \u00a0]+[^\W\d_]+){4,}")
_ITEMS = regex(r"\s*(?:[-*+•]|\d{1,2}[.)])[ \t]+[^\W_]+[ \u00a0]+[^\W\d_]+")
_SECTION = regex(r"\s*#{2,6}[ \t]+\S.*\s*\Z")
_MACHINE = regex(r"[{}=<>|\\$`]|::|--|\.\w+\(|;\s*$", re.MULTILINE)
_CLOSING = regex(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*\Z")


def code_slips(source: str, block: CodeBlock) -> Iterator[Slip]:
    """Yield `code` for an indented block that reads like words, at its first line."""
    if block.info is not None or _MACHINE.search(block.text):
        return
    line, _, _ = block.text.strip("\n").partition("\n")
    if _SENTENCE.search(line) or _ITEMS.match(line) or _SECTION.match(block.text):
        end = source.find("\n", block.start, block.end)
        start = block.start + len(line) - len(line.lstrip())
        yield Slip(start, end if end >= 0 else block.end, "code", {})


def open_fence(document: MarkdownDocument) -> Iterator[Slip]:
    """Yield `fence-open` for a fence that nothing closes before the end of the text."""
    last = document.children[-1] if document.children else None
    if not isinstance(last, CodeBlock) or last.info is None:
        return
    source = document.text
    line_start = source.rfind("\n", last.start, last.end) + 1
    if line_start > last.start and _CLOSING.match(source[line_start : last.end]):
        return
    fence = source[last.start : last.end].partition("\n")[0].rstrip()
    yield Slip(last.start, last.start + len(fence), "fence-open", {})
