"""Texts in which the places of a rule's findings are marked, and what a check finds in them.

«‹…›» marks what the rule points at, «⟦…⟧» what it names beside that. Any file of the small manual may
bear them. Without a mark, the text is one of which the rule says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmstool.rules import BY_SLUG
from tests.support.manuals import check_tree
from tests.support.memory import files

if TYPE_CHECKING:
    from qmstool.findings import Finding, Location

MARK = re.compile("[‹›⟦⟧]")


class Told(NamedTuple):
    """What a rule says of a manual: the places of its findings, those beside, and the findings."""

    places: list[str]
    beside: list[str]
    findings: tuple[Finding, ...]

    @property
    def suggestions(self) -> list[str | None]:
        return [each.suggestion for each in self.findings]

    def value(self, name: str) -> list[str]:
        return [each.values[name] for each in self.findings]


def assert_marked(slug: str, body: str = "", **more: str) -> Told:
    """Check the small manual with marked texts: the rule points at what is marked, at nothing else."""
    tree = files(body=body, **more)
    marked: dict[str, list[str]] = {"‹": [], "⟦": []}
    texts: dict[str, str] = {}
    for path, data in sorted(tree.files.items()):
        plain, spans = _unmarked(data.decode())
        tree.files[path] = plain.encode()
        texts[path] = plain
        for sign, start, end in spans:
            marked[sign].append(_shown(path, plain, start, end))
    report = check_tree(tree, rules=(BY_SLUG[slug],))
    told = Told(
        sorted(_shown_place(texts, each.location) for each in report.findings),
        sorted(_shown_place(texts, place) for each in report.findings for place in each.related),
        tuple(report.findings),
    )
    expected = sorted(marked["‹"]), sorted(marked["⟦"])
    assert told.places == expected[0], f"{told.places} is told, {expected[0]} is marked"
    if expected[1]:
        assert told.beside == expected[1], f"{told.beside} is told beside, {expected[1]} is marked"
    return told


def _unmarked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, then each mark's sign with the offsets between which it stood."""
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    spans: list[tuple[str, int, int]] = []
    last = length = 0
    for mark in MARK.finditer(text):
        parts.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[0] in "‹⟦":
            opened.append((mark[0], length))
        else:
            sign, start = opened.pop()
            spans.append((sign, start, length))
    return "".join([*parts, text[last:]]), spans


def _shown(path: str, text: str, start: int, end: int) -> str:
    """«path:line «words»»: a place as it is compared, so that a reader sees what is meant."""
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return f"{path}:{line}:{column} «{text[start:end]}»"


def _shown_place(texts: dict[str, str], place: Location) -> str:
    lines = texts[place.path].splitlines(keepends=True) or [""]
    begins = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    start = begins[place.line - 1] + place.column - 1
    end = begins[place.end_line - 1] + place.end_column - 1
    return _shown(place.path, texts[place.path], start, end)
