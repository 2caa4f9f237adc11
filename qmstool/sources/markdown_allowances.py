"""Comments that silence a rule: `<!-- qms: allow weak-obligation, because the rule quotes the law -->`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.sources.markdown_draft import Span

_ALLOW = re.compile(r"<!--\s*qms:\s*allow\s+([a-z0-9-]+)\s*,\s*(?:because|vì)\s+(\S.*?)\s*-->", re.DOTALL)
_BEFORE = re.compile(r"[ \t>]*")
_BETWEEN = re.compile(r"[\s>]*")
_BLOCK_END = re.compile(r"[ \t]*\n[ \t>]*(?=\n|\Z)|\Z")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A comment that silences a rule on the block after it, and the place of that block."""

    slug: str
    reason: str
    start: int
    end: int
    covers_start: int
    covers_end: int


def allowances(text: str, comments: Sequence[Span]) -> list[Allowance]:
    """Read those comments that stand on lines of their own and give a reason; each covers the lines up to the next empty one."""
    found = []
    following: Span = (-1, -1)
    covers = following
    for start, end in reversed(comments):
        between = _BETWEEN.match(text, end)
        begin = between.end() if between else end
        if begin != following[0]:  # else another comment comes next, and both cover the same
            block_end = _BLOCK_END.search(text, begin)
            covers = begin, (block_end.start() if block_end else len(text))
        following = start, end
        allow = _ALLOW.fullmatch(text, start, end)
        if allow and _own_line(text, start, end):
            found.append(Allowance(allow[1], allow[2], start, end, *covers))
    return found[::-1]


def _own_line(text: str, start: int, end: int) -> bool:
    """Tell whether nothing else stands on the lines of a comment."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return bool(_BEFORE.fullmatch(text, first, start)) and not text[end : last if last >= 0 else len(text)].strip()
