"""Inline code: which runs of backticks the renderer pairs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.source_map import Span

_TICKS = re.compile(r"`+")


def code_spans(data: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield inline code: where it starts, where its content starts and ends, where it ends."""
    runs = [run.span() for run in _TICKS.finditer(data)]
    at = index = 0
    while index < len(runs):
        start, inner = runs[index]
        index += 1
        begin = max(start, at)
        if begin == start and _escaped(data, start):
            begin += 1
        size = inner - begin
        if size <= 0:
            continue
        close = _closing_run(runs, index, size)
        if close is None:
            at = inner + size  # the renderer skips as many characters again
            continue
        end_start, end = runs[close]
        yield begin, begin + end - end_start, end_start, end
        at = end
        index = close + 1


def _closing_run(runs: list[Span], first: int, size: int) -> int | None:
    """Return the run that closes code opened by so many backticks: one as long, else the longest if that is shorter."""
    longest = 0
    at = None
    for index in range(first, len(runs)):
        length = runs[index][1] - runs[index][0]
        if length == size:
            return index
        if length > longest:
            longest, at = length, index
    return at if longest < size else None


def _escaped(data: str, at: int) -> bool:
    """Tell whether an odd number of backslashes stands before a place."""
    first = at
    while first and data[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
