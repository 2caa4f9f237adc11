"""Bind a number that no word beside it binds: by its cell, its column, its sentence, its heading.

The nearest that names a standard, law or document counts: in a table the cell, then the head of the
column, then the row; elsewhere the sentence; where that names nothing, what leads the list, and
then the headings above.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from qmstool.parsing.citations import lower_in_place
from qmstool.patterns import regex
from qmstool.references.bindings import HERE, OUTSIDE, Binding, bind_either
from qmstool.references.joining import is_in_history

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmstool.manual.documents import TextFile
    from qmstool.parsing.markdown.running_text import TextBlock
    from qmstool.references.joining import JoiningWords
    from qmstool.references.mentions import Mention

    Span = tuple[int, int]

_DELIMITERS = regex(r"[ >\t]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)")
_STOP = regex(r"[.!?;。！？；][»”\"'’)]*(?=[\s\x01]|\Z)|[。！？；]")
_BORDER = regex(r"(?<!\\)\|")


# So near before a number, in characters, what is named is that number's.
_BESIDE = 3


class ContextBinder:
    """One file's tables, sentences, lists and headings, and what each of them names.

    `text`: its running text; `mentions`: all that it names, and its numbers; `joining`: the words
    that join two things; `annexed`: the catalogues that list annexes.
    """

    def __init__(
        self,
        file: TextFile,
        text: str,
        mentions: Sequence[Mention],
        joining: JoiningWords,
        annexed: frozenset[str],
    ) -> None:
        self._file = file
        self._source = file.source.text
        self._text = text
        self._blocks = file.page.blocks
        self._named = [mention for mention in mentions if mention.target and mention.counts]
        self._starts = [mention.start for mention in self._named]
        self._numbers = [mention.start for mention in mentions if mention.target is None]
        self._joining = joining
        self._annexed = annexed
        self._stops: tuple[int, list[Span]] = (-1, [])

    def bind(self, number: Mention) -> Binding | None:
        """Return what a number is a part of by what stands around it; None where nothing says."""
        if not self._named:
            return None
        block = self._block(number.start)
        if block is None:
            return None
        for span, leads in self._spans(number, block):
            named = self._nearest(number, span)
            if named is not None:
                binding = _binding(number, named, leads=leads and self._leads(named, number))
                return self._with_title_of_table(number, block, binding)
        return None

    def _with_title_of_table(self, number: Mention, block: TextBlock, binding: Binding) -> Binding:
        """Return a binding, less sure where the title of the table names what is not held here."""
        if block.kind == "cell" and binding.targets[0] == HERE:
            for span, _ in self._table_title(block):
                named = self._nearest(number, span)
                if named is not None and named.target and named.target.kind in OUTSIDE:
                    return binding._replace(sure=False)
        return binding

    def is_in_history(self, number: Mention) -> bool:
        """Whether a number stands below a heading such as «Revision history»."""
        return is_in_history(self._file.page, number.start, self._joining)

    def _spans(self, number: Mention, block: TextBlock) -> Iterator[tuple[Span, bool]]:
        """Yield where to look for what is named, the nearest place first.

        With each, whether what stands there before the number surely is what the number is of.
        """
        yield self._sentence(number, block), True
        if block.kind == "cell":
            yield (block.start, block.end), True
            head = self._column_head(block)
            if head is not None:
                yield head, True
            yield self._row(block), False
            yield from self._table_title(block)
        elif block.kind == "item":
            for lead in self._leading_blocks(block):
                yield lead, True
        for heading in self._headings(block):
            yield heading, False

    def _nearest(self, number: Mention, span: Span) -> Mention | None:
        """Return what is named nearest to a number in a stretch, if a number may be its part."""
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        fitting = [named for named in self._named[first:last] if self._may_own(named, number)]
        return min(fitting, key=lambda named: _distance(named, number), default=None)

    def _may_own(self, named: Mention, number: Mention) -> bool:
        """Whether a number may be a part of what is named.

        A clause is one of a standard or law. What is named behind another number, or right before
        one, is that one's.
        """
        if named.target is None:
            return False
        if named.start >= number.end:
            first = bisect_left(self._numbers, number.end)
            if any(start < named.end + _BESIDE for start in self._numbers[first : first + 1]):
                return False
        if number.kind == "annex" and named.target.kind == "catalogue":
            return named.target.key in self._annexed
        if number.kind != "clause":
            return True
        return named.target.kind in OUTSIDE or named.target.kind == "catalogue"

    def _leads(self, named: Mention, number: Mention) -> bool:
        """Whether what is named leads to a number, and does not merely stand beside it."""
        if named.end > number.start:
            return False
        between = lower_in_place(self._text[named.end : number.start])
        return not self._joining.chains(between)

    def _block(self, at: int) -> TextBlock | None:
        index = bisect_right(self._blocks, at, key=_start) - 1
        return self._blocks[index] if index >= 0 and at < self._blocks[index].end else None

    def _sentence(self, number: Mention, block: TextBlock) -> Span:
        """Return the sentence of a block that a number stands in; a semicolon ends one too."""
        stops = self._stops_of(block)
        before = bisect_right(stops, number.start, key=itemgetter(1)) - 1
        after = bisect_left(stops, number.end, key=itemgetter(0))
        begin = stops[before][1] if before >= 0 else block.start
        end = stops[after][1] if after < len(stops) else block.end
        return begin, end

    def _stops_of(self, block: TextBlock) -> list[Span]:
        """Return where the sentences of a block stop; numbers of one block are asked in a row."""
        if self._stops[0] != block.start:
            stops = [
                stop.span()
                for stop in _STOP.finditer(self._text, block.start, block.end)
                if stop[0] != "." or not self._abbreviates(stop.start())
            ]
            self._stops = block.start, stops
        return self._stops[1]

    def _abbreviates(self, at: int) -> bool:
        """Whether a point ends an abbreviation rather than a sentence: «see sec. 4», «No. 5»."""
        following = self._text[at + 1 : at + 3].strip()
        return following[:1].islower() or following[:1].isdigit()

    # --- tables

    @cached_property
    def _heads(self) -> dict[int, int]:
        """Where the head row of its table begins, for each row."""
        heads: dict[int, int] = {}
        head = -1
        for block in self._blocks:
            if block.kind != "cell":
                continue
            line_end = self._source.find("\n", block.row)
            if line_end >= 0 and _DELIMITERS.match(self._source, line_end + 1):
                head = block.row
            heads[block.row] = head
        return heads

    def _column_head(self, block: TextBlock) -> Span | None:
        """Return the head of a cell's column, if it has words."""
        head = self._heads.get(block.row, -1)
        if 0 <= head < block.row:
            column = self._column(block)
            for other in self._blocks:
                if other.kind == "cell" and other.row == head and self._column(other) == column:
                    return other.start, other.end
        return None

    def _row(self, block: TextBlock) -> Span:
        row_end = self._source.find("\n", block.row)
        return block.row, row_end if row_end >= 0 else len(self._source)

    def _column(self, block: TextBlock) -> int:
        """Return the place of a cell in its row, whether the row opens with a border or not."""
        line = self._source[block.row : block.start].lstrip(" \t>")
        return len(_BORDER.findall(line.removeprefix("|")))

    def _table_title(self, block: TextBlock) -> Iterator[tuple[Span, bool]]:
        """Yield the paragraph right above a cell's table: its title, or what leads to it."""
        head = self._heads.get(block.row, -1)
        index = bisect_left(self._blocks, head, key=_start) - 1
        if head >= 0 and index >= 0 and self._blocks[index].kind == "paragraph":
            yield (self._blocks[index].start, self._blocks[index].end), False

    # --- lists and headings

    def _headings(self, block: TextBlock) -> Iterator[Span]:
        """Yield the headings above a block, the nearest first."""
        level = 7
        for heading in reversed(self._file.page.headings):
            if heading.start < block.start and heading.level < level:
                level = heading.level
                yield heading.start, heading.end

    def _leading_blocks(self, block: TextBlock) -> Iterator[Span]:
        """Yield the items above an item, and the paragraph before its list."""
        indent = block.start - block.row
        index = bisect_left(self._blocks, block.start, key=_start)
        for before in reversed(self._blocks[:index]):
            if before.kind == "item":
                if before.start - before.row < indent:
                    indent = before.start - before.row
                    yield before.start, before.end
                continue
            if before.kind == "paragraph" and self._announces(before):
                yield before.start, before.end
            return

    def _announces(self, block: TextBlock) -> bool:
        """Whether a paragraph ends as what leads a list does."""
        return self._text[block.start : block.end].rstrip(" \n\x01*_").endswith((":", "："))


def _binding(number: Mention, named: Mention, *, leads: bool) -> Binding:
    """Return the binding to what is named; `leads`: in the same sentence, before the number.

    A section is its, where that leads; else sooner the text's own. So it is beside a registered
    law, which is made up of articles.
    """
    target, owner = named.target or HERE, named.words
    if number.kind == "clause":
        return Binding((target,), owner=owner)
    if target.kind == "catalogue" or (leads and target.kind != "external"):
        return bind_either(target, owner)
    return Binding((HERE, target), owner=owner)


def _distance(named: Mention, number: Mention) -> int:
    return max(named.start - number.end, number.start - named.end)


def _start(block: TextBlock) -> int:
    return block.start
