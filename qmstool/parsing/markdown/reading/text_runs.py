"""Join the texts that the parser tells in pieces where they stand side by side as they are read."""

from __future__ import annotations

from typing import Any

from qmstool.parsing.markdown.inlines import TextRun
from qmstool.patterns import regex

_BRACES = regex(r"[ \t]*\{[^{}\n]*\}")


def with_braces(source: str, children: list[Any], end: int) -> list[Any]:
    """Return what stands in a heading with the braces that the parser took for attributes."""
    place = children[-1].end
    braces = _BRACES.match(source, place, end)
    return [*children, TextRun(place, braces.end(), braces[0])] if braces else children


def joined(source: str, children: list[Any]) -> list[Any]:
    """Return nodes with those texts made one that follow each other in the source as typed."""
    nodes: list[Any] = []
    run: list[TextRun] = []
    for child in children:
        literal = child.__class__ is TextRun and len(child.text) == child.end - child.start
        if run and not (literal and run[-1].end == child.start):
            nodes.append(_one(source, run))
            run = []
        if literal:
            run.append(child)
        else:
            nodes.append(child)
    if run:
        nodes.append(_one(source, run))
    return nodes


def _one(source: str, run: list[TextRun]) -> TextRun:
    """Return the text that a run of texts makes."""
    if len(run) == 1:
        return run[0]
    start, end = run[0].start, run[-1].end
    return TextRun(start, end, source[start:end])
