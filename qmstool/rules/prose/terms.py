"""Prose rules on the choice of words: those of an older edition, two ways to place a tone mark, names where there is a code."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_blocks import inside
from qmstool.rules.base.prose_text import cased

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.references.model import Reference
    from qmstool.rules.base.prose_text import Hit, Writing
    from qmstool.rules.base.rule import Facts


def old_edition_word(facts: Facts) -> Iterator[Violation]:
    """Words of an older edition of the standard; in one file those that one thing has replaced are told once."""
    instead = {fold_name(said): now for said, now in facts.prose.lists.old_words}
    for writing in facts.prose.writings:
        groups: dict[str, list[Hit]] = {}
        for hit in writing.hits.get("old_words", ()):
            groups.setdefault(instead[hit.phrase], []).append(hit)
        for now, (first, *rest) in groups.items():
            values = {"words": writing.said(first.start, first.end), "instead": now}
            related = tuple(writing.locate(each.start, each.end) for each in rest)
            yield Violation(writing.locate(first.start, first.end), values, related=related)


def mixed_tone_marks(facts: Facts) -> Iterator[Violation]:
    """The less used of two ways to place a tone mark («hòa», «hoà»), told once a file."""
    style = {rhyme: (pair, at) for pair in facts.prose.lists.tones for at, rhyme in enumerate(pair)}
    # In «quý» the u is no part of the rhyme.
    pattern = re.compile(rf"(?:{'|'.join(style) or '(?!)'})(?!\w)(?<!q..)")
    for writings in facts.prose.by_document.values():
        found = [
            (writing, hit)
            for writing in writings
            for hit in pattern.finditer(lower_in_place(writing.words))
        ]
        counts = Counter(style[hit[0]][1] for _, hit in found)
        best = max(sorted(counts), key=lambda at: counts[at], default=0)
        odd: dict[str, list[tuple[Writing, re.Match[str]]]] = {}
        for writing, hit in found:
            if style[hit[0]][1] != best:
                odd.setdefault(writing.file.path, []).append((writing, hit))
        for (writing, hit), *rest in odd.values():
            yield _tone_mark(writing, hit, style[hit[0]][0][best], [other for _, other in rest])


def _tone_mark(
    writing: Writing, hit: re.Match[str], rhyme: str, rest: list[re.Match[str]]
) -> Violation:
    """The fault of a word with its tone mark in the less used place, and of the other such words of a file."""
    start, end = writing.around(*hit.span())
    words = writing.words[start:end]
    usual = cased(words, words[: hit.start() - start] + rhyme)
    related = tuple(writing.locate(*writing.around(*each.span())) for each in rest)
    return Violation(writing.locate(start, end), {"words": words, "usual": usual}, usual, related)


def cited_by_name_and_code(facts: Facts) -> Iterator[Violation]:
    """A document called by name alone in a text that elsewhere gives its code."""
    manual = facts.manual
    for key, writings in facts.prose.by_document.items():
        cited = [each for writing in writings for each in _documents(facts, writing)]
        coded = {
            each.target.key: each for each in reversed(cited) if each.kind == "code" and each.target
        }
        pairs = [
            each for writing in writings for each in facts.beside.by_path.get(writing.file.path, ())
        ]
        paired = {(each.code.file.path, at) for each in pairs for at in each.at}
        for before, each, after in zip([None, *cited], cited, [*cited[1:], None], strict=False):
            target = each.target.key if each.target else ""
            if (
                each.kind != "name"
                or target == key
                or target not in coded
                or _beside(before, each)
                or _beside(each, after)
            ):
                continue
            if {
                (each.file.path, each.start),
                (each.file.path, each.end),
            } & paired:  # its code, or another, stands beside it
                continue
            code = manual.documents[target].code
            yield Violation(
                each.location,
                {"words": each.words, "code": code},
                f"{each.words} ({code})",
                (coded[target].location,),
            )


def _documents(facts: Facts, writing: Writing) -> list[Reference]:
    """The codes and names of documents in a text; a name that is a link already leads to its document."""
    cited = facts.references.by_path.get(writing.file.path, ())
    links = [each.whole for each in cited if each.kind == "link"]
    found = [
        each
        for each in cited
        if each.kind in {"code", "name"} and each.target and each.target.kind == "document"
    ]
    return [each for each in found if not inside(links, each.start)]


def _beside(one: Reference | None, other: Reference | None) -> bool:
    """Whether a code stands beside a name: then whatever is wrong is another rule's."""
    if one is None or other is None or one.file is not other.file or one.kind == other.kind:
        return False
    return one.end <= other.start and not any(
        char.isalnum() for char in one.file.source.text[one.end : other.start]
    )
