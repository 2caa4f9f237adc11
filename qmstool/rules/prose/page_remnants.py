"""The prose rule on what a printed page or Word left behind in a text: page numbers, letters that were signs of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts

SHOWN = 5


def page_remnant(facts: Facts) -> Iterator[Violation]:
    """Paragraphs that are a page number, and lines that begin with a letter that was the sign of a list; each told once a file."""
    lists = facts.prose.lists
    page = re.compile(
        rf"(?:{alternatives(lists['page_marks'])})[\s:]*\d{{1,4}}(?:\s*(?:/|\w{{2,4}})\s*\d{{1,4}})?",
        re.IGNORECASE,
    )
    # A letter is a sign only before a capital: «o Lập danh sách», not «o bế».
    sign = re.compile(
        rf"(?<![^\n\0])[ \t]*(?P<sign>{alternatives(lists['bullets'])})(?=[ \t]+(?P<next>[^\W\d_]))"
    )
    for writing in facts.prose.writings:
        for places in (list(_pages(writing, page)), list(_signs(writing, sign))):
            if places:
                (words, first), *rest = places
                yield Violation(
                    first, {"words": words}, related=tuple(place for _, place in rest[:SHOWN])
                )


def _pages(writing: Writing, page: re.Pattern[str]) -> Iterator[tuple[str, Location]]:
    for passage in writing.passages:
        said = (
            writing.said(passage.start, passage.end)
            if passage.kind == "paragraph" and not passage.note
            else ""
        )
        if said and page.fullmatch(said):
            yield said, writing.locate(passage.start, passage.end)


def _signs(writing: Writing, sign: re.Pattern[str]) -> Iterator[tuple[str, Location]]:
    for passage in writing.passages:
        if passage.note or passage.kind not in {"paragraph", "item"}:
            continue
        for found in sign.finditer(writing.words, passage.start, passage.end):
            if found["next"].isupper():
                end = writing.around(found.end("sign") + 1, found.end("sign") + 1)[1]
                yield (
                    writing.said(found.start("sign"), end),
                    writing.locate(found.start("sign"), end),
                )
