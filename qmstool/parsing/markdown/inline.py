"""Units of running text → links, titles and pieces of words: plain and simple ones here, all others by `markdown_markup`.

A unit is simple if its markup is a row of constructs that neither touch nor hold each other; most are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.collector import Facts, LinkFact, TitleFact
from qmstool.parsing.markdown.inline_full import MarkupReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.parsing.markdown.blocks import BlockReader
    from qmstool.parsing.markdown.tree import Unit

# No other characters begin markup.
_SPECIAL = re.compile(r"[\\`\[<*_{~=\x02]")
_WORDS = r"[^\\`\[\]<*_{~=\x02]"
_CONSTRUCTS = re.compile(
    rf"""
      (?P<image>!)?\[(?!\^)(?P<words>{_WORDS}*+)\]\((?P<target>[^\s()<>"'\\`]*+)(?:[ ]+"[^"'\\`\n]*")?\)
    | (?P<delimiter>\*{{1,2}}|`).+?(?P=delimiter)
    """,
    re.VERBOSE | re.DOTALL,
)
_SIMPLE = re.compile(  # without groups: the possessive quantifier around them fails in Python 3.11
    rf"""(?:
      [^\\`\[<*_{{~=!\x02]++
    | !?\[(?!\^){_WORDS}*+\]\([^\s()<>"'\\`]*+(?:[ ]+"[^"'\\`\n]*")?+\)(?!\{{)
    | \*(?![\s*])[^\\`\[<*_{{~=\x02]++(?<!\s)\*(?![*{{])
    | \*\*(?![\s*])[^\\`\[<*_{{~=\x02]++(?<!\s)\*\*(?![*{{])
    | `(?![\s`])[^`\\]++(?<!\s)`(?![`{{])
    | (?<=[^\W_])_++(?=[^\W_])
    | !(?!\[)
    )*+""",
    re.VERBOSE,
)


class InlineReader:
    """Reads the units of a draft."""

    def __init__(self, blocks: BlockReader) -> None:
        self.facts = Facts()
        self._text = blocks.text
        self._references = blocks.references
        self._footnotes = blocks.footnotes

    def read(self, units: Iterable[Unit]) -> list[Unit]:
        """Read units one after the other, and return those in which there are words."""
        text, search = self._text, _SPECIAL.search
        pieces, titles = self.facts.pieces, self.facts.titles
        worded = []
        for unit in units:
            if len(unit.lines) != 1:
                if unit.lines and self._marked_up(unit):
                    worded.append(unit)
                continue
            start, end = unit.lines[0]
            special = search(text, start, end)
            before = len(pieces)
            if special is None:
                pieces.append((start, end, False))
            elif not self._simple(start, special.start(), end):
                if self._marked_up(unit):
                    worded.append(unit)
                continue
            if unit.kind > 0:
                titles.append(TitleFact(unit, end))
            if special is None or any(
                first < last and not mark for first, last, mark in pieces[before:]
            ):
                worded.append(unit)
        return worded

    def _marked_up(self, unit: Unit) -> bool:
        return MarkupReader(self._text, unit, self._references, self._footnotes, self.facts).read()

    def _simple(self, start: int, special: int, end: int) -> bool:
        """Read a unit if it is simple, and tell whether it is; its first special character is known."""
        first = special - 1 if special > start and self._text[special - 1] == "!" else special
        if not _SIMPLE.fullmatch(self._text, first, end):
            return False
        pieces = self.facts.pieces
        at = start
        for construct in _CONSTRUCTS.finditer(self._text, first, end):
            begin, stop = construct.span()
            if at < begin:
                pieces.append((at, begin, False))
            at = stop
            if construct.lastgroup == "delimiter":
                inner = construct.end("delimiter")
                inner_end = stop - (inner - begin)
                pieces += [(begin, inner, True), (inner, inner_end, False), (inner_end, stop, True)]
                continue
            words, target = construct.span("words"), construct.span("target")
            image = construct["image"] is not None
            if not image:
                pieces += [(begin, words[0], True), (*words, False), (words[1], words[1] + 1, True)]
            self.facts.links.append(LinkFact(image, begin, stop, words, target))
        if at < end:
            pieces.append((at, end, False))
        return True
